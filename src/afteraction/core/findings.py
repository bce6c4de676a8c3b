"""What the engine says about an incident: candidates for milestones, windows of impact, detections, metrics,
conflicts, gaps and questions, each with the evidence it rests on.

Knows the shapes that reports, pages and the API share. Refuses to choose between people's accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from afteraction.core.evidence import EvidenceRef
from afteraction.core.instant import Instant
from afteraction.core.records import Actor, Document


class Milestone(StrEnum):
    """The moments that metrics are computed from (SPEC §3.1), in the order they usually come."""

    LATENT = "t_latent"
    TRIGGER = "t_trigger"
    FIRST_SIGNAL = "t_first_signal"
    POTENTIAL = "t_potential"
    IMPACT_START = "t_impact_start"
    FIRST_USER_REPORT = "t_first_user_report"
    FIRST_MONITOR = "t_first_monitor"
    DETECTED = "t_detect"
    FLAG = "t_flag"
    ACKNOWLEDGED = "t_ack"
    FIRST_ACTION = "t_first_action"
    DECLARED = "t_declared"
    DIAGNOSED = "t_diagnosed"
    MITIGATED = "t_mitigated"
    IMPACT_END = "t_impact_end"
    RESOLVED = "t_resolved"
    REVIEWED = "t_reviewed"
    CLOSED = "t_closed"


MILESTONE_TITLES: dict[Milestone, str] = {
    Milestone.LATENT: "Condition introduced",
    Milestone.TRIGGER: "Trigger",
    Milestone.FIRST_SIGNAL: "First signal",
    Milestone.POTENTIAL: "Potential impact",
    Milestone.IMPACT_START: "Impact starts",
    Milestone.FIRST_USER_REPORT: "First user report",
    Milestone.FIRST_MONITOR: "First monitor detection",
    Milestone.DETECTED: "Detected",
    Milestone.FLAG: "Flagged",
    Milestone.ACKNOWLEDGED: "Acknowledged",
    Milestone.FIRST_ACTION: "First action",
    Milestone.DECLARED: "Declared",
    Milestone.DIAGNOSED: "Diagnosed",
    Milestone.MITIGATED: "Mitigated",
    Milestone.IMPACT_END: "Impact ends",
    Milestone.RESOLVED: "Resolved",
    Milestone.REVIEWED: "Reviewed",
    Milestone.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposal for a milestone. `event_ids` name the timeline events behind it; `source` is a short word for the
    account it comes from (status page, chat, alert …); `chosen_by` is a person's reason when somebody pinned it."""

    instant: Instant
    reason: str
    evidence: tuple[EvidenceRef, ...] = ()
    event_ids: tuple[str, ...] = ()
    source: str = ""
    confidence: float = 0.5
    chosen_by: str = ""


class Basis(StrEnum):
    """What a share rests on."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactWindow:
    """A stretch of user impact of one service and stream with one weight; a partial recovery starts another window
    (step) of the same `group`. `weight` = share of users affected × functional loss, in [0, 1]; None is unknown and
    counts as impact of unknown degree. `end` None is open. `users` are people affected at any moment of it,
    `requests_per_s` × `fail_share` give lost requests. `degradation` says in one sentence what did not work and for
    whom; empty is unknown."""

    start: Instant
    end: Instant | None
    service: str = ""
    stream: str = ""
    weight: float | None = None
    basis: Basis = Basis.UNKNOWN
    degradation: str = ""
    users: float | None = None
    requests_per_s: float | None = None
    fail_share: float | None = None
    evidence: tuple[EvidenceRef, ...] = ()
    group: int = 0


class DetectionMethod(StrEnum):
    """How somebody or something noticed (SPEC §3.1)."""

    MONITOR = "monitor"
    SYNTHETIC = "synthetic"
    INTERNAL_PERSON = "internal_person"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    ACCIDENT = "accident"
    PLANNED_WATCH = "planned_watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """One noticing. `at` is when it was created, `seen_at` when it reached the responsible team (None: as `at` for
    monitors, unknown for others), `acted_on` whether the response followed from it."""

    method: DetectionMethod
    at: Instant
    seen_at: Instant | None = None
    fingerprint: str = ""
    acted_on: bool | None = None
    title: str = ""
    evidence: tuple[EvidenceRef, ...] = ()
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One message that told an audience how the incident stands. `promised_next` is a stated time of the next."""

    at: Instant
    audience: str
    text: str
    promised_next: Instant | None = None
    is_resolved_message: bool = False
    no_new_information: bool = False
    evidence: tuple[EvidenceRef, ...] = ()
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderQuestion:
    """A question put to responders in chat by somebody who is not one (SPEC R173)."""

    at: Instant
    text: str
    asker: Actor
    evidence: tuple[EvidenceRef, ...] = ()
    event_ids: tuple[str, ...] = ()


class State(StrEnum):
    """The five words for a figure; none of them is 0."""

    VALUE = "value"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    AT_LEAST = "at_least"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure of SPEC §3.2. `value`, `low` and `high` share `unit` (`s`, `min`, `count`, `share`, a currency);
    signed where the definition is. AT_LEAST: `value` is the bound. CONFLICT: `alternatives` holds each account's
    figure, value is None. `clock` is wall or business(…). `note` is one sentence; `formula` says what was subtracted
    from what; `detail` holds the definition's further figures by name; `inputs` names the instants used."""

    id: str
    name: str
    state: State
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = "s"
    clock: str = "wall"
    evidence: tuple[EvidenceRef, ...] = ()
    note: str = ""
    formula: str = ""
    inputs: tuple[tuple[str, Instant], ...] = ()
    alternatives: tuple[Metric, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One side of a conflict: what this source says."""

    text: str
    evidence: EvidenceRef
    instant: Instant | None = None
    amount: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Accounts that cannot all be right, side by side. `subject` is a milestone name, or e.g. `stated_duration`;
    `flag` is a `core.flags.Flag` code where the conflict is one of plausibility."""

    subject: str
    sentence: str
    accounts: tuple[Account, ...]
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch without what should have been there. `kind`: detection, triage, silence (no event at all),
    silenced (an alert that was not allowed to tell its end), communication (no update), diagnosis."""

    kind: str
    start: Instant
    end: Instant
    sentence: str
    audience: str = ""
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockOffset:
    """How far one source's clock seems to be from another's, in seconds, from moments that both saw. Proposed, never
    applied by itself."""

    clock_id: str
    reference: str
    offset_s: float
    spread_s: float
    pairs: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One dotted key whose value differs; None where a snapshot does not have the key."""

    key: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReading:
    """What the evidence says of one gate that the release came by or went past. `gate` is its id (`unit_tests`),
    `reached` and `outcome` are words of the gate matrix, `record` is one line of what was found, with times in UTC."""

    gate: str
    title: str
    reached: str
    outcome: str
    record: str
    event_ids: tuple[str, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseGates:
    """The way of the release that set it off, as the evidence has it. `change_triggered` is None while nobody knows a
    trigger; `began_at` and `began` are the first record that names the release."""

    change_triggered: bool | None = None
    began_at: Instant | None = None
    began: str = ""
    readings: tuple[GateReading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChange:
    """The keys in which a snapshot differs from the previous one of its place, in the order of their names.

    `is_before` tells whether `earlier` may be shown as the state before the incident: it was surely taken before the
    trigger, and `later` was not. `order_known` is False when the two times overlap within their precision.
    """

    place: str
    environment: str
    thing: str
    earlier: Document
    later: Document
    keys: tuple[KeyChange, ...]
    is_before: bool = False
    order_known: bool = True

    @property
    def evidence(self) -> tuple[EvidenceRef, EvidenceRef]:
        """Both snapshots, the earlier first."""
        return self.earlier.evidence, self.later.evidence
