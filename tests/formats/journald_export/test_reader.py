"""The journal's export format: raw bytes inside entries, entries that break off, and places that stay right."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.evidence import Failure, Locator
from afteraction.core.records import LogLine
from afteraction.formats.journald_export.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

MICROS = 1778594531768000


def entry(message: bytes = b"cannot reach stock", *, raw: bool = False, **fields: str) -> bytes:
    stated = {"__REALTIME_TIMESTAMP": str(MICROS), "_HOSTNAME": "web-7", "PRIORITY": "3", "SYSLOG_IDENTIFIER": "cart"}
    lines = b"".join(f"{name}={value}\n".encode() for name, value in (stated | fields).items())
    shown = b"MESSAGE\n" + struct.pack("<Q", len(message)) + message if raw else b"MESSAGE=" + message
    return lines + shown + b"\n\n"


def test_an_entry_gives_time_level_service_host_and_message():
    (line,), failures = read(READER, original(entry()))
    assert isinstance(line, LogLine) and failures == []
    assert line.instant.utc == datetime(2026, 5, 12, 14, 2, 11, 768000, tzinfo=UTC)
    assert line.instant.original_text == str(MICROS)
    assert (line.level, line.service, line.host, line.message) == ("error", "cart", "web-7", "cannot reach stock")


def test_raw_bytes_may_hold_empty_lines_and_look_like_fields():
    message = b"first\n\n__REALTIME_TIMESTAMP=1\n\xff\x00last"
    lines, failures = read(READER, original(entry(message, raw=True) + entry(b"next")))
    assert [line.message for line in lines if isinstance(line, LogLine)] == [
        "first\n\n__REALTIME_TIMESTAMP=1\n\ufffd\x00last",
        "next",
    ]
    assert failures == []


def test_places_are_physical_lines_and_byte_ranges():
    content = entry(b"a\nb", raw=True) + entry(b"c")
    lines, _ = read(READER, original(content))
    second = lines[1].evidence.locator
    assert second.line == content[: second.byte_start].count(b"\n") + 1
    assert content[second.byte_start : second.byte_end].endswith(b"MESSAGE=c\n")


def test_an_entry_without_a_time_is_listed_and_the_rest_is_kept():
    broken = entry().replace(b"__REALTIME", b"__UNREAL")
    lines, failures = read(READER, original(entry() + broken + entry(__REALTIME_TIMESTAMP="soon")))
    assert len(lines) == 1
    assert [(failure.locator.line, failure.reason) for failure in failures] == [
        (7, "the entry has no __REALTIME_TIMESTAMP."),
        (13, '__REALTIME_TIMESTAMP "soon" is no time.'),
    ]
    assert "journalctl -o export" in failures[0].next_step


def test_a_file_that_breaks_off_inside_raw_bytes_keeps_what_stood_before():
    lines, (failure,) = read(READER, original(entry() + entry(b"long message", raw=True)[:-8]))
    assert len(lines) == 1 and "cut off" in failure.reason


def test_a_broken_length_is_listed_and_memory_stays_bounded():
    broken = entry(b"x", raw=True).replace(struct.pack("<Q", 1), b"\xff" * 8)
    lines, failures = read(READER, original(broken + entry(b"after")))
    assert [line.message for line in lines if isinstance(line, LogLine)] == ["after"]
    assert "length is broken" in failures[0].reason


def test_an_entry_that_breaks_after_its_message_is_kept_and_says_so():
    (line,), failures = read(READER, original(entry()[:-1] + b"not a field\n"))
    assert isinstance(line, LogLine) and failures == []
    assert line.attributes == {"broken": "a line is no field of the export format."}


def test_it_wins_its_own_files_and_leaves_others():
    assert winner(original(entry(b"\x00\x01", raw=True), "journal.export")) == "journald_export"
    assert READER.sniff(original("PATH=/bin\nHOME=/root\n")) == 0
    assert READER.sniff(original('{"__REALTIME_TIMESTAMP": "1"}\n')) == 0
    assert READER.sniff(original(b"")) == 0


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), st.just(entry()), st.just(entry(b"a\n\nb", raw=True))), max_size=6))
def test_any_bytes_give_lines_and_failures_and_no_error(parts):
    source = original(b"".join(parts))
    assert 0 <= READER.sniff(source) <= 1
    read(READER, source)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.binary(max_size=80), min_size=1, max_size=6))
def test_any_message_written_raw_comes_back(messages):
    lines, failures = read(READER, original(b"".join(entry(message, raw=True) for message in messages)))
    assert failures == []
    assert [line.message for line in lines if isinstance(line, LogLine)] == [
        message.decode("utf-8", errors="replace") for message in messages
    ]


def test_a_recorded_journal_is_read_whole():
    source = file(corpus("payloads/generated/journald/journal.export"))
    lines, failures = read(READER, source)
    assert winner(source) == "journald_export"
    assert (len(lines), failures) == (203, [])
    assert lines[0].evidence.locator == Locator(line=1, byte_start=0, byte_end=lines[0].evidence.locator.byte_end)
    assert not any(isinstance(line, Failure) for line in lines)
