"""A series reduced to what a screen can show.

Knows that peaks must survive. Refuses to average: every drawn value was measured.
"""

from __future__ import annotations

import numpy as np

from afteraction.core.analysis import Series
from afteraction.core.digests import MetricSeries
from afteraction.engine.signals.arrays import Floats, Indexes, times_of, values_of
from afteraction.engine.signals.meaning import read_meaning

# So many samples are kept as they are: an alert that is replayed on them fires when it would have fired.
WHOLE = 800


def describe(series: MetricSeries, points: int = 400, whole: int = WHOLE) -> Series:
    """The series in the source's own values: as it is up to `whole` samples, else at most `points` of them, the lowest
    and the highest of each slice of time in their order. A slice without any value becomes a hole (None)."""
    times, values = times_of(series), values_of(series)
    meaning = read_meaning(series)
    kept = np.arange(times.size) if times.size <= max(points, whole) else _extremes(times, values, points)
    return Series(
        name=series.metric,
        service=series.service,
        unit=series.unit or meaning.unit,
        times=tuple(float(time) for time in times[kept]),
        values=tuple(float(value) if np.isfinite(value) else None for value in values[kept]),
        role=meaning.role.value,
        samples=int(times.size),
        evidence=(series.evidence,),
    )


def _extremes(times: Floats, values: Floats, points: int) -> Indexes:
    """Indexes of the lowest and the highest value of each of `points` / 2 slices of equal count."""
    edges = np.linspace(0, times.size, points // 2 + 1).astype(int)[:-1]
    sizes = np.diff(np.append(edges, times.size))
    slices = np.repeat(np.arange(edges.size), sizes)
    finite = np.isfinite(values)
    # Holes sort behind everything, so that a slice names one only when it holds nothing else.
    low = np.lexsort((np.where(finite, values, np.inf), slices))[edges]
    high = np.lexsort((np.where(finite, -values, np.inf), slices))[edges]
    kept: Indexes = np.unique(np.concatenate((low, high)))
    return kept
