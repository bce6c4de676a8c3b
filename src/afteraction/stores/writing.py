"""Rows on their way into one Parquet file, and whether they came by time.

Knows how columns are packed: words that repeat as numbers, times and lines as differences. Refuses to sort.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROW_GROUP = 122_880
_SEEN = 20_000
_RISING = ("instant", "line")


class Table:
    """A file that begins with its first rows; nothing is written where there are none."""

    def __init__(self, path: Path, metadata: dict[str, str] | None = None) -> None:
        self.rows, self.in_order = 0, True
        self._path, self._metadata = path, metadata or {}
        self._writer: pq.ParquetWriter | None = None
        self._last = np.array([], np.int64)

    def add(self, table: pa.Table) -> None:
        """Writes more rows, all of the same columns."""
        if not table.num_rows:
            return
        table = table.replace_schema_metadata(None)
        if self._writer is None:
            self._writer = _writer(self._path, table)
            self._writer.add_key_value_metadata(self._metadata)
        self._writer.write_table(table, row_group_size=ROW_GROUP)
        self.rows += table.num_rows
        if "instant" in table.column_names:
            times = np.concatenate((self._last, table["instant"].cast(pa.int64()).to_numpy()))
            self.in_order = self.in_order and not np.any(times[1:] < times[:-1])
            self._last = times[-1:]

    def __enter__(self) -> Table:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._writer is not None:
            self._writer.close()


def _writer(path: Path, first: pa.Table) -> pq.ParquetWriter:
    rising = {name: "DELTA_BINARY_PACKED" for name in _RISING if name in first.column_names}
    some = first.slice(0, _SEEN)
    words = [
        f"{name}.list.element" if pa.types.is_list(column.type) else name
        for name, column in zip(some.column_names, some.columns, strict=True)
        if name not in rising and (pa.types.is_list(column.type) or _repeats(column))
    ]
    return pq.ParquetWriter(
        path, first.schema, compression="zstd", compression_level=1, use_dictionary=words,
        column_encoding=rising or None, store_schema=False,
    )  # fmt: skip


def _repeats(column: pa.ChunkedArray) -> bool:
    return bool(pc.count_distinct(column).as_py() * 4 <= len(column) or len(column) < 100)
