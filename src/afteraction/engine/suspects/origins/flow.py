"""How much of what users suffer each service accounts for by itself, along the calls.

Knows that time and failures add up: what a caller waits and fails beyond what those that it calls wait and fail is its
own. Refuses to work without calls.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from afteraction.engine.suspects.origins.departures import Window
from afteraction.engine.suspects.tables import Floats

# The statistic of a latency that adds up best comes first.
_MEAN = re.compile(r"average|avg|mean", re.I)
_QUANTILE = re.compile(r"p?(\d{2})(?:\d*)$|p(\d{2})", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series as arrays, with its service and metric."""

    service: str
    metric: str
    times: Floats
    values: Floats
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a service accounts for: `own` of its own excess (0 to 1), `whole` of the excess where it was noticed, and
    whether a chain of calls leads from there to it."""

    own: float
    whole: float
    reached: bool


def find_shares(
    symptoms: Sequence[Series], traffic: Mapping[str, Series], calls: Collection[tuple[str, str]], window: Window,
    noticed: str,
) -> Mapping[str, Share]:  # fmt: skip
    """The share of each service that has a symptom series of this kind or is called. `noticed` is the service that the
    alert names; empty takes the one without callers that suffers most."""
    chosen = _chosen(symptoms)
    excess = {name: _excess(one, traffic.get(name), window) for name, one in chosen.items()}
    callees: dict[str, set[str]] = defaultdict(set)
    for caller, callee in calls:
        if caller != callee:
            callees[caller].add(callee)
    if noticed not in excess:
        called = {callee for _, callee in calls}
        roots = [name for name in excess if name not in called]
        noticed = max(roots, key=lambda name: (excess[name], name), default="")
    reached = _reached(noticed, callees)
    total = excess.get(noticed, 0.0)
    found = {}
    for name in sorted({*excess, *reached}):
        suffered = excess.get(name, 0.0)
        below = math.fsum(excess.get(callee, 0.0) for callee in callees[name])
        own = max(0.0, suffered - below)
        found[name] = Share(
            own=own / suffered if suffered > 0 else 0.0,
            whole=min(1.0, own / total) if total > 0 else 0.0,
            reached=name in reached,
        )
    return found


def _chosen(symptoms: Sequence[Series]) -> dict[str, Series]:
    found: dict[str, Series] = {}
    for one in symptoms:
        known = found.get(one.service)
        if known is None or _order(one.metric) < _order(known.metric):
            found[one.service] = one
    return found


def _order(metric: str) -> tuple[int, str]:
    """Means first, then quantiles from the lowest on."""
    if _MEAN.search(metric):
        return 0, metric
    quantile = _QUANTILE.search(metric)
    return int(quantile[1] or quantile[2]) if quantile else 1, metric


def _excess(one: Series, traffic: Series | None, window: Window) -> float:
    """What came on top of the usual in the window, per sample and for all requests of it where they are counted."""
    watched = window.watched(one.times)
    if not watched.any():
        return 0.0
    over = np.maximum(one.values[watched] - one.usual, 0.0)
    if traffic is not None and traffic.times.size:
        over = over * np.interp(one.times[watched], traffic.times, np.maximum(traffic.values, 0.0))
    return float(over.mean())


def _reached(start: str, callees: Mapping[str, Collection[str]]) -> set[str]:
    found, todo = {start} - {""}, [start]
    while todo:
        for callee in callees.get(todo.pop(), ()):
            if callee not in found:
                found.add(callee)
                todo.append(callee)
    return found
