"""Units of the numbers in a table of spans: from a column's name, from its neighbours, from its size.

Knows how durations are usually written. Refuses to guess silently: what no name states is said as an assumption.
"""

from __future__ import annotations

import re
from statistics import median

from afteraction.core.errors import UnreadableTime
from afteraction.core.tables import Table, plain
from afteraction.core.timestamps import read_timestamp

# Milliseconds in one of the unit.
WORDS = {"s": 1000.0, "ms": 1.0, "us": 0.001, "ns": 0.000001}
_TITLES = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
_UNIT = re.compile(
    r"(?:_unix|_in)?(?:(?P<ns>_?nano(?:second)?s?|_ns)|(?P<us>_?micro(?:second)?s?|_us)"
    r"|(?P<ms>_?milli(?:second)?s?|_ms)|(?P<s>_seconds|_secs?|_s))$"
)
_CLOSE = 1.5
_LARGEST = (("s", 1e11), ("ms", 1e14), ("us", 1e17), ("ns", float("inf")))


def stem_and_unit(name: str) -> tuple[str, str]:
    """A column's plain name without its unit, and the unit, empty when it names none: `startTimeMicros` gives
    (`start_time`, `us`)."""
    whole = plain(name.replace("µ", "u").replace("μ", "u"))
    found = _UNIT.search(whole)
    if found is None or not found.start():
        return whole, ""
    return whole[: found.start()].rstrip("_"), found.lastgroup or ""


def duration_unit(table: Table, start: str, end: str, duration: str) -> tuple[str, str]:
    """The unit of the durations, a key of WORDS, and a sentence when it is an assumption."""
    stated = stem_and_unit(duration)[1] if duration else "ms"
    if stated:
        return stated, ""
    if unit := _by_end(table, start, end, duration):
        return unit, f'"{duration}" names no unit; by "{start}" and "{end}" it is {_TITLES[unit]}.'
    unit = stem_and_unit(start)[1] or _size(table, start)
    unit = "ms" if unit in ("", "s") else unit
    return unit, f'"{duration}" names no unit; it was read as {_TITLES[unit]}.'


def _by_end(table: Table, start: str, end: str, duration: str) -> str:
    """The unit that makes end minus start agree with the duration in the middle of the first rows."""
    if not end:
        return ""
    places = [table.header.index(name) for name in (start, end, duration)]
    ratios = []
    for row in table.rows:
        began, ended, took = _moment(row[places[0]]), _moment(row[places[1]]), _number(row[places[2]])
        if began is not None and ended is not None and took and ended > began and took > 0:
            ratios.append((ended - began) / took)
    if not ratios:
        return ""
    middle = median(ratios)
    return next((unit for unit, ms in WORDS.items() if ms / _CLOSE < middle < ms * _CLOSE), "")


def _moment(cell: str) -> float | None:
    """Milliseconds since 1970."""
    number = _number(cell)
    if number is not None:
        return number * WORDS[_unit_of(number)]
    try:
        return read_timestamp(cell.strip(), zone="UTC").utc.timestamp() * 1000
    except (UnreadableTime, OverflowError):
        return None


def _size(table: Table, start: str) -> str:
    numbers = [number for cell in table.column(start) if (number := _number(cell)) is not None]
    return _unit_of(median(numbers)) if numbers else ""


def _unit_of(number: float) -> str:
    return next(unit for unit, below in _LARGEST if abs(number) < below)


def _number(cell: str) -> float | None:
    try:
        found = float(cell)
    except ValueError:
        return None
    return found if abs(found) < 1e300 else None
