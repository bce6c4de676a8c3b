"""What readers give: events, log lines, samples, spans, changes and documents.

Knows the columns of each shape; `stores.schemas` derives its Arrow schemas from these dataclasses. Refuses to know
which format a record came from and what it means for the incident.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.instant import Instant


class EventKind(StrEnum):
    """What an event is in the story of an incident (SPEC §3.1), one list for importers, timeline and exports."""

    LATENT = "latent"
    TRIGGER = "trigger"
    SIGNAL = "signal"
    DETECTION = "detection"
    USER_REPORT = "user_report"
    ESCALATION = "escalation"
    DECISION = "decision"
    ACTION = "action"
    MITIGATION = "mitigation"
    RECOVERY = "recovery"
    COMMUNICATION = "communication"
    NOTE = "note"


class Lane(StrEnum):
    """Where a fact was seen: the lane it is drawn in and the channel it is deduplicated across."""

    CHANGES = "changes"
    ALERTS = "alerts"
    CHAT = "chat"
    CUSTOMERS = "customers"
    STATUS = "status"
    LOGS = "logs"
    METRICS = "metrics"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did or said something. `key` is stable inside its source (`slack:U012`), never shown; `name` is shown only
    where an audience may see names; `is_bot` covers every machine, auto-acknowledgers included."""

    key: str
    name: str = ""
    is_bot: bool = False
    role: str = ""


class _Named:
    """Room for an id that is computed once: a timeline asks for those of its events again and again."""

    __slots__ = ("_own_id",)
    _own_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(_Named):
    """Something that happened at a moment. Readers set what the evidence states; `kind` is their first reading of it
    and the engine may classify further. `until` ends events that last (an alert, a deployment).

    `fingerprint` is equal for the same happening seen twice (an alert's own fingerprint, a deployment's id).
    `attributes` carry stated facts as text under these names, where known: `status`, `severity`, `url`, `thread`,
    `channel`, `milestone` (SPEC name, when the text states it), `audience` (responders, public), `promised_update`
    (ISO 8601), `created`, `version`, `number`, `step` (what a pager or a person did with an alert: notify, assign,
    acknowledge …; it changes nothing for users), `mentions` (keys of the people concerned, with commas).
    """

    instant: Instant
    title: str
    evidence: EvidenceRef
    lane: Lane
    kind: EventKind = EventKind.NOTE
    until: Instant | None = None
    body: str = ""
    service: str = ""
    environment: str = ""
    actor: Actor | None = None
    fingerprint: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[EvidenceRef, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def own_id(self) -> str:
        """The id of this reading alone: a hash of its evidence and its place there."""
        try:
            return self._own_id
        except AttributeError:
            ref = self.evidence
            own = hashlib.sha256(f"{ref.evidence_id}|{ref.locator}".encode()).hexdigest()[:16]
            object.__setattr__(self, "_own_id", own)
            return own

    @property
    def id(self) -> str:
        """Stable id: the smallest id of the merged members, so that it survives every re-run."""
        return min(self.members) if self.members else self.own_id

    @property
    def all_sources(self) -> tuple[EvidenceRef, ...]:
        """Every place that saw this happening, its own evidence first."""
        return self.sources or (self.evidence,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line of a log. Only small sets are ever objects; bulk logs live as columns of the same names."""

    instant: Instant
    message: str
    evidence: EvidenceRef
    level: str = ""
    service: str = ""
    host: str = ""
    logger: str = ""
    status: int | None = None
    duration_ms: float | None = None
    trace_id: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One value of one metric series. `value` is None where the source said NaN or nothing. `unit` as stated."""

    instant: Instant
    metric: str
    value: float | None
    evidence: EvidenceRef
    labels: Mapping[str, str] = field(default_factory=dict)
    service: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleBlock:
    """Many samples of one series as columns of one length: what a large answer of a metric store yields instead of
    one object a sample.

    `times` are UTC epoch microseconds, stated with a zone and at least to the second; `values` as in `Sample`. The
    n-th sample stands at the pointer of `evidence` followed by `/indexes[n]`, on physical line `lines[n]`, or on the
    line of `evidence` where `lines` is None.
    """

    metric: str
    times: Sequence[int]
    values: Sequence[float | None]
    indexes: Sequence[int]
    evidence: EvidenceRef
    lines: Sequence[int] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    service: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One operation of one request. `duration_ms` in milliseconds. `kind` is server, client, producer, consumer or
    internal, empty when not stated; `attributes` carry what else the span and its resource state, as text under the
    names of its source (`peer.service`, `http.response.status_code`, `resource.k8s.pod.name`)."""

    instant: Instant
    trace_id: str
    span_id: str
    service: str
    name: str
    duration_ms: float
    evidence: EvidenceRef
    parent_id: str = ""
    is_error: bool = False
    kind: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


class ChangeKind(StrEnum):
    """What was changed."""

    DEPLOYMENT = "deployment"
    ROLLBACK = "rollback"
    COMMIT = "commit"
    RELEASE = "release"
    FLAG = "flag"
    CONFIG = "config"
    INFRASTRUCTURE = "infrastructure"
    PIPELINE = "pipeline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change to what runs, or to what may run next. `reference` names it (version, commit, flag). `state` is what
    the source said of it: started, success, failure, empty when it only says that it happened. A start and an end
    of one change share `fingerprint`."""

    instant: Instant
    kind: ChangeKind
    title: str
    evidence: EvidenceRef
    until: Instant | None = None
    service: str = ""
    environment: str = ""
    reference: str = ""
    state: str = ""
    actor: Actor | None = None
    fingerprint: str = ""
    files: tuple[str, ...] = ()
    diff: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A picture, a configuration snapshot or a text, as evidence with a time and a place (SPEC R174).

    `captured_at` None means undated: it is never placed at upload time. `captured_from` says what the time rests on:
    metadata, file name or typed. `place` is a service, host or panel; None when unknown. `settings` are the flattened
    keys of a configuration snapshot, secrets already redacted; `stated` are figures that the text itself states
    (a duration, a user count) as (name, text, locator) for comparison with what is computed."""

    kind: EvidenceKind
    title: str
    evidence: EvidenceRef
    captured_at: Instant | None = None
    captured_from: str = ""
    place: str = ""
    environment: str = ""
    url: str = ""
    captured_by: Actor | None = None
    text: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    stated: tuple[tuple[str, str, EvidenceRef], ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


Record = Event | LogLine | Sample | SampleBlock | Span | Change | Document
