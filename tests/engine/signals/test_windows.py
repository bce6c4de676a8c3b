"""Measured windows: where they start and end, their steps, and what is not one."""

from __future__ import annotations

import time

import numpy as np
import pytest

from afteraction.core.digests import LogMinute
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import Basis
from afteraction.core.instant import Precision
from afteraction.engine.signals import impact_windows
from tests.engine.signals.cast import BEGIN, clock, noise, series


def told(windows):
    return [(clock(w.start), clock(w.end) if w.end else None, round(w.weight, 2), w.group) for w in windows]


def afternoon(samples_per_minute=1, seed=5):
    """Shares from 12:00 to 15:40: a plateau of 0.35, one of 0.92, a ramp around 0.45, and later one of 0.20."""
    minutes = np.full(220, 0.004)
    minutes[122:131], minutes[131:163] = 0.35, 0.92
    minutes[163:172] = np.linspace(0.80, 0.10, 9)
    minutes[192:201] = 0.20
    values = np.repeat(minutes, samples_per_minute)
    return np.clip(values + np.random.default_rng(seed).normal(0, 0.01, values.size) * (values > 0.01), 0, 1)


EXPECTED = [
    ("14:02:00", "14:11:00", 0.35, 0),
    ("14:11:00", "14:43:00", 0.92, 0),
    ("14:43:00", "14:52:00", 0.45, 0),
    ("15:12:00", "15:21:00", 0.20, 1),
]


@pytest.mark.parametrize("samples_per_minute", [1, 4])
def test_two_windows_of_three_steps_and_one(samples_per_minute):
    share = series(
        afternoon(samples_per_minute), "http_error_ratio", service="checkout", step=60.0 / samples_per_minute
    )
    found = impact_windows([share])
    assert [(a, b, group) for a, b, _, group in told(found)] == [(a, b, group) for a, b, _, group in EXPECTED]
    assert [window.weight for window in found] == pytest.approx([w for _, _, w, _ in EXPECTED], abs=0.02)


def test_a_window_is_measured_cited_and_says_what_failed():
    found = impact_windows([series(afternoon(), "http_error_ratio", service="checkout", line=9)])
    worst = found[1]
    assert worst.basis is Basis.MEASURED
    assert worst.degradation == "Checkout requests failed: 92 % of requests."
    assert worst.evidence[0].locator.line == 9


def test_instants_are_as_precise_as_the_samples_lie():
    minutes = impact_windows([series(afternoon(), "http_error_ratio")])[0]
    quarters = impact_windows([series(afternoon(4), "http_error_ratio", step=15.0)])[0]
    assert minutes.start.precision is Precision.MINUTE
    assert quarters.start.precision is Precision.APPROXIMATE
    assert quarters.start.spread.total_seconds() == 15


def test_weight_times_length_is_the_measured_area():
    values = afternoon()
    found = impact_windows([series(values, "http_error_ratio")])
    area = sum(w.weight * (w.end.utc - w.start.utc).total_seconds() / 60 for w in found)
    assert area == pytest.approx(values[values > 0.02].sum(), rel=0.01)


def test_a_ramp_is_few_steps_and_not_a_staircase():
    values = np.concatenate((np.full(60, 0.002), np.linspace(0.05, 0.95, 60), np.full(20, 0.002)))
    found = impact_windows([series(values, "http_error_ratio")])
    assert len(found) == 1
    assert found[0].weight == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("metric", ["cache_hit_ratio", "disk_used_ratio", "pool_wait_ms", "requests_per_sec"])
def test_what_is_no_share_of_failures_opens_no_window(metric):
    assert impact_windows([series(afternoon(), metric)]) == []


def test_percent_and_success_are_turned_into_failing_shares():
    percent = impact_windows([series(afternoon() * 100, "charge_error_rate_pct")])
    success = impact_windows([series(1 - afternoon(), "probe_success_ratio")])
    for found in (percent, success):
        assert [w.weight for w in found] == pytest.approx([0.35, 0.92, 0.45, 0.20], abs=0.02)


def test_a_harmless_blip_is_no_window():
    values = np.full(120, 0.002)
    values[60] = 0.8
    assert impact_windows([series(values, "http_error_ratio")]) == []


def test_one_calm_minute_does_not_end_a_window():
    values = np.full(120, 0.002)
    values[50:70] = 0.5
    values[60] = 0.004
    found = impact_windows([series(values, "http_error_ratio")])
    assert {window.group for window in found} == {0}
    assert (clock(found[0].start), clock(found[-1].end)) == ("12:50:00", "13:10:00")


def test_evidence_that_ends_in_failure_leaves_the_window_open():
    values = np.concatenate((np.full(60, 0.002), np.full(20, 0.6)))
    assert impact_windows([series(values, "http_error_ratio")])[-1].end is None


def test_a_share_that_stops_while_other_evidence_goes_on_ends_there_as_inferred():
    values = np.concatenate((np.full(60, 0.002), np.full(20, 0.6)))
    other = series(noise(200, 4, 0.1), "pool_wait_ms")
    end = impact_windows([series(values, "http_error_ratio"), other])[-1].end
    assert end is not None and end.inferred and clock(end) == "13:20:00"


def test_a_share_that_exists_only_while_something_fails_is_all_window():
    values = np.concatenate((np.linspace(0.15, 0.5, 10), np.full(30, 0.5), np.linspace(0.5, 0.1, 10)))
    found = impact_windows([series(values, "error_ratio", step=2.0), series(noise(200, 4, 0.1), step=2.0)])
    assert clock(found[0].start) == "12:00:00" and found[0].start.inferred
    assert max(window.weight for window in found) == pytest.approx(0.5, abs=0.03)


def test_a_service_that_always_fails_a_little_is_judged_against_that():
    values = np.random.default_rng(3).binomial(200, 0.08, 150) / 200
    assert impact_windows([series(values, "http_error_ratio")]) == []
    values[100:120] = 0.6
    (found,) = impact_windows([series(values, "http_error_ratio")])
    assert (clock(found.start), clock(found.end)) == ("13:40:00", "14:00:00")


def test_requests_by_code_give_share_and_lost_requests():
    good, bad = np.full(100, 10.0), np.zeros(100)
    good[60:80], bad[60:80] = 4.0, 6.0
    by_code = [
        series(good, "rps", labels={"code": "200"}, line=1),
        series(bad, "rps", labels={"code": "503"}, line=2),
    ]
    (found,) = impact_windows(by_code)
    assert (found.weight, found.fail_share, found.requests_per_s) == (0.6, 0.6, 10)
    assert {ref.locator.line for ref in found.evidence} == {1, 2}


def test_calls_to_others_stand_back_behind_a_services_own_answers():
    own = series(afternoon() * 0.3, "error_rate_5xx_ratio", service="frontend")
    internal = series(afternoon(), "s3_request_errors_ratio", service="media")
    assert {window.service for window in impact_windows([own, internal])} == {"frontend"}
    assert {window.service for window in impact_windows([internal])} == {"media"}


def minutes(shares, requests=100):
    ref = EvidenceRef("d" * 64, Locator(line=1))
    return [
        LogMinute(
            minute=BEGIN + 60 * i, service="shop", lines=requests, errors=0, requests=requests,
            failures=round(share * requests), evidence=ref,
        )
        for i, share in enumerate(shares)
    ]  # fmt: skip


def test_log_lines_with_a_status_serve_where_no_series_tells():
    found = impact_windows([], minutes(afternoon()))
    assert [(a, b, group) for a, b, _, group in told(found)] == [(a, b, group) for a, b, _, group in EXPECTED]
    assert found[1].requests_per_s == pytest.approx(100 / 60)


def test_metrics_are_trusted_before_logs_for_the_same_failures():
    share = series(afternoon(), "http_error_ratio", service="checkout")
    assert {window.service for window in impact_windows([share], minutes(afternoon()))} == {"checkout"}
    calm = series(np.full(220, 0.001), "http_error_ratio", service="checkout")
    assert {window.service for window in impact_windows([calm], minutes(afternoon()))} == {"shop"}


def test_a_failure_among_few_requests_is_no_window():
    shares = np.zeros(120)
    shares[[50, 52]] = 0.34
    assert impact_windows([], minutes(shares, requests=3)) == []


def test_two_hundred_series_take_well_under_a_second():
    many = [
        series(np.concatenate((noise(1500, 0.01, 0.001, seed), np.full(500, 0.4))), "error_ratio", service=f"s{seed}")
        for seed in range(200)
    ]
    begin = time.perf_counter()
    found = impact_windows(many)
    assert len(found) == 200
    assert time.perf_counter() - begin < 5.0


def test_one_failing_instance_of_four_is_no_total_outage():
    values = np.full(120, 0.002)
    failing = values.copy()
    failing[60:80] = 1.0
    fleet = [
        series(failing if i == 0 else values, "http_error_ratio", labels={"pod": f"p{i}"}, line=i + 1) for i in range(4)
    ]
    (found,) = impact_windows(fleet)
    assert found.weight == pytest.approx(0.25, abs=0.01)
    assert found.basis is Basis.ESTIMATED
    assert "plain mean of 4 series" in found.degradation


def test_the_series_of_the_whole_service_stands_before_its_parts():
    values = np.full(120, 0.002)
    values[60:80] = 0.4
    part = np.where(values > 0.1, 1.0, values)
    whole = series(values, "http_error_ratio", line=1)
    parts = [series(part, "http_error_ratio", labels={"route": f"/{i}"}, line=i + 2) for i in range(3)]
    (found,) = impact_windows([*parts, whole])
    assert (round(found.weight, 2), found.basis) == (0.4, Basis.MEASURED)
