"""Spans and log lines of a case as columns of whole numbers.

Knows the shapes only: names are codes into lists of names. Refuses to know where they came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afteraction.core.evidence import EvidenceRef, Locator

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where each row stands: `originals` are evidence ids, `original` codes into them, `line` physical lines from 1
    (0 where the source has no lines)."""

    originals: Sequence[str]
    original: Codes
    line: Codes

    def cite(self, row: int, excerpt: str = "") -> EvidenceRef:
        """The evidence of one row."""
        line = int(self.line[row])
        where = Locator(line=line) if line else Locator()
        return EvidenceRef(self.originals[int(self.original[row])], where, excerpt)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanTable:
    """Whole traces, one row per span, of one length. `trace`, `own` and `parent` are codes of trace ids and span ids
    (`parent` -1 where there is none); `service` and `operation` index `services` and `operations`; `start` is UTC
    epoch seconds, `duration` milliseconds (NaN where unknown), `failed` what the span said of itself."""

    services: Sequence[str]
    operations: Sequence[str]
    trace: Codes
    own: Codes
    parent: Codes
    service: Codes
    operation: Codes
    start: Floats
    duration: Floats
    failed: Flags
    places: Places

    def __len__(self) -> int:
        return int(self.trace.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable:
    """Log lines, one row per line, of one length. `at` is UTC epoch seconds; `service` and `template` index
    `services` and `templates` (texts with what varies masked); `trace` is the code of `SpanTable.trace`, -1 where
    the line names none that is there; `bad` marks lines of level error or worse. `instance` and `version` index
    `instances` and `versions`, which hold "" for lines that name none; None where no line was asked."""

    services: Sequence[str]
    templates: Sequence[str]
    at: Floats
    service: Codes
    template: Codes
    trace: Codes
    bad: Flags
    places: Places
    instances: Sequence[str] = ()
    instance: Codes | None = None
    versions: Sequence[str] = ()
    version: Codes | None = None

    def __len__(self) -> int:
        return int(self.at.size)
