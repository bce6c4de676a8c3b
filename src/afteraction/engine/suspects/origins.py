"""How much speaks for each service as the place where an incident began.

Knows the evidence of metrics, traces and logs about services. Refuses to look at changes: `changes` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.core.suspects import Term
from afteraction.engine.signals.departures import spread_of
from afteraction.engine.suspects.case import Case

LEAST_SAMPLES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What speaks for one service: the sum of its terms' log odds, and when it first left its normal behaviour (UTC
    epoch seconds)."""

    log_odds: float
    onset: float | None = None
    terms: tuple[Term, ...] = ()


def find_origins(case: Case) -> Mapping[str, Origin]:
    """Every service of the case with what speaks for it."""
    departed: dict[str, list[tuple[float, MetricSeries]]] = {}
    for series in case.material.series:
        if series.service:
            departed.setdefault(series.service, []).append((_departure(series, case), series))
    found = {}
    for service, measured in departed.items():
        score, series = max(measured, key=lambda one: one[0])
        odds = float(np.log1p(score))
        said = f"{series.metric} left its normal range by {score:.1f} spreads."
        term = Term(name="metric left its normal range", log_odds=odds, says=said, evidence=(series.evidence,))
        found[service] = Origin(log_odds=odds, terms=(term,))
    return found


def _departure(series: MetricSeries, case: Case) -> float:
    times, values = np.asarray(series.times, float), np.asarray(series.values, float)
    known = ~np.isnan(values)
    times, values = times[known], values[known]
    split = case.alert.fired_at if case.alert else (times[-1] + times[0]) / 2 if times.size else 0.0
    before, after = values[times < split], values[times >= split]
    if before.size < LEAST_SAMPLES or not after.size:
        return 0.0
    level = float(np.median(before))
    scale = max(spread_of(before, level), 0.02 * abs(level), 1e-9)
    return float(min(np.max(np.abs(after - level)) / scale, 1e6))
