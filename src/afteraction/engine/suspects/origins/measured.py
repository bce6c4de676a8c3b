"""What the metrics of services say about where an incident began.

Knows robust level and spread of each series. Refuses to look at traces and logs.
"""

from __future__ import annotations

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.core.suspects import Term
from afteraction.engine.signals.departures import spread_of
from afteraction.engine.suspects.case import Case

LEAST_SAMPLES = 8


def terms(case: Case) -> list[tuple[str, Term, float | None]]:
    """(service, term, onset) of the most departed series of each service."""
    departed: dict[str, list[tuple[float, MetricSeries]]] = {}
    for series in case.material.series:
        if series.service:
            departed.setdefault(series.service, []).append((_departure(series, case), series))
    found: list[tuple[str, Term, float | None]] = []
    for service, every in departed.items():
        score, series = max(every, key=lambda one: one[0])
        odds = float(np.log1p(score))
        said = f"{series.metric} left its normal range by {score:.1f} spreads."
        found.append((service, Term(name="metric left its normal range", log_odds=odds, says=said,
                                    evidence=(series.evidence,)), None))  # fmt: skip
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
