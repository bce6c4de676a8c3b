"""The contract between a format and everything above it.

Knows what a reader is given and what it gives back. Refuses to open anything: a `Source` hands out streams that
`stores` or `pipeline` opened. A format package defines `READER`, one object that fits `DocumentReader` or
`BulkReader`; adding a folder adds a format.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import BinaryIO, Protocol, runtime_checkable

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, Failure, Locator
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.readplan import ReadPlan
from afteraction.core.records import Record
from afteraction.core.timestamps import read_timestamp

HEAD_BYTES = 64 * 1024
LONGEST_LINE = 8 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person declared about the evidence. `zone` is an IANA name for times that state none; `year` serves
    times without one (from --incident-start, or from the other evidence, then `year_inferred`). `collected_at` is
    when the evidence was taken in, ISO 8601: the bound for "in the future". `mapping` is a saved column mapping.
    `captured_at` (ISO 8601 with a zone, at its `captured_precision`) and `place` are what a person says of a picture
    or a snapshot."""

    zone: str | None = None
    year: int | None = None
    year_inferred: bool = False
    incident_start: str | None = None
    collected_at: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    captured_at: str | None = None
    captured_precision: str = "min"
    place: str = ""

    @property
    def year_anchor(self) -> tuple[int | None, str | None]:
        """Year and moment (ISO 8601, UTC) that complete times without a year, for `TimeColumn.year` and `near`.

        Logs reach back further than they go on, so the moment lies 120 days before the incident: a month and day is
        then read from ten months before it to two months after. Without an incident start there is the year alone.
        """
        if self.incident_start is None:
            return self.year, None
        try:
            start = read_timestamp(self.incident_start, zone=self.zone or "UTC").utc
            near = start - timedelta(days=120)
        except (UnreadableTime, OverflowError):
            return self.year, None
        return near.year, near.isoformat()


def typed_instant(options: ReadOptions) -> Instant:
    """When a person says that a picture or a snapshot was taken (`captured_at`, which must be set)."""
    told = read_timestamp(options.captured_at or "")
    precision = Precision(options.captured_precision)
    return replace(told, precision=precision, source=TimeSource.HUMAN, tz_known=False)


@dataclass(frozen=True)
class Source:
    """One original as a reader sees it. `name` is its display path; `head` its first bytes (at most HEAD_BYTES);
    `open` gives a fresh binary stream; `nearby` finds another original by a path relative to this one's folder
    (`../users.json`), or None."""

    evidence_id: str
    name: str
    size: int
    head: bytes
    open: Callable[[], BinaryIO]
    nearby: Callable[[str], Source | None] = lambda _path: None
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def encoding(self) -> str:
        """The encoding that the first bytes tell; UTF-8 unless a byte order mark or its pattern says otherwise."""
        for bom, name in _BOMS:
            if self.head.startswith(bom):
                return name
        sample = self.head[:400]
        if len(sample) >= 8 and sample[1::2].count(0) > len(sample) // 2 * 0.8:
            return "utf-16-le"
        if len(sample) >= 8 and sample[0::2].count(0) > len(sample) // 2 * 0.8:
            return "utf-16-be"
        return "utf-8"

    @property
    def is_binary(self) -> bool:
        """True when the first bytes cannot be text in any encoding that this program reads."""
        return self.encoding == "utf-8" and b"\0" in self.head

    def head_text(self) -> str:
        """The first bytes as text; bytes that are not text become U+FFFD."""
        return self.head.decode(self.encoding, errors="replace").lstrip("\ufeff")

    def head_lines(self, limit: int = 50) -> list[str]:
        """The first complete lines that are not blank, at most `limit`, for sniffing; a line that the head cuts off
        is left out unless it is the only one."""
        lines = self.head_text().splitlines()
        if len(lines) > 1 and len(self.head) < self.size:
            lines.pop()
        return [line for line in lines if line.strip()][:limit]

    def read_bytes(self, limit: int = 512 * 1024 * 1024) -> bytes:
        """The whole original, at most `limit` bytes."""
        with self.open() as stream:
            return stream.read(limit)

    def read_text(self) -> str:
        """The whole original as text; bytes that are not text become U+FFFD."""
        return self.read_bytes().decode(self.encoding, errors="replace").lstrip("\ufeff")

    def lines(self) -> Iterator[tuple[int, str] | Failure]:
        """Physical lines with their 1-based numbers, without line ends, blank ones included. A line longer than
        LONGEST_LINE is a Failure, and its rest is skipped; memory stays bounded."""
        if self.encoding.startswith(("utf-16", "utf-32")):
            yield from enumerate(self.read_text().splitlines(), start=1)
            return
        with self.open() as stream:
            number = 0
            while raw := stream.readline(LONGEST_LINE):
                number += 1
                if len(raw) >= LONGEST_LINE and not raw.endswith(b"\n"):
                    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                        pass
                    yield Failure(
                        self.name,
                        f"the line is longer than {LONGEST_LINE // 2**20} MiB.",
                        "Split the line or leave it out.",
                        Locator(line=number),
                    )
                    continue
                text = raw.rstrip(b"\r\n").decode("utf-8", errors="replace")
                yield number, text.removeprefix("\ufeff") if number == 1 else text


@runtime_checkable
class Reader(Protocol):
    """What every format says of itself. `name` is the folder's name (stable, used by --format), `title` is for
    people, `kind` the evidence kind, `example` one short line or object as it looks in the wild."""

    name: str
    title: str
    kind: EvidenceKind
    example: str

    def sniff(self, source: Source) -> float:
        """How sure this reader is that the original is its own, 0 to 1, from name and head alone. 0 is "no";
        generic readers stay below 0.5, readers that saw their own unmistakable marks say 0.9 or more."""
        ...


@runtime_checkable
class DocumentReader(Reader, Protocol):
    """A reader of originals small enough to hold: it yields values and failures, and never raises for bad input."""

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything in the original, in its order."""
        ...


@runtime_checkable
class BulkReader(Reader, Protocol):
    """A reader of line logs, tables and spans: it says how to read, `stores` does it in DuckDB."""

    def plan(self, source: Source) -> ReadPlan:
        """How to read this original; raises `NaiveTime` or `AfteractionError` when that cannot be said."""
        ...
