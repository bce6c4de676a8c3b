"""What a piece of evidence is, where inside it a fact stands, and what could not be read.

Knows identities and places. Refuses to hold the bytes themselves: `stores` keeps those.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """The kinds of the coverage matrix (SPEC R119)."""

    LOG = "log"
    METRIC = "metric"
    TRACE = "trace"
    ALERT = "alert"
    DEPLOYMENT = "deployment"
    COMMUNICATION = "communication"
    TICKET = "ticket"
    PICTURE = "picture"
    CONFIG_SNAPSHOT = "config_snapshot"
    DOCUMENT = "document"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One frozen original. `id` is the sha256 of its bytes in hex; `name` is its path below what was given, with
    `!` between an archive and its member. `importer` says who took it in, `imported_at` when (UTC, from the caller)."""

    id: str
    name: str
    size: int
    media_type: str = "application/octet-stream"
    source: str = ""
    importer: str = ""
    imported_at: datetime | None = None
    kind: EvidenceKind | None = None

    @property
    def sha256(self) -> str:
        """The hash of the original bytes, in hex."""
        return self.id


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """A place inside one original: physical line (1-based), JSON pointer (RFC 6901), byte range; what is known.

    Every record of one evidence file has a locator of its own, so two facts of one object name their own fields:
    `/alerts/0/startsAt` and `/alerts/0/endsAt`.
    """

    line: int | None = None
    pointer: str | None = None
    byte_start: int | None = None
    byte_end: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.pointer is not None:
            parts.append(self.pointer or "/")
        if self.byte_start is not None:
            parts.append(f"bytes {self.byte_start}-{self.byte_end}")
        return ", ".join(parts) or "whole file"


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """A citation: which original and where in it. `excerpt` is at most a few lines of the original text."""

    evidence_id: str
    locator: Locator = field(default_factory=Locator)
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: where, why and what to do next. `lost` counts the records it stands for."""

    file: str
    reason: str
    next_step: str = ""
    locator: Locator = field(default_factory=Locator)
    lost: int = 1

    def __str__(self) -> str:
        place = f"{self.file}, {self.locator}" if self.locator != Locator() else self.file
        return f"{place}: {self.reason}" + (f" {self.next_step}" if self.next_step else "")
