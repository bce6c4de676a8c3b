"""When an alert fires on stored samples: a threshold that must hold for a while, series by series.

Knows samples, holes and how long a condition lasted. Refuses to know of an incident: `backtest` asks that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from afteraction.core.digests import MetricSeries
from afteraction.engine.signals.arrays import Floats, counter_rate, present
from afteraction.engine.signals.meaning import read_meaning

Micros = NDArray[np.int64]
Stretch = tuple[int, int]
# A series that says nothing for longer is absent, and an alert on it starts anew (Prometheus' lookback).
STALE_US = 300_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A proposed alert: fires when values lie above (or below) `threshold` for `for_s` seconds without a break. The
    threshold has the unit of the series; for a counter it is a rate per second."""

    threshold: float
    above: bool = True
    for_s: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """One stored series: `times_us` in UTC epoch microseconds, ascending; `values` of the same length, NaN where the
    source had nothing. `name` is for sentences; a value times `factor` has `unit`."""

    times_us: Micros
    values: Floats
    name: str = ""
    unit: str = ""
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One time that the alert fires: `since_us` its condition holds, `fires_us` it has held long enough, `until_us`
    is the last sample of it. `from_start`: it already held at the first sample of the recording."""

    since_us: int
    fires_us: int
    until_us: int
    from_start: bool = False


def samples_of(series: MetricSeries) -> Samples:
    """A stored series as arrays; a counter becomes its rate per second."""
    times, values = present(series)
    meaning = read_meaning(series)
    unit, factor = meaning.unit, meaning.factor
    rate = counter_rate(series.metric, times, values)
    if rate is not None:
        (times, values), unit, factor = rate, "/s", 1.0
    name = " ".join(part for part in (series.service, series.metric) if part)
    stamps = np.rint(times * 1e6).astype(np.int64)
    return Samples(times_us=stamps, values=values, name=name, unit=unit, factor=factor)


def healthy_before(samples: Sequence[Samples], start: datetime) -> tuple[Stretch, ...]:
    """The stretch of the recording that lies before `start` (UTC), in epoch microseconds; none when there is none."""
    end = micros_of(start)
    firsts = [int(each.times_us[0]) for each in samples if each.times_us.size]
    return ((min(firsts), end),) if firsts and min(firsts) < end else ()


def find_firings(samples: Samples, rule: Rule) -> tuple[Firing, ...]:
    """Every time that the alert fires on this series, in order. A hole (no value, or more than five minutes and two
    samples without one) breaks the condition. An alert fires at a sample, as a rule that is evaluated then does."""
    keep = np.isfinite(samples.values)
    times = samples.times_us
    if not times.size or not keep.any():
        return ()
    with np.errstate(invalid="ignore"):
        holds = keep & ((samples.values > rule.threshold) if rule.above else (samples.values < rule.threshold))
    steps = np.diff(times)
    usual = int(np.median(steps)) if steps.size else 0
    broken = np.concatenate(([True], steps > max(STALE_US, 2 * usual)))
    # A run begins where the condition holds and did not, or where a hole lies before it.
    previous = np.concatenate(([False], holds[:-1]))
    begins = np.flatnonzero(holds & (~previous | broken))
    following = np.concatenate((holds[1:] & ~broken[1:], [False]))
    ends = np.flatnonzero(holds & ~following)
    hold_us = round(rule.for_s * 1e6)
    first_known = int(np.argmax(keep))
    found = []
    for first, last in zip(begins, ends, strict=True):
        since = int(times[first])
        at = first + int(np.searchsorted(times[first : last + 1], since + hold_us))
        if at <= last:
            found.append(
                Firing(
                    since_us=since, fires_us=int(times[at]), until_us=int(times[last]),
                    from_start=int(first) == first_known,
                )
            )  # fmt: skip
    return tuple(found)


def micros_of(moment: datetime) -> int:
    """A moment in UTC epoch microseconds."""
    return round(moment.timestamp() * 1e6)
