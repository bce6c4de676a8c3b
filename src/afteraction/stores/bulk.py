"""A ReadPlan carried out: physical lines through DuckDB into Parquet sorted by time, and a list of rejected lines.

Knows how each layout becomes SQL. Refuses to know formats: everything about one is in its plan. One pass writes the
rows and lists each rejected line with its reason; rows that did not come by time are sorted afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from afteraction.core.evidence import Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.readplan import Layout, ReadPlan
from afteraction.stores import cells, joins, pieces
from afteraction.stores.lines import Rows, Tally, read_rows, without
from afteraction.stores.places import REJECTED, Places, explaining
from afteraction.stores.planning import Query, query_for
from afteraction.stores.schemas import CONSTANTS
from afteraction.stores.times import literal
from afteraction.stores.writing import Table

FAILURES_KEPT = 100
_PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"

Outcome = tuple[dict[str, int], tuple[Failure, ...], int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Run:
    cursor: duckdb.DuckDBPyConnection
    source: Source
    plan: ReadPlan
    query: Query


def execute(
    cursor: duckdb.DuckDBPyConnection, places: Places, source: Source, plan: ReadPlan, import_id: str
) -> Outcome:
    """Reads `source` into the tables of `import_id`: (rows per shape, first failures, lines lost, assumptions)."""
    run = _Run(cursor, source, plan, query_for(source, plan))
    tally = Tally()
    target, rejects = (places.table(kind, import_id) for kind in (plan.shape.value, REJECTED))
    with places.scratch(".parquet") as read, places.scratch(".parquet") as lost, explaining(target):
        rows, lines, in_order = _read(run, read, lost, tally)
        if rows:
            with places.writing(target) as temporary:
                _by_time(run, read, temporary, in_order)
        rejected = tally.kept - lines
        if rejected:
            with places.writing(rejects) as temporary:
                lost.replace(temporary)
    failures = [*tally.refused, *(_first_rejected(source, rejects) if rejected else ())]
    failures.sort(key=lambda failure: failure.locator.line or 0)
    total = rejected + len(tally.refused)
    return {plan.shape.value: rows} if rows else {}, tuple(failures[:FAILURES_KEPT]), total, _assumptions(plan, tally)


def _read(run: _Run, read: Path, lost: Path, tally: Tally) -> tuple[int, int, bool]:
    """Writes rows and rejected lines: (rows, lines behind them, whether the rows came by time)."""
    lines = 0
    with Table(read, {CONSTANTS: run.query.constants}) as kept, Table(lost) as reasons:
        rejected = pieces.Rejected(run.cursor, run.query, reasons)
        for piece in pieces.read(run.cursor, run.query, _batches(run, tally)):
            kept.add(piece.rows)
            lines += piece.lines
            rejected.add(piece.lost)
        rejected.explain()
    return kept.rows, lines, kept.in_order


def _by_time(run: _Run, read: Path, target: Path, in_order: bool) -> None:
    """Makes the rows that were read the file at `target`. Most logs are in order already."""
    if in_order:
        read.replace(target)
        return
    into = f"TO {literal(str(target))} ({_PARQUET}, KV_METADATA {{{CONSTANTS}: {literal(run.query.constants)}}})"
    run.cursor.execute(f"COPY (SELECT * FROM read_parquet({literal(str(read))}) ORDER BY instant, line) {into}")


def _first_rejected(source: Source, path: Path) -> list[Failure]:
    first = next(pq.ParquetFile(path).iter_batches(batch_size=FAILURES_KEPT))
    return [
        Failure(source.name, row["reason"], row["next_step"] or "", Locator(line=row["line"]))
        for row in first.to_pylist()
    ]


def _batches(run: _Run, tally: Tally) -> Iterator[pa.RecordBatch]:
    width, plan, source = run.query.cells, run.plan, run.source
    needed = run.query.needed
    if width and not plan.ignored and needed is not None:
        return cells.batches(source, _encoding(source, plan), plan.delimiter, width, plan.header_line, tally, needed)
    rows = _rows(source, plan, run.query, tally)
    return (cells.uncut(some, width) for some in rows) if width else (some.to_batch() for some in rows)


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
