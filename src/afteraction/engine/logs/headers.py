"""What stands before the message of a log line: time, host, process, level, thread, logger.

Knows how such columns look once digits are masked, and finds those that most lines share. Refuses to read them: times
and levels are read by the formats. A log without a time or a level at its start has no header.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

MOST_LOOKED_AT = 5000
_COLUMNS = 12
_LONGEST = 1000
_SHARE = 0.6
# A column is a bracket with all it holds, even brackets of its own, or what stands between spaces.
_BRACKET = r"\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]"
_COLUMN = rf"(?:{_BRACKET}[^\s]*|[^\s\[]+(?:\[[^\[\]\n]*\][^\s\[]*)*|\S+)"
_COLUMN_OF = re.compile(_COLUMN)
_LEVELS = (
    "trace|debug|info|information|informational|notice|warn|warning|err|error|severe|failure|crit|critical|fatal|alert"
    "|emerg|emergency|panic|fine|finer|finest|config|verbose"
)
_LEVEL = re.compile(rf"^[\[<(]?(?:level=)?\"?(?:{_LEVELS})\"?[\]>)]?[:,|]?$", re.IGNORECASE)
_LETTER = re.compile(r"^[VDIWEF]/?$")
_CLOCK = re.compile(r"(?<![0-9.:])0:0:0(?!:0:0)|^\[?0(?:-0-|/0/)0(?:[T_:]|-0[.:]|\]?,?$)|^\[?0\.0\.0$|^\[?1(?:[.,]0)?$")
_CALENDAR = re.compile(
    r"^\[?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*,?|0/\w+/0\S*)$", re.I
)
_TAG = re.compile(r"^[^\s:=]*[^\s:=\d][^\s=]*:$|^[^\s:=]+:0\]$")
_NUMBER = re.compile(r"^[\[(]?[0\-.,/#]+[\])]?,?$")
_CONTINUES = re.compile(r"\s|at \S+\(|Caused by|\.\.\. |[\])}]|Traceback|[\w.$]+(?:Exception|Error)\b")
_SIGN = re.compile(r"^[-–|:*]+$")
_THREAD = re.compile(r"^\[.*\]:?$|^\(.*\):?$")


def header_pattern(shapes: Iterable[str]) -> str:
    """An RE2 expression, anchored at the start, that matches the header of most lines and the space behind it; empty
    where the lines have none. `shapes` are distinct lines with `0` for every word that holds a digit and `1` for a
    number that may be a time (`stores.templates`). The order of the shapes does not matter."""
    lines = _looked_at(shapes)
    if not lines:
        return ""
    if piped := _piped(lines):
        return piped
    # Lines of a stack trace have no header, and may be most of the distinct ones.
    rows = [_COLUMN_OF.findall(line)[: _COLUMNS + 6] for line in lines if not _CONTINUES.match(line)]
    first_time = next((place for place in range(8) if _share(rows, place, _is_time) >= _SHARE), None)
    if first_time is None:
        levelled = _last([row for row in rows if _is_bare(row)], _is_level, 0, 6)
        levelled = levelled if levelled is not None and _share(rows, levelled, _is_level) >= _SHARE else None
        return "" if levelled is None else _expression(levelled + 1, _tail(rows, levelled + 1, syslog=False), "")
    rows = [row for row in rows if len(row) > first_time and _is_time(row[first_time])]
    last = _last(rows, _is_time, first_time, 8) or first_time
    level = _last(rows, _is_level, last + 1, last + 7) or _last(rows, _is_letter, last + 1, last + 5)
    fixed = (level if level is not None else last) + 1
    return _expression(fixed, _tail(rows, fixed, syslog=level is None), _time_ahead(first_time))


def _looked_at(shapes: Iterable[str]) -> list[str]:
    """The shapes that are not blank, or an even choice of them that does not depend on their order."""
    lines = {shape.strip("\n")[:_LONGEST] for shape in shapes if shape.strip()}
    if len(lines) <= MOST_LOOKED_AT:
        return sorted(lines)
    return sorted(lines, key=lambda line: (zlib.crc32(line.encode("utf-8", "replace")), line))[:MOST_LOOKED_AT]


def _is_time(column: str) -> bool:
    return bool(_CLOCK.search(column) or _CALENDAR.match(column))


def _is_level(column: str) -> bool:
    return bool(_LEVEL.match(column))


def _is_bare(row: Sequence[str]) -> bool:
    """Whether nothing but numbers stands before the level (times without signs: 081109 203615 148 INFO)."""
    place = next((place for place, column in enumerate(row) if not _NUMBER.match(column)), len(row))
    return place < len(row) and _is_level(row[place])


def _is_letter(column: str) -> bool:
    return bool(_LETTER.match(column))


def _share(rows: Sequence[Sequence[str]], place: int, test: Callable[[str], bool]) -> float:
    return sum(1 for row in rows if len(row) > place and test(row[place])) / max(len(rows), 1)


def _last(rows: Sequence[Sequence[str]], test: Callable[[str], bool], start: int, stop: int) -> int | None:
    """The last column in [start, stop) that passes the test in most lines."""
    found = [place for place in range(start, stop) if _share(rows, place, test) >= _SHARE]
    return found[-1] if found else None


def _tail(rows: Sequence[Sequence[str]], place: int, *, syslog: bool) -> str:
    """What follows time and level: numbers, a sign, a thread in brackets, and who spoke (`logger:`, `host tag[0]:`)."""
    parts: list[str] = []
    rows = [row for row in rows if len(row) > place]
    while _share(rows, place, lambda column: bool(_SIGN.match(column) or _NUMBER.match(column))) >= 0.9:
        parts.append(rf"(?:{_COLUMN}\s+)")
        place += 1
    if _share(rows, place, lambda column: bool(_THREAD.match(column))) >= _SHARE:
        parts.append(rf"(?:{_BRACKET}:?\s+|\([^()\n]*\):?\s+)?")
        rows = [
            [*row[:place], *row[place + 1 :]] if len(row) > place and _THREAD.match(row[place]) else row for row in rows
        ]
    elif _share(rows, place + 1, lambda column: bool(_THREAD.match(column))) >= 0.8 and not syslog:
        return "".join(parts) + rf"{_COLUMN}\s+{_BRACKET}:?\s+"
    if _share(rows, place, lambda column: column == "-") >= _SHARE:
        parts.append(r"(?:[-–]\s+)?")
        rows = [[*row[:place], *row[place + 1 :]] if len(row) > place and row[place] == "-" else row for row in rows]
    here, next_one, third = (_share(rows, place + step, lambda column: bool(_TAG.match(column))) for step in range(3))
    if syslog and next_one + third >= _SHARE and here < _SHARE:
        # A host, then the process; a few lines name it in two words (`syslogd 1.4.1:`, `launchd[1] (domain):`).
        parts.append(r"\S+\s+(?:[^\s:=]+(?:\s[^\s:=]+)?:\s*)?")
    elif here >= _SHARE:
        parts.append(r"(?:[^\s:=]+(?:::?[^\s:=]+)*(?::|:0\])\s+)?" if _few_tags(rows, place) else "")
    elif sum(_share(rows, place + step, lambda column: column == "-") for step in (1, 2)) >= 0.9:
        # `program - `, `program *64 - `, `c.e.Shop - `
        parts.append(r"\S+(?:\s+\S+)?\s+-\s+")
    return "".join(parts)


def _few_tags(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether what stands before the colon are names of speakers, that come again, and not messages of their own."""
    tags = Counter(row[place] for row in rows if len(row) > place and _TAG.match(row[place]))
    return len(tags) <= max(3, sum(tags.values()) * 0.9)


def _time_ahead(place: int) -> str:
    """Columns up to the first that holds a time, and that one, so that a line without a header keeps its words."""
    clock = r"(?:\[[^\[\]\n]*\]\S*|[A-Z][a-z]{2,8},?|[^\s\d]*\[?[01](?:[-/.:,_TZ+][0-9A-Za-z.]+)*[^\s]*)"
    return rf"(?:{_COLUMN}\s+){{{place}}}{clock}\s+" if place else rf"{clock}\s+"


def _expression(fixed: int, tail: str, ahead: str) -> str:
    if ahead:
        counted = int(match[1]) if (match := re.match(r"\(\?:.*?\\s\+\)\{(\d+)\}", ahead)) else 0
        rest = fixed - counted - 1
        return rf"^\s*{ahead}(?:{_COLUMN}\s+){{{rest}}}(?:{tail})" if rest else rf"^\s*{ahead}(?:{tail})"
    return rf"^\s*(?:{_COLUMN}\s+){{{fixed}}}(?:{tail})"


def _piped(lines: Sequence[str]) -> str:
    """The header of lines whose columns are parted by bars, the first being a time."""
    parts = [line.split("|") for line in lines]
    timed = [row for row in parts if len(row) > 2 and _is_time(row[0].strip())]
    if len(timed) < len(lines) * _SHARE:
        return ""
    bars = sorted(len(row) - 1 for row in timed)[len(timed) // 20]
    narrow = 0
    while narrow < bars and sum(1 for row in timed if len(row[narrow].split()) <= 2) >= len(timed) * 0.9:
        narrow += 1
    return rf"^(?:[^|\n]*\|){{{narrow}}}\s*" if narrow else ""
