"""The systemd journal in its export format (`journalctl -o export`).

Knows the serialisation: entries apart by an empty line, fields as `NAME=text` or as a name, a length and raw bytes.
Refuses to hold more than one entry at a time, and fields too long to be a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.reading import Source
from afteraction.core.readplan import SYSLOG_LEVELS
from afteraction.core.records import LogLine

LONGEST_FIELD = 8 * 1024 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEVELS = {number.encode(): level for number, level in SYSLOG_LEVELS}
_TIME = b"__REALTIME_TIMESTAMP"
_SERVICE = (b"CONTAINER_NAME", b"SYSLOG_IDENTIFIER", b"_SYSTEMD_UNIT", b"_COMM")
_KEPT = {_TIME, b"MESSAGE", b"PRIORITY", b"_HOSTNAME", *_SERVICE}
_NAME = re.compile(rb"^[A-Z_][A-Z0-9_]{0,63}$")
_BEGINNING = re.compile(rb"^(?:__CURSOR|__REALTIME_TIMESTAMP|__MONOTONIC_TIMESTAMP|__SEQNUM(?:_ID)?|_BOOT_ID)=", re.M)


@dataclass
class _Entry:
    """One entry while it is read: where it begins (physical line, byte), its fields, and what is wrong with it."""

    line: int
    start: int
    fields: dict[bytes, bytes] = field(default_factory=dict)
    problem: str = ""
    is_empty: bool = True


class JournaldExport:
    """journalctl -o export."""

    name = "journald_export"
    title = "systemd journal, export format (journalctl -o export)"
    kind = EvidenceKind.LOG
    example = "__REALTIME_TIMESTAMP=1778594531768000 / PRIORITY=3 / SYSLOG_IDENTIFIER=cart / MESSAGE=cannot reach stock"

    def sniff(self, source: Source) -> float:
        """Sure when the first line is a field of the journal's own and an entry states its time."""
        head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
        if not _BEGINNING.match(head) and not re.match(rb"[A-Z_][A-Z0-9_]{0,63}=", head):
            return 0.0
        return 0.97 if re.search(rb"^__REALTIME_TIMESTAMP=\d", head, re.M) else 0.0

    def read(self, source: Source) -> Iterator[LogLine | Failure]:
        """One log line per entry, in the order of the file."""
        with source.open() as stream:
            for entry, end in _entries(stream):
                yield _line_of(entry, end, source)


def _entries(stream: BinaryIO) -> Iterator[tuple[_Entry, int]]:
    """(entry, first byte behind it), one at a time."""
    line, position = 1, 0
    entry = _Entry(line, position)
    while raw := stream.readline(LONGEST_FIELD):
        if raw in (b"\n", b"\r\n"):
            if not entry.is_empty:
                yield entry, position
            line, position = line + 1, position + len(raw)
            entry = _Entry(line, position)
            continue
        entry.is_empty = False
        line, position = line + 1, position + len(raw)
        if not raw.endswith(b"\n") and len(raw) >= LONGEST_FIELD:
            entry.problem = entry.problem or f"a field is longer than {LONGEST_FIELD // 2**20} MiB."
            position += _skip_line(stream)
            continue
        name, equals, value = raw.partition(b"=")
        if equals:
            name = name.removeprefix(b"\xef\xbb\xbf")
            if name in _KEPT:
                entry.fields[name] = value.rstrip(b"\r\n")
            if not value.endswith(b"\n"):
                entry.problem = entry.problem or "the entry is cut off."
            continue
        lines, size = _take_bytes(stream, raw.rstrip(b"\r\n"), entry)
        line, position = line + lines, position + size
    if not entry.is_empty:
        yield entry, position


def _take_bytes(stream: BinaryIO, name: bytes, entry: _Entry) -> tuple[int, int]:
    """Reads a field written as a little-endian length of 64 bits and raw bytes; gives the line ends and bytes it
    took up."""
    if not _NAME.match(name):
        entry.problem = entry.problem or "a line is no field of the export format."
        return 0, 0
    prefix = stream.read(8)
    length = int.from_bytes(prefix, "little")
    if len(prefix) < 8:
        entry.problem = "the entry is cut off."
        return prefix.count(b"\n"), len(prefix)
    if length > LONGEST_FIELD:
        entry.problem = f"a field is longer than {LONGEST_FIELD // 2**20} MiB, or its length is broken."
        return prefix.count(b"\n"), 8
    value = stream.read(length + 1)
    if len(value) <= length:
        entry.problem = "the entry is cut off."
    elif not value.endswith(b"\n"):
        entry.problem = "the length of a field does not fit its bytes."
    elif name in _KEPT:
        entry.fields[name] = value[:-1]
    return (prefix + value).count(b"\n"), 8 + len(value)


def _skip_line(stream: BinaryIO) -> int:
    """Bytes up to and with the next line end."""
    skipped = 0
    while rest := stream.readline(LONGEST_FIELD):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _line_of(entry: _Entry, end: int, source: Source) -> LogLine | Failure:
    place = Locator(line=entry.line, byte_start=entry.start, byte_end=end)
    fields = entry.fields
    stated = fields.get(_TIME, b"")
    if entry.problem and b"MESSAGE" not in fields:
        return Failure(source.name, entry.problem, "Export it again with journalctl -o export.", place)
    utc = _moment(stated)
    if utc is None:
        shown = stated[:40].decode("utf-8", errors="replace")
        reason = f'__REALTIME_TIMESTAMP "{shown}" is no time.' if stated else "the entry has no __REALTIME_TIMESTAMP."
        return Failure(source.name, reason, "Export it again with journalctl -o export.", place)
    text = {name: value.decode("utf-8", errors="replace") for name, value in fields.items()}
    return LogLine(
        instant=Instant(
            utc=utc, original_text=text[_TIME], source_tz="UTC", precision=Precision.SECOND, source=TimeSource.MACHINE
        ),
        message=text.get(b"MESSAGE", ""),
        evidence=EvidenceRef(source.evidence_id, place, text.get(b"MESSAGE", "")[:200]),
        level=_LEVELS.get(fields.get(b"PRIORITY", b""), ""),
        service=next((text[name] for name in _SERVICE if text.get(name)), ""),
        host=text.get(b"_HOSTNAME", ""),
        logger=text.get(b"_SYSTEMD_UNIT", ""),
        attributes={"broken": entry.problem} if entry.problem else {},
    )


def _moment(stated: bytes) -> datetime | None:
    """Microseconds since 1970 as a time; None when it is none of the years up to 9999."""
    if not stated.isdigit() or len(stated) > 18:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(stated))
    except OverflowError:
        return None


READER = JournaldExport()
