"""Whose calls take longer on the way: what passes between the two ends of a call, done by neither.

Knows calls that were seen at both ends, and that a service with a slow network (or too busy to take a call) slows the
way to everybody that it talks with. Refuses to blame one end of a single call: healthy calls vote against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from afteraction.core.evidence import EvidenceRef
from afteraction.engine.suspects.origins.odds import change_odds
from afteraction.engine.suspects.origins.slowness import LEAST_MS, relative, trace_starts
from afteraction.engine.suspects.origins.timeline import Timeline
from afteraction.engine.suspects.origins.visits import Visits
from afteraction.engine.suspects.tables import Codes, Flags, Floats, SpanTable

# What the calls between two services can say for, and against, either of them at most.
MOST_FOR, MOST_AGAINST = 12.0, -3.0
# Of two ends that nothing else tells apart, the called one is the likelier: it is that one's way that the call went.
AS_CALLER = 0.9
# A call is held up when the way takes twice as long as is usual (natural logarithm): pauses of single calls are
# common, and only how often they come tells of the way.
HELD_UP = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """A service whose calls take longer on the way: log odds, when (UTC epoch seconds), the share of requests in which
    a call of the worst pair took twice as long as usual `before` and `since`, between how many `pairs` of services
    calls were seen, for how many of them that share rose, and one slow call."""

    log_odds: float
    onset: float
    before: float
    since: float
    slow: int
    pairs: int
    evidence: EvidenceRef


def calls_at_both_ends(spans: SpanTable, visits: Visits) -> Codes:
    """The called spans of calls whose other end is a span of the caller that does nothing else."""
    parent = visits.span_parent
    called = np.flatnonzero(visits.kept & (parent >= 0))
    alone = np.bincount(parent[called], minlength=len(spans))[parent[called]] == 1
    other = spans.service[called] != spans.service[parent[called]]
    known = np.isfinite(spans.duration[called]) & np.isfinite(spans.duration[parent[called]])
    return np.asarray(called[alone & other & known])


def find_delayed(spans: SpanTable, visits: Visits, timeline: Timeline) -> Mapping[str, Delayed]:
    """Services by how much longer calls to and from them take on the way."""
    called = calls_at_both_ends(spans, visits)
    if not called.size:
        return {}
    calling = visits.span_parent[called]
    way = np.log(np.maximum(spans.duration[calling] - spans.duration[called], 0) + LEAST_MS)
    width = len(spans.services)
    pairs, pair = np.unique(spans.service[calling] * width + spans.service[called], return_inverse=True)
    slices = timeline.slices(trace_starts(visits)[spans.trace[called]])
    shift = relative(way, pair, spans.operation[called], slices == 0)
    units, unit = np.unique(spans.trace[called] * pairs.size + pair, return_inverse=True)
    held_up = np.bincount(unit, shift) / np.bincount(unit) > HELD_UP
    sliced = np.full(units.size, -1)
    sliced[unit] = slices
    inside = sliced >= 0
    place = (units % pairs.size) * timeline.count + sliced
    shape = (pairs.size, timeline.count)
    number = np.bincount(place[inside], minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    slow = np.bincount(place[inside & held_up], minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    odds, best = change_odds(slow, number, timeline.log_prior, timeline.most_long)
    since = np.arange(timeline.count) > best[:, None]
    after, before = _share(slow, number, since), _share(slow, number, ~since)
    odds = np.where(after > before, odds, np.minimum(odds, 0.0))
    votes = np.clip(odds, MOST_AGAINST, MOST_FOR)
    found = {}
    ends = np.stack((pairs // width, pairs % width))
    for service in np.unique(ends):
        mine = np.flatnonzero((ends == service).any(axis=0))
        most = mine[np.argmax(odds[mine])]
        slowest = np.flatnonzero((pair == most) & (slices > best[most]))
        seen = slowest if slowest.size else np.flatnonzero(pair == most)
        found[spans.services[int(service)]] = Delayed(
            log_odds=float(np.where(ends[0, mine] == service, AS_CALLER, 1.0) @ votes[mine]),
            onset=float(timeline.begins[int(best[most])]),
            before=float(before[most]),
            since=float(after[most]),
            slow=int(np.count_nonzero(odds[mine] > 0)),
            pairs=int(mine.size),
            evidence=spans.places.cite(int(called[seen[np.argmax(shift[seen])]])),
        )
    return found


def _share(slow: Floats, number: Floats, chosen: Flags) -> Floats:
    return np.asarray((slow * chosen).sum(axis=1) / np.maximum((number * chosen).sum(axis=1), 1))
