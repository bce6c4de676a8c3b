"""How loud the pager was in the day before, how much of it was acted on, and whether the one that mattered drowned."""

from __future__ import annotations

import pytest

from afteraction.core.findings import State
from tests.engine.metrics.cast import figures, fired, milestones, noticed

START = milestones(impact_start="2030-01-07 10:00")


def load(*alerts, **more):
    return figures(milestones=START, alerts=alerts, **more)["M31"]


def test_alerts_of_the_day_before_are_counted_per_hour():
    old, early, late = fired("2030-01-06 08:00", "a"), fired("2030-01-06 11:00", "b"), fired("2030-01-07 09:59", "c")
    told = load(old, early, late, fired("2030-01-07 10:00", "after"))
    assert (told.state, told.value, told.unit) == (State.VALUE, pytest.approx(2 / 24), "alerts/h")
    assert told.detail["alerts"] == 2


def test_alerts_that_do_not_reach_back_a_day_give_a_lower_bound():
    told = load(fired("2030-01-07 04:00", "a"), fired("2030-01-07 09:00", "b"))
    assert (told.state, told.value, told.high) == (State.AT_LEAST, pytest.approx(2 / 24), None)
    assert "begin 6 h before it" in told.note and told.detail["reaches_back_h"] == pytest.approx(6)


def test_the_share_acted_on_is_unknown_without_any_acknowledgement():
    told = load(fired("2030-01-06 08:00", "a"), fired("2030-01-07 09:00", "b"))
    assert told.detail["actionable_share"] is None and "unknown" in told.note


def test_an_acknowledgement_within_a_quarter_of_an_hour_counts_for_its_own_alert():
    told = load(
        fired("2030-01-06 08:00", "old"),
        fired("2030-01-07 08:00", "a"), fired("", "a", acknowledged="2030-01-07 08:15"),
        fired("2030-01-07 09:00", "b"), fired("", "b", acknowledged="2030-01-07 09:16"),
        fired("2030-01-07 09:30", "c"),
    )  # fmt: skip
    assert (told.detail["answered"], told.detail["actionable_share"]) == (1, pytest.approx(1 / 3))
    assert "1 of 3 were acknowledged within 15 minutes." in told.note


def test_others_around_the_alert_that_mattered_are_told():
    crowd = [fired(f"2030-01-07 10:0{minute}", f"n{minute}") for minute in range(5)]
    told = load(fired("2030-01-06 08:00", "old"), *crowd, detections=(noticed("monitor", "2030-01-07 10:04"),))
    assert told.detail["around"] == 5
    alone = load(fired("2030-01-06 08:00", "old"), detections=(noticed("monitor", "2030-01-07 10:04"),))
    assert alone.detail["around"] == 0


def test_the_same_firing_told_twice_counts_once():
    told = load(fired("2030-01-06 08:00", "old"), fired("2030-01-07 09:00", "a", line=1),
                fired("2030-01-07 09:00", "a", line=2))  # fmt: skip
    assert told.detail["alerts"] == 1


def test_without_a_source_of_alerts_it_is_unknown_and_never_nought():
    told = figures(milestones=START)["M31"]
    assert (told.state, told.value) == (State.UNKNOWN, None) and told.note
