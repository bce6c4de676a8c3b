"""The facilitator's sheet (SPEC R113, §9.5): one page with the five steps, the times, the guards and the phrase card.

Knows what somebody needs in hand while leading. Refuses to name a person, and to record who spoke how long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afteraction.engine.meeting.agenda import Agenda
from afteraction.engine.meeting.people import Seat
from afteraction.engine.meeting.phrases import PHRASE_CARD
from afteraction.engine.meeting.prompts import reminders_for

# SPEC R113, in our words: a mixed group, an open agenda, facts, contributing factors, agreed follow-ups.
STEPS: tuple[tuple[str, str], ...] = (
    ("A mixed group", "Two teams and two roles at least. Hear the most junior first, executives last."),
    ("An open agenda", "Read the objective aloud. Anybody may add a point; it is parked until its question."),
    ("Facts first", "The timeline is the ground. What is not in evidence is a hypothesis, and may stay one."),
    ("Contributing factors", "More than one thing had to be true. Ask what and how, and look for what went well."),
    ("Agreed follow-ups", "Priority first, then an owner who accepts, a date, and how one would know."),
)
GUARDS: tuple[str, ...] = (
    "Write in silence before each question, then go round.",
    "Judge a step from the view at that minute; the outcome stays hidden.",
    "Ask what else would explain it before a cause stands.",
    "Say how often this kind of incident is seen before its urgency is set.",
    "What went well comes before the close.",
    "Who has not spoken yet? Ask once, and take no for an answer.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorSheet:
    """What stands on the page: `times` are (from, to, what) in minutes, `phrases` (when, what to say)."""

    objective: str
    reminders: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    times: tuple[tuple[int, int, str], ...]
    guards: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]
    waivers: tuple[str, ...] = ()


def facilitator_sheet(agenda: Agenda, waivers: Sequence[str] = ()) -> FacilitatorSheet:
    """The sheet for this agenda. `waivers` are lines as `conflicts.disclosures` gives them."""
    return FacilitatorSheet(
        objective=agenda.objective,
        reminders=reminders_for((Seat.FACILITATOR,)),
        steps=STEPS,
        times=tuple((each.begins, each.ends, each.title) for each in agenda.items),
        guards=GUARDS,
        phrases=PHRASE_CARD,
        waivers=tuple(waivers),
    )
