"""The SQL of a plan over an original, piece by piece: several pieces at once, their rows in the order of the original.

Knows how batches of lines become pieces, and how lines that are no rows get their reason. Refuses to know formats. One
query over the whole stream would not do: DuckDB with several threads gives the rows of a stream in the order in which
its threads finish them, and everything would have to be sorted again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from afteraction.stores.cells import ahead
from afteraction.stores.planning import Query
from afteraction.stores.writing import Table

# Bytes of a piece: with fewer the query would be planned more often than reading them costs.
_ENOUGH = 16 * 1024 * 1024
_PIECES_AHEAD = 2
# Rejected lines that are explained at once.
_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of some lines: the `rows`, the number of `lines` behind them, and the ones that are none."""

    rows: pa.Table
    lines: int
    lost: pa.Table


class Rejected:
    """Lines that are no rows, explained in the order in which they come, many at once."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, query: Query, target: Table) -> None:
        self._cursor, self._query, self._target = cursor, query, target
        self._waiting: list[pa.Table] = []

    def add(self, lost: pa.Table) -> None:
        """Takes more lines; those before them may be explained now."""
        if lost.num_rows:
            self._waiting.append(lost)
            if sum(map(len, self._waiting)) >= _MANY or sum(one.nbytes for one in self._waiting) >= _ENOUGH:
                self.explain()

    def explain(self) -> None:
        """Writes the lines that wait, each with its reason."""
        if self._waiting:
            lines = pa.concat_tables(self._waiting)
            self._waiting = []
            self._target.add(_answer(self._cursor, f"{self._query.rejected} ORDER BY line", lines))


def read(cursor: duckdb.DuckDBPyConnection, query: Query, batches: Iterator[pa.RecordBatch]) -> Iterator[Piece]:
    """The pieces of an original in its order. `cursor` belongs to a database with one thread."""
    local = threading.local()
    opened: list[duckdb.DuckDBPyConnection] = []

    def work(batches: list[pa.RecordBatch]) -> Piece:
        if not hasattr(local, "cursor"):
            local.cursor = cursor.cursor()
            local.cursor.execute("SET TimeZone = 'UTC'")
            opened.append(local.cursor)
        return _piece(local.cursor, query, batches)

    try:
        for _, piece in ahead(_gathered(batches), work, _PIECES_AHEAD):
            yield piece
    finally:
        for one in opened:
            one.close()


def _gathered(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    held: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += batch.nbytes
        if size >= _ENOUGH:
            yield held
            held, size = [], 0
    if held:
        yield held


def _piece(cursor: duckdb.DuckDBPyConnection, query: Query, batches: list[pa.RecordBatch]) -> Piece:
    lines = pa.Table.from_batches(batches)
    rows = _rows(cursor, query, batches)
    count = rows.num_rows // query.rows_per_line
    return Piece(rows, count, lines.slice(0, 0) if count == lines.num_rows else _without(lines, rows))


def _rows(cursor: duckdb.DuckDBPyConnection, query: Query, batches: list[pa.RecordBatch]) -> pa.Table:
    cut: list[pa.RecordBatch] = []
    others: list[pa.RecordBatch] = []
    for batch in batches:
        of_cells = query.of_cells and batch["text"].null_count == batch.num_rows
        (cut if of_cells else others).append(batch)
    asked = ((query.of_cells, cut), (query.rows, others))
    found = [_answer(cursor, sql, pa.Table.from_batches(some)) for sql, some in asked if some]
    found = [table for table in found if table.num_rows] or found[:1]
    return found[0] if len(found) == 1 else pa.concat_tables(found).sort_by("line")


def _without(lines: pa.Table, rows: pa.Table) -> pa.Table:
    """The lines behind none of the rows."""
    numbers = lines["line"].to_numpy()
    first = numbers.min()
    read = np.zeros(numbers.max() - first + 1, np.bool_)
    read[rows["line"].to_numpy() - first] = True
    return lines.filter(pa.array(~read[numbers - first]))


def _answer(cursor: duckdb.DuckDBPyConnection, sql: str, lines: pa.Table) -> pa.Table:
    name = f"piece_{threading.get_ident()}"
    cursor.register(name, lines)
    try:
        return cursor.sql(sql.replace("{rows}", name)).to_arrow_table()
    finally:
        cursor.unregister(name)
