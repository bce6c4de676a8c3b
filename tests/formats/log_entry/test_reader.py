"""Logged entries: one line, one event, at the time that was typed."""

from __future__ import annotations

import json

import pytest

from afteraction.core.evidence import Failure
from afteraction.core.instant import Precision, TimeSource
from afteraction.core.records import Event
from afteraction.formats.log_entry.reader import READER
from tests.formats.originals import original

ENTRY = {
    "schema": "afteraction/log-entry/1", "id": "a1", "at": "2026-05-12T16:05:00+02:00", "precision": "min",
    "zone": "Europe/Berlin", "is_typed": True, "line": "16:05 rolled back", "text": "rolled back",
    "author": {"key": "user:3", "name": "Robin"},
}  # fmt: skip


def read(entry: object) -> list:
    return list(READER.read(original(json.dumps(entry), "log/a1.json")))


def test_an_entry_is_one_event_with_its_time_zone_and_author() -> None:
    (event,) = read(ENTRY)
    assert isinstance(event, Event)
    assert event.title == "rolled back"
    assert event.instant.utc.isoformat() == "2026-05-12T14:05:00+00:00"
    assert (event.instant.precision, event.instant.source_tz) == (Precision.MINUTE, "Europe/Berlin")
    assert event.instant.source is TimeSource.HUMAN
    assert event.actor is not None and (event.actor.key, event.actor.name) == ("user:3", "Robin")
    assert str(event.evidence.locator) == "/text"


def test_a_line_without_a_typed_time_has_the_servers() -> None:
    (event,) = read({**ENTRY, "is_typed": False, "precision": "s"})
    assert (event.instant.source, event.instant.precision) == (TimeSource.CHAT, Precision.SECOND)


@pytest.mark.parametrize(
    "wrong", [[], {}, "x", None, {**ENTRY, "at": "soon"}, {**ENTRY, "at": "2026-05-12T16:05:00"}, {"text": "x"}]
)
def test_what_is_no_entry_is_a_failure_with_a_next_step(wrong: object) -> None:
    (failure,) = read(wrong)
    assert isinstance(failure, Failure) and failure.next_step


def test_it_claims_its_own_schema_and_nothing_else() -> None:
    assert READER.sniff(original(json.dumps(ENTRY), "x.json")) > 0.9
    assert READER.sniff(original('{"schema": "afteraction/analysis/1"}', "x.json")) == 0
