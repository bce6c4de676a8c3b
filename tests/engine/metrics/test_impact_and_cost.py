"""M10 to M12: unions, sweeps, users, requests and money."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.analysis import CostModel, Rate
from afteraction.core.findings import ImpactWindow, State
from afteraction.core.instant import Instant
from afteraction.core.timestamps import from_epoch
from afteraction.engine.metrics import SEED_RATE
from afteraction.engine.metrics.sweep import integrate
from tests.effort import examples
from tests.engine.metrics.cast import figures, milestones, window

DAY = "2030-01-07"


def on(start: str, end: str | None, weight: float | None = None, **more: object) -> ImpactWindow:
    return window(f"{DAY} {start}", f"{DAY} {end}" if end else None, weight, **more)


def test_overlapping_services_count_once_overall_and_each_for_itself():
    minutes = figures(windows=(on("10:00", "10:30", 0.5, service="web"), on("10:20", "10:50", 0.95, service="api")))[
        "M10"
    ]
    assert minutes.value == 50
    assert minutes.detail["per_service"] == {"web": 30, "api": 30}
    assert (minutes.detail["hard_min"], minutes.detail["degraded_min"]) == (30, 20)


def test_open_impact_is_at_least_what_is_known():
    minutes = figures(windows=(on("10:00", "10:30", 0.5), on("11:00", None, 0.5)))["M10"]
    assert (minutes.state, minutes.value, minutes.high) == (State.AT_LEAST, 30, None)


def test_an_open_window_ends_where_impact_is_stated_to_end():
    minutes = figures(windows=(on("10:00", None, 0.5),), milestones=milestones(impact_end=f"{DAY} 10:25"))["M10"]
    assert (minutes.state, minutes.value) == (State.VALUE, 25)


def test_one_stream_takes_the_larger_weight_and_streams_add():
    same = figures(windows=(on("10:00", "10:30", 0.5), on("10:00", "10:30", 0.2, service="api")))["M11"]
    apart = figures(windows=(on("10:00", "10:30", 0.5, stream="web"), on("10:00", "10:30", 0.2, stream="pos")))["M11"]
    assert same.value == pytest.approx(15)
    assert apart.value == pytest.approx(21)


def test_steps_of_one_outage_weigh_what_they_measured():
    steps = (
        on("14:02", "14:11", 0.35),
        on("14:11", "14:43", 0.92),
        on("14:43", "14:52", 0.45),
        on("15:12", "15:21", 0.2),
    )
    metrics = figures(windows=steps)
    assert metrics["M10"].value == 59
    assert metrics["M10"].detail["hard_min"] == 32
    assert metrics["M10"].detail["windows"] == 2
    assert metrics["M11"].value == pytest.approx(38.44)


def test_user_minutes_are_the_integral_over_the_steps():
    steps = (on("10:00", "10:10", 0.5, users=100.0), on("10:10", "10:30", 0.5, users=40.0))
    assert figures(windows=steps)["M11"].detail["user_minutes"] == pytest.approx(1800)


def test_users_and_requests_nobody_counted_are_unknown():
    detail = figures(windows=(on("10:00", "10:10", 0.5),))["M11"].detail
    assert (detail["user_minutes"], detail["lost_requests"]) == (None, None)


def test_part_of_unknown_weight_makes_the_sum_at_least():
    weighted = figures(windows=(on("10:00", "10:10", 0.5), on("10:10", "10:30")))["M11"]
    assert (weighted.state, weighted.value, weighted.high) == (State.AT_LEAST, 5, 25)


def test_what_did_not_work_is_said_or_unknown():
    said = figures(windows=(on("10:00", "10:10", 0.5, degradation="Orders failed for half of the shops."),))["M10"]
    assert said.detail["degradation"] == ("Orders failed for half of the shops.",)
    assert "unknown" in figures(windows=(on("10:00", "10:10", 0.5),))["M10"].note


def test_no_rate_is_cost_unknown_and_not_zero():
    cost = figures(windows=(on("10:00", "10:10", 0.5),))["M12"]
    assert (cost.state, cost.value) == (State.UNKNOWN, None)
    assert cost.note.startswith("Cost unknown")


def rate(base: float, currency: str = "GBP") -> Rate:
    return Rate(low=base / 2, base=base, high=base * 2, currency=currency)


def test_all_terms_known_make_a_value_with_low_and_high():
    cost = figures(
        windows=(on("10:00", "10:10", 0.5),),
        cost=CostModel(per_minute={"": rate(100)}, responder_minute=rate(2), credits=rate(300), ticket=rate(4)),
        responder_minutes=60.0,
        tickets=25,
    )["M12"]
    assert cost.state is State.VALUE
    assert (cost.low, cost.value, cost.high) == (510, 1020, 2040)


def test_a_missing_term_is_named_and_the_total_is_at_least_the_rest():
    cost = figures(windows=(on("10:00", "10:10", 0.5),), cost=CostModel(per_minute={"": rate(100)}))["M12"]
    assert (cost.state, cost.value) == (State.AT_LEAST, 500)
    assert "Unknown and not counted: responder time, credits, support tickets." in cost.note
    states = {term["name"]: term["state"] for term in cost.detail["terms"]}
    assert states == {
        "impact": "value",
        "responder time": "unknown",
        "credits": "unknown",
        "support tickets": "unknown",
    }


def test_each_stream_is_charged_at_its_own_rate():
    cost = figures(
        windows=(on("10:00", "10:10", 0.5, stream="web"), on("10:00", "10:10", 1.0, stream="pos")),
        cost=CostModel(per_minute={"web": rate(100), "": rate(10)}),
    )["M12"]
    assert cost.value == 600


def test_two_currencies_are_not_added():
    cost = figures(
        windows=(on("10:00", "10:10", 0.5),),
        cost=CostModel(per_minute={"": rate(100)}, credits=rate(300, "EUR")),
    )["M12"]
    assert cost.state is State.UNKNOWN and "EUR and GBP" in cost.note


def test_unknown_weight_leaves_the_cost_of_impact_unknown():
    cost = figures(windows=(on("10:00", "10:10"),), cost=CostModel(per_minute={"": SEED_RATE}))["M12"]
    assert cost.state is State.UNKNOWN


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(1, 60), st.floats(0, 1), st.sampled_from(["web", "pos"])),
        max_size=8,
    )
)
def test_the_sweep_agrees_with_counting_every_minute(pieces):
    def moment(minute: int) -> Instant:
        return from_epoch(1_900_000_000 + minute * 60, "s")

    windows = [
        ImpactWindow(start=moment(a), end=moment(a + length), weight=weight, stream=stream)
        for a, length, weight, stream in pieces
    ]
    counted = sum(
        max((w for a, length, w, s in pieces if s == stream and a <= minute < a + length), default=0.0)
        for minute in range(300)
        for stream in ("web", "pos")
    )
    assert integrate(windows, lambda window: window.weight or 0.0) == pytest.approx(counted)


def test_an_open_window_of_which_nothing_more_is_known_is_unknown_and_not_zero():
    minutes = figures(windows=(on("10:00", None),))["M10"]
    assert (minutes.state, minutes.value) == (State.UNKNOWN, None)
