"""What a Prometheus server says of itself becomes snapshots and signals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.evidence import EvidenceKind
from afteraction.core.records import Document, Event, EventKind
from afteraction.formats.prometheus_state import reader as module
from afteraction.formats.prometheus_state.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

HERE = Path(module.__file__).parent


@pytest.mark.parametrize("name", ["sample.json", "sample_targets.json"])
def test_the_samples_are_won_by_their_reader(name):
    assert winner(file(HERE / name)) == "prometheus_state"


def test_a_rule_group_is_a_snapshot_and_its_alerts_are_signals():
    records, failures = read(READER, file(HERE / "sample.json"))
    assert failures == []
    snapshot, note, signal = records
    assert isinstance(snapshot, Document) and snapshot.kind is EvidenceKind.CONFIG_SNAPSHOT
    assert snapshot.settings["LedgerPoolFull.expr"] == "pool_free == 0"
    assert (
        snapshot.settings["LedgerPoolFull.for"] == "60s" and snapshot.settings["LedgerPoolFull.severity"] == "critical"
    )
    assert snapshot.captured_at.utc == note.instant.utc and note.kind is EventKind.NOTE
    assert (signal.kind, signal.service) == (EventKind.SIGNAL, "ledger-db")
    place = signal.evidence.locator
    assert place.pointer == "/data/groups/0/rules/0/alerts/0/activeAt"
    assert "14:10:08" in (HERE / "sample.json").read_text().splitlines()[place.line - 1]


def test_a_target_that_is_down_is_a_signal():
    records, failures = read(READER, file(HERE / "sample_targets.json"))
    assert failures == []
    signal, snapshot = records
    assert signal.title == "ledger-db/10.0.0.5:9187 could not be scraped: connection refused"
    assert snapshot.settings["ledger-db/10.0.0.6:9187.health"] == "up"


def test_wrong_types_and_times_are_listed():
    data = {
        "groups": [4, {"name": 5, "rules": 6, "lastEvaluation": "x"}],
        "alerts": [{"activeAt": 1e99}],
        "activeTargets": [1],
    }
    records, failures = read(READER, original({"status": "success", "data": data}))
    assert len(failures) == 3 and all(isinstance(record, Document) for record in records)


@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = (HERE / data.draw(st.sampled_from(["sample.json", "sample_targets.json"]))).read_text()
    at = data.draw(st.integers(0, len(text)))
    read(READER, original(text[:at] + data.draw(st.text(max_size=4)) + text[at + data.draw(st.integers(0, 9)) :]))


def test_real_answers():
    folder = corpus("payloads/generated/live_capture")
    found = {}
    for name in ("rules", "alerts_firing", "targets"):
        source = file(folder / f"prometheus_api_{name}.json")
        assert winner(source) == "prometheus_state"
        found[name], failures = read(READER, source)
        assert failures == []
    assert [event.attributes["status"] for event in found["alerts_firing"]] == ["firing", "firing"]
    assert found["rules"][0].settings["TargetDown.expr"] == "up == 0"
    assert isinstance(found["rules"][1], Event)
    stated = json.loads((folder / "prometheus_api_targets.json").read_text())["data"]["activeTargets"]
    assert len(found["targets"][0].settings) == len(stated) == 2
