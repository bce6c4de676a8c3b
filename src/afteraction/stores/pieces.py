"""The SQL of a plan over an original, piece by piece: several pieces at once, their rows in the order of the original.

Knows how batches of lines become pieces, and that the lines a piece loses are explained while it is still at hand.
Refuses to write anything. One query over the whole stream would not do: DuckDB with several threads gives the rows of
a stream in the order in which its threads finish them, and everything would have to be sorted again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import duckdb
import numpy as np
import pyarrow as pa

from afteraction.stores.cells import ahead
from afteraction.stores.planning import Query

# Batches to a piece: fewer would plan the query more often than reading them costs, more would only hold memory.
_BATCHES = 6
_PIECES_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What became of some lines: the `rows`, the number of `lines` behind them, and the lines that are none."""

    rows: pa.Table
    lines: int
    rejected: pa.Table | None


def read(cursor: duckdb.DuckDBPyConnection, query: Query, batches: Iterator[pa.RecordBatch]) -> Iterator[Piece]:
    """The pieces of an original in its order. `cursor` belongs to a database with one thread."""
    local = threading.local()
    opened: list[duckdb.DuckDBPyConnection] = []

    def work(lines: pa.Table) -> Piece:
        if not hasattr(local, "cursor"):
            local.cursor = cursor.cursor()
            local.cursor.execute("SET TimeZone = 'UTC'")
            opened.append(local.cursor)
        return _piece(local.cursor, query, lines)

    try:
        for _, piece in ahead(_gathered(batches), work, _PIECES_AHEAD):
            yield piece
    finally:
        for one in opened:
            one.close()


def _gathered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    while some := list(islice(batches, _BATCHES)):
        yield pa.Table.from_batches(some)


def _piece(cursor: duckdb.DuckDBPyConnection, query: Query, lines: pa.Table) -> Piece:
    rows = _answer(cursor, query.rows, lines)
    count = rows.num_rows // query.rows_per_line
    if count == lines.num_rows:
        return Piece(rows, count, None)
    return Piece(rows, count, _answer(cursor, f"{query.rejected} ORDER BY line", _without(lines, rows)))


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
