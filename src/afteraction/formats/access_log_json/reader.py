"""Access logs as JSON lines.

Knows how to tell them from an application's own log, which has no client and no request line. Refuses to know keys:
those are in `dialects`.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import Layout, ReadPlan, Shape
from afteraction.formats.access_log_json.dialects import dialect_of


class AccessLogJson:
    """JSON access logs of nginx, Apache, Caddy, Traefik and Envoy."""

    name = "access_log_json"
    title = "Access log as JSON lines (nginx, Apache, Caddy, Traefik, Envoy)"
    kind = EvidenceKind.LOG
    example = '{"time_iso8601":"2026-05-12T14:02:11+00:00","request":"GET /cart HTTP/1.1","status":502}'

    def sniff(self, source: Source) -> float:
        """Sure when most of the first objects have the keys of one dialect."""
        entries = _entries(source)
        return 0.92 if entries and dialect_of(entries) is not None else 0.0

    def plan(self, source: Source) -> ReadPlan:
        """Columns by the keys of the dialect; AfteractionError when the first lines fit none."""
        dialect = dialect_of(_entries(source))
        if dialect is None:
            raise AfteractionError(
                "the first lines have no keys of a known access log.",
                where=source.name,
                next_step="Read it as JSON lines with a mapping.",
            )
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.JSON_LINES,
            encoding=source.encoding,
            keep_rest=True,
            time=dialect.time(),
            columns=dialect.columns(),
        )


def _entries(source: Source) -> list[Mapping[str, object]]:
    """The objects among the first lines."""
    found: list[Mapping[str, object]] = []
    for line in source.head_lines(limit=20):
        if not line.lstrip().startswith("{"):
            continue
        try:
            entry = orjson.loads(line)
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            continue
        if isinstance(entry, dict):
            found.append(entry)
    return found


READER = AccessLogJson()
