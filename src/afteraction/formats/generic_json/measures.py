"""Turns records of spans and samples into spans and samples, and lists of log patterns into one document.

Knows the units that field names state. Refuses to take an unstated unit for another than milliseconds, unless the
span's own start counts in a finer one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure
from afteraction.core.records import Document, Record, Sample, Span
from afteraction.formats.generic_json.fields import Fields
from afteraction.formats.generic_json.places import Placed, unit_of

_MS = {"s": 1000.0, "ms": 1.0, "us": 1e-3, "ns": 1e-6, "": 1.0}
_FAILED = {"error", "status_code_error", "2", "failed", "failure", "internal", "unavailable", "deadline_exceeded"}


def read_span(placed: Placed) -> Iterator[Record | Failure]:
    """A span with its duration in milliseconds."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    duration = _duration(placed)
    if duration is None:
        end = placed.time("end")
        if isinstance(end, Failure):
            yield end
            return
        duration = (end.utc - at.utc).total_seconds() * 1000
    text = placed.fields.text
    error = placed.fields.find("error")[1]
    status = text("http_status")
    yield Span(
        instant=at,
        trace_id=text("trace"),
        span_id=text("span"),
        parent_id=text("parent"),
        service=text("service"),
        name=text("name"),
        duration_ms=duration,
        is_error=text("status").lower() in _FAILED
        or (error not in (None, False, "", 0) and str(error).lower() not in ("false", "0"))
        or (status.isdigit() and int(status) >= 500),
        evidence=placed.cite("time"),
    )


def _duration(placed: Placed) -> float | None:
    """The stated duration in milliseconds, None when there is none that is a number."""
    path, value = placed.fields.find("duration")
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    unit = "s" if path[-1].lower().endswith("_s") else unit_of(path)
    start = placed.fields.find("time")[1]
    if not unit and isinstance(start, int | float):
        unit = "us" if 1e14 <= start < 1e17 else "ns" if start >= 1e17 else ""
    return float(value) * _MS[unit]


def read_sample(placed: Placed) -> Iterator[Record | Failure]:
    """A sample; its metric is named by the record, else by its list. Other texts are labels."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    path, value = placed.fields.find("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Failure(
            placed.source.name, f"the value {value!r} is not a number.", "Correct it.", placed.node.locator(*path)
        )
        return
    used = {placed.fields.find(role)[0] for role in ("time", "value", "metric", "unit")}
    record = placed.fields.record
    yield Sample(
        instant=at,
        metric=placed.fields.text("metric") or placed.list_name or "value",
        value=float(value) if -1.7e308 < value < 1.7e308 else None,
        labels={key: item for key, item in record.items() if isinstance(item, str) and (key,) not in used},
        service=placed.fields.text("service"),
        unit=placed.fields.text("unit"),
        evidence=placed.cite("time"),
    )


def patterns_document(records: Sequence[Fields], evidence: EvidenceRef) -> Document:
    """Summed up log patterns as one undated document, the most frequent first."""

    def count(fields: Fields) -> float:
        value = fields.find("count")[1]
        return float(value) if isinstance(value, int | float) and abs(value) < 1e308 else 0.0

    lines = []
    for fields in sorted(records, key=count, reverse=True):
        parts = (fields.text("count"), fields.text("change"), fields.text("service"), fields.text("signature"))
        lines.append("\t".join(part for part in parts if part))
    return Document(
        kind=EvidenceKind.LOG,
        title=f"{len(lines)} log patterns",
        text="\n".join(lines),
        evidence=evidence,
        attributes={"patterns": str(len(lines))},
    )
