"""Syslog as it travels and as it is kept in files: RFC 3164 and RFC 5424.

Knows priorities and lines that go on below. Refuses to guess what RFC 3164 leaves out: year and zone have to be
declared; refuses to know patterns: those are in `dialects`.
"""

from __future__ import annotations

import re

from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import SYSLOG_LEVELS, Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.formats.syslog.dialects import DIALECTS, dialects_in, together

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
        _dialects, share = dialects_in(lines)
        if share < 0.3:
            return 0.0
        has_priority = any(re.match(r"(?:\d{1,6} )?<\d{1,3}>", line) for line in lines)
        return 0.95 if has_priority else 0.7

    def plan(self, source: Source) -> ReadPlan:
        """Columns by named groups; raises NaiveTime without a zone and AfteractionError without a year, where the
        lines state none."""
        found, _share = dialects_in(_beginnings(source))
        dialect = together(found or [DIALECTS[0]])
        year, near = source.options.year_anchor
        if not dialect.is_complete:
            _require_year_and_zone(source)
        is_stated = all(one.is_complete for one in found)
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.TEXT_LINES,
            encoding=source.encoding,
            continues=True,
            keep_rest=DIALECTS[0] in found,
            pattern=dialect.pattern,
            time=TimeColumn(
                dialect.groups("time"),
                dialect.formats,
                zone=None if is_stated else source.options.zone,
                year=None if is_stated else year,
                near=None if is_stated else near,
            ),
            columns=(
                Column("message", dialect.groups("message")),
                Column("level", dialect.groups("priority"), values=_LEVELS),
                Column("service", dialect.groups("tag"), values=_NIL),
                Column("host", dialect.groups("host"), values=_NIL),
            ),
        )


def _beginnings(source: Source) -> list[str]:
    """The first lines that may begin an entry: what is indented goes on with the one above."""
    return [line for line in source.head_lines() if not line[:1].isspace()]


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
