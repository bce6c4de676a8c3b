"""Spans and log lines as a bounded table of columns, for questions that counts cannot answer.

Knows how to bound without bias: of too many spans it takes whole traces, chosen by the hash of their id. Refuses to
judge them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from afteraction.core.records import LogLine, Span
from afteraction.stores.digests import ERROR_LEVELS
from afteraction.stores.masks import MASKED_MESSAGE
from afteraction.stores.relations import table_of
from afteraction.stores.times import literal

_INSTANCE = (
    r'"(?:pod|pod_name|k8s\.pod\.name|kubernetes\.pod_name|instance|instance_id|service\.instance\.id|hostname|host\.name'
    r'|container|replica)"\s*:\s*"([^"]*)"'
)
_VERSION = r'"(?:version|service\.version|app_version|build|release|image_tag)"\s*:\s*"([^"]*)"'


def spans(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path], limit: int) -> pa.Table | None:
    """At most about `limit` spans of whole traces: trace_id, span_id, parent_id, service, name, at (UTC epoch
    seconds), duration_ms, is_error, evidence_id, line. None without any."""
    if not paths:
        return None
    share = _share(paths, limit)
    chosen = f" WHERE hash(trace_id) % {share} = 0" if share > 1 else ""
    return cursor.sql(
        "SELECT trace_id, span_id, parent_id, service, name, epoch_us(instant) / 1e6 AS at, duration_ms, is_error,"
        f" evidence_id, coalesce(line, 0) AS line FROM {table_of(paths, Span)}{chosen}"
    ).to_arrow_table()


def lines(cursor: duckdb.DuckDBPyConnection, paths: Sequence[Path], limit: int) -> pa.Table | None:
    """At most about `limit` log lines, those of the traces that `spans` takes among them: at (UTC epoch seconds),
    service, template (first line of the message, masked), trace_id, bad, instance and version that it names (empty
    where it names none), evidence_id, line. None without any."""
    if not paths:
        return None
    share = _share(paths, limit)
    chosen = ""
    if share > 1:
        key = "CASE WHEN coalesce(trace_id, '') = '' THEN hash(evidence_id, line, pointer) ELSE hash(trace_id) END"
        chosen = f" WHERE {key} % {share} = 0"
    bad = ", ".join(map(literal, ERROR_LEVELS))
    return cursor.sql(
        f"SELECT epoch_us(instant) / 1e6 AS at, service, {MASKED_MESSAGE} AS template, trace_id,"
        f" lower(level) IN ({bad}) AS bad, {_field(_INSTANCE)} AS instance,"
        f" {_field(_VERSION)} AS version, evidence_id, coalesce(line, 0) AS line"
        f" FROM {table_of(paths, LogLine)}{chosen}"
    ).to_arrow_table()


def _field(names: str) -> str:
    """The first of these fields beside a line. One search of the text is cheaper than a parse of every line."""
    return f"regexp_extract(coalesce(attributes, ''), {literal(names)}, 1)"


def _share(paths: Sequence[Path], limit: int) -> int:
    """One in how many traces is taken; rows are counted from the tables' footers alone."""
    rows = sum(int(pq.ParquetFile(path).metadata.num_rows) for path in paths)
    return max(1, -(-rows // limit))
