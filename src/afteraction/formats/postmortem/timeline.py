"""Finds what a document says happened when: entries of timelines, labelled milestones, windows and dated sentences.

Knows where a time has to stand in a line to be an entry, and which lines belong to it. Refuses to place a time on a
day (that is `calendar`) and to read sections that list work to be done.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from afteraction.core.findings import Milestone
from afteraction.formats.postmortem import labels
from afteraction.formats.postmortem.figures import is_figure
from afteraction.formats.postmortem.layout import Layout, Line, Shape, cell_spans, cells
from afteraction.formats.postmortem.moments import Day, Written, moments, promising
from afteraction.formats.postmortem.wording import SENTENCE_END, is_page_foot, plain, sentence_around, told_below
from afteraction.formats.postmortem.zones import zone_beginning, zone_in_heading

STRUCTURED = ("table", "list", "heading", "line", "label", "trailing")

_LEAD_WORDS = (
    r"(?:approx(?:imately|\.)?|ca\.?|circa|around|about|roughly|at|on|from|between|by|since|update|updated|time|as of|starting"
    r"|started|until|the|next|following|day|morning|same|later|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|\d{1,2})"
)
_LEAD = re.compile(rf"^[\s\[(*_~`<\"'|≈>]*(?:{_LEAD_WORDS}(?=[\s.:,~\[(]|$)[\s.:,~\[(]*){{0,4}}[\s\[(*_~`<≈]*$", re.I)
_PURE = re.compile(
    r"^[\s\[(*_~`<\"'|≈>]*(?:(?:approx(?:imately|\.)?|ca\.?|circa|update|time)[\s.:~]*)?[\s\[(*_~`<≈]*$", re.I
)
_AFTER = re.compile(r"^`?(?:[\s\])>*_:;,|~\-–—=+/]|\.(?!\d))*(?:\(?(?:approx(?:imately|\.)?|or so|ish)\)?[\s:\-–—]*)?")
_SEPARATED = re.compile(r"^[\s*_`)\]]*(?:[-–—:|>]|$)")
_JOINED_TIMES = re.compile(r"^\s*(?:/|&|,|\band\b|\bthen\b)\s*$")
_TO_DO = re.compile(
    r"\b(?:action items?|actions? following|review actions?|follow[- ]?ups?|next steps|to-?dos?|references|links"
    r"|attendees|participants|related|appendix|actionables?|questions|corrective|preventative|glossary|owner of review)\b",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(r"^\W{0,6}\d{1,2}:\d\d")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TAG = re.compile(r"</?[a-z][^<>]{0,60}>")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|r|rs|rsday|nesday|urday)?\b\.?", re.I)
_OFFICE = re.compile(
    r"\b(?:support|office|business|working|opening|core|peak) hours\W*(?:of|from|are|were|between)?\W*$", re.I
)
_SHORTEST_OFFICE = len("core hours")
_ABOUT_TIME = re.compile(
    r"time\s?line|chronolog|sequence of events|what happened|key events|events|history|log\b|context|incident", re.I
)
_TIME_HEADER = re.compile(r"\b(?:time\w*|when|date\w*|day|clock|utc|gmt|[ecmp][sd]?t|cest|bst)\b", re.I)


@dataclass(slots=True)
class Entry:
    """One time found in a document and what is said of it. `index` is the line's place in the layout, `ordinal`
    counts the entries of one line from 0. `zone` is the one its table column declares; `opens` is True for a
    sentence that begins with its time."""

    index: int
    written: Written
    style: str
    title: str = ""
    body: str = ""
    milestone: Milestone | None = None
    labelled: bool = False
    window: bool = False
    ordinal: int = 0
    zone: str = ""
    opens: bool = False


@dataclass(slots=True)
class DayHere:
    """A line that states the day of the entries below it."""

    index: int
    day: Day
    heading: bool


@dataclass(slots=True)
class _Found:
    steps: list[Entry | DayHere] = field(default_factory=list)
    entry_lines: set[int] = field(default_factory=set)


def steps(layout: Layout) -> list[Entry | DayHere]:
    """Everything with a time in the document, in its order: entries, and lines that only state a day."""
    found = _Found()
    for index, line in enumerate(layout.lines):
        if line.shape in (Shape.BLANK, Shape.CODE, Shape.FRONT, Shape.RULE) or not promising(line.raw):
            continue
        if is_page_foot(line.raw) or _is_to_do(line) or is_figure(line.raw):
            continue
        for step in _steps_of(layout, index, line):
            found.steps.append(step)
            if isinstance(step, Entry):
                found.entry_lines.add(index)
    structured = {step.index for step in found.steps if isinstance(step, DayHere) or step.style in STRUCTURED}
    for step in found.steps:
        if isinstance(step, Entry) and step.style in STRUCTURED:
            step.title, step.body = told_below(layout, step.index, step.style, step.title, structured)
            if step.milestone is None and not step.labelled:
                step.milestone = labels.milestone_of_entry(step.title)
    return found.steps


def _is_to_do(line: Line) -> bool:
    if line.shape is Shape.HEADING:
        return False
    if not any(_is_to_do_title(heading.heading) for heading in line.section[-2:]):
        return False
    return not any("timeline" in heading.heading.lower() for heading in line.section)


@lru_cache(maxsize=256)
def _is_to_do_title(title: str) -> bool:
    return _TO_DO.search(title) is not None


def about_time(line: Line) -> bool:
    """True inside a section whose heading says that it tells what happened."""
    return any(_ABOUT_TIME.search(heading.heading) for heading in line.section if heading is not line)


def _steps_of(layout: Layout, index: int, line: Line) -> Iterator[Entry | DayHere]:
    found = [
        item
        for item in moments(line.raw)
        if item.start >= line.start
        and _believable(line.raw, item)
        and (item.start < _SHORTEST_OFFICE or not _OFFICE.search(line.raw[max(0, item.start - 60) : item.start]))
    ]
    if found and not found[-1].zone and found[-1].clock is not None:
        found[-1] = _zone_below(layout, index, found[-1])
    if not found:
        return
    if line.shape is Shape.ROW:
        yield from _row(layout, index, line, found)
        return
    first = found[0]
    before = line.raw[line.start : first.start]
    if "<" in before:
        before = _TAG.sub("", before)
    if first.clock is None and not (first.until and first.until.clock):
        yield from _day_alone(layout, index, line, first, before)
        if any(item.clock is not None for item in found[1:]):
            yield from _prose(layout, index, line, found)
        return
    if _leads(before):
        yield from _leading(layout, index, line, found, before)
    elif label := _label(layout, line, first, before):
        yield label_entry(index, line, first, label)
        yield from _prose(layout, index, line, found[1:], 1)
    elif len(found) == 1 and _is_trailing(line, first):
        style = "trailing"
        window = _is_window(line.content, first)
        milestone = Milestone.IMPACT_START if window else labels.milestone_before(_plain_before(before))
        yield Entry(index, first, style, plain(line.content), "", milestone, window=window)
    else:
        yield from _prose(layout, index, line, found)


@lru_cache(maxsize=1024)
def _leads(before: str) -> bool:
    """True for what may stand before the time that a line begins with."""
    return _LEAD.match(before) is not None


@lru_cache(maxsize=1024)
def _is_pure(before: str) -> bool:
    """True for marks alone before a time."""
    return _PURE.match(before) is not None


def _zone_below(layout: Layout, index: int, item: Written) -> Written:
    """A wrapped line may leave the zone of its last time at the beginning of the next."""
    if layout.lines[index].raw[item.reach :].strip():
        return item
    below = layout.lines[index + 1] if index + 1 < len(layout.lines) else None
    if below is None or below.shape not in (Shape.TEXT, Shape.QUOTE):
        return item
    zone = zone_beginning(below.content)
    until = item.until if item.until is None or item.until.zone else replace(item.until, zone=zone)
    return replace(item, zone=zone, until=until) if zone else item


def _believable(raw: str, item: Written) -> bool:
    """A time with a dot is a time only where nothing else fits: beside a date, a zone, a range, or leading a line."""
    if item.clock is None or not item.clock.dotted:
        return True
    if item.clock.half or item.zone:
        return True
    if item.until is not None and item.until.clock is not None and not item.until.clock.dotted:
        return True
    if item.day is not None:
        return True
    leads = _PURE.match(re.sub(r"^\s*(?:[-*+•–—]|\d+[.)])\s+|^\s*#+\s*", "", raw[: item.start]))
    return bool(leads and len(item.clock.text) == 5 and re.match(r"^\s*[\])*_]*\s*(?:[-–—:|]|\Z)", raw[item.reach :]))


def _leading(layout: Layout, index: int, line: Line, found: list[Written], before: str) -> Iterator[Entry]:
    """A line that begins with its time; further times joined to it by "&" or "/" are entries of their own."""
    first = found[0]
    if before and first.day is None and (weekday := _WEEKDAY.search(before)):
        first = replace(first, weekday=_WEEKDAYS.index(weekday[1].lower()))
    together = [first]
    for item in found[1:]:
        if item.clock is None or not _JOINED_TIMES.match(line.raw[together[-1].reach : item.start]):
            break
        together.append(item)
    pure = _is_pure(before)
    sewn = _sewn_on(line, found[len(together) :]) if pure else []
    rest = line.raw[together[-1].reach : sewn[0].start if sewn else None]
    text = _AFTER.sub("", rest, count=1) if pure else line.content
    style = "list" if line.shape is Shape.ITEM else "heading" if line.shape is Shape.HEADING else "line"
    wraps = pure and _continues(layout, index, text)
    if (not pure or wraps) and line.shape in (Shape.TEXT, Shape.QUOTE) and not _SEPARATED.match(rest):
        style = "prose"
        text = sentence_around(layout, index, first.start)
    impact = (
        first.until is not None and _tells_impact(line) and re.match(r"\W*(?:between|from)\b", text, re.I) is not None
    )
    window = impact or _window_heading(layout, index, first, text) or (not pure and _is_window(text, first))
    title = plain(text)
    window = window or (first.until is not None and labels.is_down(title))
    milestone = labels.milestone_of_entry(title)
    for ordinal, item in enumerate(together):
        yield Entry(
            index,
            item,
            style,
            title,
            "",
            Milestone.IMPACT_START if window else milestone,
            window=window,
            ordinal=ordinal,
            opens=True,
        )
    for at, item in enumerate(sewn):
        end = sewn[at + 1].start if at + 1 < len(sewn) else None
        text = plain(_AFTER.sub("", line.raw[item.reach : end], count=1))
        yield Entry(index, item, style, text, "", labels.milestone_of_entry(text), ordinal=len(together) + at)
    if len(found) > len(together):
        others = [item for item in found[len(together) :] if item not in sewn]
        yield from _prose(layout, index, line, others, len(together) + len(sewn))


def _sewn_on(line: Line, found: list[Written]) -> list[Written]:
    """Entries that follow in the same line: "… restarted. 18:30 - Reports of errors"."""
    return [
        item
        for item in found
        if item.clock is not None
        and re.search(r"[.!?]\s+$", line.raw[max(0, item.start - 4) : item.start])
        and re.match(r"\s*[-–—:]\s", line.raw[item.reach :])
    ]


def _continues(layout: Layout, index: int, text: str) -> bool:
    """True when a line goes on with the sentence of the line before it, so that its time stands there by chance."""
    before = layout.lines[index - 1] if index else None
    if before is None or before.shape not in (Shape.TEXT, Shape.ITEM) or not text[:1].islower():
        return False
    if sum(1 for line in layout.lines if line.shape is Shape.TEXT and _CLOCK_FIRST.match(line.raw)) >= 3:
        # Elsewhere in this document times begin lines because they begin entries.
        return False
    return re.search(r"[\w,]$", before.raw.rstrip()) is not None


def _label(layout: Layout, line: Line, first: Written, before: str) -> str:
    """The label in front of a time, when it names a milestone or a window, else nothing."""
    text = re.sub(r"\b(?:from|between|about|around|approx\w*|at|on|~)\b[\s~]*", " ", plain(before), flags=re.I).strip(
        " :=-–—.,@"
    )
    if labels.milestone_of_label(text) or (first.until is not None and labels.is_window_label(text)):
        return text
    return ""


def label_entry(index: int, line: Line, first: Written, label: str) -> Entry:
    """An entry whose label says what it is."""
    window = first.until is not None and labels.is_window_label(label)
    milestone = Milestone.IMPACT_START if window else labels.milestone_of_label(label)
    rest = plain(_AFTER.sub("", line.raw[first.reach :], count=1))
    title = plain(line.content) if window else f"{label} – {rest}" if rest else label
    return Entry(index, first, "label", title, "", milestone, True, window)


def _window_heading(layout: Layout, index: int, first: Written, text: str) -> bool:
    """True for a range right below a heading such as "Impact time"."""
    if first.until is None:
        return False
    line = layout.lines[index]
    above = next(
        (other for other in reversed(layout.lines[max(0, index - 3) : index]) if other.shape is not Shape.BLANK), None
    )
    if above is None or above.shape is not Shape.HEADING or above is not (line.section[-1] if line.section else None):
        return False
    return labels.is_window_label(above.content) and (not text or labels.tells_outage(text) or text.endswith(":"))


def _tells_impact(line: Line) -> bool:
    """True in a section that is called "Impact"."""
    return any(labels.is_window_label(heading.heading) for heading in line.section[-1:] if heading is not line)


def _is_window(text: str, item: Written) -> bool:
    return item.until is not None and item.until.clock is not None and labels.tells_outage(text)


def _is_trailing(line: Line, item: Written) -> bool:
    rest = line.raw[item.reach :].strip(" .)]*_")
    before = line.raw[line.start : item.start]
    return not rest and len(before) <= 160 and not SENTENCE_END.search(before) and line.shape is not Shape.QUOTE


def _day_alone(layout: Layout, index: int, line: Line, item: Written, before: str) -> Iterator[Entry | DayHere]:
    """A date without a clock: the day of what follows, or an entry that is a day long."""
    day = item.day
    if day is None:
        return
    if line.shape is Shape.HEADING and line.level < 7:
        if _LEAD.match(before) and not _times_below(layout, index) and about_time(line) and _has_body(layout, index):
            yield Entry(index, item, "heading", plain(_AFTER.sub("", line.raw[item.reach :], count=1)))
        else:
            yield DayHere(index, day, True)
        return
    if (label := _label(layout, line, item, before)) and line.shape is not Shape.QUOTE:
        yield label_entry(index, line, item, label)
        return
    if not _LEAD.match(before):
        if day.year is not None and line.shape is Shape.TEXT and about_time(line):
            yield DayHere(index, day, False)
        return
    rest = re.sub(r"^\s*\[\^[^\]]*\]|\([^()]*(?:times?|UTC|day)\b[^()]*\)", "", line.raw[item.reach :])
    rest = _AFTER.sub("", rest, count=1).strip()
    if (not rest or re.fullmatch(r"\W*(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*", rest, re.I)) and (
        _times_below(layout, index) or line.shape is Shape.TEXT or line.shape is Shape.HEADING
    ):
        yield DayHere(index, day, False)
    elif line.shape in (Shape.ITEM, Shape.HEADING) or (
        _PURE.match(before) and _SEPARATED.match(line.raw[item.reach :])
    ):
        yield Entry(index, item, "list" if line.shape is Shape.ITEM else "line", plain(rest))


def _times_below(layout: Layout, index: int) -> bool:
    """True when the lines below, up to the next date or heading of the same rank, begin with clocks."""
    here = layout.lines[index]
    for line in layout.lines[index + 1 : index + 60]:
        if line.shape is Shape.HEADING and line.level < here.level:
            return False
        if line.shape in (Shape.BLANK, Shape.CODE, Shape.RULE) or not promising(line.raw):
            continue
        found = [item for item in moments(line.raw) if item.start >= line.start]
        if found and _LEAD.match(line.raw[line.start : found[0].start].replace("|", " ")):
            return found[0].clock is not None and found[0].day is None
    return False


def _has_body(layout: Layout, index: int) -> bool:
    below = next((line for line in layout.lines[index + 1 : index + 6] if line.shape is not Shape.BLANK), None)
    return below is not None and below.shape is not Shape.HEADING


def _row(layout: Layout, index: int, line: Line, found: list[Written]) -> Iterator[Entry | DayHere]:
    """A row of a table: its time is the first one in a column of times, the rest is what happened."""
    table = layout.tables.get(index)
    header = table.header if table is not None else []
    spans = cell_spans(line.raw)
    year = next((match[1] for cell in header if (match := re.search(r"\b((?:19|20)\d\d)\b", cell))), None)
    timed = [i for i, cell in enumerate(header) if _TIME_HEADER.search(cell) and len(cell) < 40]
    inside = [(item, _cells_of(item, spans)) for item in found]
    chosen = next(((item, at) for item, at in inside if at and _is_time_cell(line.raw, item, at, spans, timed)), None)
    if chosen is None:
        return
    item, at = chosen
    if item.day is not None and item.day.year is None and year:
        item = replace(item, day=replace(item.day, year=int(year)))
    zone = next((zone for i in at if i < len(header) and (zone := zone_in_heading(header[i]))), "")
    others = [cell for i, cell in enumerate(cells(line.raw)) if i not in at and i not in timed and cell]
    if not others and len(header) < 2:
        others = [cell for i, cell in enumerate(cells(line.raw)) if i not in at and cell]
    text = plain(" – ".join(others))
    if item.clock is None and not text:
        if item.day is not None:
            yield DayHere(index, item.day, False)
        return
    if not text:
        return
    label = labels.milestone_of_label(text) if min(at) > 0 or 0 not in timed else None
    window = item.until is not None and (labels.is_window_label(text) or labels.is_down(text))
    milestone = Milestone.IMPACT_START if window else label or labels.milestone_of_entry(text)
    yield Entry(index, item, "table", text, "", milestone, label is not None or window, window, zone=zone)


def _cells_of(item: Written, spans: list[tuple[int, int]]) -> list[int]:
    return [i for i, (start, end) in enumerate(spans) if item.start < end and start < max(item.reach, item.end)]


def _is_time_cell(raw: str, item: Written, at: list[int], spans: list[tuple[int, int]], timed: list[int]) -> bool:
    """A time stands in a column of times, or fills its cell."""
    if any(i in timed for i in at):
        return True
    start, end = spans[at[0]][0], spans[at[-1]][1]
    left = (raw[start : item.start] + raw[max(item.reach, item.end) : end]).strip(" ~*_`()[]|:.?≈")
    return len(left) <= 12 and not re.search(r"\d", left)


def _prose(layout: Layout, index: int, line: Line, found: list[Written], ordinal: int = 0) -> Iterator[Entry]:
    stated: Written | None = None
    for item in found:
        clock = item.clock
        if clock is None:
            stated = item
            continue
        if clock.dotted and item.until is None and not item.zone and item.day is None:
            continue
        same_sentence = stated is not None and not SENTENCE_END.search(line.raw, stated.end, item.start)
        if stated is not None and same_sentence and item.day is None:
            item = replace(item, day=stated.day)
        sentence = sentence_around(layout, index, item.start)
        milestone = labels.milestone_before(_plain_before(line.raw[max(0, item.start - 200) : item.start]))
        opened = re.search(
            r"\b(?:between|from)\W{0,6}(?:about\s|around\s|approximately\s|roughly\s)?\W{0,3}$",
            line.raw[max(0, clock.start - 60) : clock.start],
            re.I,
        )
        aside = re.search(
            r"\b(?:outage|interruption|downtime|disruption|unavailab\w+)\b[^.;()]{0,40}\($",
            line.raw[max(0, item.start - 80) : item.start],
            re.I,
        )
        told = _is_window(sentence, item) or (item.until is not None and _tells_impact(line))
        window = (opened is not None or aside is not None) and told
        yield Entry(
            index,
            item,
            "prose",
            plain(sentence),
            "",
            Milestone.IMPACT_START if window else milestone,
            False,
            window,
            ordinal,
        )
        ordinal += 1


def _plain_before(text: str) -> str:
    return re.sub(r"[*_`]", "", text)
