"""Priority and the second figure (SPEC R018, R077, R078, M16)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.prevention.changes import Change, Grade, Size
from afteraction.engine.prevention.priority import (
    Recurrence,
    Span,
    effort_of,
    figure_line,
    loss_averted,
    poisson_interval,
    priority_of,
    suggest_priority,
)
from tests.effort import examples

H, M, L = Grade.HIGH, Grade.MEDIUM, Grade.LOW
CHANGE = Change(id="C1", text="Every rollout passes the canary.", size=Size.M)
LOSS = Span(1000, 4000, 9000)


def test_the_grid_is_three_by_three() -> None:
    grid = [[priority_of(impact, urgency) for urgency in (H, M, L)] for impact in (H, M, L)]
    assert grid == [[H, H, M], [H, M, L], [M, L, L]]


@pytest.mark.parametrize(
    ("severity", "coverage", "impact"),
    [("SEV-1", None, H), ("SEV-1", 0.0, M), ("SEV-2", None, M), ("SEV-2", 0.75, H), ("SEV-2", 0.0, L),
     ("SEV-3", None, L), ("SEV-3", 0.5, M), ("", None, M)],
)  # fmt: skip
def test_impact_comes_from_severity_and_from_what_the_change_cuts(severity, coverage, impact) -> None:
    assert suggest_priority(CHANGE, severity=severity, coverage=coverage).impact is impact


@pytest.mark.parametrize(("events", "days", "urgency"), [(4, 180, H), (1, 180, M), (1, 1095, L), (0, 365, L)])
def test_urgency_comes_from_how_often_it_came(events: int, days: float, urgency: Grade) -> None:
    assert suggest_priority(CHANGE, recurrence=Recurrence(events=events, exposure_days=days)).urgency is urgency


def test_its_inputs_are_visible_and_people_decide() -> None:
    found = suggest_priority(
        CHANGE, severity="SEV-2", coverage=0.75, recurrence=Recurrence(events=1, exposure_days=180)
    )
    assert found.reasons == (
        "impact high: SEV-2, cuts 75% of the ways it can happen again",
        "urgency medium: 0.50 (0.01 to 2.79) expected in 90 days",
    )
    decided = suggest_priority(replace(CHANGE, impact=L, urgency=L), severity="SEV-1")
    assert decided.priority is L and decided.reasons[0] == "impact low: set by people"


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (2, 0.2422, 7.2247), (3, 0.6187, 8.7673), (10, 4.7954, 18.3904)],
)
def test_the_poisson_interval_is_the_exact_one_of_the_tables(events: int, low: float, high: float) -> None:
    assert poisson_interval(events) == pytest.approx((low, high), abs=1e-4)


def test_three_in_half_a_year_are_half_a_one_in_a_month() -> None:
    rate = Recurrence(events=3, exposure_days=180).per(30)
    assert (round(rate.low, 2), rate.value, round(rate.high, 2)) == (0.10, 0.50, 1.46)


def test_expected_loss_averted_per_effort_has_an_interval() -> None:
    found = loss_averted(CHANGE, recurrence=Recurrence(events=3, exposure_days=365.25), loss=LOSS, unit="GBP")
    assert found is not None
    assert found.loss_a_year.value == pytest.approx(12_000)
    assert found.per_day.value == pytest.approx(1500)
    assert found.per_day.low == pytest.approx(0.6187 * 1000 / 15, rel=1e-3)
    assert found.per_day.high == pytest.approx(8.7673 * 9000 / 4, rel=1e-3)
    assert figure_line(found) == "1,500 GBP a year per person-day (41.2 to 19,700)"


def test_a_figure_of_people_counts_instead_and_without_figures_there_is_none() -> None:
    own = loss_averted(replace(CHANGE, loss_averted=800.0, effort_days=4.0), recurrence=None, loss=None)
    assert own is not None and own.per_day == Span(200, 200, 200)
    assert loss_averted(CHANGE, recurrence=None, loss=LOSS) is None
    assert loss_averted(replace(CHANGE, size=None), recurrence=Recurrence(events=1, exposure_days=9), loss=LOSS) is None


def test_a_one_off_is_not_over_engineered() -> None:
    once = Recurrence(events=1, exposure_days=3 * 365.25)
    found = loss_averted(replace(CHANGE, size=Size.L), recurrence=once, loss=LOSS)
    assert found is not None and found.note == (
        "Seen once in 3 years, so 0.333 a year (0.00844 to 1.86); effort L. "
        "Consider mitigation only, or accept the risk with a date to look again."
    )
    small = loss_averted(replace(CHANGE, size=Size.S), recurrence=once, loss=LOSS)
    assert small is not None and small.note == ""


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(list(Size)), st.floats(0.5, 500), st.sampled_from(["SEV-1", "SEV-2", "SEV-3"]),
       st.floats(0, 1), st.integers(0, 9))  # fmt: skip
def test_effort_moves_the_second_figure_and_never_the_priority(size, days, severity, coverage, events) -> None:
    recurrence = Recurrence(events=events, exposure_days=365)
    other = replace(CHANGE, size=size, effort_days=days)
    told = [suggest_priority(e, severity=severity, coverage=coverage, recurrence=recurrence) for e in (CHANGE, other)]
    assert told[0] == told[1]
    before, after = (loss_averted(e, recurrence=recurrence, loss=LOSS, coverage=1) for e in (CHANGE, other))
    effort = effort_of(CHANGE)
    assert before is not None and after is not None and effort is not None
    assert after.per_day.value * days == pytest.approx(before.per_day.value * effort.value)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 200))
def test_a_count_lies_inside_its_interval(events: int) -> None:
    low, high = poisson_interval(events)
    assert low <= events < high and (low > 0) is (events > 0)
