"""What the API gives and takes, as schemas.

Knows names and types. Times are RFC 3339 in UTC unless a field says otherwise; unknown is null, never 0.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from afteraction.core.records import EventKind

Verb = Literal["keep", "hide", "edit", "merge", "split", "note", "pin"]
DataLoss = Literal["none", "suspected", "confirmed"]
Key = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,64}$")]


def file_of(media_type: str) -> dict[str, Any]:
    """How an operation that answers with a file is described."""
    schema = {"type": "object"} if media_type == "application/json" else {"type": "string"}
    shown = {"description": "The file.", "content": {media_type: {"schema": schema}}}
    return {"responses": {"200": shown}}


class Me(Schema):
    """Who the token or the session belongs to."""

    name: str
    email: str
    role: str
    single_keys: bool


class Outline(Schema):
    """An incident as lists show it. `state` is how far it has come; `figures` are counts and first facts.
    `restricted` ends by itself at `embargo_until` where one is set."""

    key: str
    title: str
    severity: str
    environment: str
    kind: str
    services: list[str]
    zone: str
    state: str
    has_data_loss: bool
    data_loss: str
    data_loss_because: str
    learning: int | None
    surprised: str
    is_security: bool
    is_near_miss: bool
    restricted: bool
    embargo_until: datetime | None
    narrowed_because: str
    published_at: datetime | None
    published_alone: bool
    version: int
    created_at: datetime
    figures: dict[str, Any]


class Outlines(Schema):
    """A page of incidents, newest first, and where the next one begins."""

    incidents: list[Outline]
    next: str | None = None


class RecordIn(Schema):
    """What people say about an incident. Fields that do not fit the kind are dropped. `data_loss` null means what
    `has_data_loss` says: confirmed, or none."""

    title: str
    severity: str = ""
    environment: str = "production"
    kind: str = "outage"
    services: list[str] = []
    zone: str = "UTC"
    has_data_loss: bool = False
    data_loss: DataLoss | None = None
    data_loss_because: Annotated[str, Field(max_length=1000)] = ""
    learning: Annotated[int, Field(ge=0, le=3)] | None = None
    surprised: Annotated[str, Field(max_length=1000)] = ""
    is_security: bool = False
    is_near_miss: bool = False


class NewIncident(RecordIn):
    """A new incident. `opened_with` is your own name for the request: the same again is the same incident."""

    opened_with: Annotated[str, Field(max_length=40)] = ""


class ChangedRecord(RecordIn):
    """A changed record, based on `version` as you read it."""

    version: int


class Reason(Schema):
    """Why: it stays in the trail."""

    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class MetricIn(Schema):
    """One measured value. `value` null could not be measured; without `at` it holds for now."""

    metric: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    value: Annotated[float, Field(ge=-1e15, le=1e15)] | None
    at: datetime | None = None
    source: Annotated[str, Field(max_length=200)] = ""


class MetricOut(Schema):
    """One value as it is kept: the moment it holds for, who measured it, and when it came."""

    metric: str
    value: float | None
    at: datetime
    source: str
    posted_at: datetime


class Metrics(Schema):
    """Values that were posted, oldest first."""

    metrics: list[MetricOut]


class Publishing(Schema):
    """`narrowed_because` keeps the report to members, with that reason; empty opens it to the organisation."""

    narrowed_because: Annotated[str, Field(max_length=1000)] = ""


class MemberIn(Schema):
    """Somebody by address, and the seat they get."""

    email: str
    seat: str = "responder"


class Member(Schema):
    """One seat."""

    id: int
    name: str
    email: str
    seat: str
    since: datetime


class Members(Schema):
    """Who works on an incident: seats, and teams whose people are responders."""

    members: list[Member]
    teams: list[str]


class EventOut(Schema):
    """One event as the analysis has it (`value`, the shape of afteraction/analysis/1), with what people decided.
    `revision` is to be sent back with an edit, so that a stale one is noticed. What is hidden says by which seat
    (`hidden_by`) and why (`hidden_because`, "" where nobody gave a reason); both are null for what is shown."""

    id: str
    triage: str
    revision: int
    is_key: bool
    hidden_by: str | None = None
    hidden_because: str | None = None
    value: dict[str, Any]


class Events(Schema):
    """A page of events by time; `next` is the place after it. `total` counts all of the filter; `kinds` says on the
    first page how many of each kind the rest of the filter has, and is null on later ones."""

    events: list[EventOut]
    total: int
    kinds: dict[str, int] | None = None
    next: str | None = None


class EditIn(Schema):
    """One edit of the timeline.

    `based_on` maps each event id (for a pin the milestone's name) to the revision you saw; a stale edit is answered
    409 with theirs. `edit_id` is your own name for it: the same again is laid once. Which fields count depends on
    the verb: edit takes `title`, `kind`, `time` with `zone`; note takes `text`; hide takes `reason` or none (once more
    with one adds it); pin takes `milestone`, `reason` and either an event or `time` with `zone`; split takes
    `members`.
    """

    verb: Verb
    event_ids: Annotated[list[str], Field(max_length=500)] = []
    based_on: dict[str, int] = {}
    edit_id: Annotated[str, Field(max_length=64)] = ""
    title: str | None = None
    kind: str | None = None
    time: str | None = None
    zone: str = ""
    precision: str = ""
    text: str = ""
    milestone: str = ""
    reason: str = ""
    members: list[str] = []


class Choice(Schema):
    """Which proposals are meant: of a kind, of a source (a lane of the timeline), between two moments (both included),
    and whether only those that carry the story. Empty narrows nothing."""

    kind: Annotated[str, Field(pattern=f"^({'|'.join(EventKind)})?$")] = ""
    source: Literal["", "changes", "alerts", "signals", "chat", "customers", "status", "document"] = ""
    since: datetime | None = None
    until: datetime | None = None
    only_key: bool = True


class Deciding(Choice):
    """`expected` is how many proposals you saw: more or fewer by now are answered 409. `edit_id` is your own name for
    it: the same again is laid once."""

    decision: Literal["keep", "hide"]
    expected: Annotated[int, Field(ge=0, le=2**31)]
    reason: Annotated[str, Field(max_length=8000)] = ""
    edit_id: Annotated[str, Field(max_length=64)] = ""


class Proposals(Schema):
    """How many proposals a choice means: what machines wrote down and nobody kept or hid yet."""

    count: int


class EditOut(Schema):
    """An edit as it was kept. `by` is the seat of who made it, never a name. One that was laid over many events by a
    choice names no `event_ids`; `value.swept` says which choice, and `count` how many."""

    edit_id: str
    verb: str
    event_ids: list[str]
    count: int
    at: datetime
    by: str
    revision: int
    withdrawn_at: datetime | None
    value: dict[str, Any]


class Edits(Schema):
    """Edits of a timeline, newest first, withdrawn ones too."""

    edits: list[EditOut]
    next: int | None = None


class Confirming(Schema):
    """`based_on` is the id of the analysis you looked at; `note` says what stayed open."""

    based_on: str = ""
    note: Annotated[str, Field(max_length=8000)] = ""


class FactsOut(Schema):
    """A confirmed version of the facts, which never changes."""

    number: int
    analysis: str
    edits: int
    note: str
    confirmed_at: datetime


class FactsVersions(Schema):
    """Every confirmed version, newest first."""

    versions: list[FactsOut]


class JobOut(Schema):
    """Work in the background. `percent` is null while nobody can say; `reason` tells why it failed and what to do."""

    id: int
    title: str
    state: str
    step: str
    done: int
    total: int
    percent: int | None
    parts: list[dict[str, Any]]
    reason: str
    reference: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class Jobs(Schema):
    """Jobs of an incident, newest first."""

    jobs: list[JobOut]


PartName = Literal["on_call", "author", "reviewer"]


class HavingPart(Schema):
    """Somebody had the part (`holds` true), had it not (false), or the evidence decides again (null); without an
    address nobody is meant. `everybody` says whether nobody else had it; null leaves that."""

    email: str = ""
    holds: bool | None = True
    everybody: bool | None = None


class ActorIn(Schema):
    """Somebody of the timeline by the role they have there, and the address of their account; empty for none here.
    Without a role nobody else of the timeline has an account here."""

    role: str = ""
    email: str = ""


class PartHolder(Schema):
    """Somebody who had a part, and where that is seen."""

    id: int
    email: str
    seen: str


class HadPart(Schema):
    """One part. Unless `is_everybody`, somebody else may have had it; `denied` are those who had not."""

    part: PartName
    is_everybody: bool
    people: list[PartHolder]
    denied: list[str]


class Parts(Schema):
    """Who had which part; `unknown` are roles of the timeline of whom nobody said which account they are."""

    parts: list[HadPart]
    unknown: list[str]
