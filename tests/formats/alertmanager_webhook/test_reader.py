"""Alertmanager notifications become detections and recoveries, each with a place of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Event, EventKind, Lane
from afteraction.formats.alertmanager_webhook import reader as module
from afteraction.formats.alertmanager_webhook.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner, without

SAMPLE = Path(module.__file__).parent / "sample.json"


def alert(**changes: object) -> dict[str, object]:
    return {
        "status": "firing",
        "labels": {"alertname": "PoolFull", "service": "ledger"},
        "annotations": {"summary": "no connection is free"},
        "startsAt": "2026-05-12T14:11:08Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "fingerprint": "00c0ffee00c0ffee",
        **changes,
    }


def notification(*alerts: object) -> dict[str, object]:
    return {"receiver": "pager", "status": "firing", "alerts": list(alerts), "groupKey": "{}", "version": "4"}


def test_the_sample_is_won_by_its_reader():
    assert winner(file(SAMPLE)) == "alertmanager_webhook"


def test_a_resolved_alert_is_a_detection_with_an_end_and_a_recovery():
    records, failures = read(READER, file(SAMPLE))
    assert failures == []
    start, end, slow = records
    assert isinstance(start, Event) and isinstance(end, Event) and isinstance(slow, Event)
    assert (start.kind, end.kind, start.lane) == (EventKind.DETECTION, EventKind.RECOVERY, Lane.ALERTS)
    assert start.instant.utc == datetime(2026, 5, 12, 14, 11, 8, 250000, UTC)
    assert start.until is not None and start.until.utc == end.instant.utc == datetime(
        2026, 5, 12, 14, 52, 30, tzinfo=UTC
    )
    assert (start.service, start.environment, start.title) == (
        "ledger-db",
        "production",
        "LedgerPoolFull: ledger-db has no free connection",
    )
    assert start.attributes["severity"] == "critical"
    assert start.attributes["runbook"] == "https://runbooks.example.test/ledger-pool"
    assert (start.fingerprint, end.fingerprint) == ("00c0ffee00c0ffee", "00c0ffee00c0ffee:resolved")
    assert slow.until is None and slow.service == "checkout"


def test_places_name_the_field_and_the_physical_line_on_which_it_stands():
    records, _ = read(READER, file(SAMPLE))
    lines = SAMPLE.read_text().splitlines()
    assert [str(record.evidence.locator.pointer) for record in records] == [
        "/alerts/0/startsAt",
        "/alerts/0/endsAt",
        "/alerts/1/startsAt",
    ]
    for record in records:
        assert record.evidence.locator.line is not None
        assert record.instant.original_text in lines[record.evidence.locator.line - 1]


@pytest.mark.parametrize("indent", [None, 2])
def test_notifications_one_after_another_are_each_read_with_the_lines_of_the_file(indent):
    text = "\n".join(
        json.dumps(notification(alert(startsAt=f"2026-05-12T14:1{n}:00Z")), indent=indent) for n in range(3)
    )
    records, failures = read(READER, original(text, "alerts.jsonl"))
    assert failures == [] and len(records) == 3
    for record in records:
        assert record.instant.original_text in text.splitlines()[record.evidence.locator.line - 1]


def test_an_array_of_notifications_is_read():
    records, failures = read(READER, original([notification(alert()), notification(alert())]))
    assert failures == []
    assert [record.evidence.locator.pointer for record in records] == ["/0/alerts/0/startsAt", "/1/alerts/0/startsAt"]
    assert len({record.fingerprint for record in records}) == 1


def test_the_contact_point_of_another_tool_with_the_same_fields_is_read():
    grafana = {
        **notification({**alert(), "silenceURL": "https://grafana.example.test", "values": {"A": 1}}),
        "orgId": 1,
    }
    source = original({**without(grafana, "groupKey"), "version": "1", "orgId": 1, "title": "[FIRING:1]"})
    assert winner(source) == "alertmanager_webhook" and len(read(READER, source)[0]) == 1


def test_version_3_without_fingerprints_gets_the_one_that_alertmanager_computes():
    labels = {"alertname": "PoolFull", "service": "ledger"}
    records, _ = read(READER, original(notification(without(alert(labels=labels), "fingerprint"))))
    other, _ = read(
        READER, original(notification(without(alert(labels=dict(reversed(labels.items()))), "fingerprint")))
    )
    assert len(records[0].fingerprint) == 16 and records[0].fingerprint == other[0].fingerprint


def test_an_alert_that_fires_has_no_end_even_where_one_is_stated():
    records, _ = read(READER, original(notification(alert(endsAt="2026-05-12T14:15:08Z"))))
    assert len(records) == 1 and records[0].until is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-13-05T00:00:00Z", "is not a date"),
        ("22025-05-12T14:00:00Z", "year of 5 digits"),
        ("2026-05-12T14:11:08", "--zone"),
        (None, "missing"),
        ([1], "not a time"),
        (True, "not a time"),
    ],
)
def test_an_unreadable_start_is_listed_with_its_place_and_the_other_alerts_are_kept(value, said):
    records, failures = read(READER, original(notification(alert(startsAt=value), alert())))
    assert len(records) == 1 and len(failures) == 1
    assert said in str(failures[0]) and "/alerts/0/startsAt" in str(failures[0])


def test_a_naive_time_is_read_in_the_declared_zone():
    records, failures = read(
        READER, original(notification(alert(startsAt="2026-05-12T14:11:08")), zone="Europe/Berlin")
    )
    assert failures == [] and records[0].instant.utc.hour == 12 and not records[0].instant.tz_known


def test_a_file_cut_short_keeps_the_alerts_before_the_cut():
    text = json.dumps(notification(alert(), alert(), alert()), indent=1)
    records, failures = read(READER, original(text[: text.rindex('"startsAt"') + 5]))
    assert len(records) == 2
    assert len(failures) == 1 and "cut short" in str(failures[0])


def test_a_broken_line_costs_that_line_alone():
    good = json.dumps(notification(alert()))
    records, failures = read(READER, original(f"{good}\n{good[:90]}\n\n{good}\n"))
    assert [record.evidence.locator.line for record in records] == [1, 4]
    assert [failure.locator.line for failure in failures] == [2]


def test_nesting_ten_thousand_deep_is_listed_and_the_rest_is_kept():
    deep = "[" * 10_000 + "]" * 10_000
    text = json.dumps(notification(alert(annotations="@"), alert())).replace('"@"', deep)
    records, failures = read(READER, original(text))
    assert len(records) == 1 and "nested too deeply" in str(failures[0])


def test_a_key_that_stands_twice_is_named():
    text = json.dumps(notification(alert())).replace(
        '"status": "firing", "labels"', '"status": "x", "status": "y", "labels"'
    )
    records, failures = read(READER, original(text))
    assert len(records) == 1 and '"status" stands twice' in str(failures[0]) and failures[0].lost == 0


@pytest.mark.parametrize("wrong", [[], [1], {"alerts": 5}, {"alerts": [None, 3, "x"]}, {"receiver": "a"}])
def test_wrong_types_are_listed_and_never_raised(wrong):
    records, failures = read(READER, original([notification(alert()), wrong]))
    assert len(records) == 1
    assert failures or wrong == []


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = json.dumps([notification(alert(), alert(status="resolved", endsAt="2026-05-12T14:52:30Z"))], indent=1)
    at = data.draw(st.integers(0, len(text)))
    junk = data.draw(st.text(max_size=5))
    cut = data.draw(st.booleans())
    read(READER, original(text[:at] + junk + ("" if cut else text[at:])))


def test_real_notifications_of_version_4():
    for path in sorted(corpus("payloads/generated/live_capture").glob("alertmanager_webhook_*.json")):
        records, failures = read(READER, file(path))
        assert failures == [] and winner(file(path)) == "alertmanager_webhook"
        assert len(records) == (2 if "resolved" in path.name else 1)
        stated = json.loads(path.read_text())["alerts"][0]
        unnamed = original(notification(without(stated, "fingerprint")))
        assert read(READER, unnamed)[0][0].fingerprint == stated["fingerprint"]


def test_a_real_notification_of_version_3():
    records, failures = read(READER, file(corpus("payloads/open/alerta/prometheus_v3_alert.json")))
    assert failures == [] and len(records) == 1
    assert records[0].instant.utc == datetime(2016, 8, 1, 10, 27, 8, 8000, UTC)
    assert (records[0].service, records[0].environment) == ("System", "Production")
