"""What pages read about an incident, a page costing the same at a hundred and at a million events.

Knows how analyses and events are stored. Refuses to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet

from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis, Triage

Json = dict[str, Any]
PAGE = 60
MOST_MARKS = 2_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """A place in the list of events: after the event of this time and id."""

    at_us: int
    event_id: str

    def __str__(self) -> str:
        return f"{self.at_us}.{self.event_id}"


def read_key(text: str) -> Key | None:
    """The place that an address names; None when it names none."""
    number, dot, event_id = text.partition(".")
    if not dot or not number.removeprefix("-").isdigit() or len(number) > 18:
        return None
    return Key(int(number), event_id[:64])


@dataclass(frozen=True)
class Page:
    """Some events by time, and the place after them when there are more."""

    events: Sequence[AnalysedEvent]
    following: Key | None
    is_first: bool = True


def microseconds(at: datetime) -> int:
    """A moment as microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def latest_analysis(incident: Incident) -> StoredAnalysis | None:
    """The newest analysis of an incident, None before the first."""
    return StoredAnalysis.objects.filter(incident=incident).order_by("-id").first()


def identities_of(incident: Incident) -> dict[str, dict[str, str]]:
    """Roles and names by actor as the newest analysis knows them, to hide names with; empty before the first."""
    rows = StoredAnalysis.objects.filter(incident=incident).order_by("-id")
    known: dict[str, dict[str, str]] | None = rows.values_list("identities", flat=True).first()
    return known or {}


def analysis_of(incident: Incident, fingerprint: str) -> StoredAnalysis | None:
    """The analysis of exactly this evidence, code and these parameters, if it was ever made."""
    return StoredAnalysis.objects.filter(incident=incident, fingerprint=fingerprint).order_by("-id").first()


def event_page(analysis: StoredAnalysis, *, only_key: bool, after: Key | None, size: int = PAGE) -> Page:
    """The page of events after a place."""
    rows = AnalysedEvent.objects.filter(analysis=analysis)
    if only_key:
        rows = rows.filter(is_key=True)
    if after is not None:
        rows = rows.filter(Q(at_us__gt=after.at_us) | Q(at_us=after.at_us, event_id__gt=after.event_id))
    found = list(rows.order_by("at_us", "event_id")[: size + 1])
    more = len(found) > size
    last = found[size - 1] if more else None
    following = Key(last.at_us, last.event_id) if last else None
    return Page(found[:size], following, is_first=after is None)


def key_event_count(analysis: StoredAnalysis) -> int:
    """How many events carry the story."""
    return AnalysedEvent.objects.filter(analysis=analysis, is_key=True).count()


def event_of(analysis: StoredAnalysis, event_id: str) -> AnalysedEvent | None:
    """One event by its id."""
    return AnalysedEvent.objects.filter(analysis=analysis, event_id=event_id).first()


def events_named(analysis: StoredAnalysis, event_ids: Sequence[str]) -> dict[str, AnalysedEvent]:
    """Events by id, as far as this analysis has them."""
    rows = AnalysedEvent.objects.filter(analysis=analysis, event_id__in=event_ids)
    return {row.event_id: row for row in rows}


def neighbours(analysis: StoredAnalysis, event: AnalysedEvent, *, only_key: bool) -> tuple[str, str]:
    """Ids of the events before and after one, empty at the ends."""
    rows = AnalysedEvent.objects.filter(analysis=analysis)
    if only_key:
        rows = rows.filter(is_key=True)
    before = rows.filter(Q(at_us__lt=event.at_us) | Q(at_us=event.at_us, event_id__lt=event.event_id))
    after = rows.filter(Q(at_us__gt=event.at_us) | Q(at_us=event.at_us, event_id__gt=event.event_id))
    previous = before.order_by("-at_us", "-event_id").values_list("event_id", flat=True).first()
    following = after.order_by("at_us", "event_id").values_list("event_id", flat=True).first()
    return previous or "", following or ""


@dataclass(frozen=True)
class MarkRow:
    """As much of an event as a mark needs. Times in UTC."""

    event_id: str
    at: datetime
    until: datetime | None
    lane: str
    title: str


def lane_counts(analysis: StoredAnalysis, start: datetime, end: datetime) -> dict[str, int]:
    """How many events of each lane begin in [start, end]."""
    rows = _beginning(analysis, start, end).order_by().values_list("lane").annotate(count=Count("id"))
    return dict(rows)


def binned(analysis: StoredAnalysis, lanes: Sequence[str], start: datetime, end: datetime, bins: int) -> dict[int, int]:
    """How many events of some lanes begin in each of `bins` equal parts of [start, end], counted by the database."""
    low = microseconds(start)
    width = max((microseconds(end) - low) // bins, 1)
    part = ExpressionWrapper((F("at_us") - low) / width, output_field=BigIntegerField())
    rows = _beginning(analysis, start, end).filter(lane__in=lanes).order_by().annotate(part=part)
    found: dict[int, int] = {}
    for number, count in rows.values_list("part").annotate(count=Count("id")):
        at = min(int(number), bins - 1)
        found[at] = found.get(at, 0) + count
    return found


def marks_between(analysis: StoredAnalysis, lanes: Sequence[str], start: datetime, end: datetime) -> list[MarkRow]:
    """Events of some lanes that touch [start, end], by time. Ask `lane_counts` first: every one becomes a mark."""
    low, high = microseconds(start), microseconds(end)
    rows = (
        AnalysedEvent.objects.filter(analysis=analysis, at_us__lte=high, lane__in=lanes)
        .filter(Q(at_us__gte=low) | Q(until_us__gte=low))
        .exclude(triage=Triage.HIDDEN)
        .order_by("at_us", "event_id")
        .values_list("event_id", "at_us", "until_us", "lane", "title")[:MOST_MARKS]
    )
    return [
        MarkRow(
            event_id,
            EPOCH + timedelta(microseconds=at_us),
            None if until_us is None else EPOCH + timedelta(microseconds=until_us),
            lane,
            title,
        )
        for event_id, at_us, until_us, lane, title in rows
    ]


def _beginning(analysis: StoredAnalysis, start: datetime, end: datetime) -> QuerySet[AnalysedEvent]:
    rows = AnalysedEvent.objects.filter(analysis=analysis, at_us__gte=microseconds(start), at_us__lte=microseconds(end))
    return rows.exclude(triage=Triage.HIDDEN)


def extent(analysis: StoredAnalysis) -> tuple[datetime, datetime] | None:
    """The first and the last moment of any event; None without events."""
    rows = AnalysedEvent.objects.filter(analysis=analysis).order_by("at_us")
    first, last = rows.first(), rows.last()
    if first is None or last is None:
        return None
    return EPOCH + timedelta(microseconds=first.at_us), EPOCH + timedelta(microseconds=last.at_us)


def whole_document(analysis: StoredAnalysis) -> Json:
    """The analysis document as it was made, `afteraction/analysis/1`."""
    rows = AnalysedEvent.objects.filter(analysis=analysis).order_by("at_us", "event_id")
    were_hidden = set(analysis.head.get("hidden", ()))
    events: list[Json] = []
    hidden: list[Json] = []
    for row in rows.iterator(2000):
        (hidden if row.event_id in were_hidden else events).append(row.value)
    return {**analysis.head, "events": events, "hidden": hidden}
