"""Syslog as it travels and as it is kept in files: RFC 3164 and RFC 5424.

Knows priorities, structured data, the byte order mark before a message and lines that go on below. Refuses to guess
what RFC 3164 leaves out: year and zone have to be declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS, SYSLOG_LEVELS, Column, Layout, ReadPlan, Shape, TimeColumn

_RFC5424 = (
    r"^(?:\d{1,6} )?<(?P<priority>\d{1,3})>1 (?P<time>-|\d{4}-\d{2}-\d{2}T\S+) (?P<host>\S+) (?P<tag>\S+) "
    r"(?:-|(?P<process>\S+)) (?:-|(?P<message_id>\S+)) "
    r'(?:-|(?P<structured_data>(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+))(?: \ufeff?(?P<message>.*))?$'
).replace(r"\ufeff", "\ufeff")
_HOST = r" (?P<host>[^\s:\[]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+)"
_TAG = r" (?P<tag>[^\s\[:]+)(?:\[[^\]\s]+\])?(?: \([^)]*\))?: ?(?P<message>.*)$"
# A machine's own messages may leave its name out.
_LOCAL = f"(?:{_HOST})?{_TAG}"
_PRIORITY = r"^(?:\d{1,6} )?(?:<(?P<priority>\d{1,3})>)?"
_RFC3164 = _PRIORITY + r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2})" + _LOCAL
_RFC3164_PRECISE = _PRIORITY + r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}\.\d+)" + _LOCAL
# What rsyslog and syslog-ng write into files today: the tag of RFC 3164 behind the time of RFC 3339.
_RFC3339 = _PRIORITY + r"(?P<time>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+\-]\d{2}:?\d{2}))" + _HOST + _TAG


@dataclass(frozen=True)
class Dialect:
    """One way to write a line: its pattern, its times, and whether these state year and zone."""

    pattern: str
    formats: tuple[str, ...]
    is_complete: bool = True

    def share(self, lines: list[str]) -> float:
        """How many of the lines that begin an entry are written this way."""
        matches = [re.match(self.pattern, line) for line in lines]
        # An application's own log ("… INFO starting: x") has its level where syslog has the machine.
        own = [match for match in matches if match and (match["host"] or match["tag"]).lower() not in _NO_HOSTS]
        return len(own) / len(lines) if lines else 0.0


_DIALECTS = (
    Dialect(_RFC5424, ("iso",)),
    Dialect(_RFC3339, ("iso",)),
    Dialect(_RFC3164, ("%b %d %H:%M:%S",), is_complete=False),
    Dialect(_RFC3164_PRECISE, ("%b %d %H:%M:%S.%f",), is_complete=False),
)
_NO_HOSTS = {word for pair in LEVEL_WORDS for word in pair}
_NIL = (("-", ""),)
_LEVELS = tuple((str(number), SYSLOG_LEVELS[number % 8][1]) for number in range(192))


class Syslog:
    """Syslog messages in a file, one per line."""

    name = "syslog"
    title = "Syslog (RFC 3164, RFC 5424, rsyslog files)"
    kind = EvidenceKind.LOG
    example = '<131>1 2026-05-12T14:02:11.7Z web-7 cart 41 ID7 [stock@32473 try="3"] cannot reach stock'

    def sniff(self, source: Source) -> float:
        """Sure with priorities in angle brackets; less so for files without them, which look like the journal."""
        lines = _beginnings(source)
        _dialect, share = _dialect_of(lines)
        if share < 0.3:
            return 0.0
        has_priority = any(re.match(r"(?:\d{1,6} )?<\d{1,3}>", line) for line in lines)
        return 0.95 if has_priority else 0.7

    def plan(self, source: Source) -> ReadPlan:
        """Columns by named groups; raises NaiveTime without a zone and AfteractionError without a year, where the
        lines state none."""
        dialect, _share = _dialect_of(_beginnings(source))
        options = source.options
        year, near = options.year_anchor
        if not dialect.is_complete:
            _require_year_and_zone(source)
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.TEXT_LINES,
            encoding=source.encoding,
            continues=True,
            keep_rest=dialect is _DIALECTS[0],
            pattern=dialect.pattern,
            time=TimeColumn(
                ("time",),
                dialect.formats,
                zone=None if dialect.is_complete else options.zone,
                year=None if dialect.is_complete else year,
                near=None if dialect.is_complete else near,
            ),
            columns=(
                Column("message", ("message",)),
                Column("level", ("priority",), values=_LEVELS),
                Column("service", ("tag",), values=_NIL),
                Column("host", ("host",), values=_NIL),
            ),
        )


def _beginnings(source: Source) -> list[str]:
    """The first lines that may begin an entry: what is indented goes on with the one above."""
    return [line for line in source.head_lines() if not line[:1].isspace()]


def _dialect_of(lines: list[str]) -> tuple[Dialect, float]:
    """(dialect that most lines are written in, share of the lines that are)."""
    shares = [(dialect.share(lines), dialect) for dialect in _DIALECTS]
    share, dialect = max(shares, key=lambda pair: pair[0])
    return dialect, share


def _require_year_and_zone(source: Source) -> None:
    if source.options.zone is None:
        raise NaiveTime(
            "RFC 3164 times state no time zone.",
            where=source.name,
            next_step="Say which one the machine used with --zone, e.g. --zone Europe/Berlin.",
        )
    if source.options.year_anchor[0] is None:
        raise AfteractionError(
            "RFC 3164 times state no year.",
            where=source.name,
            next_step="Say when the incident began with --incident-start, e.g. --incident-start 2026-05-12T14:00Z.",
        )


READER = Syslog()
