"""Bulk evidence reduced to what reconstruction reads: series, log templates and counts per minute.

Knows the shapes that `stores` hands to the engine. Refuses to hold bulk rows as objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from afteraction.core.evidence import EvidenceRef
from afteraction.core.records import Change, Document, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSeries:
    """One metric series: `times` in UTC epoch seconds, ascending; `values` of the same length, NaN where the source
    had nothing. Both may be numpy arrays. `evidence` cites the series as a whole."""

    metric: str
    times: Sequence[float]
    values: Sequence[float]
    evidence: EvidenceRef
    service: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTemplate:
    """Log lines of one service and level that differ only in masked values. `first` and `last` are UTC epoch
    seconds; `example` is the first line's message, `evidence` cites that line."""

    template: str
    service: str
    level: str
    lines: int
    first: float
    last: float
    example: str
    evidence: EvidenceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMinute:
    """Counts of one service in one minute. `minute` is its start in UTC epoch seconds; `errors` are lines of level
    error or worse, `failures` those with an HTTP status of 500 or above, `requests` those with any HTTP status."""

    minute: float
    service: str
    lines: int
    errors: int
    requests: int
    failures: int
    evidence: EvidenceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that the readers found, as reconstruction takes it."""

    events: Sequence[Event] = ()
    changes: Sequence[Change] = ()
    documents: Sequence[Document] = ()
    series: Sequence[MetricSeries] = ()
    templates: Sequence[LogTemplate] = ()
    minutes: Sequence[LogMinute] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run may be told. Times are ISO 8601 with a zone. `update_policy_min` is the longest silence allowed
    between updates, `hard_weight` the weight from which impact counts as hard, `dedupe_window_s` how far apart two
    sightings of one moment may be, `quiet_gap_min` how long a silence must be to be named."""

    incident_start: str | None = None
    collected_at: str | None = None
    update_policy_min: float = 20
    hard_weight: float = 0.9
    dedupe_window_s: float = 300
    quiet_gap_min: float = 30
    changes_before_h: float = 24
    confirmed_offsets: Mapping[str, float] = field(default_factory=dict)
