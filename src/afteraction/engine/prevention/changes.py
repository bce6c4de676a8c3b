"""What a review decides to change, as values: process changes and actions, and how one would know that they work.

Knows shapes. Refuses to say that something is done: a check says so later, and until there is one it reads not yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Barrier(StrEnum):
    """What it is for. The first three are the triad (SPEC R079)."""

    DETECT = "detect"
    PREVENT = "prevent"
    MITIGATE = "mitigate"
    REPAIR = "repair"
    INVESTIGATE = "investigate"
    PROCESS = "process"


TRIAD = (Barrier.DETECT, Barrier.PREVENT, Barrier.MITIGATE)


class ChangeKind(StrEnum):
    """What is changed (SPEC R010)."""

    CODE = "code"
    CONFIG = "config"
    TEST = "test"
    GATE = "gate"
    ALERT = "alert"
    DASHBOARD = "dashboard"
    SYNTHETIC = "synthetic"
    RUNBOOK = "runbook"
    REVIEW_PRACTICE = "review_practice"
    TRIAGE = "triage"
    COMMUNICATION = "communication"
    ARCHITECTURE = "architecture"
    ACCESS = "access"
    CAPACITY = "capacity"
    TRAINING = "training"
    POLICY = "policy"


class Horizon(StrEnum):
    """Whether it lasts (SPEC R082)."""

    PATCH = "patch"
    DURABLE = "durable"


class Size(StrEnum):
    """How much work it is; the due date follows from it."""

    S = "S"
    M = "M"
    L = "L"
    XL = "XL"


class Grade(StrEnum):
    """High, medium or low: impact, urgency and the priority that follows."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ChangeClass(StrEnum):
    """What a change really is (SPEC §5.5)."""

    PROCESS_CHANGE = "process_change"
    ASSISTED_PRACTICE = "assisted_practice"
    ONE_OFF = "one_off"
    INTENTION = "intention"


class Power(StrEnum):
    """How strong a change is (SPEC §5.6)."""

    STRONG = "strong"
    INTERMEDIATE = "intermediate"
    WEAK = "weak"


class ChangeState(StrEnum):
    """How far a change has come. VERIFIED and DRIFTED need a check that was seen."""

    PROVISIONAL = "provisional"
    PROPOSED = "proposed"
    COMMITTED = "committed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    DRIFTED = "drifted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneWhen:
    """One line of a definition of done. `text` is the sentence; `check` names a check of SPEC §8 (`V03`) or is "",
    `auditor` is the role that audits by hand where no machine can."""

    text: str
    check: str = ""
    auditor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One step of work too large for one date, with a date and a definition of done of its own (SPEC R086)."""

    text: str
    due: date | None = None
    done_when: tuple[DoneWhen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A process change or an action; `classed` is people's decision where it differs from the proposal, for
    `classed_because`. `properties` are P1 to P8 with True, False or None (unknown) as people set them. `owner` is the
    account's number as text, `owner_role` what the report shows, `accepted_at` (UTC, ISO) when that person took it.
    `due` is a date, `due_because` where it comes from. `targets` are ids of nodes, `gap` the id of the gate row it
    closes, `closes_because` the recorded reason where a one-off closes a gap. `loss_averted` and `effort_days` make the
    second figure. `regression_test` names the test that would have caught it. `phases` are the steps of large work, in
    their order. `emergency` marks a commit that could not wait for the cool-off; `confirmed_at` (UTC, ISO) is when
    people took it again after the cool-off began. `public` is what customers may read of it, "" for nothing."""

    id: str
    text: str
    covers: str = ""
    barrier: Barrier = Barrier.PREVENT
    kind: ChangeKind | None = None
    horizon: Horizon = Horizon.DURABLE
    size: Size | None = None
    impact: Grade | None = None
    urgency: Grade | None = None
    owner: str = ""
    owner_role: str = ""
    accepted_at: str = ""
    due: date | None = None
    due_because: str = ""
    targets: tuple[str, ...] = ()
    gap: str = ""
    closes_because: str = ""
    properties: Mapping[str, bool | None] = field(default_factory=dict)
    classed: ChangeClass | None = None
    classed_because: str = ""
    done_when: tuple[DoneWhen, ...] = ()
    success: str = ""
    regression_test: str = ""
    loss_averted: float | None = None
    effort_days: float | None = None
    tracker: str = ""
    state: ChangeState = ChangeState.PROPOSED
    commit_now_because: str = ""
    cancelled_because: str = ""
    follow_up: str = ""
    labels: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    emergency: bool = False
    confirmed_at: str = ""
    public: str = ""
