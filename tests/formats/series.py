"""The samples among what a reader gave, those of blocks taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.core.records import Record, Sample, SampleBlock


def samples_of(records: Iterable[Record]) -> list[Sample]:
    """Samples by their place in the original."""
    found = [sample for record in records for sample in _taken_apart(record)]
    return sorted(found, key=lambda sample: [int(p) if p.isdigit() else 0 for p in _pointer(sample).split("/")])


def _pointer(sample: Sample) -> str:
    return sample.evidence.locator.pointer or ""


def _taken_apart(record: Record) -> Iterator[Sample]:
    if isinstance(record, Sample):
        yield record
    elif isinstance(record, SampleBlock):
        lines = record.lines or [record.evidence.locator.line] * len(record.times)
        assert len(record.times) == len(record.values) == len(record.indexes) == len(lines)
        for time, value, index, line in zip(record.times, record.values, record.indexes, lines, strict=True):
            place = Locator(line=line, pointer=f"{record.evidence.locator.pointer}/{index}")
            yield Sample(
                instant=Instant(utc=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)),
                metric=record.metric,
                value=value,
                labels=record.labels,
                service=record.service,
                unit=record.unit,
                evidence=EvidenceRef(record.evidence.evidence_id, place),
            )
