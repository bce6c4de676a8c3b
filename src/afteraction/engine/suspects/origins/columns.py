"""Whose metric a column of a wide table is: `cart_latency-90` is `latency-90` of `cart`, `Latency[a->b]` is of a call.

Knows names only: those that other evidence states, and endings that many columns share. Refuses to guess where neither
tells: such a series belongs to nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from afteraction.core.digests import MetricSeries

_EDGE = re.compile(r"^(?P<metric>.*?)\s*\[\s*(?P<caller>[^\[\]]+?)\s*-+>\s*(?P<callee>[^\[\]]+?)\s*\]$")
_CUTS = "_:/. "
# Names themselves hold dashes: they part service and metric only where nothing else does.
_DASH = "-"
# A rest that so many columns share names a metric.
_SHARED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A series with what it measures: `service`, or the callee of a call with its `caller`; `metric` without both."""

    service: str
    metric: str
    series: MetricSeries
    caller: str = ""


def owned(every: Sequence[MetricSeries], known: Collection[str]) -> list[Owned]:
    """The series that belong to a service; `known` are services that other evidence names."""
    found = []
    named = {one.service for one in every if one.service}
    bare = [one.metric for one in every if not one.service and not _EDGE.match(one.metric)]
    cuts = cut_columns(bare, {*known, *named})
    for one in every:
        edge = _EDGE.match(one.metric)
        if edge:
            found.append(Owned(service=edge["callee"], caller=edge["caller"], metric=edge["metric"], series=one))
        elif one.service:
            found.append(Owned(service=one.service, metric=one.metric, series=one))
        elif one.metric in cuts:
            service, metric = cuts[one.metric]
            found.append(Owned(service=service, metric=metric, series=one))
    return found


def cut_columns(names: Iterable[str], known: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """(service, metric) of the column names that tell both. A known service is cut off where it is the longest that
    fits; else the metric is an ending that many columns share, and the service the beginning that most do."""
    every = list(dict.fromkeys(names))
    return _cut_at(every, known, _CUTS) or _cut_at(every, known, _DASH)


def _cut_at(every: Sequence[str], known: Collection[str], cuts: str) -> Mapping[str, tuple[str, str]]:
    ends = Counter(metric for name in every for _, metric in _ways(name, cuts))
    starts = Counter(service for name in every for service, _ in _ways(name, cuts))
    found = _cut_known(every, known, cuts)
    for name in every:
        ways = [way for way in _ways(name, cuts) if ends[way[1]] >= _SHARED]
        if name in found or not ways:
            continue
        most = max(ends[metric] for _, metric in ways)
        common = [way for way in ways if 2 * ends[way[1]] >= most]
        found[name] = max(common, key=lambda way: (starts[way[0]], len(way[0])))
    rest = [name for name in every if name not in found]
    return found | _cut_known(rest, {service for service, _ in found.values()}, cuts)


def _cut_known(every: Iterable[str], known: Collection[str], cuts: str) -> dict[str, tuple[str, str]]:
    plain = {_plain(name): name for name in sorted(known)}
    found = {}
    for name in every:
        ways = [way for way in _ways(name, cuts) if _plain(way[0]) in plain]
        if ways:
            service, metric = max(ways, key=lambda way: len(way[0]))
            found[name] = (plain[_plain(service)], metric)
    return found


def _ways(name: str, cuts: str) -> list[tuple[str, str]]:
    """(before, after) for every separator inside the name; several in a row are one."""
    return [
        (name[:place], name[place:].lstrip(cuts))
        for place, sign in enumerate(name)
        if sign in cuts and place > 0 and name[place - 1] not in cuts and name[place:].strip(cuts)
    ]


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
