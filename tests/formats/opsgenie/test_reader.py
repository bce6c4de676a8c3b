"""Opsgenie says what was done with an alert, in milliseconds here and nanoseconds there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.flags import Flag
from afteraction.core.records import EventKind, Lane
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.opsgenie import reader as module
from afteraction.formats.opsgenie.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner, without
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample"
ALERT = {"alertId": "a1", "message": "Pool full", "tinyId": "23", "createdAt": 1778595068250, "entity": "ledger",
         "updatedAt": 1778595331764002246, "username": "ada@example.test", "userId": "u1"}  # fmt: skip


def webhook(action: str, via: str = "web", **alert: object) -> dict[str, object]:
    return {"action": action, "alert": {**ALERT, **alert}, "source": {"name": "", "type": via}}


def test_an_acknowledgement_stands_at_its_nanoseconds_and_the_creation_at_its_milliseconds():
    (ack, created), failures = read(READER, original(webhook("Acknowledge")))
    assert failures == []
    assert ack.instant.utc == datetime(2026, 5, 12, 14, 15, 31, 764002, UTC) and ack.instant.flags == ()
    assert created.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC) and created.instant.flags == ()
    assert (ack.kind, ack.attributes["status"], ack.actor.name) == (
        EventKind.ACTION,
        "acknowledged",
        "ada@example.test",
    )
    assert ack.attributes["units"] == "createdAt ms, updatedAt ns"
    assert (created.kind, created.fingerprint) == (EventKind.DETECTION, "opsgenie:a1")


@pytest.mark.parametrize(("field", "value"), [("updatedAt", 1778595331764), ("createdAt", 1778595068)])
def test_a_unit_that_contradicts_the_documentation_is_read_by_size_flagged_and_named(field, value):
    records, failures = read(READER, original(webhook("Acknowledge", **{field: value})))
    assert [record.instant.utc.minute for record in records] == [15, 11]
    assert len(failures) == 1 and failures[0].lost == 0 and f'"{field}" is documented' in str(failures[0])
    if field == "updatedAt":
        assert Flag.UNIT_GUESSED in records[0].instant.flags


def test_an_update_before_the_creation_is_named():
    records, failures = read(READER, original(webhook("Close", updatedAt=1778595000000000000)))
    assert len(records) == 2 and "lies before" in str(failures[0]) and failures[0].lost == 0


@pytest.mark.parametrize(
    ("via", "name", "is_bot"), [("web", "ada@example.test", False), ("API", "x", True), ("", "System", True)]
)
def test_only_what_a_person_did_by_hand_has_a_person(via, name, is_bot):
    records, _ = read(READER, original(webhook("Acknowledge", via, username=name)))
    assert records[0].actor.is_bot is is_bot


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("Close", EventKind.RECOVERY),
        ("EscalateToNext", EventKind.ESCALATION),
        ("AddResponder", EventKind.ESCALATION),
        ("UnAcknowledge", EventKind.NOTE),
        ("Snooze", EventKind.NOTE),
        ("AddTags", EventKind.NOTE),
        ("RestartServer", EventKind.NOTE),
    ],
)
def test_each_action_is_what_it_is_in_the_story_and_none_is_dropped(action, kind):
    records, failures = read(READER, original(webhook(action)))
    assert failures == [] and len(records) == 2
    assert records[0].kind is kind and kind_of(records[0]) is kind


def test_a_note_is_said_where_responders_talk():
    records, _ = read(READER, original(webhook("AddNote", note="Rolling back now.\nMore soon.")))
    assert (records[0].lane, records[0].title) == (Lane.CHAT, "Rolling back now.")
    assert records[0].attributes["channel"] == "opsgenie-alert-23"


def test_a_listed_alert_tells_its_course_from_its_report():
    (created, ack, closed), failures = read(READER, file(SAMPLE / "alerts.json"))
    assert failures == [] and created.until == closed.instant
    assert (ack.instant.utc - created.instant.utc).total_seconds() == 263.514
    assert (ack.evidence.locator.pointer, closed.evidence.locator.pointer) == (
        "/data/0/report/ackTime", "/data/0/report/closeTime",
    )  # fmt: skip


def test_what_a_report_does_not_time_is_named_and_not_placed():
    alert = {"id": "a1", "tinyId": "1", "alias": "x", "message": "Pool full", "status": "closed", "acknowledged": True,
             "isSeen": True, "createdAt": "2026-05-12T14:11:08Z"}  # fmt: skip
    records, failures = read(READER, original({"data": alert}))
    assert len(records) == 1 and [failure.lost for failure in failures] == [0, 0]
    records, failures = read(READER, original({"data": [{**alert, "report": {"ackTime": -5, "closeTime": "x"}}]}))
    assert len(records) == 1 and len(failures) == 2 and "ackTime" in str(failures[0])


def test_logs_and_notes_of_an_alert_are_read():
    entry = {"owner": "ada@example.test", "createdAt": "2026-05-12T14:15:31.764Z", "offset": "1_2", "type": "system"}
    words = [
        "Alert created via API",
        "Alert acknowledged via web",
        "Escalated to next",
        "Sent voice call",
        "Alert closed via web",
    ]
    records, failures = read(READER, original({"data": [{**entry, "log": text} for text in words]}))
    assert failures == []
    assert [record.kind for record in records] == [
        EventKind.DETECTION, EventKind.ACTION, EventKind.ESCALATION, EventKind.NOTE, EventKind.RECOVERY,
    ]  # fmt: skip
    (note,), failures = read(READER, original({"data": [{**entry, "note": "Looking."}]}))
    assert failures == [] and note.lane is Lane.CHAT and note.body == "Looking."


@pytest.mark.parametrize("value", [True, "soon", [], float("nan"), 10**40])
def test_an_unreadable_time_is_listed_with_its_place_and_the_creation_is_kept(value):
    records, failures = read(READER, original(webhook("Close", updatedAt=value)))
    assert len(records) == 1 and "/alert/updatedAt" in str(failures[0]) and failures[0].next_step


def test_an_action_without_a_time_is_listed():
    payload = webhook("Close")
    payload["alert"] = without(ALERT, "updatedAt")
    records, failures = read(READER, original(payload))
    assert len(records) == 1 and '"Close" states no time' in str(failures[0])


def test_real_webhooks():
    found = read_corpus(READER, "opsgenie", "zulip_fixtures/opsgenie/*.json")
    kinds = {name: [record.kind for record in records] for name, (records, failures) in found.items() if not failures}
    assert kinds == {
        "acknowledge.json": [EventKind.ACTION, EventKind.DETECTION],
        "close.json": [EventKind.RECOVERY, EventKind.DETECTION],
        "create.json": [EventKind.DETECTION],
    }
    ack, created = found["acknowledge.json"][0]
    assert (ack.instant.utc - created.instant.utc).total_seconds() == 33.660002
    assert all("fili@" not in repr(record.attributes) for records, _ in found.values() for record in records)


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [webhook("Create"), webhook("Acknowledge"), webhook("Close")])


def test_every_sample_is_won():
    for path in SAMPLE.iterdir():
        assert winner(file(path)) == "opsgenie"
