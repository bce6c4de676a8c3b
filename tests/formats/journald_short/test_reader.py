"""The journal as text: its forms of time, and the year and zone that the shortest does not state."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.formats.journald_short.reader import READER
from tests.corpus import corpus
from tests.formats.originals import file, original, winner
from tests.formats.plans import carry_out

DECLARED = {"zone": "Europe/Berlin", "year": 2026, "incident_start": "2026-05-12T12:00:00Z"}
SHORT = "May 12 14:02:11 web-7 cart[41]: cannot reach stock: timeout\n"


def rows(text: str, **options: object):
    source = original(text, "journal.log", **options)
    return carry_out(READER.plan(source), source)


@pytest.mark.parametrize(
    ("time", "utc"),
    [
        ("May 12 14:02:11", "2026-05-12T12:02:11+00:00"),
        ("May  2 14:02:11.250000", "2026-05-02T12:02:11.250000+00:00"),
        ("2026-05-12T14:02:11+0200", "2026-05-12T12:02:11+00:00"),
        ("2026-05-12T14:02:11.768000+0200", "2026-05-12T12:02:11.768000+00:00"),
        ("2026-05-12T14:02:11.768000-05:30", "2026-05-12T19:32:11.768000+00:00"),
        ("1778594531.768000", "2026-05-12T14:02:11.768000+00:00"),
    ],
)
def test_every_form_of_time_is_read(time, utc):
    (row,) = rows(SHORT.replace("May 12 14:02:11", time), **DECLARED).rows
    assert row["instant"] == datetime.fromisoformat(utc)
    assert (row["host"], row["service"], row["message"]) == ("web-7", "cart", "cannot reach stock: timeout")


def test_the_short_form_needs_a_declared_zone():
    with pytest.raises(NaiveTime, match=r"journal\.log: .*--zone"):
        READER.plan(original(SHORT, "journal.log", year=2026))


def test_the_short_form_needs_a_year():
    with pytest.raises(AfteractionError, match=r"journal\.log: .*--incident-start"):
        READER.plan(original(SHORT, "journal.log", zone="UTC"))


def test_the_incident_start_tells_the_year():
    READER.plan(original(SHORT, zone="UTC", incident_start="2026-05-12"))
    with pytest.raises(AfteractionError):
        READER.plan(original(SHORT, zone="UTC", incident_start="yesterday"))


def test_the_iso_form_needs_neither():
    READER.plan(original("2026-05-12T14:02:11+0200 web-7 cart[41]: x\n"))


def test_a_log_may_cross_new_year():
    read = rows(
        SHORT.replace("May 12 14:02:11", "Dec 31 23:59:59") + SHORT.replace("May 12 14:02:11", "Jan  1 00:00:01"),
        zone="UTC",
        year=2027,
        incident_start="2027-01-01T00:30:00Z",
    )
    assert read.column("instant") == [
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2027, 1, 1, 0, 0, 1, tzinfo=UTC),
    ]


def test_indented_lines_belong_to_the_message_above_and_marks_to_nobody():
    read = rows(f"{SHORT}      at stock.get\n-- Boot {'3f' * 16} --\nMay 12 14:03:00 web-7 kernel: up\n", **DECLARED)
    assert read.column("line") == [1, 4]
    assert str(read.rows[0]["message"]).endswith("timeout\n      at stock.get")
    assert read.column("service") == ["cart", "kernel"]


def test_a_mark_on_the_first_line_is_no_failure():
    read = rows(f"-- Journal begins at Mon 2026-04-06 09:12:40 UTC. --\n{SHORT}", **DECLARED)
    assert (read.column("line"), read.rejected) == ([2], [])


def test_it_wins_its_own_files_and_leaves_others():
    assert winner(original(SHORT * 3, "journalctl.log")) == "journald_short"
    assert winner(original(f"-- Boot {'3f' * 16} --\n{SHORT}", "x.log")) == "journald_short"
    assert winner(original("2026-05-12T14:02:11+0200 web-7 cart[41]: x\n", "x.log")) == "journald_short"
    assert READER.sniff(original("2026-05-12T14:02:11Z starting\n")) == 0
    assert READER.sniff(original("2026-05-12T14:02:11+0000 INFO worker: starting\n")) == 0
    assert READER.sniff(original("May 12: we met\nand talked\n")) == 0


@pytest.mark.parametrize("name", ["journalctl_short.log", "journalctl_short_iso_precise.log"])
def test_recorded_journals_are_read_whole(name):
    source = file(corpus(f"payloads/generated/journald/{name}"), zone="UTC", year=2026)
    read = carry_out(READER.plan(source), source)
    assert winner(source) == "journald_short"
    assert (len(read.rows), read.rejected) == (203, [])
    first = read.rows[0]["instant"]
    assert isinstance(first, datetime) and first.replace(microsecond=0) == datetime(2026, 11, 20, 21, 41, 6, tzinfo=UTC)
