"""Logs in CSV or TSV tables: one line of a log per row.

Knows the usual names of its columns. Refuses tables without a time or without a column of text that could be a
message.
"""

from __future__ import annotations

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS, Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.core.tables import Table, table_of

_MESSAGE = ("message", "msg", "log", "log_message", "line", "body", "content", "event", "text", "description", "entry")
_OTHERS = {
    "level": ("level", "severity", "log_level", "loglevel", "severity_text", "priority"),
    "service": ("service", "service_name", "app", "application", "component", "source", "program"),
    "host": ("host", "hostname", "pod", "pod_name", "node", "instance", "machine"),
    "logger": ("logger", "logger_name", "category", "module", "container"),
    "trace_id": ("trace_id", "traceid", "correlation_id"),
}
_STATUS = ("status", "status_code", "http_status", "response_code")
_DURATION = ("duration_ms", "latency_ms", "elapsed_ms", "response_time_ms")


class LogTable:
    """A log as a table."""

    name = "log_table"
    title = "Log as CSV or TSV"
    kind = EvidenceKind.LOG
    example = "timestamp,level,service,message"

    def sniff(self, source: Source) -> float:
        """A time column and one with messages; surer with a level beside them."""
        table = table_of(source)
        if table is None or _time(table, source) is None or _message(table, source) is None:
            return 0.0
        return 0.58 if table.named(*_OTHERS["level"], *_OTHERS["trace_id"]) else 0.4

    def plan(self, source: Source) -> ReadPlan:
        """One line per row; every other column stays with it as an attribute."""
        table = table_of(source)
        time = _time(table, source) if table else None
        message = _message(table, source) if table else None
        if table is None or time is None or message is None:
            raise AfteractionError(
                f"no column of this table reads as a {'message' if time else 'time'}.",
                where=source.name,
                next_step='Name both in a mapping, e.g. {"time": "when", "message": "what"}.',
            )
        mapping = source.options.mapping
        columns = [Column("message", (message,))]
        for target, wanted in _OTHERS.items():
            found = (mapping[target],) if target in mapping else tuple(table.named(*wanted)[:1])
            columns.append(Column(target, found, values=LEVEL_WORDS if target == "level" else ()))
        statuses = [name for name in table.named(*_STATUS) if all(_is_status(cell) for cell in table.column(name))]
        columns.append(Column("status", tuple(statuses[:1]), kind="integer"))
        columns.append(Column("duration_ms", tuple(table.named(*_DURATION)[:1]), kind="real"))
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.DELIMITED,
            time=TimeColumn((time,), table.time_formats(time) or ("iso", "epoch"), zone=source.options.zone),
            columns=tuple(columns),
            delimiter=table.delimiter,
            header_line=table.header_line,
            encoding=source.encoding,
            keep_rest=True,
        )


def _time(table: Table, source: Source) -> str | None:
    mapped = source.options.mapping.get("time")
    return mapped if mapped in table.header else next(iter(table.time_columns()), None)


def _message(table: Table, source: Source) -> str | None:
    mapped = source.options.mapping.get("message")
    if mapped in table.header:
        return mapped
    return next((name for name in table.named(*_MESSAGE) if not table.is_numeric(name)), None)


def _is_status(cell: str) -> bool:
    return cell.isdigit() and 100 <= int(cell) <= 599


READER = LogTable()
