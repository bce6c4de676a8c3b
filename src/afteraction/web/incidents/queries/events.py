"""Events of a run by time: a page of the list, one event, its neighbours, and how many there are.

Knows keys of pages and the filters of the list. Refuses to count rows that counters already count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from afteraction.web.accounts.prepared import prepared
from afteraction.web.incidents.models import AnalysedEvent, StoredAnalysis, Triage
from afteraction.web.incidents.queries.density import density
from afteraction.web.incidents.queries.runs import rows_of_run
from afteraction.web.incidents.queries.times import moment_at

PAGE = 60


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
    digits = number.removeprefix("-")
    if not dot or not (digits.isascii() and digits.isdigit()) or len(number) > 18:
        return None
    return Key(int(number), event_id[:64])


@dataclass(frozen=True)
class Page:
    """Some events by time, and the place after them when there are more."""

    events: Sequence[AnalysedEvent]
    following: Key | None
    is_first: bool = True


def _listed(
    analysis: StoredAnalysis, *, only_key: bool, triage: Triage | None, known_by: int | None
) -> QuerySet[AnalysedEvent]:
    rows = rows_of_run(analysis, known_by)
    if only_key:
        rows = rows.filter(is_key=True)
    if triage is Triage.OPEN:
        return rows.filter(triage="")
    return rows if triage is None else rows.filter(triage=triage).exclude(triage="")


def event_page(
    analysis: StoredAnalysis,
    *,
    only_key: bool,
    after: Key | None,
    size: int = PAGE,
    triage: Triage | None = None,
    known_by: int | None = None,
) -> Page:
    """The page of events after a place; `triage` narrows it to what people decided, `known_by` to what was known."""
    asked = (only_key, triage, after is not None, size + 1)
    place = (after.at_us, after.event_id) if after else ()
    if known_by is None:
        rows = _prepared_page(*asked)(analysis.incident_id, analysis.number, *place)
    else:
        rows = list(_page(analysis, *place, asked=asked, known_by=known_by))
    found = _as_known(rows, known_by)
    more = len(found) > size
    last = found[size - 1] if more else None
    following = Key(last.at_us, last.event_id) if last else None
    return Page(found[:size], following, is_first=after is None)


Asked = tuple[bool, Triage | None, bool, int]


def _page(
    analysis: StoredAnalysis, at_us: int = 0, event_id: str = "", *, asked: Asked, known_by: int | None = None
) -> QuerySet[AnalysedEvent]:
    only_key, triage, is_later, size = asked
    rows = _listed(analysis, only_key=only_key, triage=triage, known_by=known_by)
    if is_later:
        # The first condition alone bounds the index; the second takes out the events of that moment that were shown.
        rows = rows.filter(at_us__gte=at_us).filter(Q(at_us__gt=at_us) | Q(event_id__gt=event_id))
    return rows.order_by("at_us", "event_id")[:size]


@lru_cache(maxsize=200)
def _prepared_page(*asked: Any) -> Callable[..., list[AnalysedEvent]]:
    """The page of one filter and size; what is kept is how it is asked, never what was answered."""

    def page(incident: int, number: int, *place: Any) -> QuerySet[AnalysedEvent]:
        return _page(StoredAnalysis(incident_id=incident, number=number), *place, asked=asked)

    return prepared(page)


def _as_known(rows: list[AnalysedEvent], known_by: int | None) -> list[AnalysedEvent]:
    """The rows without ends that had not come."""
    if known_by is None:
        return rows
    from afteraction.pipeline.report.learned import event_as_known_at

    for row in rows:
        row.value = event_as_known_at(row.value, moment_at(known_by))
        row.until_us = None if row.until_us is None or row.until_us > known_by else row.until_us
    return rows


@dataclass(frozen=True)
class Counted:
    """How many events there are, and how many of them people kept and hid."""

    events: int
    kept: int
    hidden: int

    @property
    def open(self) -> int:
        """How many nobody kept or hid."""
        return max(self.events - self.kept - self.hidden, 0)


def counted(analysis: StoredAnalysis, *, only_key: bool = False, known_by: int | None = None) -> Counted:
    """The counts of the list's filters, without counting the events."""
    if known_by is None:
        if only_key:
            return Counted(analysis.key_count, analysis.key_kept_count, analysis.key_hidden_count)
        return Counted(analysis.event_count, analysis.kept_count, analysis.hidden_count)
    seen = density(analysis, known_by=known_by)
    # Without a bound on the time: what people decided has an index of its own, and is not much.
    decided = rows_of_run(analysis).filter(~Q(triage=""), known_us__lte=known_by)
    if only_key:
        decided = decided.filter(is_key=True)
    grouped = decided.order_by().values_list("triage", "is_left_out").annotate(count=Count("id"))
    counts = {(triage, is_left_out): count for triage, is_left_out, count in grouped}
    kept, hidden = (
        sum(counts.get((triage, is_left_out), 0) for is_left_out in (False, True))
        for triage in (Triage.KEPT, Triage.HIDDEN)
    )
    # What the facts were computed without is not part of the density.
    left_out = sum(count for (_, is_left_out), count in counts.items() if is_left_out)
    return Counted((seen.key_events if only_key else seen.events) + left_out, kept, hidden)


def key_event_count(analysis: StoredAnalysis) -> int:
    """How many events carry the story."""
    return int(analysis.key_count)


def event_of(analysis: StoredAnalysis, event_id: str, known_by: int | None = None) -> AnalysedEvent | None:
    """One event by its id."""
    if known_by is None:
        rows = _one_event(analysis.incident_id, analysis.number, event_id)
    else:
        rows = list(rows_of_run(analysis, known_by).filter(event_id=event_id)[:1])
    found = _as_known(rows, known_by)
    return found[0] if found else None


@prepared
def _one_event(incident: int, number: int, event_id: str) -> QuerySet[AnalysedEvent]:
    return rows_of_run(StoredAnalysis(incident_id=incident, number=number)).filter(event_id=event_id)[:1]


def events_named(analysis: StoredAnalysis, event_ids: Sequence[str]) -> dict[str, AnalysedEvent]:
    """Events by id, as far as this analysis has them."""
    if len(event_ids) == 1:
        alone = event_of(analysis, event_ids[0])
        return {alone.event_id: alone} if alone else {}
    return {row.event_id: row for row in rows_of_run(analysis).filter(event_id__in=event_ids)}


def neighbours(
    analysis: StoredAnalysis, event: AnalysedEvent, *, only_key: bool, known_by: int | None = None
) -> tuple[str, str]:
    """Ids of the events before and after one, empty at the ends."""
    rows = _listed(analysis, only_key=only_key, triage=None, known_by=known_by)
    before = rows.filter(at_us__lte=event.at_us).filter(Q(at_us__lt=event.at_us) | Q(event_id__lt=event.event_id))
    after = rows.filter(at_us__gte=event.at_us).filter(Q(at_us__gt=event.at_us) | Q(event_id__gt=event.event_id))
    previous = before.order_by("-at_us", "-event_id").values_list("event_id", flat=True).first()
    following = after.order_by("at_us", "event_id").values_list("event_id", flat=True).first()
    return previous or "", following or ""
