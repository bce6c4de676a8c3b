"""GitHub: what changed in the window, each original about the window, and read as changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.sources.github.puller import PULLER
from afteraction.sources.pulls import StepRefused
from tests.cli.case import analysis
from tests.sources.github.answers import REPOSITORY, SHA, answer, deployment
from tests.sources.recorded import Recorded
from tests.sources.windows import answered, kept, pulled_into, wanted


def test_what_lies_in_the_window_is_kept_and_nothing_else(tmp_path: Path) -> None:
    source = Recorded(answer)
    pulled = pulled_into(tmp_path, PULLER, source, wanted(REPOSITORY))
    assert sorted(kept(pulled)) == [
        "acme~cart.actions_runs.20260512T140000Z.p1.json",
        f"acme~cart.commit.{SHA}.json",
        "acme~cart.deployment.42.json",
        "acme~cart.deployment.43.json",
        "acme~cart.deployment_statuses.42.json",
        "acme~cart.deployment_statuses.43.json",
        "acme~cart.release.8.json",
    ]
    assert not pulled.refused
    params = {request.url.path.rpartition("/")[2]: dict(request.url.params) for request in source.asked[:4]}
    listed = {path.rpartition("/")[2] for path in source.paths}
    assert {"deployments", "commits", "releases", "runs"} <= listed and params["deployments"]["per_page"] == "100"
    runs = next(request for request in source.asked if request.url.path.endswith("/runs"))
    assert runs.url.params["created"] == "2026-05-12T14:00:00Z..2026-05-12T15:00:00Z"
    commits = next(request for request in source.asked if request.url.path.endswith("/commits"))
    assert commits.url.params["since"] == "2026-05-12T14:00:00Z"


def test_what_was_pulled_is_read_as_changes(tmp_path: Path) -> None:
    pulled_into(tmp_path, PULLER, Recorded(answer), wanted(REPOSITORY))
    document = analysis(tmp_path)
    assert {file["reader"] for file in document["files"]} == {"github_webhook"}
    assert sum(file["failures_total"] for file in document["files"]) == 0
    said = [(event["title"], event["attributes"].get("state")) for event in document["events"]]
    deployed = ("Deployment of cart main (9f2c51d) to production started", "success")
    assert sorted(said, key=str) == sorted(
        [deployed, deployed, ("Halve the pool of connections", None), ("Pipeline ship of cart started", "failure"),
         ("Release v8 of cart published", None)],
        key=str,
    )  # fmt: skip


def test_a_list_that_goes_back_in_time_is_left_behind_the_window() -> None:
    step = PULLER.first(wanted(REPOSITORY))[0]
    late = [deployment(number, "2026-05-12T16:00:00Z", "2026-05-12T16:00:00Z") for number in range(100)]
    (following,) = PULLER.after(step, answered(late), wanted(REPOSITORY)).more
    assert (following.parameter("page"), following.name) == (
        "2", "acme~cart.deployments.20260512T140000Z.p2.json",
    )  # fmt: skip
    early = [deployment(number, "2026-05-11T16:00:00Z", "2026-05-11T16:00:00Z") for number in range(100)]
    assert list(PULLER.after(following, answered(early), wanted(REPOSITORY)).more) == []


def test_a_branch_is_asked_for_where_one_is_said() -> None:
    steps = {step.path.rpartition("/")[2]: step for step in PULLER.first(wanted(REPOSITORY, branch="release/7"))}
    assert steps["commits"].parameter("sha") == "release/7"


@pytest.mark.parametrize("ask", ["", "acme", "acme/cart/pulls", "../etc", "acme/..", "a b/c", "acme/cart?x=1"])
def test_a_repository_that_is_none_is_named(ask: str) -> None:
    with pytest.raises(AfteractionError, match="owner/repository"):
        PULLER.first(wanted(ask))


def test_more_runs_than_github_lists_are_told() -> None:
    step = PULLER.first(wanted(REPOSITORY))[3]
    turn = PULLER.after(step, answered({"total_count": 2400, "workflow_runs": [{}]}), wanted(REPOSITORY))
    assert turn.told == "GitHub lists 1,000 of 2,400 runs."


@pytest.mark.parametrize("place", range(4))
def test_an_answer_that_is_none_is_refused(place: int) -> None:
    with pytest.raises(StepRefused, match="no list"):
        PULLER.after(PULLER.first(wanted(REPOSITORY))[place], answered({"message": "odd"}), wanted(REPOSITORY))


def test_things_without_their_marks_bring_no_further_question() -> None:
    steps = PULLER.first(wanted(REPOSITORY))
    for step in steps[:3]:
        odd = answered([{}, {"id": "x"}, {"sha": "../x"}, 7, {"id": 3, "created_at": "soon"}])
        assert list(PULLER.after(step, odd, wanted(REPOSITORY)).more) == []
