"""The text that `journalctl` prints: short, short-precise, short-iso, short-iso-precise and short-unix.

Knows their four ways to write a time and messages that go on in indented lines. Refuses to guess: the short form
states neither year nor zone, so both have to be declared.
"""

from __future__ import annotations

import re

from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS, Column, Layout, ReadPlan, Shape, TimeColumn

_REST = r" (?P<host>[^\s:]+) (?P<tag>[^\s\[:]+(?: [^\s\[:]+)?)(?:\[\d+\])?(?: \([^)]*\))?: ?(?P<message>.*)$"
_TIMES = {
    "short": r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2})",
    "short-precise": r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}\.\d+)",
    "short-iso": r"(?P<time>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+\-]\d{2}:?\d{2}))",
    "short-unix": r"(?P<time>\d{9,10}\.\d{6})",
}
_FORMATS = {
    "short": ("%b %d %H:%M:%S",),
    "short-precise": ("%b %d %H:%M:%S.%f",),
    "short-iso": ("iso",),
    "short-unix": ("epoch_s",),
}
_WITHOUT_YEAR_AND_ZONE = ("short", "short-precise")
_LINES = {form: re.compile(f"^{time}{_REST}") for form, time in _TIMES.items()}
_NO_HOSTS = {word for pair in LEVEL_WORDS for word in pair}
# "-- Journal begins at …", "-- Logs begin at …", "-- Boot 3f1c… --", "-- Reboot --", "-- No entries --"
_MARKS = r"^-- (?:Journal begins|Logs begin|Boot [0-9a-f]{32}|Reboot|No entries)"
_MARK = re.compile(_MARKS)
_OWN_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}T[\d:.,]+[+\-]\d{4} ")


class JournaldShort:
    """journalctl's short forms."""

    name = "journald_short"
    title = "systemd journal as text (journalctl, -o short-iso …)"
    kind = EvidenceKind.LOG
    example = "2026-05-12T14:02:11.768000+0200 web-7 cart[41]: cannot reach stock"

    def sniff(self, source: Source) -> float:
        """Surer when journalctl's own marks, its offsets without a colon or the file's name tell it from syslog."""
        lines = source.head_lines()
        form, share = _form_of(lines)
        if share < 0.3:
            return 0.0
        is_own = any(_MARK.match(line) for line in lines) or "journal" in source.name.lower()
        is_own = is_own or form == "short-unix" or any(_OWN_ISO.match(line) for line in lines)
        return 0.95 if is_own else 0.6

    def plan(self, source: Source) -> ReadPlan:
        """Columns by named groups; raises NaiveTime without a zone and AfteractionError without a year, where the
        form states none."""
        form, _share = _form_of(source.head_lines())
        options, is_short = source.options, form in _WITHOUT_YEAR_AND_ZONE
        year, near = options.year_anchor
        if is_short:
            _require_year_and_zone(source)
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.TEXT_LINES,
            encoding=source.encoding,
            continues=True,
            ignored=_MARKS,
            pattern=f"^{_TIMES[form]}{_REST}",
            time=TimeColumn(
                ("time",),
                _FORMATS[form],
                zone=options.zone if is_short else None,
                year=year if is_short else None,
                near=near if is_short else None,
            ),
            columns=(
                Column("message", ("message",)),
                Column("service", ("tag",)),
                Column("host", ("host",)),
            ),
        )


def _form_of(lines: list[str]) -> tuple[str, float]:
    """(form that most lines have, share of the lines that have it); indented lines go on with a message."""
    entries = [line for line in lines if not line[:1].isspace() and not _MARK.match(line)]
    counts = {form: sum(1 for line in entries if _is_own(pattern.match(line))) for form, pattern in _LINES.items()}
    form = max(counts, key=lambda name: counts[name])
    return form, counts[form] / len(entries) if entries else 0.0


def _is_own(match: re.Match[str] | None) -> bool:
    """False also for an application's own log, which has its level where journalctl has the machine."""
    return match is not None and match["host"].lower() not in _NO_HOSTS


def _require_year_and_zone(source: Source) -> None:
    if source.options.zone is None:
        raise NaiveTime(
            "the lines state no time zone.",
            where=source.name,
            next_step="Say which one the machine used with --zone, e.g. --zone Europe/Berlin.",
        )
    if source.options.year_anchor[0] is None:
        raise AfteractionError(
            "the lines state no year.",
            where=source.name,
            next_step="Say when the incident began with --incident-start, e.g. --incident-start 2026-05-12T14:00Z.",
        )


READER = JournaldShort()
