"""Sentry says when an error was first seen, when a rule was triggered by it, and what was released."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, EventKind, Lane, LogLine
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.sentry import reader as module
from afteraction.formats.sentry.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample"
ISSUE = {
    "id": "7",
    "shortId": "LEDGER-7",
    "title": "PoolTimeout",
    "culprit": "ledger.book",
    "level": "error",
    "firstSeen": "2026-05-12T14:03:40Z",
    "lastSeen": "2026-05-12T14:52:10Z",
    "project": {"slug": "ledger"},
}
ADA = {"id": 4, "name": "ada", "type": "user"}


def hook(action: str, **data: object) -> dict[str, object]:
    return {"action": action, "installation": {"uuid": "1"}, "actor": ADA, "data": data}


def plugin(**event: object) -> dict[str, object]:
    inside = {
        "event_id": "e1",
        "title": "PoolTimeout",
        "timestamp": 1778595068.25,
        "environment": "production",
        "user": {"ip_address": "198.51.100.42"},
        "tags": [["browser", "x"], ["user.id", "8675309"]],
        **event,
    }
    return {"id": "7", "project": "ledger", "culprit": "book", "level": "error", "message": "words", "event": inside}


def test_an_event_that_triggered_a_rule_is_a_detection():
    assert winner(file(SAMPLE / "event_alert.json")) == "sentry"
    (found,), failures = read(READER, file(SAMPLE / "event_alert.json"))
    assert failures == [] and found.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC)
    assert (found.kind, found.fingerprint, found.environment) == (
        EventKind.DETECTION,
        "sentry:issue:1170820242",
        "production",
    )
    assert found.attributes["rule"] == "Many errors" and found.attributes["release"] == "v2.14"


def test_those_who_met_an_error_are_not_taken_over():
    (found,), _ = read(READER, original(plugin()))
    assert "198.51.100.42" not in repr(found.attributes) and "8675309" not in repr(found.attributes)
    assert (found.service, found.body) == ("ledger", "words")


def test_an_issue_is_a_signal_from_its_first_sight_to_its_last():
    (found,), failures = read(READER, file(SAMPLE / "issues.json"))
    assert failures == [] and (found.kind, found.lane, found.service) == (EventKind.SIGNAL, Lane.LOGS, "ledger")
    assert (found.instant.utc.minute, found.until.utc.minute) == (3, 52) and found.attributes["users"] == "240"


def test_what_was_done_with_an_issue_is_placed_by_the_header_or_named():
    resolved = hook("resolved", issue=ISSUE)
    (seen,), failures = read(READER, original(resolved))
    assert seen.kind is EventKind.SIGNAL and "without a time" in str(failures[0]) and failures[0].lost == 0
    kept = {"headers": {"Sentry-Hook-Timestamp": "1778597550"}, "body": resolved}
    (seen, done), failures = read(READER, original(kept))
    assert failures == [] and done.instant.utc.minute == 52 and done.actor.name == "ada"
    assert (kind_of(done), done.attributes["step"]) == (EventKind.NOTE, "resolved")


def test_a_metric_alert_begins_and_ends():
    alert = {
        "id": "1",
        "identifier": "3",
        "date_started": "2026-05-12T14:11:08Z",
        "date_closed": "2026-05-12T14:52:30Z",
        "alert_rule": {"name": "Many errors", "environment": "production"},
        "projects": ["ledger"],
    }
    (start, end), failures = read(READER, original(hook("resolved", metric_alert=alert)))
    assert failures == [] and start.until == end.instant and end.fingerprint == f"{start.fingerprint}:resolved"
    assert (start.kind, end.kind, start.service) == (EventKind.DETECTION, EventKind.RECOVERY, "ledger")
    records, failures = read(READER, original(hook("resolved", metric_alert={**alert, "date_closed": None})))
    assert len(records) == 1 and "does not say when" in str(failures[0])


def test_comments_and_activity_are_told():
    said = hook("created", comment="Rolling back.", issue_id=7, timestamp="2026-05-12T14:40:00Z", project_slug="ledger")
    (comment,), failures = read(READER, original(said))
    assert failures == [] and (comment.lane, comment.body) == (Lane.CHAT, "Rolling back.")
    activity = [{"type": kind, "dateCreated": "2026-05-12T14:40:00Z", "user": ADA, "data": {"text": "Looking."}}
                for kind in ("first_seen", "set_regression", "set_resolved", "note")]  # fmt: skip
    records, failures = read(READER, original({**ISSUE, "activity": activity}))
    assert failures == []
    assert [(kind_of(one), one.lane) for one in records] == [
        (EventKind.SIGNAL, Lane.LOGS), (EventKind.SIGNAL, Lane.LOGS), (EventKind.NOTE, Lane.ALERTS),
        (EventKind.NOTE, Lane.CHAT),
    ]  # fmt: skip


def test_events_releases_and_deploys_are_read():
    event = {
        "eventID": "e1",
        "groupID": "7",
        "dateCreated": "2026-05-12T14:11:08Z",
        "title": "PoolTimeout",
        "message": "",
        "tags": [{"key": "level", "value": "fatal"}, {"key": "server_name", "value": "web-1"}],
    }
    release = {"version": "v2.14", "dateCreated": "2026-05-12T13:00:00Z", "dateReleased": None, "newGroups": 2,
               "projects": [{"slug": "ledger"}]}  # fmt: skip
    deploy = {"id": "1", "name": "v2.14", "environment": "production", "dateStarted": None,
              "dateFinished": "2026-05-12T14:02:11Z"}  # fmt: skip
    records, failures = read(READER, original([event, release, deploy]))
    line, made, put = records
    assert failures == [] and isinstance(line, LogLine) and (line.level, line.host) == ("critical", "web-1")
    assert isinstance(made, Change) and (made.kind, made.service) == (ChangeKind.RELEASE, "ledger")
    assert isinstance(put, Change) and (put.kind, put.environment, put.instant.utc.minute) == (
        ChangeKind.DEPLOYMENT,
        "production",
        2,
    )


@pytest.mark.parametrize("value", [True, "soon", [], float("nan"), "2026-05-12T14:11:08"])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original([plugin(timestamp=value), plugin()]))
    assert len(records) == 1 and "/0/event/timestamp" in str(failures[0]) and failures[0].next_step


def test_real_payloads():
    records, failures = read_corpus(READER, "sentry", "keep/sentry*.json")["sentry__alerts.json"]
    assert failures == [] and [record.kind for record in records] == [EventKind.DETECTION] * 3
    assert records[0].instant.utc == datetime(2024, 3, 9, 13, 34, 45, 873000, UTC)
    assert len({record.fingerprint for record in records}) == 3
    assert "198.51.100.42" not in repr([record.attributes for record in records])


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [plugin(), ISSUE, hook("triggered", event=plugin()["event"])])
