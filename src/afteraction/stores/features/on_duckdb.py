"""The feature step on DuckDB: the default, in this process, with bounded memory.

Knows how the steps become temporary tables, and how many rows at once. Refuses to know what they count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from afteraction.core.records import LogLine, Span
from afteraction.stores.features.expression import CALL_RESULTS, CALL_STEPS, RESULTS, STEPS, Step
from afteraction.stores.features.frame import SCHEMAS, Features, Frame
from afteraction.stores.features.inputs import Templates, lines_sql, spans_sql
from afteraction.stores.places import explaining
from afteraction.stores.relations import table_of
from afteraction.stores.times import literal

# More than an import gets: the joins of traces are several times faster in memory. Beyond it they go to disk.
MEMORY_LIMIT = "1536MiB"
THREADS = 2
# As many spans and log lines as the joins of traces hold in that memory.
ROWS_AT_ONCE = 2_000_000


def reduce(spans: Sequence[Path], logs: Sequence[Path], templates: Templates, scratch: Path) -> Features:
    """Counts the rows of these tables; what does not fit into memory lies in `scratch` meanwhile."""
    return Features(*_reduced(spans, logs, templates, scratch, STEPS, RESULTS))


def calls(spans: Sequence[Path], scratch: Path) -> Frame:
    """The topology alone, as `reduce` counts it."""
    (found,) = _reduced(spans, (), Templates(), scratch, CALL_STEPS, CALL_RESULTS)
    return found


def _reduced(
    spans: Sequence[Path],
    logs: Sequence[Path],
    templates: Templates,
    scratch: Path,
    steps: Sequence[Step],
    results: Sequence[Step],
) -> list[Frame]:
    """A frame for each of the results."""
    with duckdb.connect(":memory:", config=_settings(scratch)) as connection, explaining(scratch):
        connection.execute("SET TimeZone = 'UTC'")
        span_rows = table_of(spans, Span) if spans else None
        line_rows = table_of(logs, LogLine) if logs else None
        if line_rows and templates.named:
            connection.execute(f"CREATE TEMP TABLE masked AS {templates.distinct(line_rows)}")
            names = templates.name(connection.sql("SELECT text FROM masked ORDER BY text").to_arrow_table())
            connection.register("named", names)
        relations = {
            "spans": spans_sql(span_rows, "epoch_us(instant)"),
            "lines": lines_sql(line_rows, "epoch_us(instant)", templates),
        }
        rows = sum(pq.read_metadata(path).num_rows for path in (*spans, *logs))
        parts = -(-rows // ROWS_AT_ONCE)
        if parts <= 1:
            return [Frame.of(name, table) for name, table in _counted(connection, relations, steps, results).items()]
        scratch.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=scratch) as folder:
            return _counted_by_parts(connection, relations, parts, Path(folder), steps, results)


def _counted_by_parts(
    connection: duckdb.DuckDBPyConnection,
    relations: dict[str, str],
    parts: int,
    folder: Path,
    steps: Sequence[Step],
    results: Sequence[Step],
) -> list[Frame]:
    """Nothing is counted across traces, so traces are spread over parts that fit into memory, and counts added up."""
    for name, sql in relations.items():
        connection.execute(
            f"COPY (SELECT *, CAST(hash(coalesce(trace_id, '')) % {parts} AS INTEGER) AS part FROM ({sql}) AS every)"
            f" TO {literal(str(folder / name))} (FORMAT parquet, PARTITION_BY (part))"
        )
    found: dict[str, list[pa.Table]] = {step.name: [] for step in results}
    for part in range(parts):
        some = {name: _part(folder / name / f"part={part}", sql) for name, sql in relations.items()}
        for name, table in _counted(connection, some, steps, results).items():
            found[name].append(table)
    return [Frame.of(name, _added(connection, name, tables)) for name, tables in found.items()]


def _part(folder: Path, whole: str) -> str:
    if not folder.exists():
        return f"SELECT * FROM ({whole}) AS every WHERE false"
    return f"SELECT * FROM read_parquet({literal(str(folder / '*.parquet'))}, hive_partitioning = false)"


def _counted(
    connection: duckdb.DuckDBPyConnection, relations: dict[str, str], steps: Sequence[Step], results: Sequence[Step]
) -> dict[str, pa.Table]:
    for name, sql in relations.items():
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")
    for step in steps:
        connection.execute(f"CREATE OR REPLACE TEMP {'TABLE' if step.kept else 'VIEW'} {step.name} AS {step.sql}")
    return {one.name: connection.sql(one.sql).to_arrow_table() for one in results}


def _added(connection: duckdb.DuckDBPyConnection, name: str, tables: list[pa.Table]) -> pa.Table:
    sums = [column for column in SCHEMAS[name].names if column in ("count", "errors")]
    summed = ", ".join(f"CAST(sum({column}) AS BIGINT) AS {column}" for column in sums)
    keys = ", ".join(column for column in SCHEMAS[name].names if column not in sums)
    connection.register("counted", pa.concat_tables(tables))
    return connection.sql(f"SELECT {keys}, {summed} FROM counted GROUP BY {keys}").to_arrow_table()


def _settings(scratch: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": MEMORY_LIMIT,
        "threads": str(THREADS),
        "temp_directory": str(scratch),
        # No result rests on the order of rows, and keeping it would hold whole tables back.
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
