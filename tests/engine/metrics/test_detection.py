"""M13 and M14: who noticed first, and which noticing counted."""

from __future__ import annotations

import pytest

from afteraction.core.findings import State
from afteraction.engine.metrics import wilson
from tests.engine.metrics.cast import figures, milestones, noticed, said, window

WINDOW = (window("2030-01-07 10:00", "2030-01-07 11:00", 0.5),)


def test_an_alert_that_nobody_acted_on_leaves_the_user_report_effective():
    method = figures(
        detections=(
            noticed("monitor", "2030-01-07 10:02:00", acted_on=False),
            noticed("customer", "2030-01-07 10:20:00", acted_on=True),
        )
    )["M14"]
    assert method.detail["method"] == "customer"
    assert method.detail["counts"] == {"monitor": 1, "customer": 1}
    assert "An alert fired but was not acted on." in method.note


def test_accident_is_a_method_of_its_own():
    assert figures(detections=(noticed("accident", "2030-01-07 10:20"),))["M14"].detail["method"] == "accident"


def test_no_user_report_is_monitor_only_and_neither_is_internal():
    monitor = figures(windows=WINDOW, detections=(noticed("monitor", "2030-01-07 10:02"),))["M13"]
    internal = figures(windows=WINDOW, detections=(noticed("internal_person", "2030-01-07 10:02"),))["M13"]
    assert (monitor.state, monitor.detail["verdict"]) == (State.NOT_APPLICABLE, "monitor only")
    assert (internal.state, internal.detail["verdict"]) == (State.NOT_APPLICABLE, "internal")


def test_a_synthetic_check_is_a_monitor():
    assert figures(windows=WINDOW, detections=(noticed("synthetic", "2030-01-07 10:02"),))["M02"].value == 120


def test_users_only_while_impact_is_open_is_silent_as_far_as_known():
    gap = figures(
        windows=(window("2030-01-07 10:00", None, 0.5),),
        detections=(noticed("customer", "2030-01-07 10:20"), noticed("customer", "2030-01-07 10:50")),
    )["M13"]
    assert (gap.state, gap.value) == (State.AT_LEAST, 50 * 60)


@pytest.mark.parametrize(
    ("successes", "total", "expected"),
    [(7, 10, (0.70, 0.397, 0.892)), (0, 10, (0.0, 0.0, 0.278)), (10, 10, (1.0, 0.722, 1.0))],
)
def test_shares_have_wilson_intervals(successes, total, expected):
    assert wilson(successes, total) == pytest.approx(expected, abs=0.001)


def test_a_share_of_nothing_is_nothing():
    assert wilson(0, 0) is None


def test_a_start_that_is_only_guessed_from_the_alert_gives_no_time_to_detect():
    guessed = (said("2030-01-07 10:02:00", line=90, confidence=0.3),)
    alert = (noticed("monitor", "2030-01-07 10:02:00"),)
    metrics = figures(milestones=milestones(impact_start=guessed), detections=alert)
    assert metrics["M01"].state is State.UNKNOWN
    assert metrics["M02"].state is State.UNKNOWN
    assert "may be earlier" in metrics["M01"].note
    stated = (said("2030-01-07 10:02:00", line=90, confidence=0.8),)
    assert figures(milestones=milestones(impact_start=stated), detections=alert)["M01"].value == 0
