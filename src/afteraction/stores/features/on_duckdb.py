"""The feature step on DuckDB: the default, in this process, with bounded memory.

Knows how the steps become temporary tables. Refuses to know what they count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from afteraction.core.records import LogLine, Span
from afteraction.stores.features.expression import RESULTS, STEPS
from afteraction.stores.features.frame import Features, Frame
from afteraction.stores.features.inputs import Templates, lines_sql, spans_sql
from afteraction.stores.places import explaining
from afteraction.stores.relations import table_of

# More than an import gets: the joins of traces are several times faster in memory. Beyond it they go to disk.
MEMORY_LIMIT = "1536MiB"
THREADS = 2


def reduce(spans: Sequence[Path], logs: Sequence[Path], templates: Templates, scratch: Path) -> Features:
    """Counts the rows of these tables; what does not fit into memory lies in `scratch` meanwhile."""
    with duckdb.connect(":memory:", config=_settings(scratch)) as connection, explaining(scratch):
        connection.execute("SET TimeZone = 'UTC'")
        span_rows = table_of(spans, Span) if spans else None
        line_rows = table_of(logs, LogLine) if logs else None
        connection.execute(f"CREATE TEMP VIEW spans AS {spans_sql(span_rows, 'epoch_us(instant)')}")
        if line_rows and templates.named:
            connection.execute(f"CREATE TEMP TABLE masked AS {templates.distinct(line_rows)}")
            names = templates.name(connection.sql("SELECT text FROM masked ORDER BY text").to_arrow_table())
            connection.register("named", names)
        connection.execute(f"CREATE TEMP VIEW lines AS {lines_sql(line_rows, 'epoch_us(instant)', templates)}")
        for step in STEPS:
            connection.execute(f"CREATE TEMP {'TABLE' if step.kept else 'VIEW'} {step.name} AS {step.sql}")
        found = [Frame.of(one.name, connection.sql(one.sql).to_arrow_table()) for one in RESULTS]
    return Features(*found)


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
