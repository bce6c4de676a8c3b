"""Answers of the Alertmanager API become detections and silences."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Document, EventKind
from afteraction.formats.alertmanager_api import reader as module
from afteraction.formats.alertmanager_api.reader import READER, SILENCED
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

HERE = Path(module.__file__).parent
ALERTS = json.loads((HERE / "sample.json").read_text())
SILENCES = json.loads((HERE / "sample_silences.json").read_text())


@pytest.mark.parametrize("name", ["sample.json", "sample_silences.json"])
def test_the_samples_are_won_by_their_reader(name):
    assert winner(file(HERE / name)) == "alertmanager_api"


def test_an_active_alert_is_open_although_an_end_is_stated():
    records, failures = read(READER, file(HERE / "sample.json"))
    assert failures == [] and len(records) == 1
    alert = records[0]
    assert (alert.kind, alert.until, alert.service) == (EventKind.DETECTION, None, "ledger-db")
    assert alert.attributes["status"] == "active" and alert.attributes["receiver"] == "payments-pager"
    assert str(alert.evidence.locator) == "line 7, /0/startsAt"


def test_an_end_that_had_passed_is_an_end():
    records, failures = read(READER, original([{**ALERTS[0], "updatedAt": "2026-05-12T14:16:00Z"}]))
    assert failures == [] and [record.kind for record in records] == [EventKind.DETECTION, EventKind.RECOVERY]
    assert records[0].until is not None and records[0].until.utc == records[1].instant.utc


def test_groups_and_envelopes_hold_the_same_alerts():
    group = [{"alerts": ALERTS, "labels": {"alertname": "x"}, "receiver": {"name": "pager"}}]
    for content in (group, {"status": "success", "data": ALERTS}):
        source = original(content)
        assert winner(source) == "alertmanager_api"
        records, failures = read(READER, source)
        assert failures == [] and [record.fingerprint for record in records] == ["00c0ffee00c0ffee"]


def test_a_silence_is_an_action_by_its_author_with_a_warning_about_what_it_swallows():
    records, failures = read(READER, file(HERE / "sample_silences.json"))
    assert failures == []
    (silence,) = records
    assert (silence.kind, silence.actor.name, silence.body) == (EventKind.ACTION, "ana", SILENCED)
    assert silence.title == 'Silence for alertname=~"Ledger.*": known, failing over'
    assert silence.until.utc == datetime(2026, 5, 12, 14, 50, tzinfo=UTC)


def test_the_receipt_for_a_silence_is_an_undated_document():
    source = original({"silenceID": "0c4e"})
    assert winner(source) == "alertmanager_api"
    records, failures = read(READER, source)
    assert failures == [] and isinstance(records[0], Document) and records[0].captured_at is None


def test_a_list_cut_short_keeps_what_stands_before_the_cut():
    text = json.dumps(ALERTS * 3)
    records, failures = read(READER, original(text[:-40]))
    assert len(records) == 2 and "cut short" in str(failures[0])


def test_a_group_cut_short_keeps_its_first_alerts():
    text = json.dumps([{"labels": {}, "receiver": {"name": "pager"}, "alerts": ALERTS * 3}])
    records, failures = read(READER, original(text[:-60]))
    assert len(records) == 2 and len(failures) == 1


def test_bad_times_and_wrong_types_are_listed():
    wrong = [
        {**ALERTS[0], "startsAt": "22025-05-12T00:00:00Z"},
        5,
        {"x": 1},
        {"alerts": [7]},
        {**SILENCES[0], "endsAt": [4]},
    ]
    records, failures = read(READER, original(wrong))
    assert [failure.locator.pointer for failure in failures] == [
        "/0/startsAt",
        "/1",
        "/2",
        "/3/alerts/0",
        "/4/endsAt",
    ]
    assert len(records) == 1


@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = json.dumps(data.draw(st.sampled_from([ALERTS, SILENCES, [{"alerts": ALERTS, "labels": {}}]])))
    at = data.draw(st.integers(0, len(text)))
    read(READER, original(text[:at] + data.draw(st.text(max_size=4)) + text[at + data.draw(st.integers(0, 9)) :]))


def test_real_answers():
    folder = corpus("payloads/generated/live_capture")
    found = {}
    for name in ("api_v2_alerts_firing", "api_v2_silences", "silence_created"):
        source = file(folder / f"alertmanager_{name}.json")
        assert winner(source) == "alertmanager_api"
        found[name], failures = read(READER, source)
        assert failures == []
    assert [record.attributes["severity"] for record in found["api_v2_alerts_firing"]] == ["warning", "critical"]
    assert found["api_v2_silences"][0].actor.name == "oncall"
    assert found["api_v2_silences"][0].attributes["matchers"] == 'alertname="CheckoutLatencyHigh"'
