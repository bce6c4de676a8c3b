"""A ReadPlan carried out: physical lines through DuckDB into Parquet sorted by time, and a list of rejected lines.

Knows how each layout becomes SQL. Refuses to know formats: everything about one is in its plan. One pass writes the
rows; a second one, only when lines are missing from it, lists each rejected line with its reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from afteraction.core.evidence import Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.readplan import Layout, ReadPlan
from afteraction.stores import cells, joins
from afteraction.stores.lines import SCHEMA, Rows, Tally, read_rows, without
from afteraction.stores.places import REJECTED, Places
from afteraction.stores.planning import Query, query_for
from afteraction.stores.schemas import CONSTANTS
from afteraction.stores.times import literal

FAILURES_KEPT = 100
_PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"

Flags = npt.NDArray[np.bool_]
Outcome = tuple[dict[str, int], tuple[Failure, ...], int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Run:
    cursor: duckdb.DuckDBPyConnection
    source: Source
    plan: ReadPlan
    query: Query

    def execute(self, sql: str, tally: Tally, read: Flags | None = None) -> list[tuple[object, ...]]:
        """Runs `sql` with `{rows}` standing for the original's lines, read once; lines whose number is true in `read`
        are passed over."""
        name = f"lines_{uuid.uuid4().hex}"
        schema, batches = _batches(self, tally, read)
        self.cursor.register(name, pa.RecordBatchReader.from_batches(schema, batches))
        try:
            return self.cursor.execute(sql.replace("{rows}", name)).fetchall()
        except duckdb.Error:
            # Without this the connection stays busy, and unregistering would hide what went wrong.
            self.cursor.abort()
            raise
        finally:
            self.cursor.unregister(name)


def execute(
    cursor: duckdb.DuckDBPyConnection, places: Places, source: Source, plan: ReadPlan, import_id: str
) -> Outcome:
    """Reads `source` into the tables of `import_id`: (rows per shape, first failures, lines lost, assumptions)."""
    run = _Run(cursor, source, plan, query_for(source, plan))
    tally = Tally()
    target = places.table(plan.shape.value, import_id)
    with places.writing(target) as temporary:
        lines = _write_sorted(run, places, temporary, tally)
    rows = pq.ParquetFile(target).metadata.num_rows
    failures = list(tally.refused)
    rejected = tally.kept - lines
    if rejected:
        failures += _list_rejected(run, places, import_id, _lines_read(target, tally.lines) if rows else None)
    if not rows:
        target.unlink()
    failures.sort(key=lambda failure: failure.locator.line or 0)
    lost = rejected + len(tally.refused)
    return {plan.shape.value: rows} if rows else {}, tuple(failures[:FAILURES_KEPT]), lost, _assumptions(plan, tally)


def _batches(run: _Run, tally: Tally, read: Flags | None) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    width, plan, source = run.query.cells, run.plan, run.source
    needed = run.query.needed
    if width and read is None and not plan.ignored and needed is not None:
        found = cells.batches(source, _encoding(source, plan), plan.delimiter, width, plan.header_line, tally, needed)
        return cells.schema(width), found
    every = _rows(source, plan, run.query, tally)
    wanted = every if read is None else _others(every, read)
    if width:
        return cells.schema(width), (cells.uncut(rows, width) for rows in wanted)
    return SCHEMA, (rows.to_batch() for rows in wanted)


def _encoding(source: Source, plan: ReadPlan) -> str:
    return source.encoding if plan.encoding in {"utf-8", "utf-8-sig"} else plan.encoding


def _rows(source: Source, plan: ReadPlan, query: Query, tally: Tally) -> Iterator[Rows]:
    after = plan.header_line if plan.layout is Layout.DELIMITED else 0
    rows = read_rows(source, _encoding(source, plan), tally, after)
    if plan.ignored:
        rows = without(rows, plan.ignored, tally)
    if plan.layout is Layout.DELIMITED:
        return joins.quoted(rows, plan.delimiter, tally)
    return joins.continued(rows, query.starts, tally) if plan.continues and plan.layout is Layout.TEXT_LINES else rows


def _others(rows: Iterator[Rows], read: Flags) -> Iterator[Rows]:
    for some in rows:
        left = ~read[some.numbers]
        if left.any():
            yield some.where(left)


def _write_sorted(run: _Run, places: Places, target: Path, tally: Tally) -> int:
    """Writes the rows by time and gives the number of lines behind them. Most logs are in order already, and then
    sorting them would double the time: where the first lines are in order, order is checked after writing."""
    into = f"TO {literal(str(target))} ({_PARQUET}, KV_METADATA {{{CONSTANTS}: {literal(run.query.constants)}}})"
    if not _head_in_order(run):
        (written,) = run.execute(f"COPY ({run.query.rows} ORDER BY instant, line) {into}", tally)
        return _lines_of(written, run.query)
    (written,) = run.execute(f"COPY ({run.query.rows}) {into}", tally)
    if not _in_order(target):
        with places.scratch(".parquet") as unsorted:
            target.replace(unsorted)
            run.cursor.execute(
                f"COPY (SELECT * FROM read_parquet({literal(str(unsorted))}) ORDER BY instant, line) {into}"
            )
    return _lines_of(written, run.query)


def _lines_of(written: tuple[object, ...], query: Query) -> int:
    count = written[0]
    assert isinstance(count, int)
    return count // query.rows_per_line


def _head_in_order(run: _Run) -> bool:
    head = run.source.head
    if run.source.size > len(head):
        head = head[: head.rfind(b"\n") + 1]
    sample = replace(run.source, open=lambda: BytesIO(head))
    times = replace(run, source=sample).execute(f"SELECT epoch_us(instant) AS at FROM ({run.query.rows})", Tally())
    return all(first[0] <= second[0] for first, second in pairwise(times))  # type: ignore[operator]


def _in_order(path: Path) -> bool:
    last = np.array([], np.int64)
    for batch in pq.ParquetFile(path).iter_batches(columns=["instant"], batch_size=1 << 20):
        times = np.concatenate((last, batch["instant"].cast(pa.int64()).to_numpy()))
        if np.any(times[1:] < times[:-1]):
            return False
        last = times[-1:]
    return True


def _lines_read(path: Path, lines: int) -> Flags:
    """Which line numbers became rows: one flag per line, so a byte for each."""
    read = np.zeros(lines + 1, np.bool_)
    for batch in pq.ParquetFile(path).iter_batches(columns=["line"], batch_size=1 << 20):
        read[batch["line"].to_numpy()] = True
    return read


def _list_rejected(run: _Run, places: Places, import_id: str, read: Flags | None) -> list[Failure]:
    """Writes every rejected line with its reason and gives the first ones as failures."""
    path = places.table(REJECTED, import_id)
    with places.writing(path) as temporary:
        run.execute(f"COPY ({run.query.rejected} ORDER BY line) TO '{temporary}' ({_PARQUET})", Tally(), read)
    first = next(pq.ParquetFile(path).iter_batches(batch_size=FAILURES_KEPT), None)
    listed = first.to_pylist() if first is not None else []
    return [
        Failure(run.source.name, row["reason"], row["next_step"] or "", Locator(line=row["line"])) for row in listed
    ]


def _assumptions(plan: ReadPlan, tally: Tally) -> tuple[str, ...]:
    found = list(plan.assumed)
    if plan.time.zone:
        found.append(f"Times without a zone were read in {plan.time.zone}.")
    if tally.repaired:
        found.append(f"{tally.repaired} lines hold bytes that are not text; each such byte is shown as U+FFFD.")
    if tally.ignored:
        found.append(f"{tally.ignored} lines are remarks of the program that wrote the file; they were left out.")
    if tally.joined:
        found.append(f"{tally.joined} lines were joined to the line before them.")
    return tuple(found)
