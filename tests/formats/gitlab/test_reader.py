"""GitLab's events and answers become changes with a start and an end of one fingerprint, jobs become notes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, Event, Lane
from afteraction.formats.gitlab import reader as module
from afteraction.formats.gitlab.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner, without

SAMPLES = Path(module.__file__).parent / "sample"
STARTED = json.loads((SAMPLES / "deployment.jsonl").read_text().splitlines()[0])
PIPELINE = json.loads((SAMPLES / "pipeline.json").read_text())
LISTED = json.loads((SAMPLES / "api_deployments.json").read_text())


def test_a_deployment_is_one_change_from_its_start_to_its_end():
    (start, end), failures = read(READER, file(SAMPLES / "deployment.jsonl"))
    assert failures == []
    assert isinstance(start, Change) and isinstance(end, Change)
    assert (start.state, end.state) == ("started", "success")
    assert start.fingerprint == end.fingerprint == "gitlab:shop/ledger:deployment:615"
    assert start.instant.utc == datetime(2026, 5, 12, 13, 50, 2, tzinfo=UTC) and start.instant.tz_known
    assert end.instant.utc == datetime(2026, 5, 12, 13, 53, 41, tzinfo=UTC)
    assert (start.service, start.environment, start.reference) == ("ledger", "production", "4be1c07d")
    assert start.actor is not None and (start.actor.key, start.actor.name) == ("gitlab:ada", "Ada Example")
    assert start.title == "Deployment of ledger main (4be1c07d) to production: running"
    assert end.evidence.locator.line == 2


def test_the_api_tells_the_same_deployment_with_the_same_fingerprint_and_a_rollback_that_runs():
    records, failures = read(READER, file(SAMPLES / "api_deployments.json"))
    assert failures == []
    start, end, back = records
    assert start.fingerprint == end.fingerprint == "gitlab:shop/ledger:deployment:615"
    assert (start.instant.utc.minute, end.instant.utc.minute) == (50, 53)
    assert end.evidence.locator.pointer == "/0/deployable/finished_at"
    assert (back.kind, back.state) == (ChangeKind.ROLLBACK, "started")


def test_a_pipeline_names_its_jobs_that_ran():
    (start, end, job), failures = read(READER, file(SAMPLES / "pipeline.json"))
    assert failures == []
    assert (start.kind, start.state, end.state) == (ChangeKind.PIPELINE, "started", "failure")
    assert start.fingerprint == end.fingerprint == "gitlab:shop/ledger:pipeline:3101"
    assert isinstance(job, Event) and job.lane is Lane.CHANGES
    assert job.attributes["check"] == "unit tests" and job.attributes["status"] == "failed"
    assert job.attributes["may_fail"] == "yes" and job.attributes["reason"] == "script_failure"
    (start, end), _ = read(READER, file(SAMPLES / "api_pipelines.json"))
    assert start.fingerprint == "gitlab:shop/ledger:pipeline:3101" and end.state == "failure"


def test_pushed_commits_are_told_as_git_and_github_tell_them():
    (commit,), failures = read(READER, file(SAMPLES / "push.json"))
    assert failures == []
    assert (commit.kind, commit.fingerprint, commit.files) == (
        ChangeKind.COMMIT, "commit:4be1c07d2f", ("config/pool.yaml",),
    )  # fmt: skip
    assert commit.title == "Halve the pool" and commit.actor.key == "email:ada@example.test"


def test_job_release_and_approval():
    job = {
        "object_kind": "build", "ref": "main", "sha": "4be1c07d2f", "build_id": 7790, "build_name": "canary",
        "build_stage": "deploy", "build_status": "success", "build_created_at": "2026-05-12 13:31:05 UTC",
        "build_started_at": "2026-05-12 13:31:20 UTC", "build_finished_at": "2026-05-12 13:35:02 UTC",
        "project_id": 30, "project_name": "Shop / ledger", "user": {"username": "ada"},
    }  # fmt: skip
    release = {
        "object_kind": "release", "tag": "v2.8.0", "action": "create", "created_at": "2026-05-12 13:40:00 UTC",
        "project": {"name": "ledger", "path_with_namespace": "shop/ledger"},
    }  # fmt: skip
    approval = {
        "object_kind": "merge_request", "user": {"username": "bob"}, "project": {"name": "ledger"},
        "object_attributes": {"iid": 7, "title": "Halve it", "action": "approved", "state": "opened",
                              "updated_at": "2026-05-12 13:20:00 UTC"},
    }  # fmt: skip
    (ran, released, approved), failures = read(READER, original([job, release, approval]))
    assert failures == []
    assert (ran.title, ran.instant.utc.minute) == ("Job canary of ledger: success", 35)
    assert (released.kind, released.reference) == (ChangeKind.RELEASE, "v2.8.0")
    assert approved.attributes["review"] == "approved" and approved.title.startswith(
        "Merge request !7 of ledger approved"
    )


@pytest.mark.parametrize("kind", ["push", "tag_push", "feature_flag"])
def test_events_without_a_time_are_named_and_not_dated(kind):
    event = {"object_kind": kind, "ref": "refs/tags/v1", "project": {"name": "ledger"}, "commits": []}
    records, failures = read(READER, original(event))
    assert records == [] and len(failures) == 1 and "does not state" in str(failures[0])


def test_a_canceled_run_is_neither_success_nor_failure():
    (change,), _ = read(READER, original({**STARTED, "status": "canceled"}))
    assert change.state == "" and change.attributes["status"] == "canceled"


def test_issues_are_no_business_of_this_reader():
    source = original({"object_kind": "issue", "object_attributes": {"id": 1}})
    assert winner(source) != "gitlab" and READER.sniff(source) == 0
    _, failures = read(READER, original([{"object_kind": "issue"}, STARTED]))
    assert len(failures) == 1 and "/0" in str(failures[0])


@pytest.mark.parametrize("value", [None, "soon", "2026-13-05 00:00:00 UTC", [], True, "2026-05-12 15:50:02"])
def test_an_unreadable_time_is_listed_with_its_place(value):
    records, failures = read(READER, original([{**STARTED, "status_changed_at": value}, STARTED]))
    assert len(records) == 1 and len(failures) == 1
    assert "/0/status_changed_at" in str(failures[0])


def test_people_and_bots():
    user = {"username": "project_30_bot_4ffca", "name": "deploy token"}
    (change,), _ = read(READER, original({**STARTED, "user": user}))
    assert change.actor.is_bot
    (change,), _ = read(READER, original(without(STARTED, "user")))
    assert change.actor is None


@settings(max_examples=examples(60), deadline=None)
@given(mutated([STARTED, PIPELINE, LISTED]))
def test_whatever_stands_in_a_field_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.sampled_from([STARTED, PIPELINE, LISTED[0], {"a": 1}, 5]), min_size=1, max_size=8))
def test_every_element_is_accounted_for_in_any_order(elements):
    found = list(READER.read(original(elements)))
    places = [(one.locator if hasattr(one, "locator") else one.evidence.locator).pointer for one in found]
    assert {int(place.split("/")[1]) for place in places} == set(range(len(elements)))
