"""The two relations that the feature step starts from, as SQL over the flat tables of a case.

Knows which columns it needs, and how a log line gets its template. Refuses to know the engine: what differs between
DuckDB and Spark is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from afteraction.stores.masks import MASKED_MESSAGE

_NO_SPANS = (
    "SELECT '' AS trace_id, '' AS span_id, '' AS parent_id, '' AS service, '' AS name, '' AS kind, false AS is_error,"
    " CAST(NULL AS DOUBLE) AS duration_ms, CAST(0 AS BIGINT) AS at_us WHERE 1 = 0"
)
_NO_LINES = "SELECT '' AS trace_id, '' AS service, '' AS level, '' AS template, CAST(0 AS BIGINT) AS at_us WHERE 1 = 0"


@dataclass(frozen=True, slots=True)
class Templates:
    """How log lines get a template. `text` (SQL over `message`) is what lines of one template may differ from others
    in; without `named` it is the template's id itself. `named` gives an id to each of the distinct texts, "" for
    those that have none; it is asked once, with all of them."""

    text: str = MASKED_MESSAGE
    named: Callable[[Sequence[str]], Sequence[str]] | None = None

    def distinct(self, rows: str) -> str:
        """The distinct texts of the log lines in a relation."""
        return f"SELECT DISTINCT {self.text} AS text FROM {rows} AS logs"

    def name(self, texts: pa.Table) -> pa.Table:
        """The texts with their templates."""
        assert self.named is not None
        found = list(self.named(texts.column("text").to_pylist()))
        return pa.table({"text": texts.column("text"), "template": pa.array(found, pa.string())})


def spans_sql(rows: str | None, micros: str) -> str:
    """The relation `spans` from flat rows, None when there are none; `micros` is the start in UTC epoch µs."""
    if rows is None:
        return _NO_SPANS
    return (
        "SELECT trace_id, span_id, parent_id, service, name, kind, is_error, duration_ms,"
        f" {micros} AS at_us FROM {rows} AS spans"
    )


def lines_sql(rows: str | None, micros: str, templates: Templates) -> str:
    """The relation `lines` likewise; with `templates.named` it asks a table `named` (text, template)."""
    if rows is None:
        return _NO_LINES
    line = f"SELECT trace_id, service, level, {templates.text} AS text, {micros} AS at_us FROM {rows} AS logs"
    if templates.named is None:
        return f"SELECT trace_id, service, level, text AS template, at_us FROM ({line}) AS line"
    return (
        "SELECT line.trace_id AS trace_id, line.service AS service, line.level AS level, named.template AS template,"
        f" line.at_us AS at_us FROM ({line}) AS line LEFT JOIN named ON line.text = named.text"
    )
