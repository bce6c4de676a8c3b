"""The systemd journal as JSON lines (`journalctl -o json`).

Knows journald's field names, its microseconds and messages written as byte arrays. Refuses the pretty form, which
spreads one entry over many lines.
"""

from __future__ import annotations

import orjson

from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import SYSLOG_LEVELS, Column, Layout, ReadPlan, Shape, TimeColumn


class JournaldJson:
    """journalctl -o json."""

    name = "journald_json"
    title = "systemd journal as JSON lines (journalctl -o json)"
    kind = EvidenceKind.LOG
    example = '{"__REALTIME_TIMESTAMP":"1778594531000000","PRIORITY":"3","SYSLOG_IDENTIFIER":"cart","MESSAGE":"…"}'

    def sniff(self, source: Source) -> float:
        """Sure when one of the first lines is an object with journald's own time field."""
        lines = source.head_lines(limit=5)
        if any(line.lstrip()[:1] != "{" for line in lines[:1]):
            return 0.0
        return 0.97 if any(_is_entry(line) for line in lines) else 0.0

    def plan(self, source: Source) -> ReadPlan:
        """One entry per line, by journald's field names."""
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.JSON_LINES,
            encoding=source.encoding,
            time=TimeColumn(("__REALTIME_TIMESTAMP", "_SOURCE_REALTIME_TIMESTAMP"), ("epoch_us",)),
            columns=(
                Column("message", ("MESSAGE",), kind="text_or_bytes"),
                Column("level", ("PRIORITY",), values=SYSLOG_LEVELS),
                Column("service", ("CONTAINER_NAME", "SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_COMM"), constant=""),
                Column("host", ("_HOSTNAME",)),
                Column("logger", ("_SYSTEMD_UNIT",)),
            ),
        )


def _is_entry(line: str) -> bool:
    if '"__REALTIME_TIMESTAMP"' not in line:
        return False
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError:
        # An entry that the head cuts off, or one that is broken: its first bytes are still journald's.
        return line.lstrip().startswith("{")
    return isinstance(entry, dict) and "__REALTIME_TIMESTAMP" in entry


READER = JournaldJson()
