"""Prometheus: which ranges are asked for, and what becomes of an answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.sources import pullers
from afteraction.sources.prometheus.puller import PULLER
from afteraction.sources.pulls import Answer, StepRefused, Wanted
from afteraction.sources.ranges import MOST_SAMPLES

START = datetime(2026, 5, 12, 14, tzinfo=UTC)


def wanted(*asks: str, hours: float = 1, **options: str) -> Wanted:
    return Wanted(asks, START, START + timedelta(hours=hours), options)


def grid(step) -> list[float]:
    """The moments at which Prometheus answers a range, as its documentation says."""
    start, end, width = (float(step.parameter(name)) for name in ("start", "end", "step"))
    return [start + i * width for i in range(int((end - start) / width) + 1)]


def test_it_is_found_by_its_folder() -> None:
    assert pullers()["prometheus"] is PULLER


def test_an_hour_is_one_question_with_a_sample_every_15_s() -> None:
    (step,) = PULLER.first(wanted("up"))
    assert step.path == "/api/v1/query_range"
    assert dict(step.params) == {"query": "up", "start": "1778594400", "end": "1778598000", "step": "15"}
    assert step.name == "query_range_up.20260512T140000Z.json"


@pytest.mark.parametrize(("hours", "step"), [(24, "15"), (24 * 7, "75"), (24 * 30, "270")])
def test_a_long_window_takes_a_longer_step(hours: int, step: str) -> None:
    (one,) = PULLER.first(wanted("up", hours=hours))
    assert one.parameter("step") == step
    assert len(grid(one)) <= MOST_SAMPLES


@pytest.mark.parametrize("width", ["0.5", "1", "7"])
def test_a_chosen_step_cuts_the_window_without_gap_or_overlap(width: str) -> None:
    steps = PULLER.first(wanted("up", hours=30, step=width))
    moments = [moment for step in steps for moment in grid(step)]
    assert len(steps) > 1 and len({step.name for step in steps}) == len(steps)
    assert all(len(grid(step)) <= MOST_SAMPLES for step in steps)
    count = int(30 * 3600 / float(width)) + 1
    assert moments == pytest.approx([START.timestamp() + i * float(width) for i in range(count)])


def test_alerts_are_never_cut() -> None:
    (step,) = PULLER.first(wanted('ALERTS{severity="page"}', hours=300, step="15"))
    assert len(grid(step)) <= MOST_SAMPLES


def test_expressions_that_look_alike_have_names_of_their_own() -> None:
    asks = ("rate(x[5m]) > 0", "rate(x[5m]) < 0", "rate(x[5m])>0", "x" * 300, "x" * 301, "../../etc", "é")
    names = [step.name for step in PULLER.first(wanted(*asks))]
    assert len(set(names)) == len(asks)
    assert all("/" not in name and len(name) < 160 for name in names)


@pytest.mark.parametrize("told", ["0", "-1", "fast", "nan", "1e99"])
def test_a_step_that_is_none_is_named(told: str) -> None:
    with pytest.raises(AfteractionError, match=f'"{told}" is no step'):
        PULLER.first(wanted("up", step=told))


def test_more_samples_than_anybody_reads_are_refused() -> None:
    with pytest.raises(AfteractionError, match="longer --step"):
        PULLER.first(wanted("up", hours=24 * 365, step="0.1"))


def after(body: object):
    step = PULLER.first(wanted("up"))[0]
    return PULLER.after(step, Answer("https://p.example", 200, {}, json.dumps(body).encode()), wanted("up"))


def test_an_answer_without_series_is_kept_and_said() -> None:
    turn = after({"status": "success", "data": {"resultType": "matrix", "result": []}})
    assert turn.is_kept and "matches nothing" in turn.told


def test_warnings_are_told() -> None:
    turn = after({"status": "success", "warnings": ["one store is down"], "data": {"result": [{}]}})
    assert turn.told == "one store is down"


@pytest.mark.parametrize("body", [{"status": "error", "error": "timed out"}, [], {}])
def test_an_answer_that_is_none_is_refused(body: object) -> None:
    with pytest.raises(StepRefused):
        after(body)


def test_a_token_is_a_bearer_and_a_pair_is_basic() -> None:
    assert PULLER.headers("abc", {}) == {"Authorization": "Bearer abc"}
    assert PULLER.headers("user:word", {}) == {"Authorization": "Basic dXNlcjp3b3Jk"}
    assert PULLER.headers("", {}) == {}
