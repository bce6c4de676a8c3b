"""Tickets become reports of users, at the moment they were written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.records import EventKind, Lane
from afteraction.formats.ticket_table.reader import READER
from tests.formats.originals import original, read, winner

TEXT = """ticket_id,created_at,first_response_at,channel,service,customer,subject
501,2026-05-12T14:05:31Z,2026-05-12T14:16:00Z,web form,cart,Mia Beck,"basket is empty, money gone"
502,2026-05-12T16:09:12+02:00,,e-mail,cart,,cannot pay
503,2026-13-12T14:05:31Z,,e-mail,cart,,broken time
504,2026-05-12T14:12:00Z,soon,e-mail,cart,,seen at no time
505,2026-05-12T14:13:00Z
"""


def test_a_ticket_is_a_report_with_its_number_and_the_moment_it_was_seen():
    source = original(TEXT, "tickets.csv")
    assert winner(source) == "ticket_table"
    records, _ = read(READER, source)
    first, second, _ = records
    assert first.instant.utc == datetime(2026, 5, 12, 14, 5, 31, tzinfo=UTC)
    assert (first.kind, first.lane, first.service) == (EventKind.USER_REPORT, Lane.CUSTOMERS, "cart")
    assert first.title == "basket is empty, money gone"
    assert (first.fingerprint, first.evidence.locator.line) == ("ticket:501", 2)
    assert first.attributes == {
        "number": "501", "channel": "web form", "created": "2026-05-12T14:05:31+00:00",
        "seen": "2026-05-12T14:16:00+00:00",
    }  # fmt: skip
    assert first.actor.name == "Mia Beck"
    assert (second.instant.utc.hour, second.instant.source_tz, second.actor) == (14, "+02:00", None)


def test_what_cannot_be_read_is_listed_and_the_rest_kept():
    records, failures = read(READER, original(TEXT, "tickets.csv"))
    assert [record.attributes["number"] for record in records] == ["501", "502", "504"]
    assert [failure.locator.line for failure in failures] == [4, 5, 6]
    assert "2026-13-12" in failures[0].reason
    assert "2 cells" in failures[2].reason


def test_times_without_a_zone_need_one():
    text = "ticket,opened,subject\n7,2026-05-12 14:00,broken\n"
    records, failures = read(READER, original(text, "t.csv"))
    assert (records, len(failures)) == ([], 1)
    assert "--zone" in failures[0].next_step
    records, _ = read(READER, original(text, "t.csv", zone="Europe/Berlin"))
    assert (records[0].instant.utc.hour, records[0].instant.tz_known) == (12, False)


def test_a_mapping_goes_before_all_names():
    text = "opened\tcreated\twords\tchannel\n2026-05-12T14:00:00Z\t2026-05-12T15:00:00Z\tbroken\tmail\n"
    mapping = {"time": "opened", "subject": "words"}
    source = original(text, "t.tsv", mapping=mapping)
    assert winner(source) == "ticket_table"
    records, _ = read(READER, source)
    assert (records[0].title, records[0].instant.utc.hour) == ("broken", 14)


@pytest.mark.parametrize(
    "text",
    ["key,created,summary,assignee\nA-1,2026-05-12T14:00:00Z,fix it,Sam\n", "ticket,subject\n1,x\n",
     "timestamp,service,metric,value\n2026-05-12T14:00:00Z,cart,errors,1\n", "no table\n"],
)  # fmt: skip
def test_tables_without_a_sign_of_customers_are_left_alone(text):
    assert READER.sniff(original(text, "x.csv")) == 0.0


def test_nothing_raises_for_a_file_that_is_no_ticket_table():
    records, failures = read(READER, original("no table\n", "x.csv"))
    assert (records, len(failures)) == ([], 1)
