"""A whole review as a value: every part that people write, by sort and id.

Knows which sorts of parts there are. Refuses to know who wrote them and when: that is in the history of the web.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from afteraction.core.instant import Instant
from afteraction.engine.causes.graph import Ask, CauseGraph, Edge, HumanAction, Logic, Node, Support
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Change


class Question(StrEnum):
    """The five questions, in their order (SPEC R150)."""

    IMPACT = "q1"
    CAUSES = "q2"
    GATES = "q3"
    CHANGES = "q4"
    SIGNALS = "q5"


class AnswerState(StrEnum):
    """How far a question is answered."""

    OPEN = "open"
    ANSWERED = "answered"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the review says to one question; `id` is that of the question. `text` is Markdown with citations as
    `[E7]`; `degradation` (first question) says in one sentence what did not work and for whom."""

    id: str
    text: str = ""
    state: AnswerState = AnswerState.OPEN
    degradation: str = ""
    parked_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the answers; there is one, with the id `review`. `summary` is for everybody, `public` what
    customers may read. `none_found` says for W10 and W12 that something was looked for and not found (`systemic`,
    `org` …) and why. `waivers` are rules of the meeting or the plan that do not hold here, by their code, with the
    reason. `no_action_because` and `revisit` record the decision not to act. `runbook` (was one used),
    `runbook_accurate` and `alerts` (did they help) answer the response factors (SPEC R072) with yes, no or unknown,
    "" where nobody answered. `template` is the version of the report's template (0: the newest), `sections` are those
    that the team adds to it, Markdown by title."""

    id: str = "review"
    objective: str = ""
    summary: str = ""
    public: str = ""
    none_found: Mapping[str, str] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)
    no_action_because: str = ""
    revisit: date | None = None
    learning: int | None = None
    surprised: str = ""
    staging_differs: str = ""
    template: int = 0
    sections: Mapping[str, str] = field(default_factory=dict)
    runbook: str = ""
    runbook_accurate: str = ""
    alerts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A proposed signal that would have told earlier (SPEC R149). `source` names the series (`service metric`),
    `above` says which side of `threshold` fires, `for_s` how long it must hold, `kind` is alert, metric or synthetic.
    `result` keeps the back-test that was seen, as the engine wrote it."""

    id: str
    title: str
    source: str = ""
    threshold: float | None = None
    above: bool = True
    for_s: float = 60
    kind: str = "alert"
    route: str = ""
    result: Mapping[str, object] = field(default_factory=dict)
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What went well, what went poorly, or where we were lucky (`column`: well, poorly, lucky), bound to a node where
    it has one. `follow_up` is what becomes of luck; "accepted" is an answer."""

    id: str
    column: str
    text: str
    node: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A finding that somebody set aside, with a reason; `id` is the finding's own id (`W05:N7`). `overridden` is for
    one that blocks."""

    id: str
    reason: str = ""
    overridden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Saved places of nodes in one view, in pixels; `id` is the view's name."""

    id: str
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class Profile(StrEnum):
    """How the time of a meeting is used. FIVE_QUESTIONS has the timeline ready before; DEBRIEF walks it together and
    leaves the decisions to a small group about two working days later."""

    FIVE_QUESTIONS = "five_questions"
    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedPoint:
    """A point that was put off while `during` (code of an item) was talked about, to the item of its question."""

    text: str
    during: str
    belongs_to: Question | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrunVote:
    """Minutes that the room gave to an item that overran, and from which item they were taken."""

    item: str
    minutes: int
    taken_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What was said in the room, word for word, without whoever said it; `during` is the code of an item."""

    text: str
    during: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """The meeting of a review; there is one, with the id `meeting`. `minutes` None is the usual length. People are
    numbers of accounts as text: `added` were invited by hand with a reason, `declined` cannot come and say why (""
    counts), `cleared` says by `rule:person` how something about them was checked by hand, `works_as` is what somebody
    works as, `executives` whether they are one (missing: not known), `consented` are executives whom the owner agreed
    to. `not_invited` are reasons by team, `waived_roles` by role. `recorded` says that everybody agreed to a recording.
    `skipped` are reasons by item, `override` why it starts although something is missing. `changes` counts what
    calendars have to be told again."""

    id: str = "meeting"
    start: Instant | None = None
    zone: str = "UTC"
    minutes: int | None = None
    profile: Profile = Profile.FIVE_QUESTIONS
    place: str = ""
    opening: str = ""
    recorded: bool = False
    added: Mapping[str, str] = field(default_factory=dict)
    declined: Mapping[str, str] = field(default_factory=dict)
    cleared: Mapping[str, str] = field(default_factory=dict)
    works_as: Mapping[str, str] = field(default_factory=dict)
    executives: Mapping[str, bool] = field(default_factory=dict)
    consented: tuple[str, ...] = ()
    not_invited: Mapping[str, str] = field(default_factory=dict)
    waived_roles: Mapping[str, str] = field(default_factory=dict)
    override: str = ""
    began: Instant | None = None
    ended: Instant | None = None
    parked: tuple[ParkedPoint, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    votes: tuple[OverrunVote, ...] = ()
    quotes: tuple[Quote, ...] = ()
    changes: int = 0
    called_off: bool = False


# The sort of each part, as it is stored, exported and named in addresses.
SORTS: Mapping[str, type] = {
    "frame": Frame, "answer": Answer, "node": Node, "edge": Edge, "logic": Logic, "support": Support, "ask": Ask,
    "human": HumanAction, "gate": GateRow, "change": Change, "signal": Signal, "remark": Remark,
    "dismissal": Dismissal, "layout": Layout, "meeting": MeetingPlan,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Review:
    """All parts of one review, by id."""

    frame: Frame = field(default_factory=Frame)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    graph: CauseGraph = field(default_factory=CauseGraph)
    gates: Mapping[str, GateRow] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    signals: Mapping[str, Signal] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    meeting: MeetingPlan = field(default_factory=MeetingPlan)


def assembled(parts: Mapping[str, Mapping[str, Any]]) -> Review:
    """A review from its parts by sort and id; sorts that are not there are empty."""

    def of(sort: str) -> Mapping[str, Any]:
        return parts.get(sort, {})

    graph = CauseGraph(
        nodes=of("node"), edges=of("edge"), logic=of("logic"), supports=of("support"), asks=of("ask"),
        humans=of("human"),
    )  # fmt: skip
    frames, meetings = list(of("frame").values()), list(of("meeting").values())
    return Review(
        frame=frames[0] if frames else Frame(), answers=of("answer"), graph=graph, gates=of("gate"),
        changes=of("change"), signals=of("signal"), remarks=of("remark"), dismissals=of("dismissal"),
        layouts=of("layout"), meeting=meetings[0] if meetings else MeetingPlan(),
    )  # fmt: skip
