"""One run of the engine as an immutable value.

Knows everything a report, a page or an export may say, and which evidence, code and parameters it came from. Refuses
to hold people's edits: those are an overlay (`core.overlay`) that survives every run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from afteraction.core.evidence import Evidence, EvidenceRef, Failure
from afteraction.core.findings import (
    Candidate,
    ClockOffset,
    Conflict,
    Detection,
    Gap,
    ImpactWindow,
    Metric,
    Milestone,
    ReleaseGates,
    ResponderQuestion,
    SettingsChange,
    Update,
)
from afteraction.core.log_changes import LogChanges
from afteraction.core.records import Document, Event
from afteraction.core.suspects import Suspects
from afteraction.core.topology import Topology

SCHEMA = "afteraction/analysis/1"

KINDS = (
    "outage", "degradation", "bug", "wrong_data", "configuration", "security", "failed_deployment", "near_miss",
    "milestone", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What people say about the incident as a whole; empty is unknown. `kind` is one of `KINDS`."""

    key: str = ""
    title: str = ""
    severity: str = ""
    environment: str = "production"
    kind: str = "outage"
    services: tuple[str, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Money or labour per unit with its range. `placeholder` rates are labelled wherever they are used."""

    low: float
    base: float
    high: float
    currency: str = "GBP"
    price_date: str = ""
    placeholder: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostModel:
    """Rates of M12: `per_minute` by stream ("" is every stream), responder minutes, tickets, and credits paid."""

    per_minute: Mapping[str, Rate] = field(default_factory=dict)
    responder_minute: Rate | None = None
    ticket: Rate | None = None
    credits: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What metrics are computed from. Milestone candidates stand with the chosen one first; `questions` None means
    that no chat was imported; `updates_known` tells per audience whether its channel was imported at all;
    `responder_minutes` is the union per person, in minutes; `drafted`, `published` and `committed` (M25) are
    candidates under their names. `alerts` are the events of the lane alerts, acknowledgements among them."""

    incident: Incident = Incident()
    milestones: Mapping[Milestone, tuple[Candidate, ...]] = field(default_factory=dict)
    windows: tuple[ImpactWindow, ...] = ()
    detections: tuple[Detection, ...] = ()
    updates: tuple[Update, ...] = ()
    updates_known: Mapping[str, bool] = field(default_factory=dict)
    questions: tuple[ResponderQuestion, ...] | None = None
    cost: CostModel = CostModel()
    responder_minutes: float | None = None
    tickets: int | None = None
    process: Mapping[str, Candidate] = field(default_factory=dict)
    alerts: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file: `state` is read, partial, unread, duplicate, empty or failed; `rows` per evidence
    shape; `first_line` for files that nobody reads."""

    evidence: Evidence
    state: str
    reader: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    failures_total: int = 0
    first_line: str = ""
    duplicate_of: str = ""
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A metric series as it is drawn: UTC seconds and values (None is a hole). `samples` is how many were stored: where
    that is more than there are here, it was reduced. `evidence` cites the series as a whole."""

    name: str
    service: str
    unit: str
    times: tuple[float, ...]
    values: tuple[float | None, ...]
    role: str = ""
    threshold: float | None = None
    samples: int = 0
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What reconstruction found: events by time, merged, with everything derived from them. `readings` are the single
    readings behind merged events, so that people can take them apart again. `hidden` are the events that people
    dismissed: nothing is derived from them."""

    events: tuple[Event, ...] = ()
    milestones: Mapping[Milestone, tuple[Candidate, ...]] = field(default_factory=dict)
    windows: tuple[ImpactWindow, ...] = ()
    detections: tuple[Detection, ...] = ()
    updates: tuple[Update, ...] = ()
    updates_known: Mapping[str, bool] = field(default_factory=dict)
    questions: tuple[ResponderQuestion, ...] | None = None
    conflicts: tuple[Conflict, ...] = ()
    gaps: tuple[Gap, ...] = ()
    offsets: tuple[ClockOffset, ...] = ()
    responder_minutes: float | None = None
    tickets: int | None = None
    readings: tuple[Event, ...] = ()
    hidden: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything one run says. `id` names it by evidence, code version and parameters. `suspects` is None where
    nobody asked for them."""

    incident: Incident
    files: tuple[FileReport, ...]
    timeline: Timeline
    metrics: Mapping[str, Metric]
    documents: tuple[Document, ...] = ()
    series: tuple[Series, ...] = ()
    settings_changes: tuple[SettingsChange, ...] = ()
    gates: ReleaseGates = field(default_factory=ReleaseGates)
    roles: Mapping[str, str] = field(default_factory=dict)
    cost: CostModel = CostModel()
    suspects: Suspects | None = None
    log_changes: LogChanges = field(default_factory=LogChanges)
    topology: Topology = field(default_factory=Topology)
    parameters: Mapping[str, str] = field(default_factory=dict)
    code_version: str = ""

    @property
    def id(self) -> str:
        """Name of this run: a hash of its evidence ids, code version and parameters."""
        seed = [sorted(f.evidence.id for f in self.files), self.code_version, sorted(self.parameters.items())]
        return hashlib.sha256(json.dumps(seed).encode()).hexdigest()[:16]
