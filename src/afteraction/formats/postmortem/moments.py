"""Finds the times that people write inside one line of prose, and takes them apart.

Knows how clocks, dates, ranges and zones are written. Refuses to decide what they mean: which day a bare clock
belongs to, and in which zone, is `calendar`'s question.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from afteraction.formats.postmortem.zones import AFTER_CLOCK, MANY_MEANINGS, is_zone

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_MONTH = rf"(?:{_MONTH}|{_MONTH.upper().replace('(?:', '(?:')})"
_WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?\.?,?\s+)?"

# Both begin with a look at the first character, which fails at most places before the choices are tried.
_DAY = re.compile(
    r"(?=[\dADFJMNOSTW])(?:(?P<iso>(?<![\w/.\-=%&#])(?P<y>\d{3,6})(?P<sep>[-/.])(?P<mo>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d|[-/.]\d))"
    r"|(?P<compact>(?<![\w/.\-])(?P<cy>20\d\d|19\d\d)(?P<cm>0\d|1[0-2])(?P<cd>[0-3]\d)(?=T\d|[\s,:]|$))"
    r"|(?P<pair>(?<![\w/.\-:])(?P<a>\d{1,2})(?P<psep>[-/.])(?P<b>\d{1,2})(?P=psep)(?P<py>\d{2,5})(?![\d]|[-/.]\d))"
    rf"|(?P<mfirst>{_WEEKDAY}\b(?P<m1>{_MONTH})\b\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th)?\b(?![:.]\d))?(?:(?:,|\s+of)?\s+'?(?P<y1>\d{{4,5}})\b)?)"
    rf"|(?P<dfirst>{_WEEKDAY}\b(?<!\d:)(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<m2>{_MONTH})\b\.?(?:,?\s+(?P<y2>\d{{4,5}})\b)?))"
)
_CLOCK = re.compile(
    r"(?=\d)(?:(?<![\d:.\w+])(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?P<f>[.,]\d{1,9})?)?"
    r"(?![\d]|:\d)\s?(?P<ap>[AaPp]\.?[Mm]\b\.?)?"
    r"|(?<![\d:.\w/\-])(?P<h12>\d{1,2})\s?(?P<ap12>[AaPp]\.?[Mm]\b\.?)"
    r"|(?<![\d:.\w/\-,$€£])(?P<dh>\d{1,2})\.(?P<dm>\d{2})(?![\d%\w]|\.\d)\s?(?P<dap>[AaPp]\.?[Mm]\b\.?)?"
    r"|(?<![\d:.\w/\-,$€£])(?P<ch>[01]\d|2[0-3])(?P<cmi>[0-5]\d)(?=\s?(?:UTC|GMT|hrs|hours|h|Z)\b|\s?(?:-|–|to)\s?(?:[01]\d|2[0-3])[0-5]\d\s?(?:UTC|GMT|hrs|hours|Z)\b)(?:\s?(?:hrs|hours|h)\b)?)"
)
_ISO_CLOCK = re.compile(r"[T_](?P<h>\d{2}):?(?P<m>\d{2})(?::?(?P<s>\d{2})(?P<f>[.,]\d{1,9})?)?(?P<ap>)(?![\d])")
_DAY_TO_CLOCK = re.compile(
    r"^[\s,|*_`]*(?:[-–—@:,;]|\bat\b|\bfrom\b|\bbetween\b)?[\s(\[*_`]*(?:around|about|approx(?:imately|\.)?|ca\.?|circa|roughly|~|≈)*[\s~≈(\[*_`]*$",
    re.IGNORECASE,
)
_CLOCK_TO_DAY = re.compile(r"^[\s,)\]*]*(?:on\s+(?:the\s+)?|of\s+|[(\[]\s*)?$", re.IGNORECASE)
_RANGE = re.compile(
    r"^[\s*_)\]`]*(?:-+>?|–|—|→|=>|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\band\b)[\s*_(\[`~≈]*"
    r"(?:around|about|approx(?:imately|\.)?|ca\.?)?\s*$",
    re.IGNORECASE,
)
_MINUTES_ONLY = re.compile(r"\s?[-–]\s?(?P<m>[0-5]\d)(?![\d.\-/]|:\d|\s*(?:min|sec|%|st|nd|th))")
_ALSO = re.compile(r"^\s?[(\[/]\s?$|^\s/\s$")
_ROUGH_BEFORE = re.compile(
    r"(?:~|≈|\b(?:around|about|approx(?:imately|\.)?|ca\.?|circa|roughly|some time|sometime))[\s*_(\[]*$", re.I
)
_ROUGH_AFTER = re.compile(r"^\s?(?:~|\+(?!\d)|\(?(?:approx|ish\b|or so\b|or thereabouts))", re.I)
NEXT_DAY = re.compile(
    r"\b(?:the\s+)?(?:next|following)\s+(?:day|morning)\b|\bthe\s+day\s+after\b|\(?\+1\s?d(?:ay)?\)?", re.I
)
_URL = re.compile(r"(?:https?|ftp)://[^\s)>\]]+|\]\([^)\s]*\)|<https?:[^>]*>")
# Two cheap looks, each beginning with a set of characters, which the engine skips to quickly.
_NUMERIC = re.compile(
    r"\d(?:[:.]\d\d|\s?[AaPp]\.?[Mm]\b|\d?[-/]\d{1,2}[-/]\d|\d{2,5}-\d{1,2}-\d|\d{2,5}[/.]\d{1,2}[/.]\d|\d{7}T|\d{3}\s?(?:UTC|GMT|hrs|hours|h\b|Z\b|-|–|to\b))"
    r"|\d\d?(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?:J[aAuU]|F[eE]|M[aA]|A[pPuU]|S[eE]|O[cC]|N[oO]|D[eE])"
)
_DIGIT = re.compile(r"\d")
_NAMED = re.compile(r"[JFMASOND](?:[aAuUeEpPcCoO])[a-zA-Z]{1,7}\.?,?\s+\d")


# A clock behind list marks, a word of small letters that belongs to no time, and no digit after it.
_PLAIN = re.compile(
    r"[-*+• \t]*(?P<h>\d\d):(?P<m>\d\d) (?!(?i:[ap]m|a|p|h|hrs?|hours?|z|to|until|till|through|thru|and|approx\w*|ish|or|on|of|the|next|following|day|no|noon)\b)[A-Za-z][a-z]+\b(?!/)[^\d(\[<>]*"
)
_MAY_BE_DATED = re.compile(r"\d[-/.]\d|\d{8}|J[aAuU]|F[eE]|M[aA]|A[pPuU]|S[eE]|O[cC]|N[oO]|D[eE]")

# More times in one line are data, not a story.
MOST_IN_LINE = 40


@dataclass(frozen=True, slots=True)
class Day:
    """A written date. `year` is None where none stands there. `odd_year` is the text of a year that is none (five
    digits, three digits). `numeric` holds the two numbers of a date whose order of day and month is not written."""

    start: int
    end: int
    text: str
    year: int | None
    month: int
    day: int
    numeric: bool = False
    odd_year: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A written time of day, as it stands: `hour` up to 24; `half` is am, pm or nothing."""

    start: int
    end: int
    text: str
    hour: int
    minute: int
    second: int | None = None
    micro: int = 0
    half: str = ""
    dotted: bool = False
    bare_hour: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """One moment as written: a clock, a date or both, with the zone beside it. `start` and `end` bound it in the
    line without its range end, which is `until`. `reach` is where everything that belongs to it ends. `weekday` (0 is
    Monday) is set where a weekday is all that stands there of a date."""

    start: int
    end: int
    text: str
    day: Day | None = None
    clock: Clock | None = None
    zone: str = ""
    rough: bool = False
    next_day: bool = False
    weekday: int | None = None
    until: Written | None = None
    reach: int = 0


def masked(line: str) -> str:
    """The line with addresses blanked out, every other character in its place."""
    return _URL.sub(lambda match: " " * len(match[0]), line) if "://" in line or "](" in line else line


@lru_cache(maxsize=4096)
def promising(line: str) -> bool:
    """True when a line may hold a time at all; cheap, for the many that do not."""
    if _NUMERIC.search(line):
        return True
    return _DIGIT.search(line) is not None and _NAMED.search(line) is not None


@lru_cache(maxsize=2048)
def moments(line: str) -> tuple[Written, ...]:
    """Every moment written in a line, in its order; ranges are one moment with `until`."""
    if plain := _PLAIN.fullmatch(line):
        return _only_clock(line, plain)
    if not promising(line):
        return ()
    return _all_moments(line)


def _only_clock(line: str, match: re.Match[str]) -> tuple[Written, ...]:
    """The one moment of a line that begins with a clock and holds no other digit: most entries are such lines."""
    if AFTER_CLOCK.match(line, match.end("m")) or "day after" in line:
        return _all_moments(line) if promising(line) else ()
    start, end = match.start("h"), match.end("m")
    text = line[start:end]
    clock = Clock(start, end, text, int(match["h"]), int(match["m"]))
    return (Written(start, end, text, None, clock, reach=end),)


def _all_moments(line: str) -> tuple[Written, ...]:
    text = masked(line)
    dated = islice(_DAY.finditer(text), MOST_IN_LINE) if _MAY_BE_DATED.search(text) else ()
    days = [day for match in dated if (day := _day(match))]
    clocks = list(islice(_clocks(text, days), MOST_IN_LINE))
    found = _ranged(text, _joined(text, days, clocks))
    return tuple(_trimmed(text, item) for item in found)


def _day(match: re.Match[str]) -> Day | None:
    start, end = match.span()
    text = match[0]
    if match["iso"]:
        return _dated(start, end, text, match["y"], int(match["mo"]), int(match["d"]))
    if match["compact"]:
        return _dated(start, end, text, match["cy"], int(match["cm"]), int(match["cd"]))
    if match["pair"]:
        if match["psep"] == "." and len(match["py"]) < 4:
            return None
        a, b, year = int(match["a"]), int(match["b"]), match["py"]
        if len(year) == 2:
            year = f"20{year}"
        if not (1 <= a <= 31 and 1 <= b <= 31 and min(a, b) <= 12):
            return None
        day = _dated(start, end, text, year, b, a)
        return replace(day, numeric=match["psep"] != ".")
    month, number, year = (
        (match["m1"], match["d1"], match["y1"]) if match["mfirst"] else (match["m2"], match["d2"], match["y2"])
    )
    return _dated(start, end, text, year, MONTHS.index(month[:3].lower()) + 1, int(number))


def _dated(start: int, end: int, text: str, year: str | None, month: int, day: int) -> Day:
    if year is None:
        return Day(start, end, text, None, month, day)
    if len(year) != 4:
        return Day(start, end, text, None, month, day, odd_year=year)
    return Day(start, end, text, int(year), month, day)


def _clocks(text: str, days: list[Day]) -> Iterator[Clock]:
    taken = [(day.start, day.end) for day in days]
    iso = {day.end: match for day in days if (match := _ISO_CLOCK.match(text, day.end))}
    for match in iso.values():
        yield _clock(match, match["h"], match["m"], match["s"], match["f"], "")
        taken.append(match.span())
    for match in _CLOCK.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if match["h"]:
            clock = _clock(match, match["h"], match["m"], match["s"], match["f"], match["ap"] or "")
        elif match["h12"]:
            clock = replace(_clock(match, match["h12"], "0", None, None, match["ap12"]), bare_hour=True)
        elif match["dh"]:
            clock = replace(_clock(match, match["dh"], match["dm"], None, None, match["dap"] or ""), dotted=True)
        else:
            clock = _clock(match, match["ch"], match["cmi"], None, None, "")
        if _possible(clock):
            yield clock


def _clock(match: re.Match[str], h: str, m: str, s: str | None, f: str | None, half: str) -> Clock:
    start, end = match.span()
    if text := match[0]:
        end -= len(text) - len(text.rstrip())
    micro = int(((f or "")[1:] + "000000")[:6])
    second = None if s is None else int(s)
    return Clock(start, end, match[0].rstrip(), int(h), int(m), second, micro, half[:1].lower())


def _possible(clock: Clock) -> bool:
    if clock.bare_hour:
        return 1 <= clock.hour <= 12
    # Impossible clocks written with a colon stay: they are named as unreadable where an entry begins with one.
    return not clock.dotted or (clock.hour < 24 and clock.minute < 60)


def _joined(text: str, days: list[Day], clocks: list[Clock]) -> list[Written]:
    """Dates put to the clocks beside them; leftover dates and clocks stand alone."""
    days, clocks = sorted(days, key=lambda day: day.start), sorted(clocks, key=lambda clock: clock.start)
    zones = [_zone_after(text, clock.end) for clock in clocks]
    # The 01:00 of +01:00 is no clock of its own.
    inside = {i for i in range(1, len(clocks)) if clocks[i].start < zones[i - 1][1]}
    clocks = [clock for i, clock in enumerate(clocks) if i not in inside]
    zones = [zone for i, zone in enumerate(zones) if i not in inside]
    free, found = set(range(len(clocks))), []
    for day in days:
        after = next((i for i in sorted(free) if clocks[i].start >= day.end), None)
        before = next((i for i in sorted(free, reverse=True) if max(clocks[i].end, zones[i][1]) <= day.start), None)
        if after is not None and _belongs(text[day.end : clocks[after].start], clocks[after]):
            free.discard(after)
            found.append(_pair(text, day, clocks[after], zones[after]))
        elif before is not None and _CLOCK_TO_DAY.match(text[max(clocks[before].end, zones[before][1]) : day.start]):
            free.discard(before)
            found.append(_pair(text, day, clocks[before], zones[before]))
        else:
            found.append(Written(day.start, day.end, "", day=day, reach=day.end))
    found += [_pair(text, None, clocks[i], zones[i]) for i in free]
    return sorted(found, key=lambda item: item.start)


def _belongs(gap: str, clock: Clock) -> bool:
    """True when a clock goes with the date before it; after "on 3 February, 1.14 was installed" it does not."""
    return not gap.strip() if clock.dotted else _DAY_TO_CLOCK.match(gap) is not None


def _pair(text: str, day: Day | None, clock: Clock, zone: tuple[str, int]) -> Written:
    start, end = clock.start, max(clock.end, zone[1])
    name = zone[0]
    if day is not None:
        start, end = min(start, day.start), max(end, day.end)
        if not name and day.end == end:
            name, end_zone = _zone_after(text, end)
            end = max(end, end_zone)
        if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
            end += 1
    rough = bool(
        _ROUGH_BEFORE.search(text[max(0, clock.start - 24) : clock.start]) or _ROUGH_AFTER.match(text[end : end + 16])
    )
    return Written(start, end, "", day, clock, name, rough, reach=end)


def _zone_after(text: str, at: int) -> tuple[str, int]:
    """(zone written right after a clock, where it ends), or nothing."""
    match = AFTER_CLOCK.match(text, at)
    if not match or not (is_zone(match["zone"]) or match["zone"] in MANY_MEANINGS):
        return "", at
    # "10:00-11:00" is a range; an offset west of Greenwich is believed after a full ISO time, or as -0500.
    after_iso = re.search(r"T\d\d:?\d\d$|:\d\d:\d\d(?:[.,]\d+)?$", text[:at])
    if match["zone"][0] == "-" and not after_iso and not re.match(r"\s-0\d00(?!\d)", text[at:]):
        return "", at
    end = match.end()
    if match["open"] and end < len(text) and text[end] in ")]":
        end += 1
    elif match["open"]:
        # "(Eastern office)": the bracket holds more than a zone.
        return "", at
    return match["zone"], end


def _ranged(text: str, items: list[Written]) -> list[Written]:
    """Ranges joined into one moment with `until`; the same moment repeated in another zone is taken in."""
    found: list[Written] = []
    for item in items:
        last = found[-1] if found else None
        if last is not None and last.clock is not None and item.clock is not None:
            gap = text[last.reach : item.start]
            joins_with_and = gap.strip(" *_`~()[]").lower() == "and"
            opened = re.search(r"\bbetween\W{0,4}$", text[max(0, last.start - 12) : last.start], re.I)
            if last.until is None and _RANGE.match(gap) and (opened or not joins_with_and):
                found[-1] = _spanning(last, item)
                continue
        found.append(item)
    kept: list[Written] = []
    for item in found:
        last = kept[-1] if kept else None
        repeats = last is not None and last.zone and item.zone and item.zone != last.zone
        if last is not None and repeats and _ALSO.match(text[last.reach : item.start]):
            kept[-1] = replace(last, reach=item.reach + (text[item.reach : item.reach + 1] in (")", "]")))
        else:
            kept.append(item)
    return [_with_minutes_only(text, item) for item in kept]


def _spanning(first: Written, last: Written) -> Written:
    zone = first.zone or last.zone
    clock = first.clock
    if clock is not None and not clock.half and last.clock is not None and last.clock.half and clock.hour <= 12:
        # "5:00 - 5:30 PM": the half of the day is written once, at the end.
        earlier = clock.hour % 12 <= last.clock.hour % 12
        clock = replace(clock, half=last.clock.half) if earlier else clock
    day = first.day
    if day is None and last.day is not None and clock is not None and last.clock is not None:
        # "from 16:00 to 19:40 on June 13th": one date for both, unless the end lies after midnight.
        day = last.day if (clock.hour, clock.minute) <= (last.clock.hour, last.clock.minute) else None
    return replace(
        first, day=day, clock=clock, zone=zone, until=replace(last, zone=last.zone or first.zone), reach=last.reach
    )


def _with_minutes_only(text: str, item: Written) -> Written:
    """`18:04-05` and `09:29-32`: the end names its minutes only."""
    if item.until is not None or item.clock is None or item.clock.second is not None or item.end != item.clock.end:
        return item
    match = _MINUTES_ONLY.match(text, item.end)
    if not match or int(match["m"]) <= item.clock.minute or item.clock.dotted:
        return item
    start, end = match.span("m")
    clock = replace(item.clock, start=start, end=end, text=match["m"], minute=int(match["m"]))
    zone, zone_end = _zone_after(text, end)
    until = Written(start, end, match["m"], None, clock, zone or item.zone, reach=max(end, zone_end))
    return replace(item, until=until, zone=item.zone or zone, reach=until.reach)


def _trimmed(text: str, item: Written) -> Written:
    written = text[item.start : item.end].strip()
    next_day = bool(
        NEXT_DAY.search(text[max(0, item.start - 26) : item.start])
        or NEXT_DAY.match(text[item.end : item.end + 20].lstrip(" ,(on"))
    )
    until = None if item.until is None else _trimmed(text, item.until)
    if until is not None and until.next_day and not NEXT_DAY.search(text[item.end : until.end + 20]):
        until = replace(until, next_day=False)
    if until is not None and next_day and NEXT_DAY.search(text[item.end : until.end + 20]):
        next_day = bool(NEXT_DAY.search(text[max(0, item.start - 26) : item.start]))
    return replace(item, text=written, next_day=next_day, until=until)
