"""What GitHub says of a change on its way: jobs, checks, pull requests, reviews. All repositories are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from afteraction.core.records import Event, Lane
from afteraction.formats.github_webhook.reader import READER
from tests.formats.originals import original, read, winner

HEAD, MERGED = "a" * 40, "b" * 40
REPOSITORY = {"name": "cart", "full_name": "example-shop/cart"}
ADA = {"login": "ada", "type": "User"}
AROUND = {"repository": REPOSITORY, "sender": ADA}
PULL = {
    "id": 77, "number": 1187, "title": "Keep entry and capture together", "head": {"sha": HEAD, "ref": "hold"},
    "merge_commit_sha": MERGED, "created_at": "2026-05-11T14:10:00Z", "updated_at": "2026-05-11T16:41:00Z",
    "labels": [{"name": "fast-track"}], "html_url": "https://git.example/cart/1187",
}  # fmt: skip
REVIEW = {
    "action": "submitted",
    "review": {"id": 5, "state": "approved", "submitted_at": "2026-05-11T16:22:00Z", "commit_id": HEAD, "user": ADA},
    "pull_request": PULL, **AROUND,
}  # fmt: skip
JOB = {
    "action": "completed",
    "workflow_job": {
        "id": 31, "run_id": 9, "run_attempt": 1, "name": "integration tests", "workflow_name": "ci", "head_sha": HEAD,
        "head_branch": "hold", "status": "completed", "conclusion": "success", "created_at": "2026-05-11T16:00:00Z",
        "started_at": "2026-05-11T16:01:00Z", "completed_at": "2026-05-11T16:09:00Z",
    },
    **AROUND,
}  # fmt: skip
CHECK = {
    "action": "completed",
    "check_run": {
        "id": 8, "name": "unit tests", "head_sha": HEAD, "status": "completed", "conclusion": "failure",
        "started_at": "2026-05-11T16:01:00Z", "completed_at": "2026-05-11T16:02:00Z",
        "output": {"title": "1 of 214 failed"}, "check_suite": {"head_branch": "hold"},
    },
    **AROUND,
}  # fmt: skip


def note_of(payload: object) -> Event:
    (note,), failures = read(READER, original(payload))
    assert failures == [] and isinstance(note, Event) and note.lane is Lane.CHANGES
    return note


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_review_tells_what_was_said_of_which_commit() -> None:
    note = note_of(REVIEW)
    assert note.title == "Pull request #1187 of cart: approved in review"
    assert note.instant.utc == at("2026-05-11T16:22:00")
    assert (note.attributes["review"], note.attributes["number"]) == ("approved", "1187")
    assert (note.attributes["reviewed_commit"], note.attributes["commit"]) == (HEAD, HEAD)
    assert "merge_commit" not in note.attributes, "before the merge it is only a trial"
    assert note.actor is not None and note.actor.key == "github:ada"


@pytest.mark.parametrize(
    ("action", "more", "title", "when"),
    [
        ("opened", {}, "opened", "2026-05-11T14:10:00"),
        ("closed", {"merged": True, "merged_at": "2026-05-11T16:40:00Z"}, "merged", "2026-05-11T16:40:00"),
        ("closed", {"merged": False, "closed_at": "2026-05-11T16:39:00Z"}, "closed", "2026-05-11T16:39:00"),
        ("synchronize", {}, "synchronize", "2026-05-11T16:41:00"),
    ],
)
def test_a_pull_request_has_the_time_of_what_was_done_to_it(action, more, title, when) -> None:
    note = note_of({"action": action, "pull_request": PULL | more, **AROUND})
    assert (note.title, note.instant.utc) == (f"Pull request #1187 of cart {title}", at(when))
    assert note.attributes.get("merge_commit", "") == (MERGED if title == "merged" else "")
    assert note.attributes["labels"] == "fast-track"


def test_a_label_is_named() -> None:
    note = note_of({"action": "labeled", "label": {"name": "fast-track"}, "pull_request": PULL, **AROUND})
    assert note.title == "Pull request #1187 of cart labeled fast-track"


def test_a_job_tells_its_name_its_commit_and_how_it_ended() -> None:
    note = note_of(JOB)
    assert (note.title, note.instant.utc) == ("Job integration tests of cart: success", at("2026-05-11T16:09:00"))
    told = {key: note.attributes[key] for key in ("check", "status", "commit", "branch", "run")}
    assert told == {
        "check": "ci / integration tests", "status": "success", "commit": HEAD, "branch": "hold", "run": "9",
    }  # fmt: skip
    begun = JOB["workflow_job"] | {"status": "in_progress", "conclusion": None, "completed_at": None}
    started = note_of({"action": "in_progress", "workflow_job": begun, **AROUND})
    assert (started.attributes["status"], started.instant.utc) == ("in_progress", at("2026-05-11T16:01:00"))
    assert started.fingerprint != note.fingerprint


def test_a_check_keeps_its_name_and_what_it_printed() -> None:
    note = note_of(CHECK)
    told = {key: note.attributes[key] for key in ("check", "status", "commit", "branch", "description")}
    assert told == {
        "check": "unit tests", "status": "failure", "commit": HEAD, "branch": "hold", "description": "1 of 214 failed",
    }  # fmt: skip


def test_they_win_their_files_and_a_comment_on_a_pull_request_is_listed_by_name() -> None:
    for payload in (REVIEW, JOB, CHECK, {"action": "opened", "pull_request": PULL, **AROUND}):
        assert winner(original(json.dumps(payload))) == "github_webhook"
    comment = {"action": "created", "comment": {"body": "Nice"}, "pull_request": PULL, **AROUND}
    records, (failure,) = read(READER, original([comment, REVIEW]))
    assert len(records) == 1 and 'the event "pull_request_review_comment"' in failure.reason


@pytest.mark.parametrize("payload", [REVIEW, JOB, CHECK])
def test_without_a_time_nothing_is_invented(payload: dict[str, object]) -> None:
    text = json.dumps(payload).replace("2026-05-11T16", "soon")
    records, (failure,) = read(READER, original(text))
    assert records == [] and failure.next_step
