"""What is changed in NetBox's inventory is a change, with what differs as its diff."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind
from afteraction.formats.netbox import reader as module
from afteraction.formats.netbox.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample.json"


def webhook(**more: object) -> dict[str, object]:
    return {"event": "created", "timestamp": "2026-05-12T14:02:11+00:00", "model": "site", "username": "ada",
            "request_id": "r1", "data": {"id": 4, "display": "Berlin"}, "snapshots": None, **more}  # fmt: skip


def test_an_update_is_a_change_with_what_differs():
    assert winner(file(SAMPLE)) == "netbox"
    (found,), failures = read(READER, file(SAMPLE))
    assert failures == [] and isinstance(found, Change) and found.kind is ChangeKind.INFRASTRUCTURE
    assert found.instant.utc == datetime(2026, 5, 12, 14, 2, 11, 231786, UTC)
    assert (found.title, found.reference, found.actor.name) == ("ipaddress 192.0.2.7/24 updated", "192.0.2.7/24", "ada")
    assert found.diff == "-status: active\n+status: deprecated"


@pytest.mark.parametrize("value", [None, True, "soon", [], "2026-05-12T14:02:11"])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original([webhook(timestamp=value), webhook()]))
    assert len(records) == 1 and "/0/timestamp" in str(failures[0]) and failures[0].next_step


def test_a_real_webhook():
    (found,), failures = read_corpus(READER, "netbox", "keep/netbox*.json")["netbox__alerts.json"]
    assert failures == [] and (found.title, found.diff) == ("site Test created", "")


@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [webhook(), webhook(event="deleted"), webhook()])
