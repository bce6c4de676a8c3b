"""Which services got slower in themselves.

Knows the time that a span does not spend in its children. Refuses to blame a service for those that it waits for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from afteraction.core.evidence import EvidenceRef
from afteraction.engine.suspects.origins.odds import level_odds
from afteraction.engine.suspects.origins.timeline import Timeline
from afteraction.engine.suspects.origins.visits import Visits
from afteraction.engine.suspects.tables import Codes, Flags, Floats, SpanTable

# Durations below this are noise of the clock (milliseconds), and no visit counts as more than this many times slower.
LEAST_MS = 0.1
MOST_SHIFT = 3.0
NOTHING: Codes = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slower:
    """A service that got slower: log odds, when (UTC epoch seconds), how many times slower, and one slow span."""

    log_odds: float
    onset: float
    times: float
    evidence: EvidenceRef


def find_slower(spans: SpanTable, visits: Visits, timeline: Timeline, waiting: Codes = NOTHING) -> Mapping[str, Slower]:
    """Services by how much slower they got in what they do themselves. Spans `waiting` for another service do nothing
    themselves."""
    rows = np.flatnonzero(visits.kept & np.isfinite(spans.duration))
    rows = np.setdiff1d(rows, waiting)
    own = np.log(np.maximum(_own_time(spans, visits), 0) + LEAST_MS)
    slices = timeline.slices(trace_starts(visits)[spans.trace])
    shift = relative(own[rows], spans.service[rows], spans.operation[rows], slices[rows] == 0)
    return _judged(spans, rows, shift, spans.service[rows], slices, timeline)


def _own_time(spans: SpanTable, visits: Visits) -> Floats:
    """Milliseconds that each span did not spend in its children."""
    inner = visits.kept & (visits.span_parent >= 0) & np.isfinite(spans.duration)
    inside = np.bincount(visits.span_parent[inner], spans.duration[inner], minlength=len(spans))
    return np.asarray(spans.duration - inside)


def trace_starts(visits: Visits) -> Floats:
    """When each trace began, by its code."""
    starts = np.full(int(visits.unit_trace.max(initial=-1)) + 2, np.inf)
    starts[visits.unit_trace] = visits.unit_start
    return starts


def relative(values: Floats, first: Codes, second: Codes, normal: Flags) -> Floats:
    """Each value relative to what is usual in its group (rows of equal `first` and `second`): the median over what is
    normal for sure, over everything where there is none of it."""
    _, group = np.unique(first * (int(second.max(initial=0)) + 1) + second, return_inverse=True)
    usual = _medians(values, group)
    sure = _medians(values[normal], group[normal], int(group.max(initial=-1)) + 1)
    return np.asarray(values - np.where(np.isfinite(sure[group]), sure[group], usual[group]))


def _medians(values: Floats, group: Codes, count: int | None = None) -> Floats:
    count = int(group.max(initial=-1)) + 1 if count is None else count
    order = np.lexsort((values, group))
    sizes = np.bincount(group, minlength=count)
    ends = np.cumsum(sizes)
    found = np.full(count, np.nan)
    some = sizes > 0
    low, high = ends - sizes + (sizes - 1) // 2, ends - sizes + sizes // 2
    found[some] = (values[order][low[some]] + values[order][high[some]]) / 2
    return found


def _judged(
    spans: SpanTable, rows: Codes, shift: Floats, service: Codes, slices: Codes, timeline: Timeline
) -> dict[str, Slower]:
    """One value per trace and service: the mean over its spans."""
    width = len(spans.services)
    units, unit = np.unique(spans.trace[rows] * width + service, return_inverse=True)
    shift = np.clip(shift, -MOST_SHIFT, MOST_SHIFT)
    mean = np.bincount(unit, shift) / np.bincount(unit)
    sliced = np.full(units.size, -1)
    sliced[unit] = slices[rows]
    odds, best, moved = level_odds(mean, sliced, units % width, width, timeline.log_prior)
    found = {}
    order = np.argsort(service, kind="stable")
    ends = np.cumsum(np.bincount(service, minlength=width))
    for number in np.flatnonzero(np.bincount(units % width, minlength=width)):
        mine = order[ends[number - 1] if number else 0 : ends[number]]
        since = mine[slices[rows[mine]] > best[number]]
        slowest = (since if since.size else mine)[np.argmax(shift[since if since.size else mine])]
        found[spans.services[int(number)]] = Slower(
            log_odds=float(odds[number]),
            onset=float(timeline.begins[int(best[number])]),
            times=float(np.exp(moved[number])),
            evidence=spans.places.cite(int(rows[slowest])),
        )
    return found
