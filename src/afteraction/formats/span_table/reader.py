"""Spans of distributed traces in CSV or TSV tables: one span per row.

Knows the usual names of their columns, and the units of times and durations from names and first rows. Refuses to
judge what the traces tell, and tables that name no trace or no span.
"""

from __future__ import annotations

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.core.tables import Table, table_of
from afteraction.formats.span_table.units import WORDS, duration_unit, stem_and_unit

_TRACE = ("trace_id", "traceid", "trace", "context_trace_id")
_SPAN = ("span_id", "spanid", "span", "context_span_id", "segment_id", "id")
_PARENT = (
    "parent_span_id", "parent_id", "parentid", "parentspanid", "parent_spanid", "parent_span", "parent",
    "parent_segment_id",
)  # fmt: skip
_SERVICE = (
    "service", "service_name", "servicename", "resource_service_name", "process_service_name",
    "local_endpoint_service_name", "application", "app", "component", "cmdb_id",
)  # fmt: skip
_POD = ("pod", "pod_name", "podname", "k8s_pod_name")
_OPERATION = ("operation", "operation_name", "operationname", "span_name", "name", "method", "endpoint", "url")
_START = ("start", "start_time", "started_at", "start_ts", "begin", "began", "timestamp", "time", "ts", "date")
_END = ("end", "end_time", "ended_at", "end_ts", "finish", "finished_at", "finish_time", "stop")
_DURATION = ("duration", "span_duration", "elapsed", "elapsed_time", "latency", "response_time", "took", "dur")
_STATUS = (
    "status", "status_code", "statuscode", "span_status", "otel_status_code", "http_status_code", "http_status",
    "http_response_status_code", "response_code",
)  # fmt: skip
_ERROR = ("error", "is_error", "has_error", "iserror", "failed")
_KIND = ("kind", "span_kind", "spankind")
_NO_PARENT = tuple((word, "") for word in ("root", "null", "none", "-", "0", "-1", "0000000000000000"))
_KINDS = tuple(
    (f"{prefix}{kind}", kind)
    for prefix in ("span_kind_", "spankind.", "")
    for kind in ("client", "server", "producer", "consumer", "internal")
)
# The endings of a pod: those of its replica set and its own, or the number in a stateful set.
_POD_OF = r"^(.+?)(?:-[0-9a-f]{6,10}-[0-9a-z]{5}|-[0-9a-z]{5}|-[0-9]{1,3})?$"


class SpanTable:
    """Spans as a table."""

    name = "span_table"
    title = "Trace spans as CSV or TSV"
    kind = EvidenceKind.TRACE
    example = "trace_id,span_id,parent_span_id,service,operation,start,duration_ms,status"

    def sniff(self, source: Source) -> float:
        """A time beside the ids of a trace and of a span; surer with a parent, a duration and an operation."""
        table = table_of(source)
        if table is None or not _start(table, source):
            return 0.0
        names = _Names(table, source)
        if not (names.first("trace_id", _TRACE) and names.first("span_id", _SPAN)):
            return 0.0
        others = (names.parent().sources, names.duration, names.first("name", _OPERATION))
        return 0.6 + 0.11 * sum(1 for one in others if one)

    def plan(self, source: Source) -> ReadPlan:
        """One span per row. AfteractionError when there is no time, no trace or no span id."""
        table = table_of(source)
        start = _start(table, source) if table else ""
        names = _Names(table, source) if table else None
        found = {target: names.first(target, wanted) for target, wanted in _IDS.items()} if names else {}
        if table is None or names is None or not start or not all(found.values()):
            missing = "a time" if not start else next(target for target, name in found.items() if not name)
            raise AfteractionError(
                f"no column of this table reads as {missing}.",
                where=source.name,
                next_step='Name it in a mapping, e.g. {"time": "began", "trace_id": "trace", "span_id": "id"}.',
            )
        unit, assumed = duration_unit(table, start, names.end, names.duration)
        columns = (
            *(Column(target, (name,)) for target, name in found.items()),
            names.parent(),
            names.service(),
            Column("name", _present(names.first("name", _OPERATION))),
            Column("duration_ms", _present(names.duration), kind="real", scale=WORDS[unit]),
            Column("kind", _present(names.first("kind", _KIND)), values=_KINDS),
            names.status(),
        )
        return ReadPlan(
            shape=Shape.SPANS,
            layout=Layout.DELIMITED,
            time=TimeColumn(
                (start,), _formats(table, start), zone=source.options.zone, precision=_precision(table, start)
            ),
            columns=columns,
            delimiter=table.delimiter,
            header_line=table.header_line,
            encoding=source.encoding,
            keep_rest=True,
            left_out=_present(names.end),
            assumed=(assumed,) if assumed else (),
        )


_IDS = {"trace_id": _TRACE, "span_id": _SPAN}


class _Names:
    """The columns of one table by what they mean; a mapping goes before names."""

    def __init__(self, table: Table, source: Source) -> None:
        self._table, self._mapping = table, source.options.mapping
        self._stems = {name: stem_and_unit(name)[0] for name in table.header}
        self.duration = self.first("duration_ms", _DURATION)
        self.end = self.first("end", _END)

    def first(self, target: str, wanted: tuple[str, ...]) -> str:
        """The column that means `target`; empty when there is none."""
        mapped = self._mapping.get(target)
        return mapped if mapped in self._table.header else next(iter(self._all(wanted)), "")

    def service(self) -> Column:
        named = self.first("service", _SERVICE)
        if named:
            return Column("service", (named,))
        return Column("service", _present(self.first("service", _POD)), extract=_POD_OF)

    def parent(self) -> Column:
        """The parent, with the words for "none" that the first rows use; all of them where they use none."""
        name = self.first("parent_id", _PARENT)
        if not name:
            return Column("parent_id")
        place = self._table.header.index(name)
        cells = {row[place].strip().lower() for row in self._table.rows}
        seen = tuple((word, to) for word, to in _NO_PARENT if word in cells)
        return Column("parent_id", (name,), values=seen if seen or "" in cells else _NO_PARENT)

    def status(self) -> Column:
        flags, statuses = self._all(_ERROR), self._all(_STATUS)
        if mapped := self._mapping.get("is_error"):
            statuses, flags = [mapped], []
        if flags:
            return Column("is_error", tuple(flags), kind="status", values=(("1", "true"),))
        return Column("is_error", tuple(statuses), kind="status")

    def _all(self, wanted: tuple[str, ...]) -> list[str]:
        exact = self._table.named(*wanted)
        order = {name: place for place, name in enumerate(wanted)}
        stems = [name for name in self._table.header if self._stems[name] in order and name not in exact]
        return [*exact, *sorted(stems, key=lambda name: order[self._stems[name]])]


def _present(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _start(table: Table, source: Source) -> str:
    """The column with the start of each span: the mapped one, else the first of the usual names that holds times."""
    mapped = source.options.mapping.get("time")
    if mapped in table.header:
        return mapped
    named = {stem_and_unit(name)[0]: name for name in reversed(table.header) if table.time_formats(name)}
    return next((named[stem] for stem in _START if stem in named), "")


def _formats(table: Table, start: str) -> tuple[str, ...]:
    return table.time_formats(start) or ("iso", "epoch")


def _precision(table: Table, start: str) -> str:
    """Numbers of more than ten digits and times with a fraction are finer than seconds."""
    cells = table.column(start)
    fine = any(len(cell) > 11 if cell.isdigit() else "." in cell or "," in cell for cell in cells)
    return "ms" if fine else "s"


READER = SpanTable()
