"""Onsets: seen where a series leaves its own quiet level, silent everywhere else."""

from __future__ import annotations

import numpy as np
import pytest

from afteraction.core.instant import Precision
from afteraction.core.records import EventKind, Lane
from afteraction.engine.signals import onsets
from afteraction.engine.signals.onsets import roundest_between
from tests.engine.signals.cast import BEGIN, clock, noise, series


def test_an_onset_is_a_cited_signal_with_its_unit_and_its_end():
    values = np.concatenate((noise(40, 4, 0.2), [52, 66, 108, 420, 900], noise(20, 4, 0.2, seed=2)))
    (event,) = onsets([series(values)])
    assert event.title == "ledger pool wait passes 50 ms"
    assert (event.lane, event.kind, event.service) == (Lane.METRICS, EventKind.SIGNAL, "ledger")
    assert (clock(event.instant), clock(event.until)) == ("12:40:00", "12:45:00")
    assert event.sources[0].evidence_id == "f" * 64 and event.sources[0].locator.line == 2
    assert "peak 900 ms at 12:44:00" in event.body


def test_seconds_are_printed_as_people_say_them():
    values = np.concatenate((noise(40, 0.004, 0.0002), [0.052, 0.2, 0.8, 2.4, 2.4]))
    (event,) = onsets([series(values, "pool_wait_seconds:p95", step=15.0)])
    assert event.title == "ledger pool wait passes 50 ms"
    assert "peak 2.4 s" in event.body and "p95" in event.body
    assert event.until is None and "ends before it comes back" in event.body


def test_two_onsets_of_one_series_are_two_places_with_two_ids():
    bump = [90.0] * 6
    values = np.concatenate((noise(40, 4, 0.2), bump, noise(30, 4, 0.2, seed=3), bump, noise(10, 4, 0.2, seed=4)))
    found = onsets([series(values)])
    assert [clock(event.instant) for event in found] == ["12:40:00", "13:16:00"]
    assert len({event.id for event in found}) == 2


def test_one_loose_sample_is_no_onset():
    values = noise(80, 4, 0.2)
    values[50] = 900
    assert onsets([series(values)]) == []


def test_a_fall_is_an_onset_only_where_falling_is_bad_or_either_may_be():
    fall = np.concatenate((noise(40, 100, 2), noise(20, 20, 2)))
    (traffic,) = onsets([series(fall, "requests_per_sec")])
    assert traffic.title == "ledger requests falls below 50/s"
    assert onsets([series(fall, "latency_ms")]) == []
    (success,) = onsets([series(fall / 110, "success_ratio")])
    assert "falls below" in success.title


def test_a_recording_that_begins_disturbed_gives_no_onset_for_that_stretch():
    values = np.concatenate((noise(15, 900, 20), noise(60, 4, 0.2)))
    assert onsets([series(values)]) == []


def test_a_disturbance_inside_the_first_fifth_is_still_seen():
    values = np.concatenate((noise(12, 4, 0.2), noise(88, 400, 10)))
    (event,) = onsets([series(values)])
    assert clock(event.instant) == "12:12:00"


def test_a_target_that_does_not_answer_is_a_signal_and_a_single_miss_is_not():
    values = np.ones(60)
    values[20] = 0
    values[40:44] = 0
    (event,) = onsets([series(values, "up", step=2.0, labels={"instance": "10.0.0.7:80"})])
    assert event.title == "ledger (10.0.0.7:80) does not answer its monitor"
    assert "for 8 s" in event.body
    assert (clock(event.instant), event.instant.precision) == ("12:01:20", Precision.SECOND)


def test_a_counter_is_read_as_the_rate_it_stands_for():
    errors = np.cumsum(np.concatenate((np.zeros(40), np.full(20, 120.0))))
    (event,) = onsets([series(errors + 7, "request_errors_total")])
    assert clock(event.instant) == "12:40:00"
    assert event.title.endswith("/s")


def test_constant_and_tiny_series_say_nothing():
    still = [series(np.ones(50), "ALERTS"), series(np.ones(50), "thing"), series([1.0], "thing"), series([], "thing")]
    assert onsets(still) == []


def test_holes_are_not_zeros():
    values = noise(60, 100, 2)
    values[20:40] = np.nan
    assert onsets([series(values, "requests_per_sec")]) == []


@pytest.mark.parametrize("kind", ["normal", "lognormal", "rare", "shares"])
def test_quiet_series_of_many_shapes_stay_quiet(kind):
    random = np.random.default_rng(11)
    draw = {
        "normal": lambda: 100 + 10 * random.standard_normal(240),
        "lognormal": lambda: 100 * np.exp(0.4 * random.standard_normal(240)),
        "rare": lambda: random.poisson(0.1, 240).astype(float),
        "shares": lambda: random.poisson(2, 240) / 1000,
    }[kind]
    name = "http_error_ratio" if kind == "shares" else "thing"
    false = sum(bool(onsets([series(draw(), name)])) for _ in range(100))
    # Rare events bunch by chance; everything else has to be silent.
    assert false <= (10 if kind == "rare" else 1)


@pytest.mark.parametrize(
    ("before", "here", "passed"),
    [(24, 53.2, 50), (4, 4100, 4000), (24, 29, 28), (0.7, 0.43, 0.5), (110, 131, 120), (90, 104, 100), (3, 3.5, 3.5)],
)
def test_the_number_passed_is_round_and_really_passed(before, here, passed):
    assert roundest_between(before, here) == pytest.approx(passed)


def test_events_come_by_time_whatever_the_order_of_series():
    late = series(np.concatenate((noise(40, 4, 0.2), noise(10, 90, 1))), service="late")
    early = series(np.concatenate((noise(30, 4, 0.2), noise(20, 90, 1))), service="early", begin=BEGIN)
    assert [event.service for event in onsets([late, early])] == ["early", "late"]


def test_instances_that_leave_together_are_one_event_citing_all():
    values = np.concatenate((noise(40, 4, 0.2), noise(20, 90, 1)))
    fleet = [series(values, labels={"pod": f"p{i}"}, line=i + 1, begin=BEGIN + 20 * i) for i in range(4)]
    (event,) = onsets(fleet)
    assert [ref.locator.line for ref in event.sources] == [1, 2, 3, 4]
    assert "So do 3 more series of it" in event.body


def test_buckets_of_a_histogram_are_no_signals():
    values = np.concatenate((noise(40, 4, 0.2), noise(20, 90, 1)))
    assert onsets([series(values, "duration_bucket", labels={"le": "0.5"})]) == []
