"""The journal as JSON lines: priorities, byte arrays and broken lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from afteraction.formats.journald_json.reader import READER
from tests.corpus import corpus
from tests.formats.originals import file, original, winner
from tests.formats.plans import carry_out

ENTRY = {
    "__REALTIME_TIMESTAMP": "1778594531768000",
    "_HOSTNAME": "web-7",
    "PRIORITY": "3",
    "SYSLOG_IDENTIFIER": "cart",
    "_SYSTEMD_UNIT": "cart.service",
    "MESSAGE": "cannot reach stock",
}


def rows(*entries: dict[str, object]):
    source = original("\n".join(json.dumps(entry) for entry in entries) + "\n", "journal.jsonl")
    return carry_out(READER.plan(source), source)


def test_an_entry_gives_time_level_service_and_host():
    (row,) = rows(ENTRY).rows
    assert row["instant"] == datetime(2026, 5, 12, 14, 2, 11, 768000, tzinfo=UTC)
    assert [row[name] for name in ("level", "service", "host", "logger", "message")] == [
        "error", "cart", "web-7", "cart.service", "cannot reach stock",
    ]  # fmt: skip


def test_a_message_written_as_bytes_is_decoded():
    read = rows(ENTRY | {"MESSAGE": list("Übergabe ✓".encode())}, ENTRY | {"MESSAGE": [255, 104, 105]})
    assert read.column("message") == ["Übergabe ✓", "\ufffdhi"]


def test_a_message_that_journald_left_out_is_empty():
    assert rows(ENTRY | {"MESSAGE": None}).column("message") == [None]


@pytest.mark.parametrize(
    ("fields", "service"),
    [
        ({"CONTAINER_NAME": "shop_cart_1"}, "shop_cart_1"),
        ({"SYSLOG_IDENTIFIER": ""}, "cart.service"),
        ({"SYSLOG_IDENTIFIER": None, "_SYSTEMD_UNIT": None, "_COMM": "cart"}, "cart"),
    ],
)
def test_the_service_is_the_best_name_there_is(fields, service):
    assert rows(ENTRY | fields).column("service") == [service]


def test_it_wins_its_own_files_and_leaves_others():
    text = json.dumps(ENTRY)
    assert winner(original(text + "\n" + text[:40], "x.json")) == "journald_json"
    assert READER.sniff(original('{"ts": 1, "msg": "__REALTIME_TIMESTAMP"}\n')) == 0
    assert READER.sniff(original(json.dumps(ENTRY, indent=1))) == 0
    assert READER.sniff(original("__REALTIME_TIMESTAMP=1\nMESSAGE=x\n")) == 0


def test_a_recorded_journal_is_read_whole():
    source = file(corpus("payloads/generated/journald/journalctl_o_json.jsonl"))
    read = carry_out(READER.plan(source), source)
    assert winner(source) == "journald_json"
    assert (len(read.rows), read.rejected) == (203, [])
    assert set(read.column("service")) == {"checkout"}
