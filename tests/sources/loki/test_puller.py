"""Loki: no line twice, none missing, however many there are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.sources.loki.puller import PULLER
from afteraction.sources.pulls import StepRefused
from tests.sources.recorded import Recorded
from tests.sources.windows import START, answered, kept, pulled_into, wanted

QUERY = '{app="cart"} |= "error"'
BEGIN = int(START.timestamp()) * 10**9


def serving(lines: list[tuple[int, str]]) -> Recorded:
    """A Loki that holds these lines: `start` inclusive, `end` not, oldest first, as many as the limit."""

    def answer(_path: str, params: dict[str, str]) -> Any:
        assert params["direction"] == "forward"
        start, end = int(params["start"]), int(params["end"])
        found = [(at, line) for at, line in sorted(lines) if start <= at < end][: int(params["limit"])]
        streams = [{"stream": {"app": "cart"}, "values": [[str(at), line] for at, line in found]}] if found else []
        return {"status": "success", "data": {"resultType": "streams", "result": streams}}

    return Recorded(answer)


def lines_in(folder: Path) -> list[tuple[int, str]]:
    files = [json.loads(path.read_text()) for path in (folder / "loki").rglob("*.json")]
    values = [value for file in files for stream in file["data"]["result"] for value in stream["values"]]
    return sorted((int(at), line) for at, line in values)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 500])
def test_every_line_comes_once(tmp_path: Path, count: int) -> None:
    lines = [(BEGIN + i * 7 * 10**9, f"error {i}") for i in range(count)]
    pulled_into(tmp_path, PULLER, serving(lines), wanted(QUERY, limit="10"))
    assert lines_in(tmp_path) == lines


def test_lines_of_one_moment_are_not_cut_apart(tmp_path: Path) -> None:
    moment = BEGIN + 60 * 10**9
    lines = [(BEGIN + i, f"before {i}") for i in range(5)] + [(moment, f"at once {i}") for i in range(9)]
    lines += [(moment + 1 + i, f"after {i}") for i in range(20)]
    pulled = pulled_into(tmp_path, PULLER, serving(lines), wanted(QUERY, limit="10"))
    assert lines_in(tmp_path) == sorted(lines)
    assert not any("may be more" in each.told for each in pulled.plan.steps)


def test_more_lines_of_one_moment_than_fit_are_told(tmp_path: Path) -> None:
    lines = [(BEGIN, f"at once {i}") for i in range(30)] + [(BEGIN + 5, "later")]
    pulled = pulled_into(tmp_path, PULLER, serving(lines), wanted(QUERY, limit="10"))
    assert len(lines_in(tmp_path)) == 11 and (BEGIN + 5, "later") in lines_in(tmp_path)
    assert [each.told for each in pulled.kept if each.told] == [
        "10 lines of one nanosecond; there may be more. Take a higher --limit."
    ]


def test_lines_are_asked_for_hour_by_hour_and_the_hours_meet() -> None:
    steps = PULLER.first(wanted(QUERY, hours=2.5))
    bounds = [(int(step.parameter("start")), int(step.parameter("end"))) for step in steps]
    hour = 3600 * 10**9
    assert bounds == [
        (BEGIN, BEGIN + hour),
        (BEGIN + hour, BEGIN + 2 * hour),
        (BEGIN + 2 * hour, BEGIN + 9 * hour // 2 - 2 * hour),
    ]
    assert {step.path for step in steps} == {"/loki/api/v1/query_range"}


def test_a_metric_query_is_asked_for_like_one_of_prometheus() -> None:
    (step,) = PULLER.first(wanted(f"sum(rate({QUERY}[1m]))", step="30"))
    assert (step.parameter("step"), step.parameter("start")) == ("30", str(int(START.timestamp())))
    turn = PULLER.after(step, answered({"status": "success", "data": {"resultType": "matrix", "result": []}}), wanted())
    assert turn.is_kept and "matches nothing" in turn.told


def test_hours_without_a_line_leave_no_file(tmp_path: Path) -> None:
    assert kept(pulled_into(tmp_path, PULLER, serving([]), wanted(QUERY))) == []


@pytest.mark.parametrize("limit", ["0", "1", "-5", "many", "9999999"])
def test_a_limit_that_is_none_is_named(limit: str) -> None:
    with pytest.raises(AfteractionError, match=limit):
        PULLER.first(wanted(QUERY, limit=limit))


def test_a_window_without_end_is_refused() -> None:
    with pytest.raises(AfteractionError, match="quarter of a year"):
        PULLER.first(wanted(QUERY, hours=24 * 100))


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"status": "error"},
        {"status": "success", "data": {"resultType": "streams", "result": [{"values": [[]]}]}},
    ],
)
def test_an_answer_that_is_none_is_refused(body: object) -> None:
    with pytest.raises(StepRefused):
        PULLER.after(PULLER.first(wanted(QUERY))[0], answered(body), wanted(QUERY))


def test_the_tenant_goes_with_every_request() -> None:
    assert PULLER.headers("t", {"tenant": "shop"}) == {"Authorization": "Bearer t", "X-Scope-OrgID": "shop"}
