"""Status page updates become communication with the promises they made."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import EventKind, Lane
from afteraction.formats.statuspage import reader as module
from afteraction.formats.statuspage.promises import promised_update
from afteraction.formats.statuspage.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample.json"
HISTORY = json.loads(SAMPLE.read_text())
INCIDENT = HISTORY["incidents"][0]


def test_the_sample_is_won_by_its_reader():
    assert winner(file(SAMPLE)) == "statuspage"


def test_updates_are_public_communication_at_the_time_they_were_posted():
    records, failures = read(READER, file(SAMPLE))
    assert failures == []
    updates = [record for record in records if record.kind is EventKind.COMMUNICATION]
    assert {update.lane for update in updates} == {Lane.STATUS}
    assert [(u.attributes["status"], u.instant.utc.strftime("%H:%M")) for u in updates] == [
        ("resolved", "15:30"),
        ("identified", "14:40"),
        ("investigating", "14:19"),
    ]
    resolved, identified, investigating = updates
    assert resolved.attributes["milestone"] == "t_resolved"
    assert identified.attributes["display_at"] == "2026-05-12T14:35:00+00:00"
    assert identified.attributes["promised_update"] == "2026-05-12T15:10:00+00:00"
    assert investigating.attributes["promised_update"] == "2026-05-12T14:39:00+00:00"
    assert (investigating.title, investigating.service) == ("Investigating: Checkout errors", "Checkout")
    assert all(update.attributes["audience"] == "public" for update in updates)
    assert resolved.evidence.locator.line == 18


def test_a_start_that_no_update_was_posted_at_is_a_statement_of_its_own():
    records, _ = read(READER, file(SAMPLE))
    stated = [record for record in records if record.kind is EventKind.NOTE]
    assert [(one.attributes["milestone"], one.instant.utc.strftime("%H:%M")) for one in stated] == [
        ("t_impact_start", "14:02")
    ]


@pytest.mark.parametrize("content", [INCIDENT, [INCIDENT], {"incident": INCIDENT, "page": {}}])
def test_one_incident_a_list_and_a_webhook_hold_the_same_updates(content):
    source = original(content)
    assert winner(source) == "statuspage"
    records, failures = read(READER, source)
    assert failures == [] and len(records) == 4


@pytest.mark.parametrize(
    ("body", "zone", "expected"),
    [
        ("Next update by 14:40 UTC.", None, "14:40"),
        ("Next update at 14:40UTC", None, "14:40"),
        ("The next update will be at 3:40 pm BST.", None, "14:40"),
        ("next update: 16:40 CEST", None, "14:40"),
        ("Next update by 10:40 EDT.", None, "14:40"),
        ("Next update by 16:40.", "Europe/Berlin", "14:40"),
        ("Next update by 16:40.", None, None),
        ("We will provide another update within the next 30 minutes.", None, "14:49"),
        ("Another update in an hour.", None, "15:19"),
        ("More information within half an hour", None, "14:49"),
        ("At 14:40 UTC error rates rose.", None, None),
        ("The update of 14:10 was wrong.", None, None),
        ("Next update soon. The errors began at 14:40 UTC.", None, None),
    ],
)
def test_promises_are_read_as_written(body, zone, expected):
    found = promised_update(body, datetime(2026, 5, 12, 14, 19, tzinfo=UTC), zone)
    assert (found and found.astimezone(UTC).strftime("%H:%M")) == expected


def test_a_promise_across_midnight_is_for_the_next_day():
    found = promised_update("Next update by 00:20 UTC", datetime(2026, 5, 12, 23, 50, tzinfo=UTC), None)
    assert found == datetime(2026, 5, 13, 0, 20, tzinfo=UTC)


def test_a_history_cut_short_keeps_the_updates_before_the_cut():
    text = json.dumps(HISTORY)
    records, failures = read(READER, original(text[: text.index('"u1"')]))
    updates = [record for record in records if record.kind is EventKind.COMMUNICATION]
    assert [update.fingerprint for update in updates] == ["statuspage:u3", "statuspage:u2"]
    assert updates[0].attributes["incident"] == "Checkout errors"
    assert len(failures) == 1 and "cut short" in str(failures[0])


def test_wrong_types_and_times_are_listed():
    updates = [7, {"created_at": "2026-05-12 14:00"}, {"created_at": "22025-01-01T00:00:00Z"}, {}]
    content = {"page": 1, "incidents": [3, {**INCIDENT, "name": 4, "incident_updates": updates, "started_at": [1]}]}
    records, failures = read(READER, original(content))
    assert len(failures) == 6 and "--zone" in str(failures[2])
    assert len(records) == 1


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = SAMPLE.read_text()
    at = data.draw(st.integers(0, len(text)))
    read(READER, original(text[:at] + data.draw(st.text(max_size=4)) + text[at + data.draw(st.integers(0, 9)) :]))


@settings(max_examples=examples(100), deadline=None)
@given(st.text(max_size=40), st.datetimes(timezones=st.just(UTC)))
def test_no_promise_makes_it_raise_and_none_lies_before_the_message(text, posted):
    found = promised_update(f"Next update by {text}", posted, "Europe/Berlin")
    assert found is None or (found - posted).total_seconds() >= -60
