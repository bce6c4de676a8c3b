"""Stated lengths that count support hours only (SPEC T-5): which clock a figure fits when wall time does not.

Knows how reports declare their hours and the clock that a team with office hours keeps. Refuses to change a figure: it
names the clock that gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afteraction.core.instant import Instant
from afteraction.engine.metrics.business import BusinessClock, Calendar

_DECLARED = re.compile(
    r"(?:support|business|working|office) hours\D{0,20}"
    r"(\d{1,2})[:.]?(\d{2})?\s*(?:-|–|to|until)\s*(\d{1,2})[:.]?(\d{2})?",
    re.IGNORECASE,
)
_USUAL = (time(10), time(17))
# A figure of a few minutes fits any clock that is open then.
_SHORTEST_S = 1_800.0


def fitting_clock(
    amount: float, pairs: Iterable[tuple[Instant, Instant]], texts: Iterable[str], slack: float
) -> tuple[str, Instant, Instant] | None:
    """The clock (`10:00–17:00`) by which a pair of moments lies `amount` seconds apart, with that pair; None when none
    does. Hours that a text declares come before 10:00–17:00. Hours are local to the zone that the times state."""
    if amount < _SHORTEST_S:
        return None
    pairs = list(pairs)
    for opens, closes in dict.fromkeys((*_declared(texts), _USUAL)):
        for start, end in pairs:
            clock = BusinessClock(Calendar(opens, closes, _zone_of(start)))
            if abs(clock.seconds(start.utc, end.utc) - amount) <= slack:
                return f"{opens:%H:%M}–{closes:%H:%M}", start, end
    return None


def _declared(texts: Iterable[str]) -> list[tuple[time, time]]:
    found = []
    for text in texts:
        for match in _DECLARED.finditer(text[:100_000]):
            opens, closes = int(match[1]), int(match[3])
            if opens < closes <= 23:
                found.append((time(opens, int(match[2] or 0) % 60), time(closes, int(match[4] or 0) % 60)))
    return found


def _zone_of(instant: Instant) -> str:
    """The stated zone where it is one of the zone database; wall times without one are kept as UTC."""
    try:
        return ZoneInfo(instant.source_tz).key if instant.tz_known and instant.source_tz else "UTC"
    except (ValueError, ZoneInfoNotFoundError):
        return "UTC"
