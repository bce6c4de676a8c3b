"""Pingdom says when a probe from outside failed, when it worked again, and whom it told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import EventKind
from afteraction.engine.timeline.classify import kind_of
from afteraction.formats.pingdom import reader as module
from afteraction.formats.pingdom.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample" / "down.json"


def change(state: str = "DOWN", **more: object) -> dict[str, object]:
    return {"check_id": 8, "check_name": "Shop", "current_state": state, "previous_state": "UP",
            "state_changed_timestamp": 1778595068, **more}  # fmt: skip


def test_a_check_that_fails_is_a_detection_by_a_probe():
    assert winner(file(SAMPLE)) == "pingdom"
    (found,), failures = read(READER, file(SAMPLE))
    assert failures == [] and found.instant.utc == datetime(2026, 5, 12, 14, 11, 8, tzinfo=UTC)
    assert (found.kind, found.attributes["method"], found.service) == (
        EventKind.DETECTION,
        "synthetic",
        "shop.example.test",
    )


@pytest.mark.parametrize(
    ("state", "kind"),
    [("DOWN", EventKind.DETECTION), ("FAILING", EventKind.DETECTION), ("UP", EventKind.RECOVERY),
     ("SUCCESS", EventKind.RECOVERY), ("PAUSED", EventKind.NOTE)],
)  # fmt: skip
def test_each_state_is_what_it_is_in_the_story(state, kind):
    (found,), failures = read(READER, original(change(state)))
    assert failures == [] and kind_of(found) is kind
    assert ("method" in found.attributes) is (kind is EventKind.DETECTION)


def test_two_times_that_contradict_each_other_are_named():
    records, failures = read(READER, original(change(state_changed_utc_time="2026-05-12T16:11:08")))
    assert len(records) == 1 and "state_changed_utc_time" in str(failures[0]) and failures[0].lost == 0


def test_outages_begin_and_end_and_none_is_said():
    states = [{"status": "up", "timefrom": 1778590000, "timeto": 1778595068},
              {"status": "down", "timefrom": 1778595068, "timeto": 1778597550}, 5]  # fmt: skip
    (start, end), failures = read(READER, original({"summary": {"states": states}}))
    assert start.until == end.instant and (end.instant.utc - start.instant.utc).total_seconds() == 2482
    assert len(failures) == 1 and "/summary/states/2" in str(failures[0])
    records, failures = read(READER, original({"summary": {"states": states[:1]}}))
    assert records == [] and "none of 1 stretches" in str(failures[0]) and failures[0].lost == 0


def test_alerts_that_were_sent_tell_how_and_to_whom_without_an_address():
    sent = {"username": "ada", "userid": "4", "checkid": 8, "time": 1778595070, "via": "sms", "status": "delivered",
            "messageshort": "DOWN alert", "messagefull": "Shop is down", "sentto": "+1-5550100"}  # fmt: skip
    (found,), failures = read(READER, original({"actions": {"alerts": [sent]}}))
    assert failures == [] and kind_of(found) is EventKind.NOTE
    assert (found.title, found.attributes["mentions"]) == ("Notified by sms: DOWN alert", "pingdom:4")
    assert "5550100" not in repr(found.attributes)


@pytest.mark.parametrize("value", [None, True, "soon", [], float("nan"), 10**30])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original([change(state_changed_timestamp=value), change()]))
    assert len(records) == 1 and "/0/state_changed_timestamp" in str(failures[0]) and failures[0].next_step


def test_a_real_webhook():
    (found,), failures = read_corpus(READER, "pingdom", "alerta/pingdom*.json")["pingdom_up.json"]
    assert failures == [] and found.kind is EventKind.RECOVERY
    assert found.instant.utc == datetime(2017, 6, 30, 22, 30, 43, tzinfo=UTC)
    assert found.attributes["previous"] == "DOWN" and found.service == "api.alerta.io"


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [change(), change("UP", state_changed_utc_time="2026-05-12T14:11:08"), change()])
