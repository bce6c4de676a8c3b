"""The agenda of a meeting, to the minute (SPEC §9.3, R150, R154): which item when, with what is known for each.

Knows the order of the items and how minutes are shared. Refuses another order of the five questions, and minutes that
do not add up to the slot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from afteraction.engine.meeting.content import MeetingFacts, lines_for
from afteraction.engine.meeting.guards import silent_minutes
from afteraction.engine.meeting.phrases import DEFAULT_OBJECTIVE, FIVE_QUESTIONS, FOUR_QUESTIONS
from afteraction.engine.review.document import Profile, Question

# Minutes of the slot. The shortest is for light reviews, of SEV-3 and below.
LENGTHS = (25, 30, 45, 60, 90)
LIGHT = 25
DEFAULT_LENGTH = 60
_LIGHT_FROM = 3


@dataclass(frozen=True, slots=True)
class _Box:
    code: str
    share: int
    title: str
    heading: str = ""
    question: Question | None = None


_HAPPENED, _WHY, _WELL, _CHANGES = FOUR_QUESTIONS
_BOXES: Mapping[Profile, tuple[_Box, ...]] = {
    Profile.FIVE_QUESTIONS: (
        _Box("opening", 4, "Opening"),
        _Box("corrections", 6, "Corrections to the timeline", _HAPPENED),
        _Box("q1", 7, "Impact and detection", _HAPPENED, Question.IMPACT),
        _Box("q2", 12, "Trigger and causal chain", _WHY, Question.CAUSES),
        _Box("q3", 12, "Gates that let it through", _WHY, Question.GATES),
        _Box("q4", 10, "Process change per gap", _CHANGES, Question.CHANGES),
        _Box("q5", 4, "Missing instrumentation", _CHANGES, Question.SIGNALS),
        _Box("close", 5, "Close", _WELL),
    ),
    Profile.DEBRIEF: (
        _Box("opening", 5, "Opening"),
        _Box("walk", 38, "Walk through the timeline", _HAPPENED),
        _Box("sense", 7, "What made it likely", _WHY),
        _Box("well", 5, "What went well, and what was luck", _WELL),
        _Box("handover", 5, "Handover to the small group", _CHANGES),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One box. `begins` and `minutes` count from the start of the meeting; the first `silent` of them are for writing.
    `heading` is which of the four questions it answers, `question` which of the five. `lines` are what is known,
    `parked` what was put off to here, `skipped_because` why it was left out ("" while it stands)."""

    code: str
    title: str
    begins: int
    minutes: int
    heading: str = ""
    question: Question | None = None
    asks: str = ""
    silent: int = 0
    lines: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    skipped_because: str = ""

    @property
    def ends(self) -> int:
        """The minute at which the next item begins."""
        return self.begins + self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A whole meeting of `length` minutes; `objective` stands on top, word for word."""

    profile: Profile
    length: int
    severity: int | None
    objective: str
    items: tuple[AgendaItem, ...]

    def item(self, code: str) -> AgendaItem:
        """The item with that code. Raises KeyError."""
        for each in self.items:
            if each.code == code:
                return each
        raise KeyError(code)


def default_length(severity: int | None) -> int:
    """Minutes of a meeting unless somebody chooses: 25 for a light review, 60 otherwise or where it is not known."""
    return LIGHT if severity is not None and severity >= _LIGHT_FROM else DEFAULT_LENGTH


def lengths_for(severity: int | None) -> tuple[int, ...]:
    """The slots that can be chosen."""
    light = severity is not None and severity >= _LIGHT_FROM
    return tuple(each for each in LENGTHS if each != LIGHT or light)


def plan_agenda(
    facts: MeetingFacts,
    *,
    severity: int | None,
    profile: Profile = Profile.FIVE_QUESTIONS,
    length: int | None = None,
    objective: str = "",
) -> Agenda:
    """The agenda. `length` is in minutes, None for the usual one; an empty `objective` becomes the four questions.
    Raises ValueError for a length that is not offered."""
    minutes = default_length(severity) if length is None else length
    if minutes not in lengths_for(severity):
        offered = ", ".join(str(each) for each in lengths_for(severity))
        raise ValueError(f"a meeting of {minutes} minutes is not offered here; choose one of {offered}")
    boxes = _BOXES[profile]
    items = []
    begins = 0
    for box, share in zip(boxes, share_minutes([box.share for box in boxes], minutes), strict=True):
        items.append(
            AgendaItem(
                code=box.code,
                title=box.title,
                begins=begins,
                minutes=share,
                heading=box.heading,
                question=box.question,
                asks=FIVE_QUESTIONS[box.question] if box.question else "",
                silent=silent_minutes(share) if box.question else 0,
                lines=lines_for(box.code, facts, severity),
            )
        )
        begins += share
    return Agenda(
        profile=profile,
        length=minutes,
        severity=severity,
        objective=objective if objective.strip() else DEFAULT_OBJECTIVE,
        items=tuple(items),
    )


def share_minutes(shares: Sequence[int], minutes: int) -> tuple[int, ...]:
    """Whole minutes in proportion to `shares`, none below one, that add up to `minutes`: each is rounded down, and the
    largest remainders get what is left, earlier items first."""
    total = sum(shares)
    exact = [share * minutes / total for share in shares]
    whole = [max(1, int(each)) for each in exact]
    by_remainder = sorted(range(len(shares)), key=lambda n: (whole[n] - exact[n], n))
    for n in by_remainder[: minutes - sum(whole)]:
        whole[n] += 1
    return tuple(whole)


def skip_item(agenda: Agenda, code: str, because: str) -> Agenda:
    """Records that an item was left out. Its minutes stay, as time in hand. Raises ValueError without a reason,
    KeyError for an item that is not there."""
    if not because.strip():
        raise ValueError("leaving out an item needs a reason; it is kept with the meeting")
    return _changed(agenda, replace(agenda.item(code), skipped_because=because.strip()))


def park(agenda: Agenda, text: str, *, during: str, belongs_to: Question | None = None) -> Agenda:
    """Puts a point off to the item of its question. One that belongs nowhere, or to an item that has begun, goes to
    the last item. Raises ValueError for an empty point, KeyError for an item that is not there."""
    if not text.strip():
        raise ValueError("a parked point needs a sentence")
    now = agenda.item(during)
    later = [each for each in agenda.items if each.begins > now.begins]
    place = next((each for each in later if belongs_to and each.question is belongs_to), agenda.items[-1])
    return _changed(agenda, replace(place, parked=(*place.parked, text.strip())))


def extend_item(agenda: Agenda, code: str, minutes: int, *, taken_from: str) -> Agenda:
    """Moves minutes to an item that overruns, after a vote; the slot stays as long as it is. Raises ValueError where
    the other item has not that many to give, KeyError for an item that is not there."""
    longer, shorter = agenda.item(code), agenda.item(taken_from)
    if longer is shorter or minutes < 1 or minutes >= shorter.minutes:
        raise ValueError(f'"{shorter.title}" has {shorter.minutes} minutes and keeps at least one; choose another item')
    given = _changed(agenda, replace(longer, minutes=longer.minutes + minutes))
    return _timed(_changed(given, replace(shorter, minutes=shorter.minutes - minutes)))


def _changed(agenda: Agenda, item: AgendaItem) -> Agenda:
    return replace(agenda, items=tuple(item if each.code == item.code else each for each in agenda.items))


def _timed(agenda: Agenda) -> Agenda:
    items, begins = [], 0
    for each in agenda.items:
        items.append(replace(each, begins=begins))
        begins += each.minutes
    return replace(agenda, items=tuple(items))
