"""What people decide about a meeting, as changes of its plan: pure functions from a review to the parts that change.

Knows which part of a review each decision belongs to. Refuses a decision that lacks what it takes, with what to add.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.engine.causes.graph import Node, NodeKind
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.meeting.readiness import says_something
from afteraction.engine.prevention.changes import Change, ChangeState, Grade
from afteraction.engine.review.document import OverrunVote, ParkedPoint, Profile, Question, Quote
from afteraction.engine.review.document import Review as Document
from afteraction.pipeline.review.meeting.calendar import MeetingDate, changed
from afteraction.pipeline.review.meeting.zones import moment_at

Part = Any
Said = Mapping[str, str]
LONGEST = 1_000
# A zone's clocks a year before and after have to be dates as well.
_EARLIEST, _LATEST = 1970, 9990


class CannotDecide(AfteractionError):
    """A decision lacks something."""


def plan_date(document: Document, said: Said, when: MeetingDate | None) -> list[Part]:
    """Date, length, profile, place and objective. `when` is the meeting as calendars know it so far. Raises
    CannotDecide, WallTimeUnusable."""
    plan, zone = document.meeting, said.get("zone", "").strip() or "UTC"
    minutes, profile = said.get("minutes", ""), said.get("profile", "")
    start = None
    if said.get("start", "").strip():
        start = _instant(moment_at(_wall(said["start"]), zone), zone)
    fresh = replace(
        plan, start=start, zone=zone, minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else None,
        profile=Profile(profile) if profile in set(Profile) else plan.profile, place=_text(said, "place"),
        opening=_text(said, "opening"), recorded=bool(said.get("recorded")), called_off=bool(said.get("called_off")),
    )  # fmt: skip
    if when is not None:
        moved = replace(
            when, start=fresh.start.utc if fresh.start else when.start, zone=zone, place=fresh.place,
            minutes=fresh.minutes or when.minutes, cancelled=fresh.called_off or fresh.start is None,
        )  # fmt: skip
        fresh = replace(fresh, changes=changed(when, moved).sequence)
    return [fresh, replace(document.frame, objective=_text(said, "objective"))]


def waive(document: Document, said: Said) -> list[Part]:
    """A rule of the seats or the group that does not hold here, for a reason; without one it holds again."""
    rule, because = _text(said, "rule")[:16], _text(said, "because")
    kept = {code: why for code, why in document.frame.waivers.items() if code != rule}
    if says_something(because):
        kept[rule] = because
    elif rule not in document.frame.waivers:
        raise CannotDecide("A waiver needs a reason.", next_step="Write in a sentence why; it is printed.")
    return [replace(document.frame, waivers=kept)]


def clear(document: Document, said: Said) -> list[Part]:
    """Something about somebody that is not known here and was checked by hand."""
    because = _text(said, "because")
    if not says_something(because):
        raise CannotDecide("How was it checked?", next_step="Write in a sentence how; it is kept with the meeting.")
    rules = [each for each in _text(said, "rules").split(",") if each]
    cleared = {f"{rule}:{said.get('person', '')[:20]}": because for rule in rules}
    return [replace(document.meeting, cleared={**document.meeting.cleared, **cleared})]


def add_guest(document: Document, said: Said) -> list[Part]:
    """Invites somebody by hand, with a reason."""
    plan, person, why = document.meeting, _person(said), _text(said, "why")
    if not says_something(why):
        raise CannotDecide("Everybody is invited for a reason.", next_step="Say in a line what they bring.")
    declined = {one: each for one, each in plan.declined.items() if one != person}
    return [replace(plan, added={**plan.added, person: why}, declined=declined)]


def decline(document: Document, said: Said) -> list[Part]:
    """Somebody does not come; with `back` they do after all."""
    plan, person = document.meeting, _person(said)
    declined = {one: why for one, why in plan.declined.items() if one != person}
    if not said.get("back"):
        declined[person] = _text(said, "why")
    return [replace(plan, declined=declined)]


def describe(document: Document, said: Said) -> list[Part]:
    """What somebody works as, whether they are an executive, and whether the owner agreed to that."""
    plan, person = document.meeting, _person(said)
    executive = {"yes": True, "no": False}.get(said.get("executive", ""))
    executives = {one: each for one, each in plan.executives.items() if one != person}
    if executive is not None:
        executives[person] = executive
    consented = tuple(one for one in plan.consented if one != person)
    if executive and said.get("consented"):
        consented = (*consented, person)
    works_as = {one: each for one, each in plan.works_as.items() if one != person}
    if said.get("works_as"):
        works_as[person] = said["works_as"][:20]
    return [replace(plan, executives=executives, consented=consented, works_as=works_as)]


def go_without(document: Document, said: Said) -> list[Part]:
    """A role or a team that is not there, and why."""
    plan, why = document.meeting, _text(said, "why")
    if not says_something(why):
        raise CannotDecide("Going without needs a reason.", next_step="Say in a line why; it is printed.")
    if said.get("team"):
        return [replace(plan, not_invited={**plan.not_invited, _text(said, "team"): why})]
    return [replace(plan, waived_roles={**plan.waived_roles, _text(said, "role"): why})]


def begin(document: Document, said: Said, now: datetime) -> list[Part]:
    """The meeting starts; whether it may is asked of `Occasion.start` with the override in it. One that runs stays."""
    if document.meeting.began and not document.meeting.ended:
        return []
    return [replace(document.meeting, began=_instant(now), ended=None, override=_text(said, "override"))]


def finish(document: Document, now: datetime) -> list[Part]:
    """The meeting is over; one that was over stays as it was. Raises CannotDecide before it began."""
    if not document.meeting.began:
        raise CannotDecide("The meeting has not begun.", next_step="Start it first.")
    return [] if document.meeting.ended else [replace(document.meeting, ended=_instant(now))]


def park(document: Document, said: Said) -> list[Part]:
    """Puts a point off."""
    question = said.get("question", "")
    point = ParkedPoint(
        text=_needed(said, "text"), during=said.get("during", "")[:20],
        belongs_to=Question(question) if question in set(Question) else None,
    )  # fmt: skip
    return [replace(document.meeting, parked=(*document.meeting.parked, point))]


def skip(document: Document, said: Said) -> list[Part]:
    """Leaves an item out, for a reason; without one it is taken up again."""
    plan, code, why = document.meeting, said.get("during", "")[:20], _text(said, "text")
    skipped = {each: because for each, because in plan.skipped.items() if each != code}
    if says_something(why):
        skipped[code] = why
    elif code not in plan.skipped:
        raise CannotDecide("Leaving out an item needs a reason.", next_step="Say why; it is kept with the meeting.")
    return [replace(plan, skipped=skipped)]


def vote(document: Document, said: Said) -> list[Part]:
    """Gives minutes to an item that overruns."""
    minutes = said.get("minutes", "")
    if not minutes.isdecimal() or not 0 < int(minutes[:4]) <= 60:
        raise CannotDecide("Say how many minutes.", next_step="Give it between 1 and 60.")
    made = OverrunVote(item=said.get("during", "")[:20], minutes=int(minutes), taken_from=said.get("from", "")[:20])
    return [replace(document.meeting, votes=(*document.meeting.votes, made))]


def quote(document: Document, said: Said) -> list[Part]:
    """What was said, word for word."""
    told = Quote(text=_needed(said, "text"), during=said.get("during", "")[:20])
    return [replace(document.meeting, quotes=(*document.meeting.quotes, told))]


def node(document: Document, said: Said) -> list[Part]:
    """A draft of a cause."""
    return [Node(id="", kind=NodeKind.EVENT, statement=_needed(said, "text"), origin="meeting")]


def gap(document: Document, said: Said) -> list[Part]:
    """A gate of one's own that had a gap."""
    return [GateRow(id="", title=_needed(said, "text"))]


def action(document: Document, said: Said, state: ChangeState) -> list[Part]:
    """A draft of a change; inside the pause it is provisional."""
    return [Change(id="", text=_needed(said, "text"), state=state)]


def grade(document: Document, said: Said) -> list[Part]:
    """How much a change is worth and how soon: both, since its owner is shown after that."""
    change = document.changes.get(said.get("during", ""))
    if change is None:
        raise CannotDecide("There is no such change any more.", next_step="Load the page once more.")
    impact, urgency = said.get("impact", ""), said.get("urgency", "")
    if not {impact, urgency} <= set(Grade):
        raise CannotDecide("A priority has two halves.", next_step="Choose impact and urgency: high, medium or low.")
    return [replace(change, impact=Grade(impact), urgency=Grade(urgency))]


def _text(said: Said, name: str) -> str:
    return said.get(name, "").strip()[:LONGEST]


def _needed(said: Said, name: str) -> str:
    text = _text(said, name)
    if not says_something(text):
        raise CannotDecide("There is nothing to write down.", next_step="Write a sentence.")
    return text


def _person(said: Said) -> str:
    person = said.get("person", "")
    if not (person.isascii() and person.isdecimal() and len(person) < 18):
        raise CannotDecide("Nobody was chosen.", next_step="Choose somebody of the list.")
    return person


def _wall(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        raise CannotDecide(
            f"“{text.strip()[:40]}” is no date with a time.", next_step="Write it as 2026-05-14T15:00."
        ) from problem
    if read.tzinfo is not None or not _EARLIEST < read.year < _LATEST:
        raise CannotDecide(
            f"“{text.strip()[:40]}” is no time on a wall.",
            next_step="Write it as 2026-05-14T15:00; the zone stands by itself.",
        )
    return read.replace(second=0, microsecond=0)


def _instant(at: datetime, zone: str = "UTC") -> Instant:
    return Instant(utc=at.astimezone(UTC), source_tz=zone, precision=Precision.SECOND, source=TimeSource.HUMAN)
