"""Records to Parquet and back.

Knows how to write what a document reader yields, and that one record that cannot be kept does not cost the others.
Refuses to read originals.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from afteraction.core.evidence import Failure
from afteraction.core.records import Change, Document, Event, Record, Sample, SampleBlock
from afteraction.stores.blocks import block_table
from afteraction.stores.columns import records_of, table_of
from afteraction.stores.places import Places
from afteraction.stores.schemas import FLAT, KIND_OF, flat_row, flat_schema, nested_row, nested_schema

BATCH = 5_000
FAILURES_KEPT = 100

Kept = TypeVar("Kept", Event, Change, Document)


class Gathering:
    """Records of one original on their way into tables: columns by kind, and what could not be kept."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.failures: list[Failure] = []
        self.failures_total = 0
        self._waiting: dict[type, list[Record]] = {}
        self._tables: dict[type, list[pa.Table]] = {}

    def take(self, items: Iterable[Record | Failure]) -> None:
        """Takes everything a reader yields, in batches."""
        for item in items:
            if isinstance(item, Failure):
                self._fail(item)
                continue
            if isinstance(item, SampleBlock):
                self._take_block(item)
                continue
            waiting = self._waiting.setdefault(type(item), [])
            waiting.append(item)
            if len(waiting) >= BATCH:
                self._settle(type(item))
        for kind in list(self._waiting):
            self._settle(kind)

    def _take_block(self, block: SampleBlock) -> None:
        try:
            table = block_table(block)
        except (pa.ArrowException, OverflowError, TypeError, ValueError) as error:
            reason = f"the samples do not fit the evidence store: {error}."
            step, place = "Correct the values and import the file again.", block.evidence.locator
            self._fail(Failure(self.file, reason, step, place, lost=len(block.times)))
            return
        self._tables.setdefault(Sample, []).append(table)

    def write(self, places: Places, import_id: str) -> dict[str, int]:
        """Writes one table per kind, by time, and gives the rows of each."""
        rows: dict[str, int] = {}
        for kind, parts in self._tables.items():
            table = _by_time(pa.concat_tables(parts))
            if table.num_rows:
                with places.writing(places.table(KIND_OF[kind], import_id)) as temporary:
                    pq.write_table(table, temporary, compression="zstd")
                rows[KIND_OF[kind]] = table.num_rows
        return rows

    def _fail(self, failure: Failure) -> None:
        self.failures_total += failure.lost
        if len(self.failures) < FAILURES_KEPT:
            self.failures.append(failure)

    def _settle(self, kind: type) -> None:
        records = self._waiting.pop(kind)
        try:
            table = _table(kind, records) if kind in FLAT else table_of(kind, records)
        except (AttributeError, pa.ArrowException, OverflowError, TypeError, ValueError):
            table = _table(kind, [record for record in records if self._fits(kind, record)])
        self._tables.setdefault(kind, []).append(table)

    def _fits(self, kind: type, record: Record) -> bool:
        try:
            _table(kind, [record])
        except (pa.ArrowException, OverflowError, TypeError, ValueError) as error:
            reason = f"the record does not fit the evidence store: {error}."
            self._fail(
                Failure(self.file, reason, "Correct the value and import the file again.", record.evidence.locator)
            )
            return False
        return True


def _table(kind: type, records: list[Record]) -> pa.Table:
    if kind in FLAT:
        return pa.Table.from_pylist([flat_row(record) for record in records], flat_schema(kind))  # type: ignore[arg-type]
    return pa.Table.from_pylist([nested_row(record) for record in records], nested_schema(kind))


def _by_time(table: pa.Table) -> pa.Table:
    """The rows by time, undated ones last; rows of one moment stay in the order of the original."""
    column = table["captured_at"] if "captured_at" in table.column_names else table["instant"]
    if pa.types.is_struct(column.type):
        column = pc.struct_field(column, "utc")
    places = pa.array(np.arange(table.num_rows, dtype=np.uint64))
    keys = pa.table({"at": column, "place": places})
    order = pc.sort_indices(keys, sort_keys=[("at", "ascending"), ("place", "ascending")])
    return table if order.equals(places) else table.take(order)


def load(kind: type[Kept], paths: Iterable[Path]) -> list[Kept]:
    """Every record of one kind, by time, undated ones last, then by its place in the evidence."""
    found: list[Kept] = []
    for path in paths:
        table = pq.read_table(path, schema=nested_schema(kind))
        found += records_of(kind, table)
    return sorted(found, key=_place)


def _place(record: Any) -> tuple[bool, datetime | float, str, str]:
    at = record.captured_at if isinstance(record, Document) else record.instant
    place = record.evidence.locator
    # The order of the whole locator's repr, written out: its own takes much longer and is asked for every record.
    told = f"{place.line!r}, pointer={place.pointer!r}, byte_start={place.byte_start!r}, byte_end={place.byte_end!r})"
    return at is None, at.utc if at else 0.0, record.evidence.evidence_id, told
