"""The list of events as plain values: rows as people left them, silences between them, and what the filters count.

Knows which events a filter shows and what stands in a row. Refuses to draw and to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from afteraction.core.records import EventKind
from afteraction.pipeline.report import sentences
from afteraction.web.incidents import queries
from afteraction.web.incidents.milestones import MilestoneRow, milestone_rows
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis, Triage
from afteraction.web.incidents.standing import UNTOUCHED, Standing, standings
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
KINDS = tuple(kind.value for kind in EventKind)


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
    def is_proposed(self) -> bool:
        """True when a machine wrote it down and nobody kept or hid it yet."""
        return self.event is not None and self.stands.decided is None and queries.is_by_machine(self.event)

    @property
    def title(self) -> str:
        """The wording that counts: a person's, else the evidence's."""
        return self.stands.title or (str(self.event["title"]) if self.event else "")


@dataclass(frozen=True)
class Rows:
    """A page of the list and the address of the next one. `show` is triage, kept or all, `kind` "" for every kind."""

    rows: Sequence[Row]
    shown: int
    following: str
    show: str
    kind: str = ""

    @property
    def only_key(self) -> bool:
        """True when notes of the chat are left out."""
        return self.show == "triage"


def shown_events(asked: Mapping[str, str]) -> str:
    """Which events the address asks for: those to triage, the kept ones, or all."""
    return asked["show"] if asked.get("show") in ("kept", "all") else "triage"


def shown_kind(asked: Mapping[str, str]) -> str:
    """The kind of events that the address asks for; "" for every kind."""
    return asked["kind"] if asked.get("kind") in KINDS else ""


_FILTERS: dict[str, tuple[bool, Triage | None]] = {
    "triage": (True, Triage.OPEN), "kept": (False, Triage.KEPT), "all": (False, None)
}  # fmt: skip


def event_rows(
    incident: Incident, analysis: StoredAnalysis, asked: Mapping[str, str], known_by: int | None = None
) -> Rows:
    """The rows that the address asks for: events by time, silences between them, a row where the day changes."""
    show, kind = shown_events(asked), shown_kind(asked)
    only_key, triage = _FILTERS[show]
    after = queries.read_key(asked.get("after", ""))
    page = queries.event_page(analysis, only_key=only_key, triage=triage, after=after, known_by=known_by, kind=kind)
    head = queries.known_head(analysis, known_by)
    if kind:
        # A silence lies between all events, so it is not one of this kind.
        head = {**head, "gaps": []}
    stands = standings(incident, [stored.value for stored in page.events])
    rows = list(list_rows(head, page, stands))
    following = ""
    if page.following:
        kept = {"known": asked["known"]} if known_by is not None else {}
        kept |= {"kind": kind} if kind else {}
        following = "?" + urlencode({"show": show, "after": str(page.following), **kept})
    return Rows(rows, len(page.events), following, show, kind)


def rows_of_events(incident: Incident, analysis: StoredAnalysis, events: Sequence[AnalysedEvent]) -> list[Row]:
    """The rows of these events alone, to take the place of those that a page shows."""
    named = milestones_by_event(milestone_rows(analysis.head))
    stands = standings(incident, [stored.value for stored in events])
    return [_row(stored.value, named, stands) for stored in events]


def triage_counts(analysis: StoredAnalysis, known_by: int | None = None) -> dict[str, int]:
    """How many events each filter of the list shows, and by `filter:kind` how many of a kind."""
    everything = queries.counted(analysis, known_by=known_by)
    to_triage = queries.counted(analysis, only_key=True, known_by=known_by).open
    counts = {"triage": to_triage, "kept": everything.kept, "all": everything.events}
    counts |= {f"{show}:{kind}": 0 for show in _FILTERS for kind in KINDS}
    for (kind, is_key), counted in queries.counted_kinds(analysis, known_by=known_by).items():
        counts[f"triage:{kind}"] += counted.open if is_key else 0
        counts[f"kept:{kind}"] += counted.kept
        counts[f"all:{kind}"] += counted.events
    return counts


def _row(event: Json, named: Mapping[str, Sequence[MilestoneRow]], stands: Mapping[str, Standing]) -> Row:
    return Row(
        event=event, milestones=tuple(named.get(event["id"], ())), note=_note(event),
        stands=stands.get(event["id"], UNTOUCHED),
    )  # fmt: skip


def list_rows(head: Json, page: queries.Page, stands: Mapping[str, Standing]) -> Iterator[Row]:
    """The rows of a page of events, with silences and new days between them."""
    named = milestones_by_event(milestone_rows(head))
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


def milestones_by_event(rows: Sequence[MilestoneRow]) -> dict[str, list[MilestoneRow]]:
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
