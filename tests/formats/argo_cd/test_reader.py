"""Applications of Argo CD become syncs with start and end, a rollback where a revision comes back, and signals."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from afteraction.core.records import Change, ChangeKind, EventKind, Lane
from afteraction.formats.argo_cd import reader as module
from afteraction.formats.argo_cd.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample" / "application.json"
APPLICATION = json.loads(SAMPLE.read_text())


def changed(**status: object) -> dict[str, object]:
    application = copy.deepcopy(APPLICATION)
    application["status"] = {**application["status"], **status}
    return application


def test_the_history_is_read_as_starts_and_ends_and_the_last_operation_is_its_last_entry():
    records, failures = read(READER, file(SAMPLE))
    assert failures == []
    syncs = [each for each in records if isinstance(each, Change)]
    assert [each.state for each in syncs] == ["started", "success"] * 4
    assert [each.fingerprint for each in syncs[::2]] == [f"argocd:argocd/ledger:{n}" for n in (1, 2, 3, 3)]
    assert syncs[2].instant.utc == datetime(2026, 5, 12, 13, 50, 2, tzinfo=UTC)
    assert (syncs[2].service, syncs[2].environment, syncs[2].reference) == ("ledger", "production", "4be1c07d2f55")
    assert syncs[2].evidence.locator.pointer == "/status/history/1/deployStartedAt"


def test_a_revision_that_comes_back_is_a_rollback_and_says_who_asked_for_it():
    records, _ = read(READER, file(SAMPLE))
    first, second, back = records[0], records[2], records[4]
    assert [each.kind for each in (first, second, back)] == [
        ChangeKind.DEPLOYMENT, ChangeKind.DEPLOYMENT, ChangeKind.ROLLBACK,
    ]  # fmt: skip
    assert second.actor.is_bot and (back.actor.key, back.actor.is_bot) == ("argocd:ada", False)
    assert back.title == "Rollback of ledger to 95790bf8912b started"


def test_bad_health_is_a_signal_and_conditions_are_notes():
    records, _ = read(READER, file(SAMPLE))
    health, condition = records[-2:]
    assert (health.kind, health.lane, health.title) == (EventKind.SIGNAL, Lane.ALERTS, "ledger is Degraded")
    assert (condition.kind, condition.lane) == (EventKind.NOTE, Lane.CHANGES)


def test_a_sync_that_failed_or_runs_is_none_of_the_history():
    failed = {"phase": "Failed", "message": "one or more objects failed to apply",
              "startedAt": "2026-05-12T15:00:00Z", "finishedAt": "2026-05-12T15:00:09Z"}  # fmt: skip
    records, _ = read(READER, original(changed(history=[], operationState=failed)))
    assert [each.state for each in records[:2]] == ["started", "failure"]
    assert records[0].fingerprint == "argocd:argocd/ledger:2026-05-12T15:00:00Z" == records[1].fingerprint
    running = {"phase": "Running", "startedAt": "2026-05-12T15:00:00Z"}
    records, _ = read(READER, original(changed(history=[], operationState=running, health={}, conditions=[])))
    assert [each.state for each in records] == ["started"]


def test_lists_and_notifications_are_read():
    items = original({"apiVersion": "argoproj.io/v1alpha1", "kind": "ApplicationList", "items": [APPLICATION] * 2})
    assert winner(items) == "argo_cd" and len(read(READER, items)[0]) == 20
    posted = original({"app": APPLICATION, "state": "on-deployed"})
    records, failures = read(READER, posted)
    assert winner(posted) == "argo_cd" and failures == [] and len(records) == 10
    assert records[0].evidence.locator.pointer == "/app/status/history/0/deployStartedAt"


def test_manifests_of_other_tools_are_left_alone():
    assert READER.sniff(original({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {}, "status": {}})) == 0


def test_an_application_without_a_status_is_listed():
    records, failures = read(READER, original({**APPLICATION, "status": {}}))
    assert records == [] and len(failures) == 1 and "ledger" in str(failures[0])


@pytest.mark.parametrize("entry", [5, {}, {"deployedAt": "later", "id": 1}, {"deployedAt": None, "revision": []}])
def test_a_broken_entry_costs_that_entry_alone(entry):
    history = [entry, APPLICATION["status"]["history"][1]]
    records, failures = read(READER, original(changed(history=history, operationState={}, health={}, conditions=[])))
    assert len(records) == 2 and len(failures) == 1 and "/status/history/0" in str(failures[0])


@settings(max_examples=examples(60), deadline=None)
@given(mutated([APPLICATION]))
def test_whatever_stands_in_a_field_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures
