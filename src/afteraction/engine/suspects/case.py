"""What the ranking is given.

Knows the shapes only. Refuses to know files: the pipeline fills a case from the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from afteraction.core.digests import Material
from afteraction.core.evidence import EvidenceRef
from afteraction.core.records import LogLine
from afteraction.engine.suspects.tables import LineTable, SpanTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What paged: `fired_at` in UTC epoch seconds, which may be off by minutes; `service` and `metric` may be empty."""

    fired_at: float
    service: str = ""
    metric: str = ""
    evidence: EvidenceRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything that was read. `material` holds events (status feeds and alerts among them), changes, documents,
    metric series and log templates. `lines` are witnesses among the log lines: a bounded number. `edges` are the
    declared calls as (caller, callee). `spans` and `log_columns` are whole traces and log lines as columns,
    bounded."""

    material: Material = field(default_factory=Material)
    lines: Sequence[LogLine] = ()
    alert: Alert | None = None
    edges: Sequence[tuple[str, str]] = ()
    spans: SpanTable | None = None
    log_columns: LineTable | None = None
