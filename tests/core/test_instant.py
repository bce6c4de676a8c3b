"""Moments stand for stretches, and differences of them are honest intervals."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.instant import Instant, Precision, between

NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


def at(minutes: float, precision: Precision = Precision.SECOND) -> Instant:
    return Instant(utc=NOON + timedelta(minutes=minutes), precision=precision)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Instant(utc=datetime(2026, 5, 12))


def test_any_zone_becomes_utc():
    assert Instant(utc=NOON.astimezone(timezone(timedelta(hours=2)))).utc.tzinfo is UTC


def test_minute_precision_gives_a_minute_on_either_side():
    gap = between(at(0, Precision.MINUTE), at(7, Precision.MINUTE))
    assert (gap.low, gap.value, gap.high) == (360, 420, 480)


def test_mixed_precision_widens_only_by_what_is_unknown():
    gap = between(at(2, Precision.MINUTE), at(11))
    assert (gap.low, gap.high) == (480, 541)


def test_order_is_unknown_when_the_interval_straddles_zero():
    assert between(at(0, Precision.MINUTE), at(0.5)).order_unknown
    assert not between(at(0, Precision.MINUTE), at(3)).order_unknown


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.sampled_from(list(Precision)), st.sampled_from(list(Precision)))
def test_a_difference_is_the_other_one_turned_round(a, b, p, q):
    assert between(at(a, p), at(b, q)) == -between(at(b, q), at(a, p))
