"""An incident of Cloud Monitoring starts and ends at seconds, and 0 is no time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import EventKind
from afteraction.formats.gcp_monitoring import reader as module
from afteraction.formats.gcp_monitoring.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample" / "closed.json"


def incident(**more: object) -> dict[str, object]:
    inside = {"incident_id": "i1", "state": "open", "started_at": 1778595068, "ended_at": None, "summary": "why",
              "policy_name": "Pool", "condition_name": "Pool full", "resource_name": "web-85", **more}  # fmt: skip
    return {"version": "1.2", "incident": inside}


def test_a_closed_incident_is_a_detection_with_an_end_and_a_recovery():
    assert winner(file(SAMPLE)) == "gcp_monitoring"
    (start, end), failures = read(READER, file(SAMPLE))
    assert failures == [] and start.until == end.instant
    assert start.instant.utc == datetime(2026, 5, 12, 14, 11, 8, tzinfo=UTC) and start.instant.flags == ()
    assert (start.kind, end.kind) == (EventKind.DETECTION, EventKind.RECOVERY)
    assert (start.service, start.environment, start.attributes["threshold"]) == ("ledger", "production", "90")
    assert end.fingerprint == f"{start.fingerprint}:resolved" == "gcp:incident:0.mx1:resolved"


@pytest.mark.parametrize(
    ("more", "said", "count"),
    [
        ({"state": "closed"}, '"ended_at" is empty', 1),
        ({"ended_at": 1778597550}, "states an end", 2),
        ({"state": "closed", "ended_at": 1778590000}, "lies before", 2),
        ({"state": "resting"}, "no state", 1),
    ],
)
def test_a_state_that_the_times_contradict_is_named(more, said, count):
    records, failures = read(READER, original(incident(**more)))
    assert len(records) == count and len(failures) == 1 and said in str(failures[0]) and failures[0].lost == 0


@pytest.mark.parametrize("value", [0, "0", None, ""])
def test_no_time_is_listed(value):
    records, failures = read(READER, original([incident(started_at=value), incident()]))
    assert len(records) == 1 and len(failures) == 1 and "states no time" in str(failures[0])
    assert "/0/incident/started_at" in str(failures[0]) and failures[0].lost == 1


@pytest.mark.parametrize("value", [True, "soon", [], float("nan"), 10**30])
def test_an_unreadable_time_is_listed_with_its_place(value):
    records, failures = read(READER, original([incident(started_at=value), incident()]))
    assert len(records) == 1 and "/0/incident/started_at" in str(failures[0]) and failures[0].next_step


def test_alerts_of_the_api_are_read():
    alert = {"name": "projects/p/alerts/0.mx1", "state": "CLOSED", "openTime": "2026-05-12T14:11:08Z",
             "closeTime": "2026-05-12T14:52:30Z", "policy": {"displayName": "Pool"},
             "resource": {"labels": {"service_name": "ledger"}}}  # fmt: skip
    assert winner(original({"alerts": [alert]})) == "gcp_monitoring"
    (start, end), failures = read(READER, original({"alerts": [alert]}))
    assert failures == [] and start.until == end.instant and start.service == "ledger"
    assert start.fingerprint == "gcp:incident:0.mx1"


def test_real_webhooks_of_stackdriver():
    found = read_corpus(READER, "gcp_monitoring", "alerta/stackdriver*.json")
    (start, end), failures = found["stackdriver_closed.json"]
    assert failures == [] and start.instant.utc == datetime(2017, 7, 6, 19, 10, 14, tzinfo=UTC)
    assert (end.instant.utc - start.instant.utc).total_seconds() == 622
    (opened,), failures = found["stackdriver_open.json"]
    assert failures == [] and opened.fingerprint == start.fingerprint and opened.until is None


def test_real_payloads_without_a_time_are_each_listed():
    records, failures = read_corpus(READER, "gcp_monitoring", "keep/gcp*.json")["gcpmonitoring__alerts.json"]
    assert records == [] and len(failures) == 3 and all("states no time" in str(failure) for failure in failures)


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [incident(), incident(state="closed", ended_at=1778597550), incident()])
