"""The dates that the sentence of an action gives for itself, in the many ways people say them (SPEC D1, D2, D3).

Knows how dates and spans are said. Refuses to know what day it is: without being told, only a full date is a date.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from afteraction.engine.prevention.dates import day_off

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FULL = (
    r"(?P<year>\d{4})[-/](?P<number>\d\d)[-/](?P<day>\d\d)\b",
    rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b",
    rf"{_MONTH} {_DAY},? {_YEAR}\b",
    r"(?P<day>[0-3]?\d)\.(?P<number>[01]?\d)\.(?P<year>20\d\d)\b",
    r"(?P<day>1[3-9]|2\d|3[01])/(?P<number>0?[1-9]|1[0-2])/(?P<year>20\d\d)\b",
    r"(?P<number>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>20\d\d)\b",
)
_NEAR = (
    rf"(?:by |before |until |due(?: on| by)? |for )(?:the )?{_DAY}(?: of)? {_MONTH}(?! \d)",
    rf"(?:by |before |until |due(?: on| by)? )(?:the )?{_MONTH} {_DAY}\b(?!,? \d{{4}})",
    r"(?:(?:by|before|until|in|during|for|the|at|due|target(?:ed|ing)?) )*(?P<part>end of|early(?: in)?|mid[- ]?|late(?: in)?|beginning of|start of)? ?(?P<quarter>Q[1-4])(?:[ /-](?P<year>20\d\d))?\b",
    rf"(?:(?:by|before|until|in|the|at|due) )*(?P<part>end of|early(?: in)?|mid[- ]?|late(?: in)?|beginning of|start of) ?{_MONTH}(?: {_YEAR})?",
    rf"(?:by|before|until|in|during|due) {_MONTH}(?: {_YEAR})?(?! ?\d|-)",
    r"(?:(?:by|before|until|at|due) )*(?:the )?end of (?:the |this )?(?P<span>day|week|month|quarter|year|sprint|iteration|half)\b",
    r"\b(?P<eo>EO[DWMQY])\b",
    r"(?:(?:by|before|until|in|during|for|at|due|the) )*(?P<which>next|this|following|coming|current) (?P<span>sprint|iteration|week|month|quarter|year|release|cycle)\b",
    r"(?:within|in|after) (?:the next |the coming |about |around )?(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|ten|twelve) (?:more )?(?P<span>working days?|business days?|days?|weeks?|months?|sprints?|quarters?)\b(?! (?:of|after|before|old))",
    r"(?:by|until|before|due(?: on)?) (?:the )?(?:next |this |coming )?(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    r"(?:by|until|before|due) (?P<tomorrow>tomorrow|today|tonight)\b",
)
_SOON = re.compile(
    r"\b(?:as soon as possible|soon(?:ish|er or later)?|asap|a\.s\.a\.p\.|shortly|in the (?:near|coming|medium|long) (?:future|term|weeks|months|days)|at some (?:point|time|stage)\b|some day\b|someday|later(?: on| this (?:week|month|quarter|year))?|eventually|when (?:time permits|we have time|there is time|possible|we get to it)|in due course|over the (?:next|coming) (?:few |couple of )?(?:days|weeks|months|sprints|quarters)|before long|sometime)\b(?! than\b)",
    re.IGNORECASE,
)
_FULL_RE = tuple(
    re.compile(rf"(?:\b(?:by|before|until|due|on|for) (?:the )?)?(?<![\w.-]){each}", re.IGNORECASE) for each in _FULL
)
_NEAR_RE = tuple(re.compile(rf"(?<![\w-]){each}", re.IGNORECASE) for each in _NEAR)


# A span that something else has, not the action: "certificates that expire within 21 days", "snapshots after 30 days".
_OF_SOMETHING = re.compile(
    r"\b(?:that|which|who|when|whenever|if|unless)\b[^,;]* (?:[a-z]+ed|run|done|sent|seen|built|expires?|fail|fails|respond|responds|recover|recovers|close|closes)$|\b(?:expir(?:e|es|ing|ed)|older|valid|due)$",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:delete|expire|purge|remove|archive|rotate|drop|discard|forget|evict|retire)\b.* [a-z-]+[^s\W]s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SaidDate:
    """When a sentence says it will be done. `shown` are its words, `day` the working day they come to (None for "soon"
    and where today is not told), `is_exact` whether they name a day of a year by themselves,
    `names_day` whether a day at all: "by 12 May" does, "soon" and "next sprint" do not."""

    shown: str
    day: date | None = None
    is_exact: bool = False
    names_day: bool = True


def date_in(sentence: str) -> date | None:
    """The full date that a sentence gives for itself: "by 15 April 2026", "2026-04-15", "April 15, 2026"."""
    said = said_date(sentence)
    return said.day if said and said.is_exact else None


def said_date(sentence: str, today: date | None = None) -> SaidDate | None:
    """When a sentence says it will be done; None where it says nothing. What is said of a quarter, a month or a sprint
    comes to its last working day, counted from `today`; a sprint is two weeks."""
    for pattern in _FULL_RE:
        for found in pattern.finditer(sentence):
            day = _made(found.groupdict(), None)
            if day:
                return SaidDate(found[0], day, True)
    for pattern in _NEAR_RE:
        for found in pattern.finditer(sentence):
            parts = {name: value for name, value in found.groupdict().items() if value}
            if "count" in parts and _is_of_something(sentence[: found.start()].rstrip(), found[0]):
                continue
            near = _counted(parts, today)
            if near is not None:
                named = "day" in parts or "weekday" in parts or "tomorrow" in parts
                return SaidDate(found[0].strip(), near if today else None, names_day=named)
    soon = _SOON.search(sentence)
    return SaidDate(soon[0], names_day=False) if soon else None


def _is_of_something(before: str, shown: str) -> bool:
    """Whether a span is what a rule counts in, and no deadline."""
    return bool(_OF_SOMETHING.search(before) or (shown.lower().startswith("after") and _LASTING.search(before)))


def why_odd(
    due: date, today: date, *, free: Mapping[date, str] | None = None, latest: date | None = None, because: str = ""
) -> str:
    """What is odd about a date at `today` (D2), "" when nothing is: it is past, a day off, or later than `latest`."""
    if due < today:
        return f"{due.isoformat()} is past."
    off = day_off(due, free or {})
    if off:
        return f"{due.isoformat()} is {off}."
    if latest is not None and due > latest:
        return f"{due.isoformat()} is later than {latest.isoformat()}{f' ({because})' if because else ''}."
    return ""


def working_day(day: date, free: Mapping[date, str] | None = None) -> date:
    """That day, or the last working day before it."""
    for _ in range(14):
        if not day_off(day, free or {}):
            return day
        day -= timedelta(days=1)
    return day


def _month_of(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _made(parts: Mapping[str, str | None], today: date | None) -> date | None:
    """The day of its parts; without a year the next such day after `today`."""
    month = int(parts["number"] or 0) if parts.get("number") else _month_of(parts["month"] or "")
    try:
        if parts.get("year"):
            return date(int(parts["year"] or 0), month, int(parts["day"] or 0))
        if today is None:
            return None
        day = date(today.year, month, int(parts["day"] or 0))
        return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


def _counted(parts: Mapping[str, str], today: date | None) -> date | None:
    """The working day of a near date, counted from any day where today is not told; None where the words are no date."""
    day = next(_days(parts, today or date(2000, 1, 1)), None)
    return working_day(day) if day else None


def _days(parts: Mapping[str, str], today: date) -> Iterator[date]:
    if "day" in parts:
        made = _made(parts, today)
        if made:
            yield made
    elif "quarter" in parts:
        yield _part_of(3 * int(parts["quarter"][1]) - 2, 3, parts, today)
    elif "month" in parts:
        yield _part_of(_month_of(parts["month"]), 1, parts, today)
    elif "eo" in parts:
        yield _end_of(
            {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}[parts["eo"][2].upper()], today
        )
    elif "which" in parts:
        at = _end_of(parts["span"], today)
        now = parts["which"].lower() in ("this", "current")
        pause = 0 if parts["span"].lower() in ("sprint", "iteration", "cycle", "release") else 4
        yield at if now else _end_of(parts["span"], at + timedelta(days=pause))
    elif "count" in parts:
        yield _later(
            int(parts["count"]) if parts["count"].isdigit() else _NUMBERS[parts["count"].lower()], parts["span"], today
        )
    elif "span" in parts:
        yield _end_of(parts["span"], today)
    elif "weekday" in parts:
        ahead = (DAYS.index(parts["weekday"].lower()) - today.weekday()) % 7
        yield today + timedelta(days=ahead or 7)
    elif "tomorrow" in parts:
        yield today + timedelta(days=1 if parts["tomorrow"].lower() == "tomorrow" else 0)


def _part_of(month: int, months: int, parts: Mapping[str, str], today: date) -> date:
    """The end of a month or quarter, its middle or its first third, this year or, when that is over, the next."""
    part = parts.get("part", "").lower()
    year = int(parts["year"]) if "year" in parts else today.year
    for _ in range(2):
        first = date(year, month, 1)
        last = _first_after(first, months) - timedelta(days=1)
        share = 1 if part.startswith(("early", "beginning", "start")) else 2 if part.startswith("mid") else 3
        day = last if share == 3 else first + (last - first) // (2 if share == 2 else 3)
        if day >= today or "year" in parts:
            return day
        year += 1
    return day


def _end_of(span: str, today: date) -> date:
    span = span.lower()
    if span in ("sprint", "iteration", "cycle", "release"):
        return today + timedelta(days=14)
    if span == "week":
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if span == "month":
        return _first_after(today.replace(day=1), 1) - timedelta(days=1)
    if span == "quarter":
        return _first_after(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3) - timedelta(days=1)
    if span == "half":
        return date(today.year, 6, 30) if today.month <= 6 else date(today.year, 12, 31)
    return date(today.year, 12, 31) if span == "year" else today


def _later(count: int, span: str, today: date) -> date:
    span = span.lower().rstrip("s")
    if span in ("working day", "business day"):
        day, left = today, count
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day
    days = {"day": 1, "week": 7, "sprint": 14, "month": 30, "quarter": 91}[span]
    return today + timedelta(days=days * count)


def _first_after(first: date, months: int) -> date:
    at = first.month - 1 + months
    return date(first.year + at // 12, at % 12 + 1, 1)


__all__ = ("SaidDate", "date_in", "said_date", "why_odd", "working_day")
