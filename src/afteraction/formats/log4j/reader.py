"""Application logs of log4j, logback, Spring Boot, Kafka, Tomcat, Elasticsearch, Python's logging and their likes.

Knows times, levels, loggers, threads and stack traces that go on below. Refuses a zone where the lines state none: it
has to be declared.
"""

from __future__ import annotations

import re

from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.core.evidence import EvidenceKind
from afteraction.core.file_names import last_part
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS, Column, ReadPlan, Shape, TimeColumn
from afteraction.core.readplan import Layout as Packing
from afteraction.formats.log4j.layouts import ZONED, Layout, layout_of

LOOKED_AT = 400
_LEVELS = (
    *LEVEL_WORDS, ("config", "info"),
    *((level, level) for level in ("trace", "debug", "info", "warning", "error", "critical")),
)  # fmt: skip
# Stack traces may fill most of a file; one line in eight that begins an entry is still this layout.
_SHARE = 0.125
_GENERAL = re.compile(
    r"[-_.]?(?:server|state-change|controller|application|app|service|system|catalina|spring|stdout|stderr|console|out"
    r"|err|error|errors|debug|log|logs|main|root|output)$",
    re.IGNORECASE,
)


class Log4j:
    """Logs with a time, a level and usually a logger on the first line of every entry."""

    name = "log4j"
    title = "Application log (log4j, logback, Spring Boot, Kafka, Tomcat, Python logging)"
    kind = EvidenceKind.LOG
    example = "2026-05-12 14:02:11,123 [http-8080-7] ERROR c.e.payments.Pool - could not get a connection"

    def sniff(self, source: Source) -> float:
        """Sure when lines begin in a layout with a level and a logger; less for a time and a level alone."""
        if source.is_binary:
            return 0.0
        lines = source.head_lines(LOOKED_AT)
        layout, share = layout_of(lines)
        if layout is None or share < _SHARE:
            return 0.0
        return layout.sure if share >= _SHARE * 2 else layout.sure - 0.2

    def plan(self, source: Source) -> ReadPlan:
        """Columns by named groups; raises NaiveTime where neither the lines nor anybody states the zone."""
        lines = source.head_lines(LOOKED_AT)
        layout, _share = layout_of(lines)
        if layout is None:
            raise AfteractionError(
                "none of its first lines begins with a time and a level.",
                where=source.name,
                next_step="Name another reader with --format, see: afteraction formats.",
            )
        times = [match["time"] for line in lines if (match := layout.line.match(line))]
        if source.options.zone is None and not any(ZONED.search(time) for time in times):
            raise NaiveTime(
                "the times of this log state no zone.",
                where=source.name,
                next_step="Say which one the process used with --zone, e.g. --zone UTC.",
            )
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Packing.TEXT_LINES,
            encoding=source.encoding,
            continues=True,
            keep_rest=True,
            pattern=layout.pattern,
            time=TimeColumn(("time",), layout.formats, zone=source.options.zone),
            columns=tuple(_columns(layout, source.name)),
        )


def _columns(layout: Layout, name: str) -> list[Column]:
    columns = [
        Column("message", ("message",)),
        Column("level", ("level",), values=_LEVELS),
        Column("logger", ("logger",)),
        Column("service", _groups(layout, "application"), constant=subject_of(name) or None),
    ]
    if _groups(layout, "host"):
        columns.append(Column("host", ("host",)))
    if _groups(layout, "sleuth"):
        columns.append(Column("trace_id", ("sleuth",), extract=r"^[^,]*,\s*([0-9a-f]{16,32})\b"))
    return columns


def _groups(layout: Layout, name: str) -> tuple[str, ...]:
    return (name,) if name in layout.line.groupindex else ()


def subject_of(name: str) -> str:
    """The process that a log file's name tells: `kafka0-server.log.2016-12-19-18` gives `kafka0`, `app.log` nothing."""
    stem = re.split(r"\.(?:log|out|txt|err)\b|[._-]\d{4}-?\d{2}-?\d{2}", last_part(name), maxsplit=1)[0]
    previous = None
    while stem != previous:
        previous, stem = stem, _GENERAL.sub("", stem).rstrip("-_.")
    return stem


READER = Log4j()
