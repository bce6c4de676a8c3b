"""The timeline page as plain values: facts, lanes, rows of the list and the evidence panel.

Knows what stands where and what is open at first. Refuses to draw and to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from afteraction.pipeline.report import sentences
from afteraction.web.incidents import queries
from afteraction.web.incidents.citations import Excerpt, excerpt_of
from afteraction.web.incidents.facts import Fact, strip_facts
from afteraction.web.incidents.milestones import MilestoneRow, milestone_rows
from afteraction.web.incidents.models import AnalysedEvent, FactsVersion, Incident, StoredAnalysis, Triage
from afteraction.web.incidents.picture import RANGES, board_of, look, range_of
from afteraction.web.incidents.standing import UNTOUCHED, Revision, Standing, history_of, standings
from afteraction.web.ui.drawing.board import Drawn, draw
from afteraction.web.ui.preferences import Clock, moment

Json = dict[str, Any]
_FIRST_OPEN = ("t_detect", "t_first_monitor", "t_first_user_report", "t_impact_start", "t_trigger")


@dataclass(frozen=True)
class Choice:
    """One button of a segmented control, as a link."""

    label: str
    href: str
    is_on: bool
    name: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Row:
    """One row of the list: an event as people left it, or a silence between events, or a new day."""

    event: Json | None = None
    gap: Json | None = None
    day: Json | None = None
    milestones: tuple[MilestoneRow, ...] = ()
    note: str = ""
    stands: Standing = UNTOUCHED

    @property
    def title(self) -> str:
        """The wording that counts: a person's, else the evidence's."""
        return self.stands.title or (str(self.event["title"]) if self.event else "")


@dataclass(frozen=True)
class Rows:
    """A page of the list and the address of the next one. `show` is triage, kept or all."""

    rows: Sequence[Row]
    shown: int
    following: str
    show: str

    @property
    def only_key(self) -> bool:
        """True when notes of the chat are left out."""
        return self.show == "triage"


@dataclass(frozen=True)
class Panel:
    """One event with everything behind it."""

    event: Json
    excerpt: Excerpt
    reference: Json
    others: Sequence[Json]
    milestones: Sequence[MilestoneRow]
    metrics: Sequence[Fact]
    previous: str
    following: str
    number: int
    total: int
    stands: Standing = UNTOUCHED
    history: Sequence[Revision] = ()

    @property
    def title(self) -> str:
        """The wording that counts: a person's, else the evidence's."""
        return self.stands.title or str(self.event["title"])

    @property
    def kind(self) -> str:
        """The kind that counts."""
        return self.stands.kind or str(self.event["kind"])


@dataclass(frozen=True)
class TimelinePage:
    """Everything on the page."""

    facts: Sequence[Fact]
    milestones: Sequence[MilestoneRow]
    drawn: Drawn | None
    span: str
    rows: Rows
    panel: Panel | None
    zones: Sequence[Choice]
    ranges: Sequence[Choice]
    shows: Sequence[Choice]
    counts: Mapping[str, int]
    here: Mapping[str, str] = field(default_factory=dict)


def timeline_of(incident: Incident, analysis: StoredAnalysis, clock: Clock, asked: Mapping[str, str]) -> TimelinePage:
    """The page of one analysis as the address asks for it."""
    head = analysis.head
    milestones = milestone_rows(head)
    here = {name: asked[name] for name in ("range", "show", "event") if asked.get(name)}
    span, drawn = _drawn(analysis, milestones, clock, here)
    opened = here.get("event") or _opened_first(head)
    counts = triage_counts(analysis)
    show = shown_events(here)
    return TimelinePage(
        facts=strip_facts(head),
        milestones=milestones,
        drawn=drawn,
        span=span,
        rows=event_rows(incident, analysis, asked),
        panel=panel_of(incident, analysis, opened, only_key=shown_events(here) == "triage") if opened else None,
        zones=_zones(clock, here),
        ranges=[
            Choice(label, _link(here, range=name), here.get("range", "incident") == name) for name, label in RANGES
        ],
        shows=[
            Choice(label, _link(here, show=name), show == name, name, counts[name])
            for name, label in (("triage", "To triage"), ("kept", "Kept"), ("all", "All"))
        ],
        counts=counts,
        here=here,
    )


def _link(here: Mapping[str, str], **changed: str) -> str:
    return "?" + urlencode({**here, **changed})


def _zones(clock: Clock, here: Mapping[str, str]) -> list[Choice]:
    named = [("utc", "UTC"), ("local", clock.place), ("written", "As written")]
    return [
        Choice(label, _link(here, zone=mode), clock.mode == mode)
        for mode, label in named
        if mode != "local" or clock.has_local
    ]


def _drawn(
    analysis: StoredAnalysis, milestones: Sequence[MilestoneRow], clock: Clock, here: Mapping[str, str]
) -> tuple[str, Drawn | None]:
    scale = range_of(analysis.head, queries.extent(analysis), here.get("range", "incident"))
    if scale is None:
        return "", None
    seen = look(analysis, scale)
    kept = {name: value for name, value in here.items() if name != "event"}
    link = "?" + (urlencode(kept) + "&" if kept else "") + "event="
    board = board_of(analysis.head, seen, milestones, scale, clock, link)
    events = "1 event" if seen.events == 1 else f"{seen.events:,} events"
    same_day = scale.start.date() == scale.end.date()
    start = f"{scale.start:%H:%M}" if same_day else f"{scale.start:%-d %b %H:%M}"
    end = f"{scale.end:%H:%M}" if same_day else f"{scale.end:%-d %b %H:%M}"
    return f"{start} to {end} UTC, {events}", draw(board)


def _opened_first(head: Json) -> str:
    for name in _FIRST_OPEN:
        for candidate in head["milestones"].get(name, ()):
            if candidate["event_ids"]:
                return str(candidate["event_ids"][0])
    return ""


def shown_events(asked: Mapping[str, str]) -> str:
    """Which events the address asks for: those to triage, the kept ones, or all."""
    return asked["show"] if asked.get("show") in ("kept", "all") else "triage"


_FILTERS: dict[str, tuple[bool, Triage | None]] = {
    "triage": (True, Triage.OPEN), "kept": (False, Triage.KEPT), "all": (False, None)
}  # fmt: skip


def event_rows(
    incident: Incident, analysis: StoredAnalysis, asked: Mapping[str, str], known_by: int | None = None
) -> Rows:
    """The rows that the address asks for: events by time, silences between them, a row where the day changes."""
    show = shown_events(asked)
    only_key, triage = _FILTERS[show]
    page = queries.event_page(
        analysis, only_key=only_key, triage=triage, after=queries.read_key(asked.get("after", "")), known_by=known_by
    )
    head = queries.known_head(analysis, known_by)
    stands = standings(incident, [stored.value for stored in page.events])
    rows = list(_rows(head, page, stands))
    following = ""
    if page.following:
        kept = {"known": asked["known"]} if known_by is not None else {}
        following = "?" + urlencode({"show": show, "after": str(page.following), **kept})
    return Rows(rows, len(page.events), following, show)


@dataclass(frozen=True)
class VersionPage:
    """A confirmed version: its figures, milestones and events."""

    facts: Sequence[Fact]
    milestones: Sequence[MilestoneRow]
    rows: Rows


def version_page(incident: Incident, version: FactsVersion, asked: Mapping[str, str]) -> VersionPage:
    """The page of a confirmed version: the same whatever is edited later."""
    analysis = version.analysis
    after = queries.read_key(asked.get("after", ""))
    page = queries.event_page(analysis, only_key=True, after=after)
    stands = standings(incident, [stored.value for stored in page.events], only=set(version.edit_ids))
    following = "?" + urlencode({"after": str(page.following)}) if page.following else ""
    rows = Rows(list(_rows(analysis.head, page, stands)), len(page.events), following, "version")
    return VersionPage(strip_facts(analysis.head), milestone_rows(analysis.head), rows)


def rows_of_events(incident: Incident, analysis: StoredAnalysis, events: Sequence[AnalysedEvent]) -> list[Row]:
    """The rows of these events alone, to take the place of those that a page shows."""
    named = _named(milestone_rows(analysis.head))
    stands = standings(incident, [stored.value for stored in events])
    return [_row(stored.value, named, stands) for stored in events]


def triage_counts(analysis: StoredAnalysis, known_by: int | None = None) -> dict[str, int]:
    """How many events each filter of the list shows."""
    everything = queries.counted(analysis, known_by=known_by)
    to_triage = queries.counted(analysis, only_key=True, known_by=known_by).open
    return {"triage": to_triage, "kept": everything.kept, "all": everything.events}


def _row(event: Json, named: Mapping[str, Sequence[MilestoneRow]], stands: Mapping[str, Standing]) -> Row:
    return Row(
        event=event, milestones=tuple(named.get(event["id"], ())), note=_note(event),
        stands=stands.get(event["id"], UNTOUCHED),
    )  # fmt: skip


def _rows(head: Json, page: queries.Page, stands: Mapping[str, Standing]) -> Iterator[Row]:
    named = _named(milestone_rows(head))
    gaps = sorted(
        (gap for gap in head["gaps"] if gap["kind"] in ("communication", "silence")), key=lambda gap: _start_of(gap)
    )
    first = page.events[0].value["value"] if page.events and not page.is_first else ""
    gaps = [gap for gap in gaps if _start_of(gap) >= first]
    last_day = ""
    for stored in page.events:
        event: Json = stored.value
        while gaps and _start_of(gaps[0]) < event["value"]:
            yield Row(gap=gaps.pop(0))
        if last_day and event["value"][:10] != last_day:
            yield Row(day=event)
        last_day = event["value"][:10]
        yield _row(event, named, stands)
    if not page.following:
        yield from (Row(gap=gap) for gap in gaps)


def _start_of(gap: Json) -> str:
    return str(gap["start"]["value"])


def _named(rows: Sequence[MilestoneRow]) -> dict[str, list[MilestoneRow]]:
    """Milestones by the event that their candidates rest on."""
    named: dict[str, list[MilestoneRow]] = {}
    for row in rows:
        for candidate in row.candidates if row.is_disputed else row.candidates[:1]:
            for event_id in candidate["event_ids"][:1]:
                if row not in named.setdefault(event_id, []):
                    named[event_id].append(row)
    return named


def _note(event: Json) -> str:
    """Second line of an event: where it was seen, by whom, how often, and what is odd about its time."""
    sources = event["evidence"]
    parts = ["/".join(sources[0]["file"].rsplit("/", 2)[-2:])] if sources else []
    if event["actor"]:
        parts.append(event["actor"]["role"])
    if event["service"]:
        parts.append(event["service"])
    if len(sources) > 1:
        parts.append(f"{len(sources)} sources merged")
    if event["until"]:
        length = moment(event["until"]["value"]) - moment(event["value"])
        parts.append(f"for {sentences.seconds(length.total_seconds())}")
    parts += [flag.replace("_", " ") for flag in event["flags"]]
    return " · ".join(parts)


def panel_of(incident: Incident, analysis: StoredAnalysis, event_id: str, *, only_key: bool) -> Panel | None:
    """The evidence behind one event; None when this analysis has no such event."""
    stored: AnalysedEvent | None = queries.event_of(analysis, event_id)
    if stored is None:
        return None
    event: Json = stored.value
    head = analysis.head
    milestones = _named(milestone_rows(head)).get(event_id, [])
    previous, following = queries.neighbours(analysis, stored, only_key=only_key)
    reference = event["evidence"][0]
    labels = [file["label"] for file in head["files"] if file["label"]]
    number = labels.index(reference["label"]) + 1 if reference["label"] in labels else 0
    return Panel(
        event=event,
        excerpt=excerpt_of(incident, reference),
        reference=reference,
        others=event["evidence"][1:9],
        milestones=milestones,
        metrics=[fact for fact in strip_facts(head) if _rests_on(fact.metric, milestones, reference)],
        previous=previous,
        following=following,
        number=number,
        total=len(labels),
        stands=standings(incident, [event]).get(event_id, UNTOUCHED),
        history=history_of(incident, event),
    )


def _rests_on(metric: Json, milestones: Sequence[MilestoneRow], reference: Json) -> bool:
    """True when a figure uses a moment of one of these milestones, as this evidence gives it."""
    moments = {candidate["value"] for row in milestones for candidate in row.candidates[:1]}
    cites = {(each["sha256"], each["locator"]) for each in metric["evidence"]}
    return any(each["value"] in moments for each in metric["inputs"]) or (
        (reference["sha256"], reference["locator"]) in cites
    )
