"""Figures and times in words: what `report.json` holds, as people read it.

Knows the five words for a figure and how precise a time may be shown. Refuses to compute anything.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]


def when(value: str) -> datetime:
    """A time of the document as a datetime in UTC."""
    return datetime.fromisoformat(value.replace("Z", "+00:00"))


def clock(instant: Json | None, *, with_day: bool = False) -> str:
    """A time of day in UTC, no more precise than it is known: `14:02`, `14:02:13`, `≈ 14:02`, `open`."""
    if instant is None:
        return "open"
    moment, precision = when(instant["value"]), instant["precision"]
    if precision == "day":
        return day(instant)
    narrow = precision == "≈" and when(instant["high"]) - when(instant["low"]) <= timedelta(seconds=10)
    text = moment.strftime("%H:%M:%S" if precision == "s" or narrow else "%H:%M")
    if precision == "≈":
        text = f"≈ {text}"
    elif precision == "h":
        text = f"{text} ± 1 h"
    return f"{moment.day} {moment:%b %Y}, {text}" if with_day else text


def day(instant: Json) -> str:
    """The date: `Tue 12 May 2026`."""
    moment = when(instant["value"])
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def seconds(value: float) -> str:
    """A length of time in the unit that reads best: `44 s`, `1 min 44 s`, `59 min`, `4 h 45 min`, `7.5 years`."""
    size = abs(value)
    sign = "−" if value < 0 else ""
    if size < 90:
        return f"{sign}{size:.0f} s"
    if size < 600 and size % 60 >= 1:
        return f"{sign}{int(size // 60)} min {int(size % 60)} s"
    if size < 5_400:
        return f"{sign}{_half_up(size / 60)} min"
    if size < 172_800:
        hours, minutes = divmod(_half_up(size / 60), 60)
        return f"{sign}{hours} h {minutes} min" if minutes else f"{sign}{hours} h"
    if size < 86_400 * 365:
        return f"{sign}{size / 86_400:.1f} days"
    return f"{sign}{size / (86_400 * 365.25):.1f} years"


def _half_up(value: float) -> int:
    return int(value + 0.5)


def amount(value: float, unit: str) -> str:
    """A value with its unit as people write it."""
    if unit == "s":
        return seconds(value)
    if unit == "min":
        return f"{value:.0f} min" if value == round(value) or value >= 100 else f"{value:.1f} min"
    if unit == "share":
        return f"{100 * value:.0f} %"
    if unit in ("", "count"):
        return f"{value:,.0f}"
    if unit.endswith("/h"):
        return f"{value:.2g} {unit}"
    symbol = {"GBP": "£", "EUR": "€", "USD": "$"}.get(unit)
    return f"{symbol}{value:,.0f}" if symbol else f"{value:,.0f} {unit}"


def figure(metric: Json) -> str:
    """One metric in words: a value with its margin, `at least …`, `80 min or 88 min`, `unknown`, `not applicable`."""
    state, unit = metric["state"], metric["unit"]
    if state == "unknown":
        return "unknown"
    if state == "not_applicable":
        return "not applicable"
    if state == "conflict":
        sides = [figure(other) for other in metric["alternatives"]]
        return " or ".join(dict.fromkeys(sides)) or "conflicting"
    if state == "at_least" and metric["value"] is not None:
        return f"at least {amount(metric['value'], unit)}"
    if metric["value"] is None:
        return str(metric.get("note") or state)
    return with_margin(metric)


def with_margin(metric: Json) -> str:
    """A value, with ` ± 1` where it is less certain than it reads; a margin below a sixtieth of it goes unsaid."""
    value, unit = metric["value"], metric["unit"]
    if metric["low"] is None or metric["high"] is None or unit not in ("s", "min"):
        return amount(value, unit)
    scale = 1 if unit == "s" else 60
    half = (metric["high"] - metric["low"]) / 2 * scale
    if half <= 1 or half * 60 < abs(value) * scale:
        return amount(value, unit)
    if abs(value) * scale < 90 and half < 60:
        return f"{amount(value, unit)} ± {half:.0f} s"
    whole = int(abs(value) * scale / 60 + 0.5)
    sign = "−" if value < 0 else ""
    return f"{sign}{whole} min ± {math.ceil(half / 60 - 0.02)}"


def span(start: Json, end: Json | None, *, with_day: bool = False) -> str:
    """`14:02 to 14:52`, with the second date where it is another day, with the first one if asked; `14:02, still
    open`."""
    if with_day:
        return f"{day(start)}, {span(start, end)}"
    if end is None:
        return f"{clock(start)}, still open"
    other_day = when(start["value"]).date() != when(end["value"]).date()
    return f"{clock(start)} to {clock(end, with_day=other_day)}"


def on_several_days(windows: list[Json]) -> bool:
    """True where windows begin on different days, so that their clocks alone say too little."""
    return len({when(window["start"]["value"]).date() for window in windows}) > 1


def minutes_between(start: Json, end: Json) -> float:
    """Length of a stretch in minutes."""
    return (when(end["value"]) - when(start["value"])) / timedelta(minutes=1)


def bytes_in_words(size: int) -> str:
    """`312 B`, `4.1 kB`, `2.3 MB`."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"


def labels_of(evidence: list[Json]) -> list[str]:
    """The labels by which evidence is cited, each once."""
    return list(dict.fromkeys(ref["label"] for ref in evidence if ref["label"]))
