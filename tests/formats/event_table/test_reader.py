"""A timeline kept as a table becomes events, one for each row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.records import EventKind, Lane
from afteraction.formats.event_table.reader import READER
from tests.formats.originals import original, read, winner

TEXT = """time,event,who,end
2031-05-06T10:02:00Z,Lookups begin to fail,,
2031-05-06T10:11:08Z,Alert LookupErrors fired,alertmanager,2031-05-06T10:52:00Z
2031-13-06T10:12:00Z,Somebody looked,Mira Beck,
2031-05-06T12:13:20+02:00,Acknowledged,Mira Beck,
2031-05-06T10:14:00Z,,Mira Beck,
"""


def test_each_row_is_an_event_at_its_time_and_place():
    source = original(TEXT, "timeline.csv")
    assert winner(source) == "event_table"
    (begin, alert, seen), _ = read(READER, source)
    assert begin.instant.utc == datetime(2031, 5, 6, 10, 2, tzinfo=UTC)
    assert (begin.title, begin.lane, begin.actor) == ("Lookups begin to fail", Lane.DOCUMENT, None)
    assert (alert.actor.is_bot, alert.until.utc.minute) == (True, 52)
    assert (seen.instant.utc.hour, seen.instant.source_tz, seen.evidence.locator.line) == (10, "+02:00", 5)
    assert (seen.actor.name, seen.actor.is_bot) == ("Mira Beck", False)


def test_what_cannot_be_read_is_listed_and_the_rest_kept():
    records, failures = read(READER, original(TEXT, "timeline.csv"))
    assert len(records) == 3
    assert sorted(failure.locator.line for failure in failures) == [4, 6]
    assert "2031-13-06" in failures[0].reason


def test_a_stated_kind_is_taken_and_an_unknown_one_left_to_the_engine():
    text = "when,what,kind\n2031-05-06T10:02:00Z,Switched over,mitigation\n2031-05-06T10:03:00Z,Looked,odd\n"
    records, _ = read(READER, original(text, "log.csv"))
    assert [record.kind for record in records] == [EventKind.MITIGATION, EventKind.NOTE]


def test_a_mapping_goes_before_all_names():
    text = "Zeit;Was\n2031-05-06T10:02:00Z;Umgeschaltet\n2031-05-06T10:03:00Z;Wieder da\n"
    source = original(text, "notizen.csv", mapping={"time": "Zeit", "event": "Was"})
    assert winner(source) == "event_table"
    records, _ = read(READER, source)
    assert [record.title for record in records] == ["Umgeschaltet", "Wieder da"]


@pytest.mark.parametrize(
    ("header", "row", "reader"),
    [
        ("ticket_id,created_at,channel,subject", "1,2031-05-06T10:02:00Z,web,broken", "ticket_table"),
        ("timestamp,service,metric,value", "2031-05-06T10:02:00Z,lookup,errors,3", "metric_table"),
        ("timestamp,level,message", "2031-05-06T10:02:00Z,info,started", "log_table"),
    ],
)
def test_other_tables_are_left_to_their_readers(header, row, reader):
    assert winner(original(f"{header}\n{row}\n{row}\n", "table.csv")) == reader


def test_times_without_a_zone_are_refused_until_one_is_declared():
    text = "time,event\n2031-05-06 10:02,Lookups fail\n2031-05-06 10:12,Back\n"
    records, failures = read(READER, original(text, "timeline.csv"))
    assert records == []
    assert all("--zone" in failure.next_step + failure.reason for failure in failures)
    records, _ = read(READER, original(text, "timeline.csv", zone="Europe/Berlin"))
    assert [record.instant.utc.hour for record in records] == [8, 8]
