"""The drawn series: few points, no lost peak, holes stay holes."""

from __future__ import annotations

import numpy as np

from afteraction.engine.signals import describe
from tests.engine.signals.cast import noise, series


def test_a_short_series_is_drawn_as_it_is():
    drawn = describe(series([1.0, np.nan, 3.0], "pool_wait_ms"))
    assert drawn.values == (1.0, None, 3.0)
    assert (drawn.name, drawn.unit, drawn.role) == ("pool_wait_ms", "ms", "latency")


def test_a_long_series_keeps_its_peak_its_low_and_its_order_in_400_points():
    values = noise(50_000, 100, 1)
    values[31_234], values[41_111] = 5000.0, -77.0
    drawn = describe(series(values))
    assert len(drawn.times) <= 400
    assert max(drawn.values) == 5000.0 and min(drawn.values) == -77.0
    assert list(drawn.times) == sorted(drawn.times)


def test_a_long_hole_is_drawn_as_one():
    values = noise(4000, 100, 1)
    values[1000:2000] = np.nan
    drawn = describe(series(values))
    assert None in drawn.values
    assert len(drawn.times) <= 400


def test_a_series_of_some_hundred_samples_is_kept_as_it_is_and_a_longer_one_says_how_long_it_was() -> None:
    whole, long = describe(series([float(each % 7) for each in range(700)])), describe(series([1.0] * 5_000))
    assert len(whole.values) == whole.samples == 700
    assert len(long.values) <= 400 < long.samples == 5_000
