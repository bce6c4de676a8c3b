"""Error logs of nginx and of Apache 2.2 and 2.4.

Knows their levels, virtual hosts and lines that go on below. Refuses a zone: neither server writes one, so it has to
be declared.
"""

from __future__ import annotations

import re

from afteraction.core.errors import NaiveTime
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS, Column, Layout, ReadPlan, Shape, TimeColumn

_NGINX = (
    r"^(?P<time>\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}) \[(?P<level>[a-z]+)\] \d+#\d+: "
    r"(?:\*\d+ )?(?P<message>.*?(?:, server: (?P<server>[A-Za-z0-9.\-]+)(?:,.*)?)?)$"
)
_APACHE = (
    r"^\[(?P<time>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}(?:\.\d+)? \d{4})\] "
    r"\[(?:(?P<module>[a-z0-9_]*):)?(?P<level>[a-z]+)\d?\] (?:\[pid \d+(?::tid \d+)?\] )?"
    r"(?P<message>.*)$"
)
_NGINX_LINE, _APACHE_LINE = re.compile(_NGINX), re.compile(_APACHE)


class ErrorLog:
    """nginx and Apache error logs."""

    name = "error_log"
    title = "nginx or Apache error log"
    kind = EvidenceKind.LOG
    example = "2026/05/12 14:02:11 [error] 31#31: *7 connect() failed (111: Connection refused), server: shop.example"

    def sniff(self, source: Source) -> float:
        """Sure when the first line and a third of those after it begin as one of the two servers writes them."""
        lines = source.head_lines()
        own = [bool(_NGINX_LINE.match(line) or _APACHE_LINE.match(line)) for line in lines]
        if not any(own[:3]):
            return 0.0
        return 0.95 if sum(own) / len(own) >= 0.3 else 0.6

    def plan(self, source: Source) -> ReadPlan:
        """Columns by named groups; raises NaiveTime unless the zone was declared."""
        if source.options.zone is None:
            raise NaiveTime(
                "error logs of nginx and Apache state no time zone.",
                where=source.name,
                next_step="Say which one the server used with --zone, e.g. --zone UTC.",
            )
        lines = source.head_lines()
        is_nginx = any(_NGINX_LINE.match(line) for line in lines)
        is_precise = any(re.match(r"\[[^\]]*\.\d+ \d{4}\]", line) for line in lines)
        seconds, fractions = "%a %b %d %H:%M:%S %Y", "%a %b %d %H:%M:%S.%f %Y"
        apache = (fractions, seconds) if is_precise else (seconds,)
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.TEXT_LINES,
            encoding=source.encoding,
            continues=True,
            pattern=_NGINX if is_nginx else _APACHE,
            time=TimeColumn(
                ("time",),
                ("%Y/%m/%d %H:%M:%S",) if is_nginx else apache,
                zone=source.options.zone,
            ),
            columns=(
                Column("message", ("message",)),
                Column("level", ("level",), values=LEVEL_WORDS),
                Column("service", ("server",), constant="nginx") if is_nginx else Column("service", constant="apache"),
                Column("logger", () if is_nginx else ("module",)),
            ),
        )


READER = ErrorLog()
