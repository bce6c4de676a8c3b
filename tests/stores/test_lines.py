"""Physical line numbers are right for every mix of blank lines, line ends, marks, encodings and broken bytes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.reading import LONGEST_LINE
from afteraction.stores import lines
from afteraction.stores.evidence import EvidenceStore
from tests.effort import examples
from tests.stores.evidence_files import LOGS, original

GOOD = b'{"time":"2026-05-12T14:02:11Z","msg":"fine"}'
PIECES = [
    (GOOD, True), (b"", None), (b"  \t ", None), (b"{broken", False), (b"[1,2]", False), (b'"text"', False),
    (b'{"msg":"no time"}', False), (b'{"time":"2026-05-12 14:02:11","msg":"naive"}', False),
    (b'{"time":"2026-05-12T14:02:11Z","msg":"bad \xff\xfe bytes"}', True), (b"\xff\xff", False),
    (b' {"time":"2026-05-12T16:02:11+02:00"} ', True), (b'{"time":"22026-05-12T14:02:11Z"}', False),
    (b'{"time":"2026-05-12T14:02:11Z","msg":"nul \\u0000 and \xe2\x9c\x93"}', True), (b"null", False),
]  # fmt: skip


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([b"\n", b"\r\n"])), min_size=1, max_size=30),
    st.booleans(),
    st.booleans(),
    st.integers(1, 200),
)
def test_every_line_is_a_row_or_a_rejection_with_its_own_number(tmp_path_factory, pieces, bom, ended, chunk):
    raw = b"".join(text + end for (text, _), end in pieces)
    raw = (b"\xef\xbb\xbf" if bom else b"") + (raw if ended else raw.removesuffix(b"\n").removesuffix(b"\r"))
    store = EvidenceStore(tmp_path_factory.mktemp("store"))
    before, lines.CHUNK = lines.CHUNK, chunk
    try:
        outcome = store.import_plan(original(raw), LOGS)
    finally:
        lines.CHUNK = before
    expected = {number: good for number, ((_, good), _) in enumerate(pieces, start=1) if good is not None}
    found = {line.evidence.locator.line: True for line in store.log_lines()}
    found |= {failure.locator.line: False for failure in outcome.failures}
    assert found == expected
    assert outcome.rows.get("logs", 0) + outcome.failures_total == len(expected)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_count_the_same_lines(tmp_path, encoding):
    text = "\r\n\n".join(['{"time":"2026-05-12T14:02:11Z","msg":"Größe ✓"}', "nothing", GOOD.decode()]) + "\n"
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(text.encode(encoding)), LOGS)
    assert [(line.evidence.locator.line, line.message) for line in store.log_lines()] == [(1, "Größe ✓"), (5, "fine")]
    assert [failure.locator.line for failure in outcome.failures] == [3]


def test_a_line_too_long_to_hold_is_listed_and_the_next_ones_keep_their_numbers(tmp_path):
    long = json.dumps({"time": "2026-05-12T14:02:11Z", "msg": "x" * (LONGEST_LINE + 10)}).encode()
    raw = b"\n".join([GOOD, long, GOOD, long])
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(original(raw), LOGS)
    assert [line.evidence.locator.line for line in store.log_lines()] == [1, 3]
    assert [(failure.locator.line, "8 MiB" in failure.reason) for failure in outcome.failures] == [(2, True), (4, True)]


def test_bytes_that_are_no_text_are_shown_and_counted(tmp_path):
    store = EvidenceStore(tmp_path)
    raw = b"".join(
        b'{"time":"2026-05-12T14:02:%dZ","msg":"%s"}\n' % (second, text)
        for second, text in ((11, b"caf\xe9"), (12, b"caf\xc3\xa9 \xef\xbf\xbd"))
    )
    outcome = store.import_plan(original(raw), LOGS)
    assert [line.message for line in store.log_lines()] == ["caf\ufffd", "café \ufffd"]
    assert outcome.assumptions == ("1 lines hold bytes that are not text; each such byte is shown as U+FFFD.",)


def test_an_empty_file_has_no_rows_and_no_failures(tmp_path):
    outcome = EvidenceStore(tmp_path).import_plan(original(b""), LOGS)
    assert (outcome.rows, outcome.failures_total) == ({}, 0)
