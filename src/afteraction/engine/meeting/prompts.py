"""Personal prompts before a meeting: at most three cues to each participant, from their own entries of the timeline
(SPEC §9.2; cues after Klein and Dekker).

Knows cues and whose entry is whose. Refuses to judge an entry, to show somebody another person's prompts, and to say
who might blame themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afteraction.core.instant import Instant
from afteraction.core.records import EventKind
from afteraction.engine.meeting.people import Seat

MOST_PROMPTS = 3

FOCUS = "What were you focusing on at that moment?"
EXPECTED = "What did you expect to happen next?"
NOT_SEEN = "What could you not see from where you were?"
OPTIONS = "Which options did you have in mind?"
PRESSURES = "Which pressures were there just then?"
WHOM_TO_ASK = "Whom could you ask, and how?"

_CUES: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.SIGNAL: (NOT_SEEN, FOCUS, EXPECTED),
    EventKind.DETECTION: (FOCUS, NOT_SEEN, EXPECTED),
    EventKind.USER_REPORT: (NOT_SEEN, FOCUS, WHOM_TO_ASK),
    EventKind.ESCALATION: (WHOM_TO_ASK, PRESSURES, FOCUS),
    EventKind.DECISION: (OPTIONS, PRESSURES, EXPECTED),
    EventKind.ACTION: (EXPECTED, OPTIONS, PRESSURES),
    EventKind.TRIGGER: (EXPECTED, NOT_SEEN, FOCUS),
    EventKind.MITIGATION: (OPTIONS, EXPECTED, PRESSURES),
    EventKind.COMMUNICATION: (WHOM_TO_ASK, PRESSURES, FOCUS),
}
_OTHER_CUES = (FOCUS, EXPECTED, NOT_SEEN)
# What people decided and did comes before what they only wrote down.
_WEIGHT: Mapping[EventKind, int] = {
    EventKind.DECISION: 0, EventKind.ACTION: 0, EventKind.MITIGATION: 0, EventKind.TRIGGER: 0,
    EventKind.DETECTION: 1, EventKind.ESCALATION: 1, EventKind.SIGNAL: 1, EventKind.USER_REPORT: 1,
    EventKind.COMMUNICATION: 2,
}  # fmt: skip
_LEAST = 3

REMINDER = "Talk first to the person most likely to blame themselves, before the meeting and in private."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the timeline and the id of the person whose it is ("" for a machine)."""

    id: str
    at: Instant
    title: str
    person: str = ""
    kind: EventKind = EventKind.NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One cue about one entry; `text` is the whole prompt as its reader sees it. Times are UTC."""

    entry: str
    cue: str
    text: str


def prompts_for(person: str, entries: Sequence[Entry]) -> tuple[Prompt, ...]:
    """At most three prompts from this person's own entries, in the order of the timeline: what they decided and did
    first, spread over their time, no cue twice. Nobody without entries is asked about any."""
    own = sorted((each for each in entries if person and each.person == person), key=_when)
    chosen = sorted(_most_telling(own), key=_when)
    used: set[str] = set()
    prompts = []
    for entry in chosen:
        cue = next(each for each in (*_CUES.get(entry.kind, ()), *_OTHER_CUES, OPTIONS, PRESSURES) if each not in used)
        used.add(cue)
        prompts.append(Prompt(entry=entry.id, cue=cue, text=f"{entry.at.utc:%H:%M} UTC, “{entry.title}”. {cue}"))
    return tuple(prompts)


def _most_telling(own: Sequence[Entry]) -> list[Entry]:
    """Three entries: of the weightiest kind first, and of more than three of one kind the first, one amid, the last."""
    chosen: list[Entry] = []
    for weight in range(_LEAST + 1):
        alike = [each for each in own if _WEIGHT.get(each.kind, _LEAST) == weight]
        room = MOST_PROMPTS - len(chosen)
        if len(alike) > room > 1:
            step = (len(alike) - 1) / (room - 1)
            alike = [alike[round(n * step)] for n in range(room)]
        chosen += alike[:room]
    return chosen


def reminders_for(seats: Sequence[Seat]) -> tuple[str, ...]:
    """What only the facilitator is reminded of. It names nobody, for nobody can know."""
    return (REMINDER,) if Seat.FACILITATOR in seats else ()


def _when(entry: Entry) -> tuple[float, int, str]:
    return entry.at.utc.timestamp(), len(entry.id), entry.id
