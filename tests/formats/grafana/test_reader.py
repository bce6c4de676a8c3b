"""Grafana's annotations tell when its alerts changed state and what was deployed; its old webhook tells no time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, EventKind, Lane
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.grafana import reader as module
from afteraction.formats.grafana.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample" / "annotations.json"


def annotation(**more: object) -> dict[str, object]:
    return {"id": 1, "alertId": 7, "alertName": "Pool full", "dashboardId": 3, "panelId": 2, "time": 1778595068250,
            "timeEnd": 1778595068250, "text": "", "tags": [], **more}  # fmt: skip


def group(what: str, **more: object) -> dict[str, object]:
    return {"event": {"type": what, "time": "2026-05-12T14:15:31.764Z"}, "user": {"id": "U1", "username": "ada"},
            "alert_group": {"id": "G1", "title": "Pool full", "created_at": "2026-05-12T14:11:08Z", **more},
            "integration": {"name": "payments"}, "alert_payload": {"startsAt": "1999-01-01T00:00:00Z"}}  # fmt: skip


def test_state_changes_are_a_detection_and_a_recovery_of_one_fingerprint():
    (end, start, deploy), failures = read(READER, file(SAMPLE))
    assert failures == [] and winner(file(SAMPLE)) == "grafana"
    assert start.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC) and start.instant.flags == ()
    assert (start.kind, end.kind) == (EventKind.DETECTION, EventKind.RECOVERY)
    assert end.fingerprint == f"{start.fingerprint}:resolved"
    assert isinstance(deploy, Change) and deploy.kind is ChangeKind.DEPLOYMENT
    assert (deploy.service, deploy.reference, deploy.environment) == ("ledger", "v2.14", "production")
    assert deploy.title == "Deployed ledger v2.14" and (deploy.until.utc - deploy.instant.utc).total_seconds() == 59


@pytest.mark.parametrize(
    ("new", "old", "kind"),
    [
        ("Alerting", "Pending", EventKind.DETECTION),
        ("Alerting (NoData)", "Normal", EventKind.DETECTION),
        ("Normal", "Alerting", EventKind.RECOVERY),
        ("Normal", "Pending", EventKind.NOTE),
        ("Pending", "Normal", EventKind.NOTE),
        ("NoData", "Normal", EventKind.NOTE),
    ],
)
def test_only_what_fires_is_a_detection_and_only_its_end_a_recovery(new, old, kind):
    (found,), failures = read(READER, original([annotation(newState=new, prevState=old)]))
    assert failures == [] and found.kind is kind and kind_of(found) is kind


def test_a_mark_that_names_no_change_is_a_note_among_the_metrics():
    (found,), _ = read(READER, original([annotation(text="Marketing mail sent", newState="")]))
    assert (found.lane, found.kind, kind_of(found)) == (Lane.METRICS, EventKind.NOTE, EventKind.NOTE)


@pytest.mark.parametrize(
    ("what", "kind"),
    [("acknowledge", EventKind.ACTION), ("resolve", EventKind.RECOVERY), ("escalation", EventKind.ESCALATION),
     ("silence", EventKind.NOTE)],
)  # fmt: skip
def test_webhooks_of_oncall_tell_who_did_what_and_when_the_group_was_created(what, kind):
    (done, created), failures = read(READER, original(group(what)))
    assert failures == [] and done.kind is kind and done.actor.name == "ada"
    assert kind_of(done) is kind and done.instant.utc.minute == 15
    assert (created.kind, created.instant.utc.minute, created.fingerprint) == (
        EventKind.DETECTION,
        11,
        "grafana-oncall:G1",
    )


def test_the_old_webhook_states_no_time_and_says_where_one_can_be_had():
    old = {
        "ruleId": 7,
        "ruleName": "Pool full",
        "state": "alerting",
        "evalMatches": [],
        "title": "[Alerting] Pool full",
    }
    records, failures = read(READER, original(old))
    assert records == [] and "states no time" in str(failures[0]) and "/api/annotations" in failures[0].next_step


def test_a_webhook_of_todays_alerting_is_left_to_the_reader_of_its_shape():
    alert = {"status": "firing", "labels": {"alertname": "PoolFull"}, "startsAt": "2026-05-12T14:11:08Z", "values": {}}
    assert (
        winner(original({"receiver": "hook", "status": "firing", "orgId": 1, "alerts": [alert]}))
        == "alertmanager_webhook"
    )


@pytest.mark.parametrize("value", [None, True, "soon", [], float("inf"), -5])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original(json.dumps([annotation(time=value), annotation()])))
    assert len(records) == 1 and "/0/time" in str(failures[0]) and failures[0].next_step


def test_a_real_webhook_of_the_old_alerting_is_listed():
    records, failures = read_corpus(READER, "grafana", "alerta/grafana*.json")["grafana_alert_alerting.json"]
    assert records == [] and '"Zeta CPU alert" is "alerting"' in str(failures[0]) and failures[0].lost == 1


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [annotation(newState="ok", prevState="alerting"), group("resolve"), annotation()])
