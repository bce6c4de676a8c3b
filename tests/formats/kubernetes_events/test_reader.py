"""What events of a Kubernetes cluster become."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.records import EventKind, Lane
from afteraction.formats.kubernetes_events.meanings import service_of_object
from afteraction.formats.kubernetes_events.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner

LIST = json.loads((Path(formats.__file__).parent / "kubernetes_events" / "sample.json").read_text())
UNHEALTHY, SCALED, NODE = LIST["items"]
POD = {
    "apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": "ledger-0", "namespace": "shop", "uid": "p1", "labels": {"app": "ledger"}},
    "spec": {"nodeName": "node-3"},
    "status": {"containerStatuses": [
        {"name": "db", "restartCount": 4, "state": {"running": {"startedAt": "2026-05-12T14:03:00Z"}},
         "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": "2026-05-12T14:02:41Z"}}},
        {"name": "ok", "state": {"terminated": {"exitCode": 0, "finishedAt": "2026-05-12T14:02:41Z"}}},
    ]},
}  # fmt: skip


def events(value: Any, name: str = "events.json") -> list[Any]:
    found, failures = read(READER, original(value, name))
    assert failures == []
    return found


def test_a_counted_warning_is_one_signal_from_its_first_to_its_last_time():
    event = events(LIST)[0]
    assert event.kind is EventKind.SIGNAL and event.lane is Lane.LOGS
    assert event.instant.utc.isoformat() == "2026-05-12T14:02:11+00:00" and event.instant.tz_known
    assert event.until.utc.isoformat() == "2026-05-12T14:09:41+00:00"
    assert event.title.startswith("Unhealthy: Pod payments-api-7d9f8c6b5d-x2x9k (×14): Readiness probe failed")
    assert event.service == "payments-api" and event.fingerprint == "k8s:e8acdb85-0001"
    assert event.actor.is_bot and event.actor.name == "kubelet"
    assert {key: event.attributes[key] for key in ("count", "namespace", "node", "reason")} == {
        "count": "14", "namespace": "shop", "node": "node-3", "reason": "Unhealthy",
    }  # fmt: skip


def test_scaling_is_a_note_among_the_changes_and_a_lost_node_a_signal_of_no_service():
    _, scaled, lost = events(LIST)
    assert (scaled.kind, scaled.lane, scaled.service) == (EventKind.NOTE, Lane.CHANGES, "payments-api")
    assert scaled.until is None
    assert (lost.kind, lost.service, lost.attributes["node"]) == (EventKind.SIGNAL, "", "node-3")
    assert lost.until.utc.isoformat() == "2026-05-12T14:13:30+00:00" and lost.attributes["count"] == "2"


def test_taking_old_pods_away_after_a_rollout_is_no_further_change():
    (event,) = events({**SCALED, "message": "Scaled down replica set payments-api-6c9d7f5b4c to 0"})
    assert (event.kind, event.lane) == (EventKind.NOTE, Lane.LOGS)


@pytest.mark.parametrize(
    ("reason", "type_", "message", "kind"),
    [
        ("OOMKilling", "Warning", "", EventKind.SIGNAL), ("Evicted", "Warning", "", EventKind.SIGNAL),
        ("FailedScheduling", "Warning", "", EventKind.SIGNAL), ("NodeHasDiskPressure", "Normal", "", EventKind.SIGNAL),
        ("Killing", "Normal", "Container api failed liveness probe, will be restarted", EventKind.SIGNAL),
        ("Killing", "Normal", "Stopping container api", EventKind.NOTE), ("Pulled", "Normal", "", EventKind.NOTE),
        ("NodeReady", "Normal", "", EventKind.RECOVERY), ("Unheard-of", "Warning", "", EventKind.SIGNAL),
    ],
)  # fmt: skip
def test_reasons_tell_signals_from_notes(reason, type_, message, kind):
    (event,) = events({**UNHEALTHY, "reason": reason, "type": type_, "message": message})
    assert event.kind is kind


@pytest.mark.parametrize(
    ("kind", "name", "service"),
    [
        ("Pod", "payments-api-7d9f8c6b5d-x2x9k", "payments-api"), ("Pod", "ledger-0", "ledger"),
        ("Pod", "node-exporter-zk4xq", "node-exporter"), ("ReplicaSet", "web-5d567cc74c", "web"),
        ("Job", "backup-28423410", "backup"), ("Pod", "backup-28423410-p2vxj", "backup"),
        ("Deployment", "web-frontend", "web-frontend"), ("Node", "node-3", ""),
    ],
)  # fmt: skip
def test_the_service_is_the_workload(kind, name, service):
    assert service_of_object({"kind": kind, "name": name}) == service


def test_a_label_names_the_service_better_than_a_name():
    assert service_of_object({"kind": "Pod", "name": "x-1", "labels": {"app": "cart"}}) == "cart"


@pytest.mark.parametrize("form", ["yaml list", "yaml stream", "watch", "lines", "array"])
def test_yaml_watches_and_lines_hold_the_same_events(form):
    items = LIST["items"]
    text = {
        "yaml list": yaml.safe_dump(LIST),
        "yaml stream": "---\n# first\n" + "---\n".join(yaml.safe_dump(item) for item in items),
        "watch": "\n".join(json.dumps({"type": "ADDED", "object": item}) for item in items),
        "lines": "\n".join(map(json.dumps, items)),
        "array": json.dumps(items),
    }[form]
    name = "events.yaml" if form.startswith("yaml") else "events.json"
    assert winner(original(text, name)) == "kubernetes_events"
    found = events(text, name)
    assert [(one.title, one.instant.utc, one.fingerprint) for one in found] == [
        (one.title, one.instant.utc, one.fingerprint) for one in events(LIST)
    ]


def test_a_place_in_yaml_is_its_line():
    text = "---\n# comment\n" + yaml.safe_dump(SCALED) + "---\n" + yaml.safe_dump(UNHEALTHY)
    for event in events(text, "events.yaml"):
        line = text.splitlines()[event.evidence.locator.line - 1]
        assert line.startswith("firstTimestamp:") and event.instant.original_text in line


def test_a_broken_document_costs_itself_alone():
    broken = yaml.safe_dump(UNHEALTHY).replace("kind: Event", "kind: [Event")
    text = "---\n".join([yaml.safe_dump(SCALED), broken, yaml.safe_dump(NODE)])
    found, failures = read(READER, original(text, "events.yaml"))
    assert [event.attributes["reason"] for event in found] == ["ScalingReplicaSet", "NodeNotReady"]
    assert len(failures) == 1 and failures[0].locator.line and failures[0].next_step


def test_a_list_in_yaml_that_breaks_off_keeps_what_stands_before():
    text = yaml.safe_dump(LIST)
    cut = text[: text.rindex("  regarding")]
    for ending, reason in (("  regarding: {", "broken"), ("", "cut short")):
        found, failures = read(READER, original(cut + ending, "events.yaml"))
        assert [event.attributes["reason"] for event in found] == ["Unhealthy", "ScalingReplicaSet"]
        assert len(failures) == 1 and reason in failures[0].reason and failures[0].lost == 1


def test_a_killed_container_and_a_node_under_pressure_are_signals_of_their_states():
    node = {
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-3"},
        "status": {"conditions": [
            {"type": "Ready", "status": "Unknown", "reason": "NodeStatusUnknown", "message": "Kubelet stopped posting",
             "lastTransitionTime": "2026-05-12T14:12:00Z"},
            {"type": "DiskPressure", "status": "False", "lastTransitionTime": "2026-05-01T00:00:00Z"},
        ]},
    }  # fmt: skip
    value = {"kind": "List", "items": [POD, node]}
    assert winner(original(value)) == "kubernetes_events"
    killed, lost = events(value)
    assert killed.title == "OOMKilled: container db of Pod ledger-0 (exit code 137)"
    assert (killed.kind, killed.service, killed.attributes["node"]) == (EventKind.SIGNAL, "ledger", "node-3")
    assert killed.instant.original_text == "2026-05-12T14:02:41Z"
    assert lost.title.startswith("Node node-3: not ready") and lost.kind is EventKind.SIGNAL


def test_objects_that_say_of_nothing_are_counted_and_named():
    value = {
        "kind": "List",
        "items": [UNHEALTHY, {"kind": "ReplicaSet", "apiVersion": "apps/v1"}, {"kind": "ReplicaSet"}],
    }
    found, (failure,) = read(READER, original(value))
    assert len(found) == 1 and "2 × ReplicaSet" in failure.reason and failure.lost == 0


def test_odd_times_are_named():
    early = {**UNHEALTHY, "lastTimestamp": "2026-05-12T13:00:00Z"}
    (event,), (failure,) = read(READER, original(early))
    assert event.until is None and failure.lost == 0 and failure.next_step
    timeless = copy.deepcopy(UNHEALTHY)
    timeless["metadata"] = {}
    timeless["firstTimestamp"] = None
    found, failures = read(READER, original(timeless))
    assert found == [] and failures[0].lost == 1


def test_the_events_of_the_corpus_are_read_to_the_last():
    path = corpus("payloads/open/kubernetes/deployment-2-pods.events.yaml")
    found, failures = read(READER, file(path))
    assert len(found) == path.read_text().count("\nkind: Event\n") == 19
    assert all(failure.lost == 0 for failure in failures)


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    text = data.draw(mutated([LIST, LIST["items"], POD]))
    read(READER, original(text))
    read(READER, original("---\n" + text, "events.yaml"))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([1, None, "x", {"reason": "x", "regarding": {}}, SCALED]), max_size=8))
def test_every_item_is_a_record_or_a_failure(items):
    found, failures = read(READER, original({"kind": "List", "items": items}))
    assert len(found) + sum(failure.lost for failure in failures) == len(items)
