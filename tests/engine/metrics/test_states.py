"""The five states: every kind of incident against every metric, and nothing is 0 for want of facts."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.analysis import KINDS
from afteraction.core.findings import State
from tests.effort import examples
from tests.engine.metrics.cast import at, cite, figures, fired, milestones, noticed, said, update, window

METRICS = [f"M{number:02}" for number in (*range(1, 16), 25, 31)]
N_A_FOR_A_NEAR_MISS = {"M01", "M02", "M07", "M08", "M09", "M10", "M11", "M13", "M15"}
RICH = {
    "milestones": milestones(
        first_signal="2030-01-07 09:58",
        impact_start="2030-01-07 10:00",
        acknowledged="2030-01-07 10:06",
        first_action="2030-01-07 10:09",
        declared="2030-01-07 10:08",
        diagnosed="2030-01-07 10:30",
        mitigated="2030-01-07 10:40",
        impact_end="2030-01-07 10:45",
        resolved="2030-01-07 12:00",
    ),
    "windows": (window("2030-01-07 10:00", "2030-01-07 10:45", 0.5),),
    "detections": (noticed("monitor", "2030-01-07 10:04"), noticed("customer", "2030-01-07 10:12")),
    "updates": (update("2030-01-07 10:15"), update("2030-01-07 10:45", is_resolved_message=True)),
    "updates_known": {"public": True},
    "alerts": (fired("2030-01-06 08:00", "disk"), fired("2030-01-07 10:04", "errors")),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("metric", METRICS)
def test_each_metric_of_each_kind_has_its_state_with_and_without_facts(kind, metric):
    without, rich = figures(kind)[metric], figures(kind, **RICH)[metric]
    none_apply = kind == "milestone" and metric != "M25"
    if none_apply or (kind == "near_miss" and metric in N_A_FOR_A_NEAR_MISS):
        expected_without = expected_rich = State.NOT_APPLICABLE
    else:
        expected_without = State.UNKNOWN
        # Nobody set a rate and nothing was drafted, so these two stay unknown.
        expected_rich = State.UNKNOWN if metric in {"M12", "M25"} else State.VALUE
    assert (without.state, rich.state) == (expected_without, expected_rich)
    for found in (without, rich):
        assert found.id == metric
        if found.state in (State.UNKNOWN, State.NOT_APPLICABLE):
            assert found.value is None
            assert found.note


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_a_full_name_a_formula_and_never_an_acronym(metric):
    found = figures(**RICH)[metric]
    assert found.formula and found.clock == "wall"
    assert not {"TTR", "MTTR", "TTD"} & set(found.name.split())


def test_figures_cite_the_evidence_and_name_the_instants_they_rest_on():
    detect = figures(**RICH)["M01"]
    assert cite(90) in detect.evidence
    assert [name for name, _ in detect.inputs] == ["impact start", "detection"]
    assert dict(detect.inputs)["impact start"] == at("2030-01-07 10:00")


def test_the_usual_figures_of_a_usual_incident():
    metrics = figures(**RICH)
    minutes = {key: metrics[key].value / 60 for key in ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09")}
    assert minutes == {
        "M01": 4, "M02": 4, "M03": 2, "M04": 5, "M05": 4, "M06": 26, "M07": 36, "M08": 45, "M09": 120,
    }  # fmt: skip
    assert metrics["M01"].detail["ttd_signal"]["value"] == 6 * 60


def test_an_interval_spans_what_minute_precision_allows():
    detect = figures(**RICH)["M01"]
    assert (detect.low, detect.high) == (3 * 60, 5 * 60)


def test_accounts_that_overlap_agree():
    both = (said("2030-01-07 10:00"), said("2030-01-07 10:00:40", line=2))
    detect = figures(milestones=milestones(impact_start=both, detected="2030-01-07 10:04"))["M01"]
    assert (detect.state, detect.value) == (State.VALUE, 240)


def test_a_much_weaker_account_is_no_rival():
    both = (said("2030-01-07 10:00", confidence=0.9), said("2030-01-07 09:00", line=2, confidence=0.4))
    detect = figures(milestones=milestones(impact_start=both, detected="2030-01-07 10:04"))["M01"]
    assert detect.state is State.VALUE


def test_two_accounts_on_both_sides_give_every_figure_and_cite_all():
    starts = (said("2030-01-07 10:00", line=11), said("2030-01-07 10:05", line=12))
    ends = (said("2030-01-07 10:40", line=13), said("2030-01-07 10:50", line=14))
    resolve = figures(milestones=milestones(impact_start=starts, resolved=ends))["M09"]
    assert resolve.state is State.CONFLICT and resolve.value is None
    assert sorted(other.value / 60 for other in resolve.alternatives) == [35, 40, 45, 50]
    assert (resolve.low, resolve.high) == (34 * 60, 51 * 60)
    assert {ref.locator.line for ref in resolve.evidence} == {11, 12, 13, 14}


def test_times_too_coarse_to_tell_the_order_say_so():
    declare = figures(milestones=milestones(detected="2030-01-07 10:04", declared="2030-01-07 10:04"))["M05"]
    assert (declare.value, declare.low, declare.high) == (0, -60, 60)
    assert "Which came first is unknown" in declare.note


def test_impact_nobody_noticed_while_it_lasted_is_at_least_its_length():
    detect = figures(windows=(window("2030-01-07 10:00", "2030-01-07 10:45", 0.5),))["M01"]
    assert (detect.state, detect.value) == (State.AT_LEAST, 45 * 60)


def test_a_response_without_a_known_detection_is_unknown_and_not_censored():
    detect = figures(
        windows=(window("2030-01-07 10:00", "2030-01-07 10:45", 0.5),),
        milestones=milestones(mitigated="2030-01-07 10:40"),
    )["M01"]
    assert detect.state is State.UNKNOWN


def test_a_detection_after_the_end_is_a_figure_and_says_so():
    detect = figures(
        windows=(window("2030-01-07 10:00", "2030-01-07 10:45", 0.5),),
        detections=(noticed("accident", "2030-01-08 09:00"),),
    )["M01"]
    assert (detect.state, detect.value) == (State.VALUE, 23 * 3600)
    assert "after impact had ended" in detect.note


def test_figures_from_another_environment_are_labelled():
    staging = figures(environment="staging", **RICH)["M08"]
    assert "not counted for production" in staging.note
    assert "not counted" not in figures(**RICH)["M08"].note


def test_breaches_and_silent_corruption_are_measured_on_a_scale_of_days():
    assert figures("security", **RICH)["M01"].detail["scale"] == "days"
    assert "scale" not in figures("outage", **RICH)["M01"].detail


WRITTEN = st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"])
MOMENTS = st.datetimes(min_value=datetime(2030, 1, 1), max_value=datetime(2030, 1, 9)).map(
    lambda moment: moment.replace(microsecond=0)
)


@settings(max_examples=examples(60), deadline=None)
@given(MOMENTS, MOMENTS, WRITTEN, WRITTEN)
def test_the_real_length_always_lies_in_the_stated_interval(start, end, start_format, end_format):
    resolve = figures(
        milestones=milestones(impact_start=start.strftime(start_format), resolved=end.strftime(end_format))
    )["M09"]
    assert resolve.low <= (end - start).total_seconds() <= resolve.high
    assert resolve.low <= resolve.value <= resolve.high
