"""Answers of GitHub's API are read like the webhooks that say the same, with places as they stand in the answer."""

from __future__ import annotations

import copy
import io
import json
from dataclasses import replace

import pytest

from afteraction.core.records import ChangeKind
from afteraction.formats.github_webhook.reader import READER
from tests.formats.originals import original, read, winner
from tests.sources.github.answers import BASE, SHA, commit, deployment, release, run, status

DEPLOYMENT = deployment(43, "2026-05-12T14:10:00Z", "2026-05-12T14:12:00Z")
STATUSES = [status(2, 43, "success", "2026-05-12T14:11:40Z"), status(1, 43, "in_progress", "2026-05-12T14:10:20Z")]


@pytest.mark.parametrize(
    "answer",
    [DEPLOYMENT, [DEPLOYMENT], STATUSES, commit(), [commit()], release(8, "2026-05-12T14:09:00Z"),
     {"total_count": 1, "workflow_runs": [run(1)]}],
)  # fmt: skip
def test_an_answer_is_recognised_and_read_without_failure(answer: object) -> None:
    source = original(answer)
    assert winner(source) == "github_webhook"
    records, failures = read(READER, source)
    assert records and not failures


def test_a_deployment_and_its_statuses_are_one() -> None:
    (begun,), _ = read(READER, original(DEPLOYMENT))
    (ended, going), _ = read(READER, original(STATUSES))
    assert (begun.state, ended.state, going.state) == ("started", "success", "started")
    assert begun.fingerprint == ended.fingerprint == going.fingerprint
    assert str(begun.evidence.locator) == "/created_at"
    assert str(going.evidence.locator) == "/1/created_at"


def test_a_status_takes_the_commit_from_its_deployment_where_that_lies_beside() -> None:
    raw = json.dumps(DEPLOYMENT).encode()
    beside = original(raw, "github/acme~cart.deployment.43.json")
    source = original(STATUSES, "github/acme~cart.deployment_statuses.43.json")
    source = replace(source, nearby=lambda path: beside if path == "acme~cart.deployment.43.json" else None)
    (ended, _), _ = read(READER, source)
    assert ended.reference == SHA and ended.title == "Deployment of cart main (9f2c51d) to production: success"
    broken = replace(beside, open=lambda: io.BytesIO(b"{"))
    (ended, _), failures = read(READER, replace(source, nearby=lambda _path: broken))
    assert (ended.reference, failures) == ("", [])


def test_a_commit_has_its_files_and_what_changed_in_them() -> None:
    (change,), _ = read(READER, original(commit()))
    assert (change.kind, change.reference, change.service) == (ChangeKind.COMMIT, SHA, "cart")
    assert change.files == ("pool.py", "logo.png")
    assert change.diff == "diff --git a/pool.py b/pool.py\n@@ -1 +1 @@\n-SIZE = 20\n+SIZE = 10"
    assert change.instant.original_text == "2026-05-12T14:02:30Z"
    assert change.attributes["authored"] == "2026-05-12T14:01:00Z"
    assert change.fingerprint == f"commit:{SHA}"
    assert str(change.evidence.locator) == "/commit/committer/date"


def test_runs_are_pipelines_at_their_own_places() -> None:
    records, _ = read(READER, original({"total_count": 2, "workflow_runs": [run(1), run(2)]}))
    assert [str(record.evidence.locator) for record in records] == [
        "/workflow_runs/0/run_started_at", "/workflow_runs/0/updated_at",
        "/workflow_runs/1/run_started_at", "/workflow_runs/1/updated_at",
    ]  # fmt: skip


def test_a_page_longer_than_the_head_is_recognised() -> None:
    page = {"total_count": 300, "workflow_runs": [run(number) for number in range(300)]}
    long = copy.deepcopy(commit())
    long["files"][0]["patch"] = "+x = 1\n" * 20_000
    for answer in (page, long):
        source = original(json.dumps(answer, separators=(",", ":")))
        assert source.size > len(source.head) and winner(source) == "github_webhook"
        assert not read(READER, source)[1]


def test_half_an_answer_is_a_failure_and_no_error() -> None:
    text = json.dumps({"total_count": 300, "workflow_runs": [run(number) for number in range(300)]})
    records, failures = read(READER, original(text[: len(text) // 2]))
    assert not records and "not JSON" in failures[0].reason


@pytest.mark.parametrize(
    "odd",
    [{"url": f"{BASE}/issues/1", "id": 1}, {"url": f"{BASE}/deployments/1"}, [DEPLOYMENT, {"url": f"{BASE}/issues/1"}],
     {"workflow_runs": [7]}, []],
)  # fmt: skip
def test_what_is_no_such_answer_is_not_taken_for_one(odd: object) -> None:
    assert winner(original(odd)) != "github_webhook"
