"""Graylog says that an alert fired, and brings the messages along that led to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import EventKind, LogLine
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.graylog import reader as module
from afteraction.formats.graylog.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample" / "event.json"


def event(backlog: object = (), **more: object) -> dict[str, object]:
    inside = {
        "id": "01",
        "timestamp": "2026-05-12T14:11:08.250Z",
        "alert": True,
        "message": "Pool full",
        "key": "a",
        **more,
    }
    return {"event_definition_id": "d1", "event_definition_title": "Pool", "event": inside, "backlog": list(backlog)}


def stream(**result: object) -> dict[str, object]:
    return {"check_result": {"triggered_at": "2026-05-12T14:11:08.250Z", "triggered": True, "matching_messages": [],
                             "triggered_condition": {"id": "c1", "type_string": "MESSAGE_COUNT"}, **result},
            "stream": {"title": "errors"}}  # fmt: skip


def test_an_event_is_a_detection_with_its_messages():
    assert winner(file(SAMPLE)) == "graylog"
    (alert, line), failures = read(READER, file(SAMPLE))
    assert failures == [] and alert.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC)
    assert (alert.kind, alert.fingerprint, alert.service) == (EventKind.DETECTION, "graylog:5e7a9c8d:ledger", "ledger")
    assert alert.attributes["severity"] == "high"
    assert isinstance(line, LogLine) and (line.level, line.host, line.service) == ("error", "web-1", "ledger")


@pytest.mark.parametrize("payload", [event(alert=False), stream(triggered=False)])
def test_what_is_no_alert_opens_nothing(payload):
    (found,), failures = read(READER, original(payload))
    assert failures == [] and kind_of(found) is EventKind.NOTE


@pytest.mark.parametrize("value", [None, True, "soon", [], "2026-05-12T14:11:08"])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    text = json.dumps([event(timestamp=value), stream(triggered_at=value), event()])
    records, failures = read(READER, original(text))
    assert len(records) == 1 and [failure.locator.pointer for failure in failures] == [
        "/0/event/timestamp", "/1/check_result/triggered_at",
    ]  # fmt: skip


def test_messages_that_are_none_are_listed():
    good = {"timestamp": "2026-05-12T14:11:08Z", "message": "x"}
    records, failures = read(READER, original(event([5, {"message": "x"}, good])))
    assert len(records) == 2 and len(failures) == 2 and "/backlog/0" in str(failures[0])


def test_a_real_notification_of_a_stream():
    (alert, first, second), failures = read_corpus(READER, "graylog", "alerta/graylog*.json")[
        "graylog_notification.json"
    ]
    assert failures == [] and alert.instant.utc == datetime(2015, 9, 10, 9, 45, 54, 749000, UTC)
    assert (alert.kind, alert.title) == (EventKind.DETECTION, "test: message count")
    assert (first.level, second.level) == ("warning", "error") and first.host == "127.0.0.1"


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [event(), stream(), json.loads(SAMPLE.read_text())])
