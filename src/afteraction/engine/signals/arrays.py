"""A series as arrays: times, values, spacing, and a counter as the rate it stands for.

Knows numpy. Refuses to know what the values mean.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from afteraction.core.digests import MetricSeries
from afteraction.core.instant import Instant, Precision

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

# Nothing that is measured is this large in any unit: sources write the largest number they have where they know none.
LARGEST = 1e100


def times_of(series: MetricSeries) -> Floats:
    """Times in UTC epoch seconds."""
    return np.asarray(series.times, dtype=np.float64)


def values_of(series: MetricSeries) -> Floats:
    """Values; NaN where the source had nothing."""
    return np.asarray(series.values, dtype=np.float64)


def present(series: MetricSeries) -> tuple[Floats, Floats]:
    """(times, values) of the samples that have a value (finite and below `LARGEST`), one per moment."""
    times, values = times_of(series), values_of(series)
    keep = (np.abs(values) < LARGEST) & np.isfinite(times)
    times, values = times[keep], values[keep]
    if times.size > 1 and np.any(np.diff(times) <= 0):
        times, first = np.unique(times, return_index=True)
        values = values[first]
    return times, values


def spacing(times: Floats) -> float:
    """The usual distance of two samples, in seconds; 60 when there are fewer than two."""
    return float(np.median(np.diff(times))) if times.size > 1 else 60.0


def counter_rate(metric: str, times: Floats, values: Floats) -> tuple[Floats, Floats] | None:
    """(times, rate per second) of a cumulative counter; None when the series is not one. A reset counts from zero."""
    if not metric.endswith(("_total", "_count", "_sum", "_bucket")) or values.size < 3:
        return None
    steps = np.diff(values)
    if values[0] < 0 or np.count_nonzero(steps < 0) > max(1, values.size // 100) or values[-1] <= values[0]:
        return None
    grown = np.where(steps < 0, values[1:], steps)
    return times[1:], grown / np.maximum(np.diff(times), 1e-9)


def sample_instant(epoch_s: float, step_s: float, *, inferred: bool = False) -> Instant:
    """The moment of a sample, as precisely as the samples lie. Steps of a minute give minute precision; other steps
    give an approximate instant that spreads over one step to either side, since the change happened between two
    samples. `inferred`: the evidence begins or ends here, the change itself was not seen."""
    utc = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch_s)
    text = f"{epoch_s:.3f}".rstrip("0").rstrip(".")
    if abs(step_s - 60.0) < 0.5 and not inferred:
        return Instant(utc=utc, original_text=text, precision=Precision.MINUTE)
    if step_s <= 1.0 and not inferred:
        return Instant(utc=utc, original_text=text)
    spread = timedelta(seconds=max(step_s, 1.0))
    return Instant(utc=utc, original_text=text, precision=Precision.APPROXIMATE, spread=spread, inferred=inferred)


def seen_instant(epoch_s: float, step_s: float) -> Instant:
    """The moment somebody could have seen a sample: its own time, to the second, or to the minute for slow series."""
    utc = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch_s)
    text = f"{epoch_s:.3f}".rstrip("0").rstrip(".")
    return Instant(utc=utc, original_text=text, precision=Precision.MINUTE if step_s >= 60.0 else Precision.SECOND)
