"""Moments and durations as honest intervals (SPEC §3.1).

Knows how precisely a moment was stated and what the difference of two moments may be. Refuses to read text: that is
`core.timestamps`; refuses to know what time it is now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How precisely a moment was stated; an instant of precision p stands for [t, t + p)."""

    SECOND = "s"
    MINUTE = "min"
    HOUR = "h"
    DAY = "day"
    APPROXIMATE = "≈"


WIDTH = {
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
}


class TimeSource(StrEnum):
    """Who wrote the time down: a machine's clock, a chat server, or a person."""

    MACHINE = "machine"
    CHAT = "chat"
    HUMAN = "human"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """One moment, kept as UTC with everything needed to doubt it.

    `utc` is timezone-aware and in UTC. `original_text` and `source_tz` are as the evidence had them. `tz_known` is
    False when the zone was declared by somebody else than the evidence (option, document heading, assumption).
    `spread` applies to approximate instants only: they stand for [utc - spread, utc + spread].
    `alternatives` holds the other candidates of an ambiguous text (clock change, day and month swapped).
    `flags` are codes of `core.flags.Flag` that people must look at; nothing is ever corrected because of them.
    """

    utc: datetime
    original_text: str = ""
    source_tz: str = "UTC"
    tz_known: bool = True
    precision: Precision = Precision.SECOND
    source: TimeSource = TimeSource.MACHINE
    clock_id: str = ""
    clock_offset_s: float | None = None
    known_at: datetime | None = None
    confidence: float = 1.0
    revision: int = 0
    inferred: bool = False
    spread: timedelta = field(default=timedelta(minutes=5))
    alternatives: tuple[datetime, ...] = ()
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.utc.tzinfo is None:
            raise ValueError("an instant needs a time with a zone; a naive time has to be read with its zone declared")
        if self.utc.tzinfo is not UTC:
            object.__setattr__(self, "utc", self.utc.astimezone(UTC))

    @property
    def lo(self) -> datetime:
        """Earliest moment this instant may stand for."""
        return self.utc - self.spread if self.precision is Precision.APPROXIMATE else self.utc

    @property
    def hi(self) -> datetime:
        """Latest moment this instant may stand for (exclusive for stated precisions)."""
        if self.precision is Precision.APPROXIMATE:
            return self.utc + self.spread
        return self.utc + WIDTH[self.precision]

    def flagged(self, *codes: str) -> Instant:
        """The same instant with further flags, each once, in order."""
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, *codes))))

    def shifted(self, seconds: float) -> Instant:
        """The same instant with a confirmed clock offset of its source taken off, in seconds."""
        return replace(self, utc=self.utc - timedelta(seconds=seconds), clock_offset_s=seconds)


@dataclass(frozen=True, slots=True)
class Duration:
    """A difference of two instants, in seconds: everything from `low` to `high` is possible."""

    low: float
    high: float

    @property
    def value(self) -> float:
        """Midpoint, in seconds."""
        return (self.low + self.high) / 2

    @property
    def margin(self) -> float:
        """Half of the width, in seconds: what stands behind ±."""
        return (self.high - self.low) / 2

    @property
    def order_unknown(self) -> bool:
        """True when the interval straddles zero: nobody can say which moment came first."""
        return self.low < 0 < self.high

    def __neg__(self) -> Duration:
        return Duration(-self.high, -self.low)

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.low + other.low, self.high + other.high)


def between(start: Instant, end: Instant) -> Duration:
    """`end` minus `start` as an interval: low = end.lo - start.hi, high = end.hi - start.lo (SPEC §3.1)."""
    return Duration((end.lo - start.hi).total_seconds(), (end.hi - start.lo).total_seconds())
