"""Figures as test runners write them.

Knows seconds with thousands separators, clock-like durations and counts. Refuses NaN, negative and endless figures.
"""

from __future__ import annotations

import math
import re

_CLOCK = re.compile(r"(?:(\d{1,4})\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)")


def seconds(value: object) -> float | None:
    """Seconds of a number or a text (`1,204.5`, `00:00:01.5`, `1.02:03:04` with days); None when it states none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip().replace(",", "")[:40]
    if match := _CLOCK.fullmatch(text):
        days, hours, minutes, rest = match.groups()
        return round(int(days or 0) * 86400 + int(hours) * 3600 + int(minutes) * 60 + float(rest), 6)
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and found >= 0 else None


def count(value: object) -> int | None:
    """A whole number of a text or a number; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value < 10**9 else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 else None
