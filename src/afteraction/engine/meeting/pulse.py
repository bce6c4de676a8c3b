"""The pulse after a meeting (SPEC M26): three optional questions, answered by nobody in particular.

Knows counts. Refuses to know who answered, and to show a share that few answers could give away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PULSE_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("learnt", "Did you learn something that changes your work?"),
    ("again", "Would you come again?"),
    ("hard", "Was anything hard to say?"),
)
# SPEC M26: below this only the number of answers is shown.
ENOUGH = 5
# After Etsy: at least one learner, and at least half would come again.
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseAnswer:
    """One sheet; None where a question was left open. It has no author."""

    learnt: bool | None = None
    again: bool | None = None
    hard: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One question: `answered` of all sheets, and how many said yes, None while there are fewer than five."""

    question: str
    text: str
    answered: int
    yes: int | None = None

    @property
    def share(self) -> float | None:
        """Share of yes, 0 to 1; None while it is withheld."""
        return None if self.yes is None else self.yes / self.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """All sheets together. `worth_it` says whether somebody learnt and half would come again; None while unknown."""

    sheets: int
    tallies: tuple[Tally, ...]
    worth_it: bool | None
    sentence: str


def take_pulse(answers: Iterable[PulseAnswer]) -> Pulse:
    """The aggregate; the order of the sheets does not matter. A sheet without any answer is not counted."""
    sheets = [each for each in answers if (each.learnt, each.again, each.hard) != (None, None, None)]
    tallies = {name: _tally(name, text, sheets) for name, text in PULSE_QUESTIONS}
    learnt, again = tallies["learnt"], tallies["again"]
    worth_it = None
    if learnt.yes is not None and again.share is not None:
        worth_it = learnt.yes >= 1 and again.share >= HALF
    return Pulse(
        sheets=len(sheets), tallies=tuple(tallies.values()), worth_it=worth_it, sentence=_sentence(sheets, tallies)
    )


def _tally(name: str, text: str, sheets: list[PulseAnswer]) -> Tally:
    given = [value for value in (getattr(each, name) for each in sheets) if value is not None]
    yes = sum(given) if len(given) >= ENOUGH else None
    return Tally(question=name, text=text, answered=len(given), yes=yes)


def _sentence(sheets: list[PulseAnswer], tallies: dict[str, Tally]) -> str:
    count = len(sheets)
    answers = f"{count} answer" if count == 1 else f"{count} answers"
    if all(each.yes is None for each in tallies.values()):
        return f"{answers}. Shares are shown from {ENOUGH} on."
    words = {"learnt": "learnt something", "again": "would come again", "hard": "found something hard to say"}
    parts = [f"{each.yes} of {each.answered} {words[name]}" for name, each in tallies.items() if each.yes is not None]
    return f"{answers}: {', '.join(parts)}."
