"""Syslog: priorities, structured data, byte order marks, lines that go on, and what RFC 3164 leaves out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.formats.syslog.reader import READER
from tests.formats.originals import original, winner
from tests.formats.plans import carry_out

DECLARED = {"zone": "Europe/Berlin", "year": 2026, "incident_start": "2026-05-12T12:00:00Z"}
NEW = '<131>1 2026-05-12T14:02:11.250Z web-7 cart 41 ID7 [a@1 k="v]\\"w\\" x"][b@1] \ufeffcannot reach stock'
OLD = "<131>May 12 14:02:11 web-7 cart[41]: cannot reach stock"


def rows(text: str, **options: object):
    source = original(text, "syslog.log", **options)
    return carry_out(READER.plan(source), source)


def test_an_rfc_5424_line_gives_every_part():
    (row,) = rows(NEW).rows
    assert row["instant"] == datetime(2026, 5, 12, 14, 2, 11, 250000, tzinfo=UTC)
    assert [row[name] for name in ("level", "service", "host", "message")] == [
        "error", "cart", "web-7", "cannot reach stock",
    ]  # fmt: skip
    raw = row["raw"]
    assert isinstance(raw, dict)
    assert (raw["structured_data"], raw["message_id"]) == ('[a@1 k="v]\\"w\\" x"][b@1]', "ID7")


def test_nothing_stands_for_unknown_in_rfc_5424():
    (row,) = rows("<14>1 2026-05-12T14:02:11Z - - - - -\n").rows
    assert [row[name] for name in ("service", "host", "message")] == ["", "", None]


@pytest.mark.parametrize(
    ("priority", "level"),
    [(0, "critical"), (2, "critical"), (11, "error"), (20, "warning"), (165, "info"), (190, "info"), (191, "debug")],
)
def test_the_severity_is_the_priority_modulo_eight(priority, level):
    assert rows(NEW.replace("<131>", f"<{priority}>")).column("level") == [level]


def test_an_octet_count_before_the_message_is_skipped():
    assert rows(f"104 {NEW}").column("message") == ["cannot reach stock"]


def test_an_rfc_3164_line_is_read_in_the_declared_zone_and_year():
    (row,) = rows(OLD, **DECLARED).rows
    assert row["instant"] == datetime(2026, 5, 12, 12, 2, 11, tzinfo=UTC)
    assert [row[name] for name in ("level", "service", "host", "message")] == [
        "error", "cart", "web-7", "cannot reach stock",
    ]  # fmt: skip


def test_rfc_3164_needs_a_zone_and_then_a_year():
    with pytest.raises(NaiveTime, match="--zone"):
        READER.plan(original(OLD, year=2026))
    with pytest.raises(AfteractionError, match="--incident-start"):
        READER.plan(original(OLD, zone="UTC"))


@pytest.mark.parametrize(
    "line",
    [
        "May 12 14:02:11 web-7 sshd[9]: closed",
        "2026-05-12T14:02:11.123456+02:00 web-7 sshd[9]: closed",
        "<38>2026-05-12T14:02:11+02:00 web-7 sshd: closed",
    ],
)
def test_files_of_rsyslog_are_read(line):
    (row,) = rows(line, **DECLARED).rows
    instant = row["instant"]
    assert isinstance(instant, datetime)
    assert instant.replace(microsecond=0) == datetime(2026, 5, 12, 12, 2, 11, tzinfo=UTC)
    assert (row["service"], row["message"]) == ("sshd", "closed")


@pytest.mark.parametrize(
    ("line", "service", "message"),
    [
        ("<13>May 12 14:02:11 10.0.0.9 Use the force!", None, "Use the force!"),
        ("<13>May 12 14:02:11 10.0.0.9 su: 'su root' failed", "su", "'su root' failed"),
        ("<13>May 12 14:02:11.250 10.0.0.9 su[4]:", "su", ""),
    ],
)
def test_on_the_wire_the_tag_may_be_missing(line, service, message):
    (row,) = rows(line, **DECLARED).rows
    assert (row["service"], row["message"] or "", row["level"]) == (service, message, "info")


@pytest.mark.parametrize(
    ("line", "host", "tag"),
    [
        ("<38>May 12 14:02:11 sshd[9]: closed: twice", None, "sshd"),
        ("May 12 14:02:11 fe80::1:2 postfix/smtpd[9]: closed: twice", "fe80::1:2", "postfix/smtpd"),
        ("May 12 14:02:11 10.0.0.7 sudo:  closed: twice", "10.0.0.7", "sudo"),
        ("May 12 14:02:11 mac com.example.agent[1] (com.example.Job): closed: twice", "mac", "com.example.agent"),
    ],
)
def test_machines_and_tags_come_in_many_ways(line, host, tag):
    (row,) = rows(line, **DECLARED).rows
    assert (row["host"], row["service"], str(row["message"]).strip()) == (host, tag, "closed: twice")


def test_a_month_and_day_is_read_from_ten_months_before_the_incident_to_two_after():
    times = ("Jul 20 10:00:00", "Dec 31 23:59:59", "May 12 10:00:00", "Jul  1 10:00:00")
    read = rows("".join(f"<38>{time} web-7 cart: x\n" for time in times), **DECLARED)
    assert [instant.year for instant in read.column("instant")] == [2025, 2025, 2026, 2026]


def test_a_file_may_mix_both_rfcs():
    read = rows(f"{NEW}\n{NEW}\n{OLD}\n  more\n{NEW}\n", **DECLARED)
    assert read.column("line") == [1, 2, 3, 5] and read.rejected == []
    assert set(read.column("host")) == {"web-7"} and set(read.column("level")) == {"error"}
    assert read.rows[2]["instant"] == datetime(2026, 5, 12, 12, 2, 11, tzinfo=UTC)


def test_in_a_mixed_file_only_the_times_without_a_zone_need_one():
    read = rows(f"{NEW}\n{NEW}\n{OLD}\n")
    assert (read.column("line"), read.rejected) == ([1, 2], [3])


def test_lines_without_a_beginning_belong_to_the_message_above():
    read = rows(f"{NEW}\n\tat stock.get (line 3)\n    at cart.add\n{NEW}\n")
    assert read.column("line") == [1, 4] and read.rejected == []
    assert read.rows[0]["message"] == "cannot reach stock\n\tat stock.get (line 3)\n    at cart.add"


def test_it_wins_its_own_files_and_leaves_others():
    assert winner(original(NEW + "\n", "x.log")) == winner(original(OLD + "\n", "x.log")) == "syslog"
    assert winner(original("May 12 14:02:11 web-7 sshd[9]: closed\n", "var/log/messages")) == "syslog"
    assert READER.sniff(original("<html>\n<body>\n")) == 0
    assert READER.sniff(original("2026-05-12T14:02:11Z INFO starting: x\n")) == 0
    assert READER.sniff(original("May 12 14:02:11 we saw the first errors\nMay 12 14:05:00 we rolled back\n")) == 0
    assert READER.sniff(original("")) == 0
