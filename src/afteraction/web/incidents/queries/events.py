"""Events of a run by time: a page of the list, one event, its neighbours, and how many there are.

Knows keys of pages and the filters of the list. Refuses to count rows that counters already count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat

from afteraction.web.accounts.prepared import prepared
from afteraction.web.incidents.models import AnalysedEvent, StoredAnalysis, Triage
from afteraction.web.incidents.queries.density import density, kinds_counted
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
    analysis: StoredAnalysis, *, only_key: bool, triage: Triage | None, known_by: int | None, kind: str = ""
) -> list[QuerySet[AnalysedEvent]]:
    """The rows of a filter in one query or in two, each of which reads one index in the order of time."""
    rows = rows_of_run(analysis, known_by)
    if only_key and (not kind or triage not in (None, Triage.OPEN)):
        rows = rows.filter(is_key=True)
    if triage is not None and triage is not Triage.OPEN:
        rows = rows.filter(triage=triage).exclude(triage="")
        # What people decided is not much and has an index of its own; the kind is written so that no other serves.
        return [rows.annotate(of_kind=Concat("kind", Value(""))).filter(of_kind=kind) if kind else rows]
    if triage is Triage.OPEN:
        rows = rows.filter(triage="")
    if not kind:
        return [rows]
    return [rows.filter(kind=kind, is_key=is_key) for is_key in ((True,) if only_key else (True, False))]


def event_page(
    analysis: StoredAnalysis,
    *,
    only_key: bool,
    after: Key | None,
    size: int = PAGE,
    triage: Triage | None = None,
    known_by: int | None = None,
    kind: str = "",
) -> Page:
    """The page of events after a place; `triage` narrows it to what people decided, `known_by` to what was known and
    `kind` (of `EventKind`) to one kind."""
    asked = (only_key, triage, after is not None, size + 1, kind)
    place = (after.at_us, after.event_id) if after else ()
    if known_by is None:
        run = (analysis.incident_id, analysis.number)
        parts = [_prepared_page(part, *asked)(*run, *place) for part in range(_parts(asked))]
    else:
        parts = [list(each) for each in _pages(analysis, *place, asked=asked, known_by=known_by)]
    rows = parts[0] if len(parts) == 1 else list(merge(*parts, key=_place))[: size + 1]
    found = _as_known(rows, known_by)
    more = len(found) > size
    last = found[size - 1] if more else None
    following = Key(last.at_us, last.event_id) if last else None
    return Page(found[:size], following, is_first=after is None)


Asked = tuple[bool, Triage | None, bool, int, str]


def _place(row: AnalysedEvent) -> tuple[int, str]:
    return row.at_us, row.event_id


def _parts(asked: Asked) -> int:
    """How many queries a page takes."""
    only_key, triage, _, _, kind = asked
    return len(
        _listed(StoredAnalysis(incident_id=0, number=0), only_key=only_key, triage=triage, known_by=None, kind=kind)
    )


def _pages(
    analysis: StoredAnalysis, at_us: int = 0, event_id: str = "", *, asked: Asked, known_by: int | None = None
) -> list[QuerySet[AnalysedEvent]]:
    only_key, triage, is_later, size, kind = asked
    pages = []
    for rows in _listed(analysis, only_key=only_key, triage=triage, known_by=known_by, kind=kind):
        later = rows
        if is_later:
            # The first condition alone bounds the index; the second takes out what of that moment was shown.
            later = rows.filter(at_us__gte=at_us).filter(Q(at_us__gt=at_us) | Q(event_id__gt=event_id))
        pages.append(later.order_by("at_us", "event_id")[:size])
    return pages


@lru_cache(maxsize=500)
def _prepared_page(part: int, *asked: Any) -> Callable[..., list[AnalysedEvent]]:
    """The page of one filter and size; what is kept is how it is asked, never what was answered."""

    def page(incident: int, number: int, *place: Any) -> QuerySet[AnalysedEvent]:
        return _pages(StoredAnalysis(incident_id=incident, number=number), *place, asked=asked)[part]

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


def counted_kinds(analysis: StoredAnalysis, *, known_by: int | None = None) -> dict[tuple[str, bool], Counted]:
    """The same by kind and whether key, without counting the events."""
    found = kinds_counted(analysis, known_by)
    decided = rows_of_run(analysis).filter(~Q(triage=""))
    if known_by is not None:
        decided = decided.filter(known_us__lte=known_by)
    grouped = decided.order_by().values_list("kind", "is_key", "triage", "is_left_out").annotate(count=Count("id"))
    said: dict[tuple[str, bool], dict[str, int]] = {}
    for kind, is_key, triage, is_left_out, count in grouped:
        each = said.setdefault((kind, is_key), {})
        each[triage] = each.get(triage, 0) + count
        if is_left_out:
            found[kind, is_key] = found.get((kind, is_key), 0) + count
    return {
        key: Counted(count, said.get(key, {}).get(Triage.KEPT, 0), said.get(key, {}).get(Triage.HIDDEN, 0))
        for key, count in sorted(found.items())
        if count > 0
    }


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
    analysis: StoredAnalysis, event: AnalysedEvent, *, only_key: bool, known_by: int | None = None, kind: str = ""
) -> tuple[str, str]:
    """Ids of the events before and after one, empty at the ends."""
    before: list[tuple[int, str]] = []
    after: list[tuple[int, str]] = []
    for rows in _listed(analysis, only_key=only_key, triage=None, known_by=known_by, kind=kind):
        lower = rows.filter(at_us__lte=event.at_us).filter(Q(at_us__lt=event.at_us) | Q(event_id__lt=event.event_id))
        upper = rows.filter(at_us__gte=event.at_us).filter(Q(at_us__gt=event.at_us) | Q(event_id__gt=event.event_id))
        before += lower.order_by("-at_us", "-event_id").values_list("at_us", "event_id")[:1]
        after += upper.order_by("at_us", "event_id").values_list("at_us", "event_id")[:1]
    return max(before)[1] if before else "", min(after)[1] if after else ""
