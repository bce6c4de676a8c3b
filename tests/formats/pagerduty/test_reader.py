"""PagerDuty says when an incident was opened, who was told, who took it on, and when it was closed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.pagerduty import reader as module
from afteraction.formats.pagerduty.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample"
ADA = Actor(key="pagerduty:PUSR1", name="Ada Example")
USER = {"id": "PUSR1", "type": "user_reference", "summary": "Ada Example"}


def webhook(event: str, at: str = "2026-05-12T14:15:31Z", agent: object = USER, **data: object) -> dict[str, object]:
    incident = {"id": "PINC1", "type": "incident", "title": "No free connection", "created_at": "2026-05-12T14:12:02Z"}
    return {
        "event": {"id": "E1", "event_type": event, "resource_type": "incident", "occurred_at": at, "agent": agent,
                  "client": None, "data": {**incident, **data}}
    }  # fmt: skip


def entry(kind: str, **more: object) -> dict[str, object]:
    return {"id": "R1", "type": f"{kind}_log_entry", "summary": "as PagerDuty says it", "agent": USER,
            "created_at": "2026-05-12T14:15:31Z", "channel": {"type": "web"},
            "incident": {"id": "PINC1", "type": "incident_reference", "summary": "[#7] No free connection"},
            **more}  # fmt: skip


def only(source: object) -> Event:
    records, failures = read(READER, original(source))
    assert failures == [] and len(records) == 1 and isinstance(records[0], Event)
    return records[0]


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_each_sample_is_won_and_read_without_failures(path):
    assert winner(file(path)) == "pagerduty"
    assert read(READER, file(path))[1] == []


def test_an_acknowledgement_names_the_person_and_states_the_opening_again():
    records, failures = read(READER, original(webhook("incident.acknowledged", status="acknowledged")))
    ack, opened = records
    assert failures == [] and isinstance(ack, Event) and isinstance(opened, Event)
    assert (ack.kind, ack.lane, ack.actor, ack.attributes["status"]) == (
        EventKind.ACTION, Lane.ALERTS, ADA, "acknowledged",
    )  # fmt: skip
    assert ack.instant.utc == datetime(2026, 5, 12, 14, 15, 31, tzinfo=UTC) and ack.instant.tz_known
    assert (opened.kind, opened.fingerprint) == (EventKind.DETECTION, "pagerduty:incident:PINC1")
    assert opened.instant.utc == datetime(2026, 5, 12, 14, 12, 2, tzinfo=UTC)
    assert str(opened.evidence.locator.pointer) == "/event/data/created_at"


def test_the_opening_is_one_event_where_the_webhook_is_that_of_the_opening():
    only(webhook("incident.triggered", "2026-05-12T14:12:02.274Z", None, status="triggered"))


@pytest.mark.parametrize(
    ("agent", "channel", "is_bot"),
    [
        (USER, "mobile", False),
        ({"id": "PSVC1", "type": "service_reference", "summary": "ledger"}, "web", True),
        (USER, "auto", True),
        (USER, "api", True),
        (None, "timeout", True),
    ],
)
def test_only_a_user_who_did_it_by_hand_is_a_person(agent, channel, is_bot):
    ack = only([entry("acknowledge", agent=agent, channel={"type": channel})])
    assert ack.actor is not None and ack.actor.is_bot is is_bot


def test_the_log_tells_who_was_notified_how_and_where_it_was_escalated():
    records, _ = read(READER, file(SAMPLE / "log_entries.json"))
    by = {record.attributes.get("step") or record.attributes.get("status") or "note": record for record in records}
    notified, escalated = by["notify"], by["escalate"]
    assert notified.title == "Notified by phone: The ledger has no free connection"
    assert (notified.attributes["mentions"], notified.attributes["delivered"]) == ("pagerduty:PUSR2", "success")
    assert "0100" not in repr(notified.attributes)
    assert (escalated.kind, escalated.attributes["mentions"]) == (EventKind.ESCALATION, "pagerduty:PUSR1")
    assert by["acknowledge"].instant.utc.hour == 14 and by["acknowledge"].instant.source_tz == "+02:00"
    assert by["resolved"].kind is EventKind.RECOVERY and by["triggered"].fingerprint == "pagerduty:incident:PINC1"
    assert (by["note"].lane, by["note"].body) == (Lane.CHAT, "Rolling back to v2.13.")


@pytest.mark.parametrize("step", ["notify", "assign", "snooze", "unacknowledge", "something_new"])
def test_a_step_of_the_pager_is_no_second_detection(step):
    found = only([entry(step)])
    assert kind_of(found) is EventKind.NOTE and found.attributes["step"] == step


def test_an_incident_of_the_rest_api_tells_its_whole_course():
    records, failures = read(READER, file(SAMPLE / "incidents.json"))
    assert failures == []
    assert [record.kind for record in records] == [
        EventKind.DETECTION, EventKind.NOTE, EventKind.ACTION, EventKind.RECOVERY,
    ]  # fmt: skip
    start, _, ack, end = records
    assert start.until == end.instant and end.instant.utc - start.instant.utc == timedelta(minutes=46, seconds=38)
    assert ack.instant.utc - start.instant.utc == timedelta(minutes=3, seconds=29)


def test_a_resolved_incident_without_an_end_says_so():
    incident = {"id": "P", "type": "incident", "status": "resolved", "created_at": "2026-05-12T14:12:02Z",
                "self": "https://api.pagerduty.com/incidents/P"}  # fmt: skip
    records, failures = read(READER, original({"incident": incident}))
    assert len(records) == 1 and "does not say when" in str(failures[0]) and failures[0].lost == 0


def test_messages_of_version_2_carry_log_entries_and_the_incident_as_it_was():
    message = {"event": "incident.acknowledge", "id": "M1", "created_on": "2026-05-12T14:15:33Z",
               "log_entries": [entry("acknowledge")],
               "incident": {"id": "PINC1", "incident_number": 7, "title": "No free connection",
                            "created_at": "2026-05-12T14:12:02Z",
                            "service": {"id": "S", "summary": "ledger"}}}  # fmt: skip
    records, failures = read(READER, original({"messages": [message, {**message, "log_entries": []}]}))
    assert failures == []
    assert [record.instant.utc.second for record in records] == [31, 2, 33, 2]
    assert {record.service for record in records} == {"ledger"}


def test_messages_of_version_1_are_read():
    message = {"type": "incident.resolve", "id": "M1", "created_on": "2026-05-12T14:58:40Z",
               "data": {"incident": {"id": "PINC1", "created_on": "2026-05-12T14:12:02Z", "service": {"name": "ledger"},
                                     "trigger_summary_data": {"subject": "No free connection"},
                                     "resolved_by_user": {"id": "PUSR1", "name": "Ada Example"}}}}  # fmt: skip
    records, failures = read(READER, original({"messages": [message]}))
    assert failures == [] and records[0].actor == ADA and records[0].title == "Resolved: No free connection"


@pytest.mark.parametrize(
    ("summary", "kind", "state"),
    [
        ("Deployed ledger v2.14 - success", ChangeKind.DEPLOYMENT, "success"),
        ("Rollback of ledger started", ChangeKind.ROLLBACK, "started"),
        ("Feature flag new-pool enabled", ChangeKind.FLAG, ""),
        ("Merged pull request 41", ChangeKind.COMMIT, ""),
        ("Build 41 failed", ChangeKind.PIPELINE, "failure"),
    ],
)
def test_a_change_event_is_a_change_of_the_kind_its_summary_names(summary, kind, state):
    event = {
        "id": "C1",
        "type": "change_event",
        "summary": summary,
        "timestamp": "2026-05-12T14:02:11Z",
        "source": "ci",
    }
    records, failures = read(READER, original({"change_events": [event]}))
    assert failures == [] and isinstance(records[0], Change)
    assert (records[0].kind, records[0].state, records[0].fingerprint) == (kind, state, "pagerduty:change:C1")


def test_events_that_an_integration_sends_need_a_time_of_their_own():
    sent = {"routing_key": "R", "event_action": "trigger", "dedup_key": "pool",
            "payload": {"summary": "No free connection", "source": "db1", "severity": "critical",
                        "timestamp": "2026-05-12T14:12:02Z"}}  # fmt: skip
    assert only(sent).fingerprint == "pagerduty:alert:pool"
    del sent["payload"]["timestamp"]
    records, failures = read(READER, original(sent))
    assert records == [] and '"timestamp"' in str(failures[0]) and failures[0].next_step


def test_an_event_that_its_own_payload_contradicts_is_read_and_named():
    payload = webhook("incident.reopened", reopened_at="2026-05-12T13:00:00Z", status="resolved")
    records, failures = read(READER, original(payload))
    assert records[0].title == "Reopened: No free connection"
    assert [failure.lost for failure in failures] == [0, 0]
    assert '"resolved"' in str(failures[0]) and "2026-05-12T13:00:00Z" in str(failures[1])


@pytest.mark.parametrize("value", [None, True, [], "yesterday", "2026-05-12T14:15:31", float("nan")])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    text = json.dumps([webhook("incident.escalated", value), webhook("incident.escalated")])
    records, failures = read(READER, original(text))
    assert len(failures) == 1 and "/0/event/occurred_at" in str(failures[0]) and failures[0].next_step
    assert [record.kind for record in records].count(EventKind.ESCALATION) == 1


def test_what_is_no_object_of_pagerduty_is_listed():
    records, failures = read(READER, original({"log_entries": [entry("assign"), 5, {"type": "alien"}]}))
    assert len(records) == 1 and [failure.locator.pointer for failure in failures] == [
        "/log_entries/1",
        "/log_entries/2",
    ]


def test_a_receivers_envelope_is_opened_also_where_the_body_is_text():
    inside = webhook("incident.escalated")
    for body in (inside, json.dumps(inside)):
        source = original({"headers": {"x-webhook-id": "1"}, "body": body})
        assert winner(source) == "pagerduty" and len(read(READER, source)[0]) == 2


def test_an_alert_of_another_tool_is_left_to_others():
    assert winner(original({"alert": {"alertId": "1", "message": "x"}, "action": "Create"})) != "pagerduty"
    assert READER.sniff(original({"messages": [{"type": "message", "text": "incident.trigger"}]})) == 0


def test_real_webhooks_of_version_3():
    found = read_corpus(READER, "pagerduty", "zulip_fixtures/pagerduty_v3/*.json")
    reopened, failures = found["reopened_v3.json"]
    assert failures == [] and [record.kind for record in reopened] == [EventKind.DETECTION] * 2
    assert reopened[0].attributes["reopened_at"] == "2026-04-01T02:15:01Z"
    replied, failures = found["responder_replied_v3.json"]
    assert failures == [] and len(replied) == 1 and replied[0].lane is Lane.CHAT
    assert replied[0].attributes["reply"] == "accepted" and not replied[0].actor.is_bot


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    originals = [webhook("incident.acknowledged"), {"log_entries": [entry("notify")]}, webhook("incident.resolved")]
    check_no_silence(READER, data, originals)
