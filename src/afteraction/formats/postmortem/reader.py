"""Reads a written postmortem: one document, its stated figures, and an event for every time that it states.

Knows the order of the work: layout, almanac, timeline, calendar, plausibility. Refuses to invent a time, a day or a
zone without saying so on the instant, and to correct what looks wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant, Precision
from afteraction.core.reading import Source
from afteraction.core.records import Event, Lane, Record
from afteraction.formats.postmortem import labels, plausibility
from afteraction.formats.postmortem.calendar import Walk, date_of, end_of, instant_of
from afteraction.formats.postmortem.episodes import with_episodes
from afteraction.formats.postmortem.facts import Facts, document, gather
from afteraction.formats.postmortem.layout import LONGEST_LINE, Layout, Line, Shape, lay_out
from afteraction.formats.postmortem.likeness import likeness
from afteraction.formats.postmortem.moments import MOST_IN_LINE, moments
from afteraction.formats.postmortem.portable import is_portable, pages_of
from afteraction.formats.postmortem.timeline import STRUCTURED, DayHere, Entry, about_time, steps
from afteraction.formats.postmortem.zones import MANY_MEANINGS, zone_called

LARGEST = 16 * 1024 * 1024
MOST_EVENTS = 20_000
SNIFFED_PAGES = 3
EXCERPT = 400


class PostmortemReader:
    """Written postmortems in Markdown, plain text or PDF."""

    name = "postmortem"
    title = "Written postmortem (Markdown, text, PDF)"
    kind = EvidenceKind.DOCUMENT
    example = "| 2024-03-05 09:12 | Checkout errors reported by a customer |"

    def sniff(self, source: Source) -> float:
        """How much the head looks like a written account of an incident."""
        if is_portable(source):
            return likeness(f"{source.name}.txt", pages_of(source, SNIFFED_PAGES).text)
        return likeness(source.name, source.head_text(), binary=source.is_binary)

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """The document, then its events in the order of the text, then what could not be read."""
        if not is_portable(source):
            text = source.read_bytes(LARGEST).decode(source.encoding, errors="replace").lstrip("\ufeff")
            yield from _read_text(source, text)
            if source.size > LARGEST:
                reason = f"the text is longer than {LARGEST // 2**20} MiB; what follows was not read."
                yield Failure(source.name, reason, "Split it, or read it as a log with --format.")
            return
        pages = pages_of(source)
        if pages.text.strip():
            yield from map(pages.placed, _read_text(source, pages.text))
        yield from pages.failures


def _read_text(source: Source, text: str) -> Iterator[Record | Failure]:
    """The document, then its events in the order of the text, then what could not be read."""
    layout = lay_out(text)
    facts = gather(source.name, layout, source.options)
    yield document(source.evidence_id, layout, facts, text)
    events, failures = _events(source, layout, facts)
    yield from plausibility.flagged(events, facts.almanac.day, source.options.collected_at)
    yield from failures
    yield from _too_much(source, layout)


def _too_much(source: Source, layout: Layout) -> Iterator[Failure]:
    """Lines that no person writes, which were not read to their end."""
    for line in layout.lines:
        reason = ""
        if len(line.raw) <= 5 * MOST_IN_LINE:
            continue
        if len(line.raw) > LONGEST_LINE:
            reason = f"the line is longer than {LONGEST_LINE} characters and was not searched for times."
        elif line.shape is not Shape.CODE and len(moments(line.raw)) >= MOST_IN_LINE:
            reason = f"the line holds more than {MOST_IN_LINE} times; the rest was not read."
        if reason:
            yield Failure(source.name, reason, "Split the line.", Locator(line=line.number))


@dataclass(slots=True)
class _Reading:
    """One document being read. Running text and timeline are two walks side by side: a day in one says nothing about
    the other."""

    source: Source
    layout: Layout
    facts: Facts
    main: Walk
    aside: Walk
    events: list[Event] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    undated: list[Entry] = field(default_factory=list)
    windows: dict[tuple[datetime, datetime], int] = field(default_factory=dict)
    places: set[tuple[int, int]] = field(default_factory=set)
    kinds: labels.KindCues = ()

    def place(self, step: Entry) -> Locator:
        """A place of its own for an entry: its line, and which time of it where the line has several."""
        number = self.layout.lines[step.index].number
        at = step.ordinal
        while (number, at) in self.places:
            at += 1
        self.places.add((number, at))
        return Locator(line=number, pointer=f"/{at}" if at else None)


def _events(source: Source, layout: Layout, facts: Facts) -> tuple[list[Event], list[Failure]]:
    found = steps(layout)
    structured = sum(1 for step in found if isinstance(step, Entry) and step.style in STRUCTURED)
    almanac = facts.almanac
    main, aside = (Walk(almanac, almanac.day, almanac.day_stated) for _ in range(2))
    reading = _Reading(source, layout, facts, main, aside)
    reading.kinds = labels.kinds_among(
        _told(step, layout.lines[step.index]) for step in found if isinstance(step, Entry)
    )
    section: object = None
    falling = _newest_first(found, layout)
    for step in found:
        line = layout.lines[step.index]
        here = line.section[-1].number if line.section else 0
        if here != section and not (isinstance(step, Entry) and step.style == "heading"):
            section = here
            _enter(reading.main, layout, step, facts)
            _enter(reading.aside, layout, step, facts)
            reading.main.forward = here not in falling
        if isinstance(step, DayHere):
            _turn(reading, step)
        elif step.style != "prose" or _worth_telling(
            step, structured, about_time(line) or not line.section, line.shape
        ):
            _take(reading, step)
        if len(reading.events) >= MOST_EVENTS:
            reason = f"more than {MOST_EVENTS} times; the rest was not read."
            reading.failures.append(Failure(source.name, reason, "Split the text.", Locator(line=line.number)))
            break
    if reading.undated:
        reading.failures.append(_undated(source, layout, reading.undated))
    return with_episodes(_told_once(reading.events), layout), reading.failures


def _told(step: Entry, line: Line) -> str:
    return step.title or line.content.strip()


def _newest_first(found: list[Entry | DayHere], layout: Layout) -> set[int]:
    """The sections, by the line of their heading, whose bare clocks mostly fall: their newest entry stands first."""
    clocks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for step in found:
        written = step.written if isinstance(step, Entry) and step.style in ("list", "line", "table") else None
        if written is not None and written.clock is not None and written.day is None and not written.clock.half:
            above = layout.lines[step.index].section
            clocks[above[-1].number if above else 0].append((written.clock.hour, written.clock.minute))
    falling = set()
    for section, times in clocks.items():
        falls = sum(1 for before, after in pairwise(times) if after < before)
        rises = sum(1 for before, after in pairwise(times) if after > before)
        if falls >= 2 and falls > 2 * rises:
            falling.add(section)
    return falling


def _turn(reading: _Reading, step: DayHere) -> None:
    try:
        _turn_page(reading.main, step, reading.facts)
        _turn_page(reading.aside, step, reading.facts)
    except UnreadableTime as error:
        place = Locator(line=reading.layout.lines[step.index].number)
        reading.failures.append(Failure(reading.source.name, error.what, error.next_step or _CORRECT, place))


def _take(reading: _Reading, step: Entry) -> None:
    """One entry, as an event or as a failure."""
    source, layout = reading.source, reading.layout
    aside = step.style == "prose" or (step.style == "trailing" and step.written.day is not None)
    walk = reading.aside if aside else reading.main
    try:
        instant, until = _instants(step, walk, reading.facts, layout)
    except (UnreadableTime, OverflowError) as error:
        if isinstance(error, UnreadableTime) and walk.day is None and step.written.day is None:
            reading.undated.append(step)
        else:
            reading.failures.append(_failure(source, layout, step, str(error)))
        return
    group = 0
    if step.window and until is not None:
        group = reading.windows.setdefault((instant.utc, until.utc), len(reading.windows) + 1)
    reading.events.append(_event(reading, step, instant, until, group))
    written = step.written
    if written.day is not None and written.day.odd_year:
        reason = (
            f'"{written.text}" has a year of {len(written.day.odd_year)} digits; it was read as {instant.utc.year}.'
        )
        reading.failures.append(_failure(source, layout, step, reason, lost=0))
    if written.zone in MANY_MEANINGS:
        reason = f'the zone "{written.zone}" has more than one meaning; the time was read as {instant.source_tz}.'
        reading.failures.append(_failure(source, layout, step, reason, lost=0))


def _enter(walk: Walk, layout: Layout, step: Entry | DayHere, facts: Facts) -> None:
    """A new section: its own day, else that of the section around it, else the document's."""
    line = layout.lines[step.index]
    walk.last = None
    for heading in reversed(line.section):
        if heading.number in facts.heading_days and (heading is not line or isinstance(step, Entry)):
            walk.on(facts.heading_days[heading.number])
            return
    if facts.almanac.day is not None:
        walk.day, walk.base, walk.day_stated = facts.almanac.day, None, facts.almanac.day_stated


def _turn_page(walk: Walk, step: DayHere, facts: Facts) -> None:
    """A line states the day of what follows; raises UnreadableTime."""
    day, _, _ = date_of(step.day, facts.almanac, walk.day)
    walk.on(day)


def _worth_telling(step: Entry, structured: int, tells_time: bool, shape: Shape) -> bool:
    """Running text repeats the timeline; it counts where there is none, or where it states more than a clock."""
    if structured < 3 or step.opens or step.window or step.milestone is not None:
        return True
    return step.written.day is not None or (tells_time and shape is Shape.ITEM)


def _instants(step: Entry, walk: Walk, facts: Facts, layout: Layout) -> tuple[Instant, Instant | None]:
    line = layout.lines[step.index]
    zone = step.zone or facts.zone_at(line)
    rough = facts.rough
    instant = instant_of(step.written, walk, zone, rough=rough)
    if step.style == "prose":
        instant = _less_sure(instant)
    if step.written.until is None:
        return instant, None
    return instant, end_of(step.written.until, instant, walk, zone, rough=rough)


def _less_sure(instant: Instant) -> Instant:
    return replace(instant, confidence=min(instant.confidence, 0.6))


def _event(reading: _Reading, step: Entry, instant: Instant, until: Instant | None, group: int) -> Event:
    source, line = reading.source, reading.layout.lines[step.index]
    locator = reading.place(step)
    attributes = {"style": step.style}
    if step.milestone is not None:
        attributes["milestone"] = str(step.milestone)
    if group:
        attributes["group"] = str(group)
    if line.section:
        attributes["section"] = line.section[-1].heading[:80]
    title = _told(step, line)
    return Event(
        instant=instant,
        until=until,
        title=title[:300],
        body=step.body,
        evidence=EvidenceRef(source.evidence_id, locator, line.raw.strip()[:EXCERPT]),
        lane=Lane.DOCUMENT,
        kind=labels.kind_of(title, step.milestone, labelled=step.labelled or step.window, among=reading.kinds),
        attributes=attributes,
    )


def _told_once(events: list[Event]) -> list[Event]:
    """Sentences that only repeat a moment of the timeline are left out, and so are bare dates of days that have
    times of their own; what states a milestone stays."""
    prose = any(event.attributes["style"] == "prose" for event in events)
    bare = any(event.instant.precision is Precision.DAY for event in events)
    if not prose and not bare:
        return events
    timed = [event for event in events if event.instant.precision is not Precision.DAY]
    told = {event.instant.utc for event in timed if event.attributes["style"] in STRUCTURED}
    days = {_local_day(event) for event in timed} if bare else set()

    def repeats(event: Event) -> bool:
        if "milestone" in event.attributes:
            return False
        if event.instant.precision is Precision.DAY:
            return _local_day(event) in days
        return event.attributes["style"] == "prose" and event.instant.utc in told

    return [event for event in events if not repeats(event)]


def _local_day(event: Event) -> date:
    return event.instant.utc.astimezone(zone_called(event.instant.source_tz)).date()


_CORRECT = "Correct the time in the text, or add it by hand."


def _failure(source: Source, layout: Layout, step: Entry, reason: str, lost: int = 1) -> Failure:
    line = layout.lines[step.index]
    return Failure(
        source.name,
        f"{reason} The line says: {line.raw.strip()[:160]}",
        _CORRECT,
        Locator(line=line.number),
        lost,
    )


def _undated(source: Source, layout: Layout, steps_left: list[Entry]) -> Failure:
    line = layout.lines[steps_left[0].index]
    return Failure(
        source.name,
        f'{len(steps_left)} times such as "{steps_left[0].written.text}" have no date, and the document gives none.',
        "Say when the incident began with --incident-start.",
        Locator(line=line.number),
        lost=len(steps_left),
    )


READER = PostmortemReader()
