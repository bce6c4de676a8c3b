"""Access logs of web servers in the common and combined formats.

Knows nginx and Apache `common`, `combined` and `vhost_combined`, with nginx's request time, ingress-nginx's upstream
name or Traefik's milliseconds behind them. Refuses to guess a unit: a bare whole number behind the line (Apache's
%D and %T look alike) is no duration.
"""

from __future__ import annotations

import re

from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn

_LINE = (
    r"^(?:(?P<vhost>[A-Za-z0-9_.\-]+)(?::\d+)? )?\S+ \S+ [^\[]*? "
    r"\[(?P<time>\d{2}/[A-Za-z]{3}/\d{4}:\d{2}:\d{2}:\d{2}(?:\.\d+)? [+\-]\d{4})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}|-) (?:\d+|-)'
    r'(?: "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*")?'
)
# What stands behind the combined format: (how to know it, its pattern, milliseconds per unit).
_TAILS = (
    (re.compile(r" \d+ms\s*$"), r"(?: .*? (?P<duration>\d+)ms)?(?: .*)?$", 1.0),
    (
        re.compile(r'(?:^| |=|")\d+\.\d{3,6}"?(?= |$)'),
        r'(?:(?: "[^"]*"| \d+)*? (?:[a-z_]+=)?"?(?P<duration>\d+\.\d{3,6})"?'
        r"(?: \[(?P<upstream>[^\]\s]+)\])?(?: .*)?| .*)?$",
        1000.0,
    ),
)
_PLAIN_TAIL = r"(?: .*)?$"
_WHOLE = re.compile(_LINE + _PLAIN_TAIL)
_BEGINNING = re.compile(_LINE)
_SECONDS, _FRACTIONS = "%d/%b/%Y:%H:%M:%S %z", "%d/%b/%Y:%H:%M:%S.%f %z"
STATUS_LEVELS = (("1", "info"), ("2", "info"), ("3", "info"), ("4", "warning"), ("5", "error"))


class AccessLog:
    """Common and combined access logs."""

    name = "access_log"
    title = "nginx, Apache or Traefik access log (common, combined)"
    kind = EvidenceKind.LOG
    example = '10.0.0.7 - - [12/May/2026:14:02:11 +0000] "GET /cart HTTP/1.1" 502 157 "-" "curl/8.5" 0.004'

    def sniff(self, source: Source) -> float:
        """Sure when most of the first lines have the shape of the common format."""
        lines = source.head_lines()
        share = sum(1 for line in lines if _WHOLE.match(line)) / len(lines) if lines else 0.0
        return 0.95 if share >= 0.8 else 0.6 if share >= 0.3 else 0.0

    def plan(self, source: Source) -> ReadPlan:
        """Columns by named groups; what follows the combined format is told from the first lines."""
        lines = source.head_lines()
        tail, scale = _tail_of(lines)
        is_precise = any(re.search(r"\[[^\]]*\.\d+ [+\-]\d{4}\]", line) for line in lines)
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.TEXT_LINES,
            encoding=source.encoding,
            pattern=_LINE + tail,
            time=TimeColumn(("time",), (_SECONDS, _FRACTIONS) if is_precise else (_SECONDS,)),
            columns=(
                Column("message", ("request",)),
                Column("level", ("status",), extract=r"^([1-5])", values=STATUS_LEVELS),
                Column("service", ("upstream", "vhost"), constant=_server_named(source.name)),
                Column("status", ("status",), kind="integer"),
                Column("duration_ms", ("duration",), kind="real", scale=scale),
            ),
        )


def _tail_of(lines: list[str]) -> tuple[str, float]:
    """(pattern of what follows the combined format, milliseconds per unit of its duration)."""
    rests = [line[match.end() :] for line in lines if (match := _BEGINNING.match(line))]
    for mark, pattern, scale in _TAILS:
        if rests and sum(1 for rest in rests if mark.search(rest)) >= len(rests) / 2:
            return pattern, scale
    return _PLAIN_TAIL, 1.0


def _server_named(file_name: str) -> str:
    """The server that the file is named after, where lines name no virtual host; the format itself does not tell."""
    lowered = file_name.lower()
    for word, server in (("nginx", "nginx"), ("apache", "apache"), ("httpd", "apache"), ("traefik", "traefik")):
        if word in lowered:
            return server
    return "web"


READER = AccessLog()
