"""Questions to the Parquet of a case, answered as the small values that the engine reads.

Knows how to reduce bulk rows: series, templates, counts per minute, pages of lines. Refuses to judge them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from afteraction.core.digests import LogMinute, LogTemplate, MetricSeries
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import LogLine, Sample
from afteraction.stores.masks import MASKED_MESSAGE
from afteraction.stores.places import SHAPES, Places
from afteraction.stores.relations import table_of
from afteraction.stores.times import literal

ERROR_LEVELS = ("error", "err", "fatal", "critical", "crit", "alert", "emerg", "emergency", "panic", "severe", "dpanic")
EXCERPT = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which log lines a page shows: those after a page key, in [since, until), of one service and level, holding
    a text (case does not matter)."""

    after: tuple[datetime, str, int] | None = None
    since: datetime | None = None
    until: datetime | None = None
    service: str = ""
    level: str = ""
    containing: str = ""


def counts(places: Places) -> dict[str, int]:
    """Rows per evidence shape, from the tables' footers alone."""
    found = {kind: sum(pq.ParquetFile(path).metadata.num_rows for path in places.tables(kind)) for kind in SHAPES}
    return {kind: rows for kind, rows in found.items() if rows}


def series(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> list[MetricSeries]:
    """Every series (metric, service, labels, unit of one original), ascending, holes as NaN."""
    if not paths:
        return []
    columns = _fetched(
        cursor,
        "SELECT dense_rank() OVER (ORDER BY metric, service, labels, unit, evidence_id) AS series,"
        " epoch_us(instant) / 1e6 AS at, coalesce(value, 'nan'::DOUBLE) AS value, metric, service, labels, unit,"
        f" evidence_id, line, pointer FROM {table_of(paths, Sample)} ORDER BY series, instant, line, pointer",
    )
    numbers = columns["series"].to_numpy()
    starts = np.flatnonzero(np.diff(numbers, prepend=0))
    at, values = columns["at"].to_numpy(), columns["value"].to_numpy()
    heads = columns.select(["metric", "service", "labels", "unit", "evidence_id", "line", "pointer"]).take(starts)
    found = []
    for head, start, end in zip(heads.to_pylist(), starts, [*starts[1:], len(numbers)], strict=True):
        found.append(
            MetricSeries(
                metric=head["metric"],
                service=head["service"],
                labels=_mapping(head["labels"]),
                unit=head["unit"],
                times=at[start:end],
                values=values[start:end],
                evidence=EvidenceRef(head["evidence_id"], Locator(line=head["line"], pointer=head["pointer"])),
            )
        )
    return found


def templates(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path], limit: int) -> list[LogTemplate]:
    """Log lines grouped by masked first line, service and level; the `limit` most frequent."""
    if not paths:
        return []
    place = "{'at': instant, 'evidence_id': evidence_id, 'line': line, 'pointer': pointer}"
    rows = cursor.execute(
        f"SELECT template, service, level, lines, epoch_us(first.at) / 1e6, epoch_us(last) / 1e6,"
        f" first.message[:{EXCERPT}],"
        " first.evidence_id, first.line, first.pointer FROM ("
        f" SELECT {MASKED_MESSAGE} AS template, service, lower(level) AS level, count(*) AS lines,"
        " max(instant) AS last,"
        f" arg_min({place[:-1]}, 'message': message}}, {place}) AS first FROM {table_of(paths, LogLine)} GROUP BY ALL)"
        f" ORDER BY lines DESC, first.at, template LIMIT {int(limit)}"
    ).fetchall()
    return [
        LogTemplate(
            template=row[0], service=row[1], level=row[2], lines=row[3], first=row[4], last=row[5], example=row[6],
            evidence=EvidenceRef(row[7], Locator(line=row[8], pointer=row[9]), row[6]),
        )
        for row in rows
    ]  # fmt: skip


def template_counts(
    cursor: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    windows: Sequence[tuple[float, float] | None],
    slices: int,
) -> dict[tuple[str, str, str], tuple[list[int], int, int]]:
    """Lines of each template, service and level: per slice of the first window, in the second, in the third."""
    if not paths:
        return {}
    (begin, end), during, after = windows[0] or (0.0, 0.0), windows[1], windows[2]
    spans = (*pairwise(np.linspace(begin, end, slices + 1).tolist()), during, after)
    counted = ", ".join(
        f"count(*) FILTER (moment >= {span[0]!r} AND moment < {span[1]!r})" if span else "0" for span in spans
    )
    rows = cursor.execute(
        f"SELECT template, service, level, {counted} FROM (SELECT {MASKED_MESSAGE} AS template, service,"
        f" lower(level) AS level, epoch_us(instant) / 1e6 AS moment FROM {table_of(paths, LogLine)}) GROUP BY ALL"
    ).fetchall()
    return {(row[0], row[1], row[2]): (list(row[3 : 3 + slices]), row[-2], row[-1]) for row in rows}


def minutes(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> list[LogMinute]:
    """Counts per minute and service, by time; each cites the minute's first line."""
    if not paths:
        return []
    bad = ", ".join(map(literal, ERROR_LEVELS))
    rows = cursor.execute(
        "SELECT epoch_us(instant) // 60000000 * 60 AS minute, service, count(*),"
        f" count(*) FILTER (lower(level) IN ({bad})), count(status), count(*) FILTER (status >= 500),"
        " arg_min({'id': evidence_id, 'line': line, 'pointer': pointer},"
        " {'at': instant, 'id': evidence_id, 'line': line})"
        f" FROM {table_of(paths, LogLine)} GROUP BY minute, service ORDER BY minute, service"
    ).fetchall()
    return [
        LogMinute(
            minute=float(row[0]), service=row[1], lines=row[2], errors=row[3], requests=row[4], failures=row[5],
            evidence=EvidenceRef(row[6]["id"], Locator(line=row[6]["line"], pointer=row[6]["pointer"])),
        )
        for row in rows
    ]  # fmt: skip


def log_columns(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> pa.Table:
    """Line, message, level, service and time (`at`, UTC epoch microseconds) of every log line by line number; rows
    without a line are left out."""
    if not paths:
        return pa.table({name: [] for name in ("line", "message", "level", "service", "at")})
    return _fetched(
        cursor,
        "SELECT line, message, level, service, epoch_us(instant) AS at"
        f" FROM {table_of(paths, LogLine)} WHERE line IS NOT NULL ORDER BY line",
    )


def page_key(line: LogLine) -> tuple[datetime, str, int]:
    """What `after` takes to get the page behind this line."""
    return line.instant.utc, line.evidence.evidence_id, line.evidence.locator.line or 0


def log_lines(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path], wanted: Wanted, limit: int) -> list[LogLine]:
    """One page of log lines by time, evidence and line."""
    if not paths:
        return []
    tests: list[tuple[str, Any]] = []
    if wanted.after:
        at, evidence_id, line = wanted.after
        # The first test lets DuckDB skip row groups by their statistics; the second is the exact key.
        tests += [
            ("instant >= ?", [at]),
            ("(instant, evidence_id, coalesce(line, 0)) > (?, ?, ?)", [at, evidence_id, line]),
        ]
    tests += [("instant >= ?", [wanted.since])] if wanted.since else []
    tests += [("instant < ?", [wanted.until])] if wanted.until else []
    tests += [("service = ?", [wanted.service])] if wanted.service else []
    tests += [("lower(level) = lower(?)", [wanted.level])] if wanted.level else []
    tests += [("contains(lower(message), lower(?))", [wanted.containing])] if wanted.containing else []
    where = " AND ".join(test for test, _ in tests) or "true"
    table = _fetched(
        cursor,
        f"SELECT * FROM {table_of(paths, LogLine)} WHERE {where} ORDER BY instant, evidence_id, coalesce(line, 0)"
        f" LIMIT {int(limit)}",
        [value for _, values in tests for value in values],
    )
    return [_log_line(row) for row in table.to_pylist()]


def _log_line(row: dict[str, Any]) -> LogLine:
    zone = {"source_tz": row["source_tz"] or "", "tz_known": row["tz_known"], "flags": tuple(row["flags"] or ())}
    at = Instant(
        utc=row["instant"], original_text=row["original_text"] or "", precision=Precision(row["precision"]), **zone
    )
    place = Locator(row["line"], row["pointer"], row["byte_start"], row["byte_end"])
    names = ("level", "service", "host", "logger", "status", "duration_ms", "trace_id")
    return LogLine(
        instant=at,
        message=row["message"],
        evidence=EvidenceRef(row["evidence_id"], place, row["excerpt"] or row["message"][:EXCERPT]),
        attributes=_mapping(row["attributes"]),
        **{name: row[name] for name in names},
    )


def _mapping(text: str | None) -> dict[str, str]:
    """A JSON object as texts; nested values stay JSON."""
    if not text:
        return {}
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(text).items()}


def _fetched(cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> pa.Table:
    return cursor.sql(sql, params=list(values)).to_arrow_table()
