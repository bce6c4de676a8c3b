"""Metrics in CSV or TSV tables: long (one value per row) or wide (one column per metric).

Knows which columns are the time, the metric's name, its value and its labels. Refuses tables without a time and
without numbers.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.core.tables import Table, is_time_name, plain, table_of

_METRIC = ("metric", "metric_name", "name", "series", "measurement", "counter", "kpi", "indicator")
_VALUE = ("value", "val", "measurement_value", "y", "reading", "avg", "average")
_SERVICE = ("service", "service_name", "app", "application", "component", "job")
_UNIT = ("unit", "units")
_LONGEST_LABEL = 80
# Rows about single requests are spans or log lines.
_ONE_REQUEST = ("trace_id", "span_id", "request_id", "traceid", "spanid")


class MetricTable:
    """A table of numbers over time."""

    name = "metric_table"
    title = "Metrics as CSV or TSV (long or wide)"
    kind = EvidenceKind.METRIC
    example = "timestamp,service,metric,value"

    def sniff(self, source: Source) -> float:
        """A time column and numbers; surer when a column names the metric of each value."""
        table = table_of(source)
        if table is None or _time(table, source) is None or table.named(*_ONE_REQUEST):
            return 0.0
        if _long(table, source):
            return 0.75 if _metric(table, source) else 0.6
        wide = _wide(table, source)
        return 0.55 if wide and not _prose(table, wide) else 0.0

    def plan(self, source: Source) -> ReadPlan:
        """One sample per row, or per number of a row. AfteractionError when there is no time or no number."""
        table = table_of(source)
        time = _time(table, source) if table else None
        if table is None or time is None:
            raise AfteractionError(
                "no column of this table reads as a time.",
                where=source.name,
                next_step='Name it in a mapping, e.g. {"time": "when"}.',
            )
        mapping = source.options.mapping
        service = (mapping["service"],) if "service" in mapping else tuple(table.named(*_SERVICE)[:1])
        columns = [Column("service", service), Column("unit", tuple(table.named(*_UNIT)[:1]))]
        value = _long(table, source)
        melt: tuple[str, ...] = ()
        if value:
            metric = _metric(table, source)
            stem = PurePosixPath(source.name.rpartition("!")[2]).stem
            columns += [Column("metric", metric, constant=stem), Column("value", (value,), kind="real")]
        elif not (melt := _wide(table, source)):
            raise AfteractionError(
                "no column of this table holds numbers.",
                where=source.name,
                next_step='Name one as "value" in a mapping.',
            )
        return ReadPlan(
            shape=Shape.SAMPLES,
            layout=Layout.DELIMITED,
            time=TimeColumn((time,), table.time_formats(time) or ("iso", "epoch"), zone=source.options.zone),
            columns=tuple(columns),
            delimiter=table.delimiter,
            header_line=table.header_line,
            encoding=source.encoding,
            keep_rest=True,
            left_out=tuple(name for name in table.header if name != time and is_time_name(name)),
            melt=melt,
        )


def _time(table: Table, source: Source) -> str | None:
    mapped = source.options.mapping.get("time")
    return mapped if mapped in table.header else next(iter(table.time_columns()), None)


def _metric(table: Table, source: Source) -> tuple[str, ...]:
    if "metric" in source.options.mapping:
        return (source.options.mapping["metric"],)
    return tuple(name for name in table.named(*_METRIC) if not table.is_numeric(name))[:1]


def _long(table: Table, source: Source) -> str | None:
    """The column of values, where there is one value per row."""
    if "value" in source.options.mapping:
        return source.options.mapping["value"]
    values = [name for name in table.named(*_VALUE) if table.is_numeric(name)]
    others = [name for name in _wide(table, source) if name not in values]
    return values[0] if values and (not others or _metric(table, source)) else None


def _wide(table: Table, source: Source) -> tuple[str, ...]:
    """The columns that are each a metric: numbers, no second time, no identifier."""
    time = _time(table, source)
    return tuple(
        name
        for name in table.header
        if name != time
        and table.is_numeric(name)
        and not (is_time_name(name) and table.time_formats(name))
        and not (plain(name).endswith(("_id", "pid")) or plain(name) in ("id", "number", "index", "column_1"))
    )


def _prose(table: Table, wide: tuple[str, ...]) -> bool:
    """Whether the rows tell something in words: then they are no samples."""
    words = [name for name in table.header if name not in wide and not is_time_name(name)]
    return any(any(len(cell) > _LONGEST_LABEL or cell.count(" ") > 3 for cell in table.column(name)) for name in words)


READER = MetricTable()
