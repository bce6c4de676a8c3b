"""Datadog's events are alerts where a monitor speaks, changes where something was changed, notes otherwise."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, EventKind, Lane
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.datadog import reader as module
from afteraction.formats.datadog.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence

SAMPLE = Path(module.__file__).parent / "sample"


def webhook(**more: object) -> dict[str, object]:
    return {"id": "1", "title": "[Triggered on {db:ledger}] Pool full", "last_updated": "1778595068250",
            "event_type": "query_alert_monitor", "alert_id": "12", "alert_transition": "Triggered",
            "body": "%%%\nwhy\n%%%", "tags": "service:ledger,env:production", **more}  # fmt: skip


def posted(**more: object) -> dict[str, object]:
    return {
        "id": 5,
        "title": "Something",
        "text": "words",
        "date_happened": 1778595068,
        "tags": ["service:ledger"],
        **more,
    }


def test_every_sample_is_won_and_read():
    for path in SAMPLE.iterdir():
        assert winner(file(path)) == "datadog" and read(READER, file(path))[1] == []


def test_a_monitor_that_triggers_is_a_detection_with_its_tags():
    (found,), failures = read(READER, original(webhook()))
    assert failures == [] and found.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC)
    assert (found.kind, found.title, found.body) == (EventKind.DETECTION, "Pool full (db:ledger)", "why")
    assert (found.service, found.environment, found.fingerprint) == ("ledger", "production", "datadog:12:db:ledger")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("Triggered", EventKind.DETECTION),
        ("Re-Triggered", EventKind.DETECTION),
        ("Warn", EventKind.DETECTION),
        ("Recovered", EventKind.RECOVERY),
        ("No Data", EventKind.NOTE),
        ("Renotify", EventKind.NOTE),
        ("Beyond", EventKind.NOTE),
    ],
)
def test_each_transition_is_what_it_is_in_the_story(state, kind):
    (found,), failures = read(READER, original(webhook(alert_transition=state)))
    assert failures == [] and found.kind is kind and kind_of(found) is kind


def test_both_versions_of_the_stream_tell_the_same_monitor():
    (one, deploy, note), _ = read(READER, file(SAMPLE / "events-v1.json"))
    (two, flag), _ = read(READER, file(SAMPLE / "events-v2.json"))
    assert (one.kind, one.title, one.service) == (two.kind, two.title, two.service)
    assert isinstance(deploy, Change) and (deploy.kind, deploy.reference) == (ChangeKind.DEPLOYMENT, "v2.14")
    assert isinstance(flag, Change) and (flag.kind, flag.reference) == (ChangeKind.FLAG, "fallback_payment")
    assert "-{'enabled': False}" in flag.diff and flag.actor.name == "ada@example.test"
    assert (note.kind, note.lane) == (EventKind.NOTE, Lane.METRICS)


def test_a_single_event_and_one_whose_level_is_error_are_read():
    (found,), failures = read(READER, original({"event": posted(alert_type="error")}))
    assert failures == [] and (found.kind, found.lane) == (EventKind.SIGNAL, Lane.METRICS)
    (back,), _ = read(READER, original({"event": posted(title="Rolled back ledger")}))
    assert back.kind is ChangeKind.ROLLBACK


@pytest.mark.parametrize("value", [None, True, "soon", [], float("nan"), 10**40])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    text = json.dumps({"events": [posted(date_happened=value), posted()]})
    records, failures = read(READER, original(text))
    assert len(records) == 1 and "/events/0/date_happened" in str(failures[0]) and failures[0].next_step


def test_other_lists_below_data_and_events_are_left_to_others():
    for other in (
        {"data": [{"type": "event", "id": 1}]},
        {"events": [{"title": "x", "time": 1}]},
        {"title": "x", "date": "y"},
    ):
        assert READER.sniff(original(other)) == 0


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    second = json.loads((SAMPLE / "events-v2.json").read_text())["data"][0]
    check_no_silence(READER, data, [webhook(), second, posted()])
