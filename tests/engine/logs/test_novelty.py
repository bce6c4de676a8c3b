"""What an incident changed in the log stands first; what scatters anyway does not."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.logs.novelty import (
    SURE,
    Novelty,
    TemplateCounts,
    Windows,
    count_in_windows,
    novelties,
    rate_log_odds,
    share_log_odds,
)

HOUR = 3600.0


def counts(name: str, before: tuple[int, ...], during: int, after: int = 0) -> TemplateCounts:
    return TemplateCounts(name, before, during, after, 12 * HOUR, HOUR, HOUR)


def test_a_template_that_first_appears_in_the_incident_is_new_and_stands_first():
    first, second = novelties([counts("steady", (10,) * 12, 11), counts("fresh", (0,) * 12, 40)])
    assert (first.template, first.novelty) == ("fresh", Novelty.NEW)
    assert first.log_odds > SURE
    assert (second.template, second.novelty) == ("steady", Novelty.SAME)


def test_a_template_that_stops_is_vanished_only_when_it_was_expected():
    found = {one.template: one for one in novelties([counts("heartbeat", (60,) * 12, 0), counts("rare", (0, 1), 0)])}
    assert found["heartbeat"].novelty is Novelty.VANISHED
    assert found["rare"].novelty is Novelty.SAME


def test_more_and_less_carry_a_ratio_with_an_interval_that_excludes_one():
    found = {one.template: one for one in novelties([counts("more", (20,) * 12, 200), counts("less", (200,) * 12, 20)])}
    assert found["more"].novelty is Novelty.MORE
    assert found["more"].low > 1
    assert found["more"].ratio == pytest.approx(10, rel=0.1)
    assert found["less"].novelty is Novelty.LESS
    assert found["less"].high < 1


def test_bursts_in_normal_times_make_the_same_burst_in_the_incident_nothing_new():
    bursty = counts("bursty", (0, 0, 120, 0, 0, 0, 90, 0, 0, 0, 0, 150), 130)
    even = counts("even", (30,) * 12, 130)
    found = {one.template: one for one in novelties([bursty, even])}
    assert found["bursty"].novelty is Novelty.SAME
    assert found["even"].novelty is Novelty.MORE
    assert found["bursty"].phi > 10 * found["even"].phi


def test_what_goes_on_after_the_incident_still_differs_from_before():
    ended, stays = (
        novelties([counts("ended", (5,) * 12, 100, 5)])[0],
        novelties([counts("stays", (5,) * 12, 100, 100)])[0],
    )
    assert ended.log_odds_after < SURE < stays.log_odds_after


def test_counting_takes_each_line_into_the_window_that_holds_its_time():
    windows = Windows((0.0, 120.0), (120.0, 180.0), (180.0, 240.0))
    times = np.array([0.0, 59.0, 60.0, 119.9, 120.0, 179.0, 180.0, 239.0, 240.0, -1.0, np.nan])
    indexes = np.array([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0])
    first, second = count_in_windows(["a", "b"], indexes, times, windows, slices=2)
    assert (first.before, first.during, first.after) == ((2, 1), 0, 2)
    assert (second.before, second.during, second.after) == ((0, 1), 2, 0)
    assert (first.exposure_before, first.exposure_during, first.exposure_after) == (120.0, 60.0, 60.0)


def test_without_a_normal_window_nothing_is_claimed():
    (only,) = novelties([TemplateCounts("x", (), 5, 0, 0.0, HOUR)])
    assert only.log_odds == 0
    assert only.low == 0


def test_shares_of_requests_cancel_traffic():
    assert share_log_odds(50, 1000, 500, 10_000) < 0
    assert share_log_odds(50, 1000, 5000, 10_000) > SURE
    assert share_log_odds(0, 0, 5, 10) == 0


def test_one_rate_is_preferred_where_counts_agree_and_the_more_so_the_more_was_seen():
    assert rate_log_odds(1000, 10, 1000, 10) < rate_log_odds(10, 10, 10, 10) < 0
    assert rate_log_odds(10, 10, 40, 10) > log(10)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.lists(st.integers(0, 10**6), max_size=6), st.integers(0, 10**6), st.integers(0, 10**6))))
def test_any_counts_give_finite_scores_in_order_whatever_their_order(rows):
    made = [counts(str(place), tuple(before), during, after) for place, (before, during, after) in enumerate(rows)]
    found = novelties(made)
    assert found == novelties(reversed(made))
    assert all(np.isfinite(one.log_odds) and one.low <= one.ratio <= one.high for one in found)
    assert [one.log_odds for one in found] == sorted((one.log_odds for one in found), reverse=True)
