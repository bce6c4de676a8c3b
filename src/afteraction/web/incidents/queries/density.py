"""How many events there are when: read from counts that were made when the analysis was stored.

Knows which blocks answer a question, and how to take away what was not known yet. Refuses to count events one by one,
but for those that were known later than they happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet

from afteraction.web.incidents import density as bins
from afteraction.web.incidents.density import Bar, Bins, Counts
from afteraction.web.incidents.models import AnalysedEvent, CountedBlock, StoredAnalysis
from afteraction.web.incidents.queries.runs import rows_of_run
from afteraction.web.incidents.queries.times import microseconds, moment_at


@dataclass(frozen=True)
class Density:
    """Bars by lane; how many events there are in all, and how many of them are key events."""

    lanes: Mapping[str, Sequence[Bar]]
    key_events: int

    @property
    def events(self) -> int:
        """How many events all lanes have together."""
        return sum(self.of(lane) for lane in self.lanes)

    def of(self, *lanes: str) -> int:
        """How many events some lanes have."""
        return sum(bar.count for lane in lanes for bar in self.lanes.get(lane, ()))


def extent(analysis: StoredAnalysis, known_by: int | None = None) -> tuple[datetime, datetime] | None:
    """The first and the last moment of any event; None without events."""
    first, last = analysis.first_us, analysis.last_us
    if first is None or last is None or (known_by is not None and first > known_by):
        return None
    return moment_at(first), moment_at(last if known_by is None else min(last, known_by))


def density(
    analysis: StoredAnalysis,
    start: datetime | None = None,
    end: datetime | None = None,
    known_by: int | None = None,
) -> Density:
    """How many events begin in [start, end), both to the second; without them, over the whole incident.

    With `known_by` (UTC microseconds) only events that were known by then count.
    """
    if analysis.first_us is None or analysis.last_us is None:
        return Density({}, 0)
    low = _second(analysis.first_us if start is None else microseconds(start))
    high = _second(analysis.last_us) + bins.SECOND if end is None else _second_after(microseconds(end))
    # No block lies outside of the events, however far somebody looks.
    low, high = max(low, _second(analysis.first_us)), min(high, _second(analysis.last_us) + bins.SECOND)
    level = bins.level_for(low, max(high, low + 1))
    if known_by is None:
        return _summed(bins.bars(low, high, level, *_stored(analysis, low, high, level)))
    whole = min(high, _second(known_by))
    found = bins.bars(low, whole, level, *_stored(analysis, low, whole, level))
    if high > whole:
        _add_last_second(found, rows_of_run(analysis, known_by).filter(at_us__gte=max(low, whole), is_left_out=False))
    return _summed(_without_later(analysis, found, low, whole, level, known_by))


def kinds_counted(analysis: StoredAnalysis, known_by: int | None = None) -> dict[tuple[str, bool], int]:
    """How many events there are by kind and whether key, without those that people hid when the run was computed.

    With `known_by` (UTC microseconds) only events that were known by then count.
    """
    if analysis.first_us is None or analysis.last_us is None:
        return {}
    low, high = _second(analysis.first_us), _second(analysis.last_us) + bins.SECOND
    whole = high if known_by is None else min(high, max(low, _second(known_by)))
    found = _kinds_before(analysis, low, whole)
    if known_by is None:
        return found
    seen = rows_of_run(analysis).filter(is_left_out=False)
    if high > whole:
        last = rows_of_run(analysis, known_by).filter(at_us__gte=whole, is_left_out=False)
        for each, count in _by_kind(last).items():
            found[each] = found.get(each, 0) + count
    # As in `_without_later`: the sum keeps databases to the index of what was known later.
    late = seen.filter(known_us__gt=F("at_us"), known_us__gte=known_by + 1)
    late = late.annotate(begin=ExpressionWrapper(F("at_us") + 0, output_field=BigIntegerField())).filter(
        begin__lt=whole
    )
    for each, count in _by_kind(late).items():
        found[each] = found.get(each, 0) - count
    return found


def _kinds_before(analysis: StoredAnalysis, low: int, high: int) -> dict[tuple[str, bool], int]:
    """By kind and whether key, the events of [low, high), both whole seconds: from the counts, or one by one where the
    run was stored before kinds were counted."""
    level = bins.level_for(low, max(high, low + 1))
    parts, stored = _stored(analysis, low, high, level, "kinds")
    if not all(stored.values()):
        return _by_kind(rows_of_run(analysis).filter(at_us__gte=low, at_us__lt=high, is_left_out=False))
    found: dict[tuple[str, bool], int] = {}
    mark = bins.kind_name("", is_key=True)
    for name, bars in bins.bars(low, high, level, parts, stored).items():
        found[name.removeprefix(mark), name.startswith(mark)] = sum(bar.count for bar in bars)
    return found


def _by_kind(rows: QuerySet[AnalysedEvent]) -> dict[tuple[str, bool], int]:
    grouped = rows.order_by().values_list("kind", "is_key").annotate(count=Count("id"))
    return {(kind, is_key): count for kind, is_key, count in grouped}


def _stored(
    analysis: StoredAnalysis, low: int, high: int, level: int, column: str = "counts"
) -> tuple[list[Bins], dict[tuple[int, int], Counts]]:
    parts = list(bins.covering(low, high, level))
    if not parts:
        return [], {}
    wanted = Q()
    for part in parts:
        numbers = part.blocks()
        wanted |= Q(level=part.level, block__gte=numbers.start, block__lt=numbers.stop)
    rows = CountedBlock.objects.filter(
        wanted, incident=analysis.incident_id, first_run__lte=analysis.number, last_run__gt=analysis.number
    )
    return parts, {(level, block): counts for level, block, counts in rows.values_list("level", "block", column)}


def _summed(found: dict[str, list[Bar]]) -> Density:
    keys = sum(bar.count for bar in found.pop(bins.KEY, ()))
    return Density(found, keys)


def _add_last_second(found: dict[str, list[Bar]], rows: QuerySet[AnalysedEvent]) -> None:
    """Adds the events between the last whole second and the moment itself."""
    grouped = rows.order_by().values_list("lane", "is_key", "at_us").annotate(count=Count("id"))
    for lane, is_key, at_us, count in grouped:
        second = _second(at_us)
        for name in (lane, bins.KEY) if is_key else (lane,):
            found.setdefault(name, []).append(Bar(second, second + bins.SECOND, count))


def _without_later(
    analysis: StoredAnalysis, found: dict[str, list[Bar]], low: int, high: int, level: int, known_by: int
) -> dict[str, list[Bar]]:
    """Takes away the events that had happened and were not known yet; an index holds just those."""
    width = bins.WIDTHS[level]
    part = ExpressionWrapper(F("at_us") / width, output_field=BigIntegerField())
    # The sum keeps databases from reading every event of the stretch: those known later have an index of their own.
    late = (
        rows_of_run(analysis)
        .filter(known_us__gt=F("at_us"), known_us__gte=known_by + 1, is_left_out=False)
        .annotate(begin=ExpressionWrapper(F("at_us") + 0, output_field=BigIntegerField()))
        .filter(begin__gte=low, begin__lt=high)
    )
    taken: dict[tuple[str, int], int] = {}
    grouped = late.order_by().annotate(part=part).values_list("lane", "is_key", "part").annotate(count=Count("id"))
    for lane, is_key, number, count in grouped:
        for name in (lane, bins.KEY) if is_key else (lane,):
            taken[name, int(number)] = taken.get((name, int(number)), 0) + count
    left = {
        name: [Bar(bar.start_us, bar.end_us, bar.count - taken.get((name, bar.start_us // width), 0)) for bar in bars]
        if any(key[0] == name for key in taken) else bars
        for name, bars in found.items()
    }  # fmt: skip
    return {name: kept for name, bars in left.items() if (kept := [bar for bar in bars if bar.count > 0])}


def _second(us: int) -> int:
    return us // bins.SECOND * bins.SECOND


def _second_after(us: int) -> int:
    return -(-us // bins.SECOND) * bins.SECOND
