"""New Relic says when an issue opened, who took it on, and what a query found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, EventKind, LogLine, Sample
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.newrelic import reader as module
from afteraction.formats.newrelic.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence

SAMPLE = Path(module.__file__).parent / "sample"


def issue(**more: object) -> dict[str, object]:
    return {"id": "7", "issueUrl": "https://radar-api.service.newrelic.com/7", "title": "Pool full", "priority": "HIGH",
            "state": "ACTIVATED", "totalIncidents": "1", "createdAt": 1778595068250, **more}  # fmt: skip


def incident(state: str, **more: object) -> dict[str, object]:
    return {"incident_id": 9, "current_state": state, "timestamp": 1778595331764, "condition_name": "Pool full",
            "owner": "ada", "targets": [{"name": "ledger"}], **more}  # fmt: skip


def answer(*rows: object) -> dict[str, object]:
    return {"data": {"actor": {"account": {"nrql": {"results": list(rows)}}}}}


def test_a_closed_issue_tells_its_whole_course():
    assert winner(file(SAMPLE / "issue.json")) == "newrelic"
    (start, ack, end), failures = read(READER, file(SAMPLE / "issue.json"))
    assert failures == []
    assert start.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC) and start.instant.flags == ()
    assert [one.kind for one in (start, ack, end)] == [EventKind.DETECTION, EventKind.ACTION, EventKind.RECOVERY]
    assert (ack.attributes["status"], ack.actor.name) == ("acknowledged", "ada@example.test")
    assert end.fingerprint == f"{start.fingerprint}:resolved" and end.instant.utc.minute == 52


def test_an_update_that_ends_nothing_is_a_step():
    (_, step), failures = read(READER, original(issue(updatedAt=1778595331764, trigger="PRIORITY_CHANGED")))
    assert failures == [] and kind_of(step) is EventKind.NOTE and step.title == "Priority changed: Pool full"


@pytest.mark.parametrize(
    ("state", "kind"),
    [("open", EventKind.DETECTION), ("acknowledged", EventKind.ACTION), ("closed", EventKind.RECOVERY),
     ("paused", EventKind.NOTE)],
)  # fmt: skip
def test_older_channels_tell_one_change_of_state_each(state, kind):
    (found,), failures = read(READER, original(incident(state)))
    assert failures == [] and kind_of(found) is kind and found.service == "ledger"


def test_rows_of_a_query_are_lines_changes_and_samples():
    assert winner(file(SAMPLE / "nrql.json")) == "newrelic"
    records, failures = read(READER, file(SAMPLE / "nrql.json"))
    line, change, count, slow = records
    assert failures == [] and isinstance(line, LogLine) and isinstance(change, Change) and isinstance(count, Sample)
    assert (line.level, line.host, line.trace_id, line.service) == ("error", "web-1", "4bf92f35", "ledger")
    assert (change.kind, change.reference) == (ChangeKind.DEPLOYMENT, "v2.14")
    assert (count.metric, count.value, count.labels["facet"]) == ("count", 812.0, "ledger")
    assert (slow.metric, slow.value) == ("percentile.duration.95", 1.25)
    assert slow.evidence.locator.pointer.endswith("/results/2/percentile.duration/95")


def test_incidents_that_a_query_found_are_alerts():
    row = {"timestamp": 1778595068250, "event": "open", "incidentId": "9", "conditionName": "Pool full"}
    (start, end), failures = read(READER, original(answer(row, {**row, "event": "close"})))
    assert failures == [] and (start.kind, end.kind) == (EventKind.DETECTION, EventKind.RECOVERY)


def test_the_insights_api_answers_events():
    found = {
        "results": [{"events": [{"timestamp": 1778595068250, "message": "x"}]}],
        "metadata": {"eventTypes": ["Log"]},
    }
    assert winner(original(found)) == "newrelic" and len(read(READER, original(found))[0]) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [({"count": 1}, "without a time"), ({"timestamp": 1778595068250}, "says nothing"), (5, "none"),
     ({"timestamp": "soon", "message": "x"}, "timestamp")],
)  # fmt: skip
def test_a_row_that_cannot_be_placed_is_listed(row, said):
    records, failures = read(READER, original(answer(row, {"timestamp": 1778595068250, "message": "x"})))
    assert len(records) == 1 and len(failures) == 1 and said in str(failures[0]) and failures[0].next_step
    assert "/results/0" in str(failures[0])


def test_a_query_that_found_nothing_says_so():
    records, failures = read(READER, original(answer()))
    assert records == [] and failures[0].lost == 0


@pytest.mark.parametrize("value", [None, True, "soon", [], float("nan")])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original([issue(createdAt=value), issue()]))
    assert len(records) == 1 and "/0/createdAt" in str(failures[0])


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    rows = answer({"timestamp": 1778595068250, "message": "x"}, {"beginTimeSeconds": 1778595000, "count": 1})
    check_no_silence(READER, data, [issue(), rows, incident("open")])
