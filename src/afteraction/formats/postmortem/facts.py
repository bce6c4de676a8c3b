"""What a document says about itself: title, day, zones, severity, services and stated figures.

Knows front matter, titles, file names and sentences such as "All times in CET". Refuses to compute: a stated figure
is quoted with its line, for comparison with what the engine computes.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.reading import ReadOptions
from afteraction.core.records import Document
from afteraction.formats.postmortem.calendar import Almanac, date_of
from afteraction.formats.postmortem.cues import folded, holds
from afteraction.formats.postmortem.figures import figures
from afteraction.formats.postmortem.impacts import impacts
from afteraction.formats.postmortem.layout import Layout, Line, Shape
from afteraction.formats.postmortem.moments import Day, Written, moments, promising
from afteraction.formats.postmortem.titles import cut_title, heading_in_words
from afteraction.formats.postmortem.zones import declared_zone, is_zone, zone_in_heading

LONGEST_TEXT = 20_000
_DATE_LABEL = re.compile(
    r"^[\s\-*+•|>_]*(?:(?:incident|outage|event) )?(?:date(?: of (?:the )?(?:incident|outage|event))?|happened on|occurred on)\b[*_ ]*[:|]",
    re.I,
)
_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SAYS_TIME = re.compile(r"\btime")
# What a declaration begins with, in lower case; "timeout" is none.
_DECLARES = re.compile(r"time(?:\s?zone|s?(?:stamps?)?\b)")
_SILENT = (Shape.CODE, Shape.BLANK, Shape.FRONT, Shape.ROW)
_ROUGH = re.compile(r"\b(?:all )?times? (?:are |is )?approximat\w*|\bapproximate times\b", re.I)
_SEVERITY = re.compile(
    r"^\W*(?:incident )?(?:severity|sev|priority|impact level)(?: level)?\W*[:|=]\W*(?P<value>[A-Za-z0-9][\w .\-/]{0,30})",
    re.I,
)
_SERVICES = re.compile(
    r"^\W*(?:affected |impacted )?(?:services?|systems?|components?|products?)(?: affected| impacted| involved)?\W*[:|]\W*(?P<value>\S.{0,200})",
    re.I,
)
# One of these stands in whatever the two patterns above fit.
_RATING = ("sev", "priority", "impact level")
_NAMING = ("service", "system", "component", "product")


@dataclass(slots=True)
class Facts:
    """What was gathered. `heading_days` are the days that headings state, by line number; `title_line` is the line
    of the title. `zones` are zones declared for a section (by the numbers of its headings) or, with key 0, for the
    whole document."""

    title: str
    title_line: int
    almanac: Almanac
    heading_days: dict[int, date]
    zones: list[tuple[tuple[int, ...], int, str]]
    rough: bool = False
    severity: str = ""
    services: str = ""
    sections: list[str] = field(default_factory=list)

    def zone_at(self, line: Line) -> str:
        """The zone declared for a line: by the nearest statement in its own section, else by the nearest one above,
        else by any in the document."""
        if len(self.zones) < 2:
            return self.zones[0][2] if self.zones else ""
        here = {heading.number for heading in line.section}
        within = [item for item in self.zones if item[0] and item[0][-1] in here and item[1] <= line.number]
        if within:
            return max(within, key=lambda item: (len(item[0]), item[1]))[2]
        above = [item for item in self.zones if item[1] <= line.number]
        if above:
            return above[-1][2]
        return self.zones[0][2] if self.zones else ""


def gather(name: str, layout: Layout, options: ReadOptions) -> Facts:
    """The facts of one document; `name` is its path."""
    title, title_line = _title(name, layout)
    written = _written(layout)
    zones = _zones(layout)
    month_first = _month_first(written)
    bare = Almanac(year=options.year, month_first=month_first)
    day, day_stated = _day(name, layout, title if title_line else "", written, bare, options)
    clocks = [item.clock for _, item in written if item.clock is not None]
    uses = {item.zone for _, item in written if item.zone and is_zone(item.zone)}
    almanac = Almanac(
        day=day,
        day_stated=day_stated,
        year=_only_year(written) or options.year,
        month_first=month_first,
        zone=options.zone or (next(iter(uses)) if len(uses) == 1 else ""),
        zone_from="declared" if options.zone else "used" if len(uses) == 1 else "assumed",
        dial24=any(clock.hour > 12 and not clock.half for clock in clocks),
        halves=2 * sum(1 for clock in clocks if clock.half) > len(clocks),
    )
    facts = Facts(title, title_line, almanac, _heading_days(layout, almanac), zones)
    facts.sections = [line.heading[:60] for line in layout.lines if line.shape is Shape.HEADING]
    _note(facts, layout)
    return facts


def _note(facts: Facts, layout: Layout) -> None:
    """Severity, services and whether the times are rough, each as the first line that says so has it."""
    whole = "\n".join(line.raw for line in layout.lines).replace("*", "").replace("_", "").replace("`", "")
    low = folded(whole)
    rates, names, rough = holds(low, _RATING), holds(low, _NAMING), "pprox" in whole
    if not (rates or names or rough):
        return
    for line, text in zip(layout.lines, whole.split("\n"), strict=True):
        if line.shape is Shape.CODE or line.shape is Shape.BLANK:
            continue
        if rates and not facts.severity and (match := _SEVERITY.match(text)):
            facts.severity = match["value"].strip(" .|")
        if names and not facts.services and (match := _SERVICES.match(text)):
            facts.services = match["value"].strip(" .|")
        if rough and not facts.rough and "pprox" in text and _ROUGH.search(text):
            facts.rough = True


def _title(name: str, layout: Layout) -> tuple[str, int]:
    stem = re.sub(
        r"\.(?:md|mdx|markdown|txt|text|rst|adoc|pdf)\b", "", name.replace("!", "/").rsplit("/", 1)[-1], flags=re.I
    )
    heads = [line for line in layout.lines if line.shape is Shape.HEADING and line.level <= 2]
    first = heads[0] if heads else None
    top = next((line for line in layout.lines if line.shape not in (Shape.BLANK, Shape.FRONT)), None)
    if "title" in layout.front:
        text, number = layout.front["title"]
        if re.fullmatch(r"[\d\-/. ]*", text):
            told = layout.front.get("description", ("", 0))[0]
            text = cut_title(told if _days_in(told) else f"{text} {told}".strip())
        return text, number
    if first is not None and (first.level == 1 or first is top) and not _is_section(first):
        return first.heading, first.number
    if told := heading_in_words(layout):
        return told, 0
    return stem.replace("---", " – ").replace("-", " ") if not _FILE_DAY.match(stem) else stem, 0


def _is_section(line: Line) -> bool:
    return line.content.strip(" *_:").lower() in (
        "summary",
        "timeline",
        "overview",
        "impact",
        "postmortem",
        "issue summary",
    )


def _written(layout: Layout) -> list[tuple[Line, Written]]:
    return [
        (line, item)
        for line in layout.lines
        if line.shape not in (Shape.CODE, Shape.BLANK, Shape.FRONT) and promising(line.raw)
        for item in moments(line.raw)
    ]


def _days_in(text: str) -> list[Day]:
    return [item.day for item in moments(text) if item.day is not None]


def _month_first(written: list[tuple[Line, Written]]) -> bool | None:
    """The order of day and month that a date with a number above 12 shows, when all such dates agree."""
    shown = {
        item.day.month > 12
        for _, item in written
        if item.day is not None and item.day.numeric and max(item.day.day, item.day.month) > 12
    }
    # `Day` of a numeric date is built day first: a "month" above 12 means that the month came first.
    return shown.pop() if len(shown) == 1 else None


def _only_year(written: list[tuple[Line, Written]]) -> int | None:
    years = [item.day.year for _, item in written if item.day is not None and item.day.year is not None]
    return max(set(years), key=years.count) if years else None


def _day(
    name: str, layout: Layout, title: str, written: list[tuple[Line, Written]], bare: Almanac, options: ReadOptions
) -> tuple[date | None, bool]:
    """(the day of the incident, whether a title states it): from the titles, else from the file's name or the lead,
    else from what a person said, else from the front matter."""
    years = Almanac(year=_only_year(written) or bare.year, month_first=bare.month_first)
    tops = (line.content for line in layout.lines if line.shape is Shape.HEADING and line.level == 1)
    for text in (title, *tops):
        if found := _first_day(_days_in(text), years):
            return found, True
    labelled = (
        line.raw
        for line in layout.lines
        if line.raw and line.shape not in (Shape.CODE, Shape.FRONT) and _says_day(line.raw)
    )
    for text in labelled:
        if found := _first_day(_days_in(text), years):
            return found, True
    from_name = _file_day(name)
    opening = [line.number for line in layout.lines if line.shape not in (Shape.BLANK, Shape.FRONT)][:4]
    days = [(line, item.day) for line, item in written if item.day is not None]
    if from_name is not None:
        lead = _first_day([day for line, day in days if line.number in opening], years, from_name)
        near = lead is not None and abs((lead - from_name).days) <= 2
        return (lead if near else from_name), False
    if lead := _first_day([day for _, day in days if day.year is not None], years):
        return lead, False
    said = options.incident_start or layout.front.get("date", ("", 0))[0]
    return _first_day(_days_in(said), years), False


def _says_day(raw: str) -> bool:
    """True for a line such as "Date: …"."""
    return (":" in raw or "|" in raw) and _DATE_LABEL.match(raw) is not None


def _file_day(name: str) -> date | None:
    match = _FILE_DAY.search(name.rsplit("/", 1)[-1]) or _FILE_DAY.search(name)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _first_day(days: list[Day], almanac: Almanac, near: date | None = None) -> date | None:
    for day in days:
        if day.odd_year:
            continue
        try:
            return date_of(day, almanac, near)[0]
        except UnreadableTime:
            continue
    return None


def _heading_days(layout: Layout, almanac: Almanac) -> dict[int, date]:
    found: dict[int, date] = {}
    for line in layout.lines:
        if line.shape is Shape.HEADING and promising(line.raw) and (day := _first_day(_days_in(line.content), almanac)):
            found[line.number] = day
    return found


def _zones(layout: Layout) -> list[tuple[tuple[int, ...], int, str]]:
    """Every declaration of a zone: (numbers of the headings it stands under, its line, the zone)."""
    found: list[tuple[tuple[int, ...], int, str]] = []
    lows = folded("\n".join(line.raw for line in layout.lines)).split("\n")
    for index, line in enumerate(layout.lines):
        if (line.shape is not Shape.HEADING and "time" not in lows[index]) or line.shape in _SILENT:
            continue
        under = tuple(heading.number for heading in line.section)
        if line.shape is Shape.HEADING:
            if zone := zone_in_heading(line.content):
                found.append((under, line.number, zone))
        elif "time" in lows[index] and _SAYS_TIME.search(lows[index]):
            last = index + 1 == len(layout.lines)
            if not _DECLARES.search(lows[index]) and (last or not _DECLARES.search(lows[index + 1])):
                continue
            below = "" if last else layout.lines[index + 1].content
            if zone := declared_zone(line.content) or declared_zone(f"{line.content.rstrip()} {below}"):
                found.append((under, line.number, zone))
    return found


def document(evidence_id: str, layout: Layout, facts: Facts, text: str) -> Document:
    """The document as one record, with every figure that it states."""
    attributes = {"sections": "; ".join(dict.fromkeys(facts.sections))[:1000]} if facts.sections else {}
    if facts.severity:
        attributes["severity"] = facts.severity
    if facts.services:
        attributes["services"] = facts.services
    if facts.zones:
        attributes["zone"] = "; ".join(dict.fromkeys(zone for _, _, zone in facts.zones))
    if facts.almanac.day is not None:
        attributes["day"] = facts.almanac.day.isoformat()
    return Document(
        kind=EvidenceKind.DOCUMENT,
        title=facts.title[:200],
        evidence=EvidenceRef(evidence_id),
        text=text.replace("\r\n", "\n").strip()[:LONGEST_TEXT],
        place=facts.services if len(facts.services) < 60 and "," not in facts.services else "",
        stated=(*figures(evidence_id, layout), *impacts(evidence_id, layout)),
        attributes=attributes,
    )
