"""What the API gives and takes of the meeting of a review.

Knows names and types. Refuses to show who wrote an anonymous note: there is nobody to show.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from afteraction.engine.prevention.changes import Grade

Line = Annotated[str, Field(max_length=1000)]
Code = Annotated[str, Field(max_length=20)]
Account = Annotated[int, Field(ge=1, le=2**53)]


class PlanIn(Schema):
    """The meeting as it should be. `start` is the time on a wall in `zone` (2026-05-14T15:00), "" for no date;
    `minutes` null is the usual length. What is not named is taken out."""

    start: Annotated[str, Field(max_length=40)] = ""
    zone: Annotated[str, Field(max_length=64)] = "UTC"
    minutes: Annotated[int, Field(ge=1, le=999)] | None = None
    profile: Literal["five_questions", "debrief"] = "five_questions"
    place: Line = ""
    objective: Line = ""
    opening: Line = ""
    recorded: bool = False
    called_off: bool = False


class SeatIn(Schema):
    """Who takes the seat: the number of an account."""

    person: Account


class SeatedOut(Schema):
    """Who has the seat now."""

    seat: str
    person: int
    name: str


class Because(Schema):
    """A reason; it is printed with the review."""

    because: Line


class Checking(Schema):
    """How something about somebody was checked by hand that is not known here."""

    person: Account
    rules: Annotated[list[Annotated[str, Field(max_length=16)]], Field(min_length=1, max_length=20)]
    because: Line


class GuestIn(Schema):
    """Somebody who is invited by hand, and what they bring."""

    person: Account
    why: Line


class NotComing(Schema):
    """Why somebody does not come, where they said so."""

    why: Line = ""


class AboutGuest(Schema):
    """What somebody works as, whether they are an executive (null: not known), and whether the owner agreed to that."""

    works_as: Code = ""
    executive: bool | None = None
    consented: bool = False


class Without(Schema):
    """A role or a team that is not there, and why."""

    role: Line = ""
    team: Line = ""
    why: Line


class Start(Schema):
    """Why it starts although something is missing; it is printed."""

    override: Line = ""


class LineIn(Schema):
    """What the scribe writes, one thing at a time. `what`: park, quote, node (a cause), gap, action (a change), skip
    (leaves the item `during` out because of `text`), vote (`minutes` for `during`, taken from the item `taken_from`),
    priority (`impact` and `urgency` of the change `during`, both; its owner is shown after that).
    The same `ident` again is the same line."""

    what: Literal["park", "quote", "node", "gap", "action", "skip", "vote", "priority"]
    text: Line = ""
    during: Code = ""
    question: Code = ""
    minutes: Annotated[int, Field(ge=1, le=60)] | None = None
    taken_from: Code = ""
    impact: Grade | None = None
    urgency: Grade | None = None
    ident: UUID | None = None


class NoteIn(Schema):
    """A note to the facilitator. The same `ident` again is the same note."""

    text: str = ""
    ident: UUID | None = None


class SheetIn(Schema):
    """The three questions after a meeting; null where one is left open. The same `ident` again is the same sheet."""

    learnt: bool | None = None
    again: bool | None = None
    hard: bool | None = None
    ident: UUID | None = None


class NoteOut(Schema):
    """A note to the facilitator; `author` is "" for nobody."""

    text: str
    day: date
    author: str
    is_mine: bool


class Notes(Schema):
    """`readers` says who reads what you send. `notes` are all for the facilitator, your own named ones otherwise."""

    readers: str
    notes: list[NoteOut]


class SeatCandidate(Schema):
    """Somebody for a seat. `standing`: eligible, not_checked, conflict; `line` is the verdict in one line, `barred_by`
    the rules that stand against it, `not_checked` those of which something is not known."""

    person: int
    name: str
    standing: str
    line: str
    barred_by: list[str]
    not_checked: list[str]


class SeatOut(Schema):
    """A seat with who holds it; for who leads, everybody who could, best first."""

    seat: str
    title: str
    holders: list[SeatCandidate]
    candidates: list[SeatCandidate]


class InvitedOut(Schema):
    """Somebody who is invited, and why."""

    person: int
    name: str
    why: str
    optional: bool
    label: str
    speaks_last: bool


class SpeakerOut(Schema):
    """Somebody in the order to hear them: first whoever the fewest people report to, executives last. `place_known` is
    false where no line is recorded that leads to or from them."""

    person: int
    name: str
    place_known: bool


class AwayOut(Schema):
    """Somebody who does not come."""

    person: int
    name: str
    why: str


class MissingOut(Schema):
    """A role that nobody fills; `waived` is the reason for going without."""

    role: str
    why: str
    waived: str


class PointOut(Schema):
    """One thing that a meeting needs; `missing` is "" where it is there."""

    code: str
    title: str
    missing: str
    next_step: str


class CheckedOut(Schema):
    """One of the three things that a review begins with."""

    code: str
    title: str
    is_done: bool
    words: str


class ItemOut(Schema):
    """One item of the agenda. `begins` and `minutes` count from the start; the first `silent` are for writing."""

    code: str
    title: str
    begins: int
    minutes: int
    heading: str
    asks: str
    silent: int
    lines: list[str]
    parked: list[str]
    skipped_because: str


class AgendaOut(Schema):
    """The whole meeting."""

    profile: str
    length: int
    objective: str
    items: list[ItemOut]


class SectionOut(Schema):
    """One part of the pre-read."""

    title: str
    lines: list[str]


class ForYou(Schema):
    """What only you are shown: cues from what you did yourself, reminders of a facilitator, what a devil's advocate may
    challenge."""

    prompts: list[dict[str, str]]
    reminders: list[str]
    challenges: list[dict[str, str]]


class PulseOut(Schema):
    """All sheets together, of nobody; shares are told from five on."""

    sheets: int
    sentence: str
    worth_it: bool | None


class PriorityOut(Schema):
    """A change as its priority is judged. `owner` is "" where nobody owns it, and while `owner_hidden`: people set both
    impact and urgency first."""

    change: str
    text: str
    impact: Grade | None
    urgency: Grade | None
    owner: str
    owner_hidden: bool


class StepToJudge(Schema):
    """A milestone, or an action or decision of the graph, with the moment to look from."""

    at: datetime
    title: str


class KnownThenOut(Schema):
    """What was known at a moment; `hidden` counts milestones that came or were learned later."""

    at: datetime
    reached: list[StepToJudge]
    hidden: int


class PlanOut(Schema):
    """What people decided. `start`, `began` and `ended` are UTC; `minutes` null is the usual length."""

    start: datetime | None
    zone: str
    minutes: int | None
    profile: str
    place: str
    objective: str
    opening: str
    recorded: bool
    called_off: bool
    began: datetime | None
    ended: datetime | None
    override: str


class MeetingOut(Schema):
    """The meeting of a review. `refusal` says why it may not begin, "" where it may; `printed` is what stands on the
    review of its seats and its start. Who is invited, and priorities, are told to those who work on the incident. With
    `known_at` in the address `known_then` says what was known, and what tells the outcome is left out: the lines of the
    agenda, and what to read."""

    plan: PlanOut
    readiness: list[PointOut]
    refusal: str
    checklist: list[CheckedOut]
    seats: list[SeatOut]
    waivers: dict[str, str]
    printed: list[str]
    invited: list[InvitedOut]
    speaking_order: list[SpeakerOut]
    away: list[AwayOut]
    missing: list[MissingOut]
    followers: int
    following: bool
    agenda: AgendaOut
    pre_read: list[SectionOut]
    for_you: ForYou
    returned: list[dict[str, Any]]
    pulse: PulseOut
    priorities: list[PriorityOut]
    steps_to_judge: list[StepToJudge]
    known_then: KnownThenOut | None


class FollowingOut(Schema):
    """Whether you follow the review. `document` is the address of its published report, null before; `looked_at` is
    when you last opened that, null where you did not or do not follow."""

    following: bool
    document: str | None = None
    looked_at: datetime | None = None
