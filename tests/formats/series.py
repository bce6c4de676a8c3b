"""The samples among what a reader gave."""

from __future__ import annotations

from collections.abc import Iterable

from afteraction.core.records import Record, Sample


def samples_of(records: Iterable[Record]) -> list[Sample]:
    """Samples in their order."""
    return [record for record in records if isinstance(record, Sample)]
