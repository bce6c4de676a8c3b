"""Builds of Jenkins become changes with start and end; a job that is named so deploys."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import ChangeKind
from afteraction.core.secrets import HIDDEN
from afteraction.formats.jenkins import reader as module
from afteraction.formats.jenkins.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner, without

SAMPLES = Path(module.__file__).parent / "sample"
JOB = json.loads((SAMPLES / "builds.json").read_text())
BUILD = JOB["builds"][0]
NOTIFICATION = json.loads((SAMPLES / "notification.json").read_text())


def test_a_build_of_a_deploying_job_is_a_deployment_with_start_end_and_commits():
    (start, end, commit, running), failures = read(READER, file(SAMPLES / "builds.json"))
    assert failures == []
    assert (start.kind, start.state, end.state) == (ChangeKind.DEPLOYMENT, "started", "success")
    assert start.fingerprint == end.fingerprint == "jenkins:shop/deploy-ledger:12"
    assert start.instant.utc == datetime(2026, 5, 12, 13, 50, 2, tzinfo=UTC)
    assert end.instant.utc - start.instant.utc == timedelta(seconds=219) and start.until == end.instant
    assert (start.environment, start.reference, start.attributes["commit"]) == ("production", "2.8.0", "4be1c07d2f")
    assert end.evidence.locator.pointer == "/builds/0/duration"
    assert start.actor.name == "Ada Example" and "Ada" not in start.attributes["trigger"]
    assert (commit.kind, commit.fingerprint, commit.files) == (
        ChangeKind.COMMIT, "commit:4be1c07d2f", ("config/pool.yaml",),
    )  # fmt: skip
    assert (running.state, running.until) == ("started", None)


def test_parameters_that_are_named_like_secrets_are_masked():
    records, _ = read(READER, file(SAMPLES / "builds.json"))
    assert records[0].attributes["parameter.DB_PASSWORD"] == HIDDEN
    assert "hunter2" not in str([(each.title, each.attributes) for each in records])


def test_a_notification_is_one_end_of_a_build():
    (end,), failures = read(READER, file(SAMPLES / "notification.json"))
    assert failures == []
    assert (end.kind, end.state, end.attributes["status"]) == (ChangeKind.PIPELINE, "failure", "unstable")
    assert end.instant.utc == datetime(2026, 5, 12, 13, 36, 20, tzinfo=UTC)
    began = {**NOTIFICATION, "build": {**NOTIFICATION["build"], "phase": "STARTED", "status": None}}
    (start,), _ = read(READER, original(began))
    assert start.state == "started" and start.fingerprint == end.fingerprint == "jenkins:ledger-tests:88"


def test_a_notification_without_a_time_is_named():
    old = {**NOTIFICATION, "build": without(NOTIFICATION["build"], "timestamp")}
    assert winner(original(old)) == "jenkins"
    records, failures = read(READER, original(old))
    assert records == [] and "states no time" in str(failures[0])


@pytest.mark.parametrize(
    ("job", "kind"),
    [
        ("deploy", ChangeKind.DEPLOYMENT),
        ("ledger-deploy-prod", ChangeKind.DEPLOYMENT),
        ("release", ChangeKind.DEPLOYMENT),
        ("rollback-ledger", ChangeKind.ROLLBACK),
        ("employees", ChangeKind.PIPELINE),
        ("shipping-tests", ChangeKind.PIPELINE),
    ],
)
def test_the_name_of_the_job_tells_what_a_build_changes(job, kind):
    records, _ = read(READER, original({**BUILD, "url": f"https://ci.example.test/job/{job}/3/"}))
    assert records[0].kind is kind


@pytest.mark.parametrize("took", ["long", -5, 10**18, True, [1]])
def test_a_length_that_is_none_keeps_the_start_and_is_named(took):
    records, failures = read(READER, original({**BUILD, "duration": took, "changeSets": []}))
    assert [each.state for each in records] == ["started"]
    assert any("/duration" in str(failure) for failure in failures)


def test_a_build_whose_length_was_not_asked_for_has_no_end_and_says_so():
    records, failures = read(READER, original({**without(BUILD, "duration"), "changeSets": []}))
    assert [each.state for each in records] == ["started"]
    assert len(failures) == 1 and failures[0].lost == 0 and "not stated" in str(failures[0])


def test_other_json_with_numbers_and_times_is_left_alone():
    assert READER.sniff(original({"number": 1, "timestamp": 1778594531000, "url": "https://a.example.test/"})) == 0
    assert READER.sniff(original({"name": "x", "build": {"phase": "COMPLETED"}})) == 0


@settings(max_examples=examples(60), deadline=None)
@given(mutated([JOB, BUILD, NOTIFICATION]))
def test_whatever_stands_in_a_field_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.sampled_from([BUILD, NOTIFICATION, {"a": 1}, None]), min_size=1, max_size=8))
def test_every_element_is_accounted_for_in_any_order(elements):
    found = list(READER.read(original(elements)))
    places = [(one.locator if hasattr(one, "locator") else one.evidence.locator).pointer for one in found]
    assert {int(place.split("/")[1]) for place in places} == set(range(len(elements)))
