"""A failed check of Dash0 begins and, once over, ends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import EventKind
from afteraction.formats.dash0 import reader as module
from afteraction.formats.dash0.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample.json"


def webhook(type_: str = "alert.ongoing", **issue: object) -> dict[str, object]:
    inside = {"id": "1", "issueIdentifier": "68", "start": "2026-05-12T14:11:08Z", "status": "critical", **issue}
    return {"type": type_, "data": {"issue": inside}}


def test_an_issue_that_is_over_is_a_detection_with_an_end_and_a_recovery():
    assert winner(file(SAMPLE)) == "dash0"
    (start, end), failures = read(READER, file(SAMPLE))
    assert failures == [] and start.until == end.instant
    assert start.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250123, UTC)
    assert (start.service, start.environment, start.title) == (
        "ledger",
        "production",
        "Pool full: No connection is free",
    )
    assert (end.kind, end.fingerprint) == (EventKind.RECOVERY, f"{start.fingerprint}:resolved")


def test_an_issue_that_goes_on_has_no_end_and_one_that_is_over_without_an_end_says_so():
    records, failures = read(READER, original(webhook(end="2026-05-12T15:00:00Z")))
    assert failures == [] and len(records) == 1 and records[0].until is None
    records, failures = read(READER, original(webhook("alert.resolved")))
    assert len(records) == 1 and "since when" in str(failures[0]) and failures[0].lost == 0


@pytest.mark.parametrize("value", [None, True, "soon", [], "2026-05-12T14:11:08"])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original([webhook(start=value), webhook()]))
    assert len(records) == 1 and "/0/data/issue/start" in str(failures[0]) and failures[0].next_step


def test_a_real_webhook():
    (start, end), failures = read_corpus(READER, "dash0", "keep/dash0*.json")["dash0__alerts.json"]
    assert failures == [] and (end.instant.utc - start.instant.utc).total_seconds() == 420
    assert start.service == "my-first-observable-service"


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [webhook(), webhook("alert.resolved", end="2026-05-12T14:52:30Z"), webhook()])
