"""Spans and log lines of the store as the ranking takes them: columns of whole numbers.

Knows Arrow and how ids become codes. Refuses to weigh anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from afteraction.engine.suspects.tables import Codes, LineTable, Places, SpanTable
from afteraction.stores.evidence import EvidenceStore

MOST_SPANS = 300_000
MOST_LINES = 300_000


def tables_of(store: EvidenceStore) -> tuple[SpanTable | None, LineTable | None]:
    """Spans and log lines of a case, bounded; None where there are none. Traces have the same codes in both."""
    spans, lines = store.span_columns(MOST_SPANS), store.line_columns(MOST_LINES)
    spans = None if spans is None or not spans.num_rows else spans
    lines = None if lines is None or not lines.num_rows else lines
    traces = [table.column("trace_id") for table in (spans, lines) if table is not None]
    codes = _coded(traces)
    return (
        None if spans is None else _span_table(spans, codes[0]),
        None if lines is None else _line_table(lines, codes[-1]),
    )


def _span_table(table: pa.Table, trace: Codes) -> SpanTable:
    own, parent = _coded([table.column("span_id"), table.column("parent_id")])
    services, service = _named(table.column("service"))
    operations, operation = _named(table.column("name"))
    return SpanTable(
        services=services,
        operations=operations,
        trace=trace,
        own=own,
        parent=parent,
        service=service,
        operation=operation,
        start=np.asarray(table.column("at"), dtype=np.float64),
        duration=np.asarray(pc.cast(table.column("duration_ms"), pa.float64()), dtype=np.float64),
        failed=np.asarray(pc.fill_null(table.column("is_error"), False), dtype=np.bool_),
        places=_places(table),
    )


def _line_table(table: pa.Table, trace: Codes) -> LineTable:
    services, service = _named(table.column("service"))
    templates, template = _named(table.column("template"))
    instances, instance = _named(table.column("instance"))
    versions, version = _named(table.column("version"))
    return LineTable(
        services=services,
        templates=templates,
        at=np.asarray(table.column("at"), dtype=np.float64),
        service=service,
        template=template,
        trace=trace,
        bad=np.asarray(pc.fill_null(table.column("bad"), False), dtype=np.bool_),
        places=_places(table),
        instances=instances,
        instance=instance,
        versions=versions,
        version=version,
    )


def _places(table: pa.Table) -> Places:
    originals, original = _named(table.column("evidence_id"))
    return Places(originals=originals, original=original, line=np.asarray(table.column("line"), dtype=np.int64))


def _named(column: pa.ChunkedArray) -> tuple[Sequence[str], Codes]:
    """(names, codes into them); a hole is the empty name."""
    whole = pc.fill_null(column, "").combine_chunks().dictionary_encode()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    return whole.dictionary.to_pylist(), np.asarray(whole.indices, dtype=np.int64)


def _coded(columns: Sequence[pa.ChunkedArray]) -> list[Codes]:
    """One code per distinct text over all columns; -1 where a text is missing or empty."""
    if not columns:
        return [np.empty(0, np.int64)]
    chunks = [chunk for column in columns for chunk in pc.fill_null(column, "").chunks]
    names, codes = _named(pa.chunked_array(chunks, type=pa.string()))
    codes = codes.copy()
    if "" in names:
        codes[codes == list(names).index("")] = -1
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return np.split(codes, ends)
