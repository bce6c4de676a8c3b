"""What the API gives and takes of reviews and comparisons, as schemas.

Knows names and types. Refuses to repeat the shape of every sort of part: a body is checked where it is saved.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from afteraction.engine.review.document import SORTS
from afteraction.web.reviews.views.parts import VERBS

Body = dict[str, Any]
Sort = Annotated[str, Field(max_length=16, json_schema_extra={"enum": sorted(SORTS)})]
Ident = Annotated[str, Field(max_length=80)]


class Opening(Schema):
    """Why a review is worth it, in a line, and how deep it goes. One that is open already gets the reason and, if it
    is deeper, the depth."""

    reason: Annotated[str, Field(min_length=1, max_length=300)]
    depth: Literal["note", "light", "full"] = "full"


class PartOut(Schema):
    """A part as it stands. A save of it is based on `rev`; `body` is null where it was removed."""

    rev: int
    body: Body | None


class MarkOut(Schema):
    """When something is due. `standing`: waiting, ahead, passed, in_time, late, early; `lag_s` counts from the start
    of the clock, in seconds, once it is done."""

    name: str
    due: datetime | None
    standing: str
    words: str
    done_at: datetime | None
    lag_s: float | None


class TimersOut(Schema):
    """When the clock began, why then, and every mark."""

    start: datetime | None
    because: str
    marks: list[MarkOut]


class ReviewOut(Schema):
    """`parts` are by sort and id, `version` is the number of the newest save, `triggers` say what opened it."""

    key: str
    step: str
    depth: str
    version: int
    silent: bool
    opened_at: datetime
    triggers: list[dict[str, Any]]
    timers: TimersOut
    parts: dict[str, dict[str, PartOut]]


class PartIn(Schema):
    """What a part should be. `body` null removes it. `id` "" or "?…" asks for an id; the same placeholder may stand in
    the bodies of the same save. `based_on` is the `rev` that you read, 0 where there was none."""

    sort: Sort
    id: Ident = ""
    body: Body | None
    based_on: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class SaveIn(Schema):
    """Parts to save, all or none. The same `batch` again is answered with what it did."""

    parts: Annotated[list[PartIn], Field(min_length=1)]
    verb: Annotated[str, Field(max_length=16, json_schema_extra={"enum": sorted(VERBS)})] = "edit"
    batch: Annotated[str, Field(max_length=64)] = ""


class SavedOut(Schema):
    """What a save did: its number, the parts as they stand by `sort:id`, the ids that placeholders got, and the parts
    in which somebody else's change was kept beside yours."""

    number: int
    named: dict[str, str]
    joined: list[str]
    parts: dict[str, PartOut]


class ChangeOut(Schema):
    """One change of a part. `by` is a seat; `undo_of` the number of the save that it took back."""

    number: int
    verb: str
    at: datetime
    by: str
    before: Body | None
    after: Body | None
    undo_of: int | None


class History(Schema):
    """Every change of one part, newest first."""

    changes: list[ChangeOut]


class FindingOut(Schema):
    """One open point. It is dismissed by a part of the sort `dismissal` with this `id`. `suggestion` is a sentence that
    settles it in the place of the one that is quoted, "" where there is none. `is_firm`: no reason sets it aside."""

    id: str
    code: str
    severity: str
    subject: str
    sentence: str
    question: str
    next_step: str
    suggestion: str = ""
    is_firm: bool = False


class NextStep(Schema):
    """The step that people may take next. `note` is what the record would say besides."""

    to: str
    allowed: bool
    note: str


class Findings(Schema):
    """What is open by all rules: what must be met before the next step, what is worth a look, and what somebody set
    aside. `before_everyone` are sentences that need a decision before the whole organisation reads them. `gates` says
    what became of each chance to catch it, `blind_spots` which services were impaired while no alert of theirs is in
    the evidence."""

    step: str
    next: NextStep | None
    must: list[FindingOut]
    may: list[FindingOut]
    set_aside: list[FindingOut]
    before_everyone: list[FindingOut]
    gates: list[str]
    blind_spots: list[str]


class Moving(Schema):
    """The state to reach. `reason` is for a step back, `narrowed_because` publishes to the members alone."""

    to: Annotated[str, Field(max_length=32)]
    reason: Annotated[str, Field(max_length=2000)] = ""
    narrowed_because: Annotated[str, Field(max_length=2000)] = ""


class StepOut(Schema):
    """A step that was taken, with what was open then."""

    step: str
    at: datetime
    by: str = ""
    open: list[Any]
    reason: str


class Steps(Schema):
    """The steps of a review, oldest first."""

    steps: list[StepOut]


class Rests(Schema):
    """The version of the facts that the review rests on."""

    facts: int


class WayOut(Schema):
    """One minimal set: ids of nodes (`N3@before` is an earlier time of N3), and in words."""

    nodes: list[str]
    words: str
    is_left: bool = False


class SetsOut(Schema):
    """Minimal sets, the smallest first. `total` counts all, null where that was too much; at most 1,000 are listed."""

    sets: list[WayOut]
    total: int | None
    single_points: list[str]


class ImportanceOut(Schema):
    """How much a basic event matters. `birnbaum` is the share of states in which it decides, null where that was too
    much to count; it is in `member_of` of `ways`."""

    event: str
    birnbaum: float | None
    member_of: int
    ways: int


class CoverageOut(Schema):
    """How many ways the changes cut, by plan and verified; `cut_by` counts for each change alone."""

    ways: int
    planned: int
    verified: int
    remaining: int
    cut_by: dict[str, int]
    words: str


class Ways(Schema):
    """A top event computed: the ways it happens, what would have kept it from happening, what matters most, and what
    the changes leave. `top` is the id of its node, "" without one."""

    top: str
    cut_sets: SetsOut
    path_sets: SetsOut
    importance: list[ImportanceOut]
    coverage: CoverageOut


class Imported(Schema):
    """What stands after a document was taken in, and what of it could not be read."""

    version: int
    failures: list[str]


class Filled(Schema):
    """How many rows of the matrix the evidence changed."""

    changed: int


class Taking(Schema):
    """Which proposal becomes a change: the id of the gate whose gap it closes, and its place in the list."""

    gap: Ident
    at: Annotated[int, Field(ge=0, le=1000)] = 0


class CandidateOut(Schema):
    """What usually closes a gap."""

    gap: str
    at: int
    text: str


class Candidates(Schema):
    """Proposals for every gap that no change answers yet."""

    candidates: list[CandidateOut]


class ChangeDraft(Schema):
    """A change while it is written. `size` is S, M, L or XL, `owner` the number of an account, `due` an ISO date;
    `change` is its id where it stands already. What a field cannot hold is left out."""

    text: Annotated[str, Field(max_length=2_000)]
    barrier: Literal["detect", "prevent", "mitigate", "repair", "investigate", "process"] = "prevent"
    size: Literal["", "S", "M", "L", "XL"] = ""
    owner: Annotated[str, Field(max_length=12)] = ""
    due: Annotated[str, Field(max_length=10)] = ""
    change: Annotated[str, Field(max_length=80)] = ""


class DraftHint(Schema):
    """One point of the words, date or owner; `must` are those that a commit waits for."""

    rule: str
    category: str
    must: bool
    start: int
    end: int
    message: str
    question: str
    suggestion: str


class DraftProperty(Schema):
    """One of the eight: `so` is None where the words do not say, `because` are the words that show it."""

    name: str
    asks: str
    so: bool | None
    because: str


class DraftOut(Schema):
    """What is told beside the form: at most two hints, what the change is, the next question with what the incident's
    own data answers, and the day and phases that the policy proposes. `said` is the day in the words."""

    hints: list[DraftHint]
    more: int
    commit_waits: bool
    change_class: str
    power: str
    properties: list[DraftProperty]
    slot: str
    question: str
    proposed: str
    proposed_because: str
    sentence: str
    due: date | None
    due_because: str
    first_phase_by: date | None
    prompt: str
    phases: list[date]
    said: date | None
    owner_holds: int
    owner_is_full: bool


class ComparedIncident(Schema):
    """A column."""

    key: str
    title: str


class SharedOut(Schema):
    """What two or more have in common."""

    kind: str
    text: str
    incidents: list[str]


class CellOut(Schema):
    """What one incident has in a row, with its citations and the page that shows it."""

    incident: str
    text: str
    known: str
    note: str
    parts: list[str]
    page: str
    evidence: list[dict[str, Any]]


class RowOut(Schema):
    """One part of all incidents. `verdict`: different, same, cannot compare; `among_known` is that of the columns that
    can be compared."""

    part: str
    name: str
    verdict: str
    among_known: str | None
    clock: str
    note: str
    cells: list[CellOut]


class Compared(Schema):
    """Incidents side by side: what they share, then every row, differing ones first."""

    incidents: list[ComparedIncident]
    shared: list[SharedOut]
    rows: list[RowOut]
