"""The feature step on Spark: the same SQL, put into Spark's dialect by sqlglot (extra `spark`).

Knows how a session is reached and how the steps become views of it. Refuses to know what they count.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from afteraction.core.errors import AfteractionError
from afteraction.core.records import LogLine, Span
from afteraction.stores.features.expression import RESULTS, STEPS
from afteraction.stores.features.frame import SCHEMAS, Features, Frame
from afteraction.stores.features.inputs import Templates, lines_sql, spans_sql
from afteraction.stores.schemas import CONSTANTS, flat_schema

_TYPES = {pa.string(): "STRING", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN"}
_SETTINGS = {"spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "UTC"}
_WORD = "[0-9A-Za-z_]"
_EDGE = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
_NO_EDGE = f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))"


def reduce(spans: Sequence[Path | str], logs: Sequence[Path | str], templates: Templates, master: str) -> Features:
    """Counts the rows of these tables on the cluster behind `master`. Paths may be addresses that Spark's workers and
    pyarrow both open (a shared disk, `s3a://`). AfteractionError when the extra `spark` is not installed."""
    with _session(master) as session:
        return reduce_in(session, spans, logs, templates)


def reduce_in(session: Any, spans: Sequence[Path | str], logs: Sequence[Path | str], templates: Templates) -> Features:
    """The same in a session that is there already, which stays open; its views of these names are replaced."""
    rows = {"span_rows": _rows(session, spans, Span), "log_rows": _rows(session, logs, LogLine)}
    for name, frame in rows.items():
        if frame is not None:
            frame.createOrReplaceTempView(name)
    span_rows, line_rows = (name if frame is not None else None for name, frame in rows.items())
    _view(session, "spans", spans_sql(span_rows, "unix_micros(instant)"))
    if line_rows and templates.named:
        texts = _arrow(session.sql(in_spark(templates.distinct(line_rows))), pa.schema([("text", pa.string())]))
        names = templates.name(texts.sort_by("text"))
        session.createDataFrame(names).createOrReplaceTempView("named")
    _view(session, "lines", lines_sql(line_rows, "unix_micros(instant)", templates))
    kept = [_view(session, step.name, step.sql, keep=step.kept) for step in STEPS]
    try:
        found = [Frame.of(one.name, _arrow(session.sql(in_spark(one.sql)), SCHEMAS[one.name])) for one in RESULTS]
    finally:
        for view in kept:
            view.unpersist()
    return Features(*found)


def in_spark(sql: str) -> str:
    """The SQL of a step in Spark's dialect. Raises where sqlglot knows no equal of a part."""
    try:
        import sqlglot
    except ImportError:
        raise _missing() from None
    tree = sqlglot.parse_one(sql, read="duckdb")
    for call in tree.find_all(sqlglot.exp.RegexpReplace):
        call.set("expression", sqlglot.exp.Literal.string(java_pattern(call.expression.this)))
    return str(tree.sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE))


def java_pattern(pattern: str) -> str:
    r"""An RE2 expression for Java, where `\b` follows Unicode and in RE2 ASCII alone."""
    return re.sub(r"\\(.)", lambda found: {"b": _EDGE, "B": _NO_EDGE}.get(found[1], found[0]), pattern, flags=re.DOTALL)


@contextmanager
def _session(master: str) -> Iterator[Any]:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise _missing() from None
    session = SparkSession.builder.master(master).appName("afteraction").config(map=_SETTINGS).getOrCreate()
    # Enough pieces for every core, and few enough that a small case is not all overhead; a setting of one's own holds.
    if session.conf.get("spark.sql.shuffle.partitions") == "200":
        session.conf.set("spark.sql.shuffle.partitions", str(2 * session.sparkContext.defaultParallelism))
    try:
        yield session
    finally:
        session.stop()


def _missing() -> AfteractionError:
    return AfteractionError(
        "Spark was asked for and its client is not installed.",
        next_step="Install the extra: pip install 'afteraction[spark]'; Spark also needs Java 17.",
    )


def _view(session: Any, name: str, sql: str, *, keep: bool = False) -> Any:
    view = session.sql(in_spark(sql))
    if keep:
        view = view.persist()
    view.createOrReplaceTempView(name)
    return view


def _arrow(frame: Any, schema: pa.Schema) -> pa.Table:
    return frame.toArrow().select(schema.names).cast(schema)


def _rows(session: Any, paths: Sequence[Path | str], record: type) -> Any:
    """The flat rows of several files, with the columns that a file left out; None without files."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in paths:
        alike[_selected(path, record)].append(str(path))
    found = None
    for columns, files in alike.items():
        frame = session.read.parquet(*files).selectExpr(*columns)
        found = frame if found is None else found.unionByName(frame)
    return found


def _selected(path: Path | str, record: type) -> tuple[str, ...]:
    """The columns of one file that the feature step may ask, as Spark's expressions."""
    schema = _schema_of(path)
    constants = json.loads((schema.metadata or {}).get(CONSTANTS.encode(), b"{}"))
    selected = ["instant"]
    for field in flat_schema(record):
        if field.name in schema.names:
            selected += [f"`{field.name}`"] if field.name != "instant" else []
        elif field.type in _TYPES:
            selected.append(f"CAST({_literal(constants.get(field.name))} AS {_TYPES[field.type]}) AS `{field.name}`")
    return tuple(selected)


def _schema_of(path: Path | str) -> pa.Schema:
    if "://" not in str(path):
        return pq.read_schema(path)
    from pyarrow import fs

    system, inner = fs.FileSystem.from_uri(re.sub(r"^s3[an]://", "s3://", str(path)))
    return pq.read_schema(inner, filesystem=system)


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "NULL" if value is None else str(value)
    escaped = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
