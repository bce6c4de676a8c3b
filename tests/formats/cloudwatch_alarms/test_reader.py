"""An alarm of CloudWatch begins with ALARM and ends with OK after it, at the time that the alarm states."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, Event, EventKind
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.cloudwatch_alarms import reader as module
from afteraction.formats.cloudwatch_alarms.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample"
ARN = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:PoolFull"


def alarm(new: str = "ALARM", old: str = "OK", **more: object) -> dict[str, object]:
    return {
        "AlarmName": "PoolFull", "AlarmArn": ARN, "NewStateValue": new, "OldStateValue": old, "NewStateReason": "why",
        "StateChangeTime": "2026-05-12T14:11:08.254+0000",
        "Trigger": {"MetricName": "DatabaseConnections", "Namespace": "AWS/RDS", "Threshold": 90.0,
                    "Dimensions": [{"name": "DBInstanceIdentifier", "value": "ledger-db"}]}, **more,
    }  # fmt: skip


def notification(message: object, **more: object) -> dict[str, object]:
    text = message if isinstance(message, str) else json.dumps(message)
    return {"Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:1:pager", "Message": text,
            "Timestamp": "2026-05-12T14:11:09Z", **more}  # fmt: skip


def test_an_alarm_is_a_detection_at_its_own_time_wherever_it_is_packed():
    for packed in (
        alarm(),
        notification(alarm()),
        [notification(alarm())],
        {"Records": [{"EventSource": "aws:sns", "Sns": notification(alarm())}]},
        {"Records": [{"eventSource": "aws:sqs", "body": json.dumps(notification(alarm()))}]},
    ):
        source = original(packed)
        assert winner(source) == "cloudwatch_alarms"
        records, failures = read(READER, source)
        assert failures == [] and len(records) == 1
        (found,) = records
        assert found.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 254000, UTC) and found.instant.tz_known
        assert (found.kind, found.fingerprint, found.service) == (EventKind.DETECTION, ARN, "ledger-db")
        assert found.attributes["metric"] == "AWS/RDS/DatabaseConnections" and found.attributes["threshold"] == "90.0"


def test_the_end_of_an_alarm_also_tells_its_beginning_where_the_event_knows_it():
    records, failures = read(READER, file(SAMPLE / "eventbridge.json"))
    start, end = records
    assert failures == [] and start.until == end.instant
    assert (start.kind, end.kind) == (EventKind.DETECTION, EventKind.RECOVERY)
    assert end.fingerprint == f"{start.fingerprint}:resolved"
    assert start.instant.utc.minute == 11 and end.instant.utc.minute == 52


@pytest.mark.parametrize(
    ("new", "old", "kind"),
    [
        ("ALARM", "OK", EventKind.DETECTION),
        ("ALARM", "INSUFFICIENT_DATA", EventKind.DETECTION),
        ("OK", "ALARM", EventKind.RECOVERY),
        ("OK", "INSUFFICIENT_DATA", EventKind.NOTE),
        ("INSUFFICIENT_DATA", "ALARM", EventKind.NOTE),
    ],
)
def test_only_ok_after_alarm_is_a_recovery(new, old, kind):
    (found,), _ = read(READER, original(alarm(new, old)))
    assert found.kind is kind and kind_of(found) is kind


def test_a_state_that_nobody_knows_is_read_and_named():
    records, failures = read(READER, original(alarm("ON FIRE")))
    assert len(records) == 1 and '"ON FIRE"' in str(failures[0]) and failures[0].lost == 0


def test_a_function_gets_the_same_alarm():
    data = {"alarmName": "PoolFull", "state": {"value": "ALARM", "timestamp": "2026-05-12T14:11:08.254+0000"},
            "previousState": {"value": "OK", "timestamp": "2026-05-12T09:00:00.000+0000"},
            "configuration": {}}  # fmt: skip
    event = {"source": "aws.cloudwatch", "alarmArn": ARN, "accountId": "1", "alarmData": data}
    (found,), failures = read(READER, original(event))
    assert failures == [] and found.fingerprint == ARN and found.attributes["region"] == "eu-west-1"


def test_listed_alarms_tell_the_state_they_are_in():
    firing = {"AlarmName": "PoolFull", "AlarmArn": ARN, "StateValue": "ALARM", "Namespace": "AWS/RDS",
              "StateUpdatedTimestamp": "2026-05-12T14:20:00Z", "Dimensions": [{"Name": "InstanceId", "Value": "i-1"}],
              "StateTransitionedTimestamp": "2026-05-12T14:11:08.254000+00:00"}  # fmt: skip
    records, failures = read(READER, original({"MetricAlarms": [firing, {**firing, "StateValue": "OK"}]}))
    assert failures == [] and [record.kind for record in records] == [EventKind.DETECTION, EventKind.NOTE]
    assert records[0].instant.utc.minute == 11 and records[0].attributes["host"] == "i-1"


def test_the_history_of_an_alarm_tells_states_actions_and_configurations():
    item = {"AlarmName": "PoolFull", "Timestamp": "2026-05-12T14:11:08.254Z"}
    data = json.dumps({"oldState": {"stateValue": "OK"}, "newState": {"stateValue": "ALARM", "stateReason": "why"}})
    items = [
        {
            **item,
            "HistoryItemType": "StateUpdate",
            "HistorySummary": "Alarm updated from OK to ALARM",
            "HistoryData": data,
        },
        {**item, "HistoryItemType": "StateUpdate", "HistorySummary": "Alarm updated from ALARM to OK"},
        {**item, "HistoryItemType": "Action", "HistorySummary": "Successfully executed action pager"},
        {**item, "HistoryItemType": "ConfigurationUpdate", "HistorySummary": 'Alarm "PoolFull" updated'},
    ]
    records, failures = read(READER, original({"AlarmHistoryItems": items}))
    assert failures == []
    assert [record.kind for record in records] == [
        EventKind.DETECTION, EventKind.RECOVERY, EventKind.NOTE, ChangeKind.CONFIG,
    ]  # fmt: skip
    assert isinstance(records[3], Change) and records[0].body == "why"


def test_other_messages_of_sns_are_notes_with_their_words():
    (found,), failures = read(READER, original(notification("The nightly job is done.\nBye", Subject="Jobs")))
    assert failures == [] and (found.title, found.kind) == ("Jobs", EventKind.NOTE)
    assert kind_of(found) is EventKind.NOTE and found.instant.utc.second == 9


@pytest.mark.parametrize("value", [None, True, "2026-13-05T00:00:00Z", "2026-05-12T14:11:08", {}])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original([alarm(StateChangeTime=value), alarm()]))
    assert len(records) == 1 and len(failures) == 1
    assert "/0/StateChangeTime" in str(failures[0]) and failures[0].next_step


def test_a_place_inside_json_in_a_text_stands_on_the_line_of_that_text():
    records, _ = read(READER, file(SAMPLE / "sns.json"))
    locator = records[0].evidence.locator
    assert locator.pointer == "/Message/StateChangeTime"
    assert '"Message"' in (SAMPLE / "sns.json").read_text().splitlines()[locator.line - 1]


def test_a_real_confirmation_is_a_note_without_its_token():
    found = read_corpus(READER, "cloudwatch_alarms", "alerta/cloudwatch*.json")
    ((event,), failures) = found["cloudwatch_subscription_confirmation.json"]
    assert failures == [] and isinstance(event, Event) and kind_of(event) is EventKind.NOTE
    assert event.instant.utc == datetime(2018, 7, 8, 21, 33, 44, 782000, UTC)
    assert "Token" not in repr(event) and "2336412f37" not in repr(event)


def test_real_payloads_without_a_time_are_each_listed():
    records, failures = read_corpus(READER, "cloudwatch_alarms", "keep/cloudwatch*.json")["cloudwatch__alerts.json"]
    assert records == [] and len(failures) == 3
    assert all("states no time" in str(failure) and failure.lost == 1 for failure in failures)


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    bridge = json.loads((SAMPLE / "eventbridge.json").read_text())
    check_no_silence(READER, data, [alarm(), bridge, notification(alarm("OK", "ALARM"))])
