"""A coverage report becomes one document that counts lines and branches file by file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.formats.coverage_report import reader as module
from afteraction.formats.coverage_report.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner

SAMPLES = Path(module.__file__).parent / "sample"
NAMES = ("cobertura.xml", "lcov.info", "coverage.json")


@pytest.mark.parametrize("name", NAMES)
def test_every_dialect_counts_the_same(name):
    (document,), failures = read(READER, file(SAMPLES / name, zone="Europe/Berlin"))
    assert failures == []
    told = document.attributes
    assert (told["lines"], told["covered_lines"], told["branches"], told["covered_branches"], told["files"]) == (
        "5", "3", "2", "1", "2",
    )  # fmt: skip
    assert told["file.ledger/pool.py"] == "3 of 4 lines, 1 of 2 branches; missing 5"
    assert document.title == "Coverage report: 60.0 % of 5 lines, 2 files"


def test_times_are_read_where_they_are_stated():
    (xml,), _ = read(READER, file(SAMPLES / "cobertura.xml"))
    (text,), _ = read(READER, file(SAMPLES / "lcov.info"))
    assert xml.captured_at.utc == datetime(2026, 5, 12, 13, 36, 20, tzinfo=UTC) and text.captured_at is None
    (document,), failures = read(READER, file(SAMPLES / "coverage.json"))
    assert document.captured_at is None and "--zone" in str(failures[0]) and "/meta/timestamp" in str(failures[0])
    (document,), failures = read(READER, file(SAMPLES / "coverage.json", zone="Europe/Berlin"))
    assert failures == [] and document.captured_at.utc == xml.captured_at.utc


def test_missing_lines_are_told_as_ranges_and_the_worst_file_first():
    text = "SF:a\nDA:1,0\nend_of_record\nSF:b\n" + "".join(f"DA:{n},{int(n == 4)}\n" for n in range(1, 8))
    (document,), _ = read(READER, original(f"{text}end_of_record\n", "lcov.info"))
    assert document.text.splitlines() == ["b: 1 of 7 lines; missing 1-3, 5-7", "a: 0 of 1 lines; missing 1"]


def test_a_file_in_several_records_counts_once_and_lists_that_are_left_out_are_replaced_by_totals():
    twice = "SF:a\nDA:1,0\nDA:2,0\nend_of_record\nSF:a\nDA:1,3\nend_of_record\nSF:b\nLF:10\nLH:4\nend_of_record\n"
    (document,), failures = read(READER, original(twice, "lcov.info"))
    assert failures == []
    assert document.attributes["file.a"] == "1 of 2 lines; missing 2"
    assert document.attributes["file.b"] == "4 of 10 lines"


def test_totals_that_the_lines_do_not_bear_out_are_named():
    text = (SAMPLES / "cobertura.xml").read_text().replace('lines-covered="3"', 'lines-covered="5"')
    _, failures = read(READER, original(text, "cobertura.xml"))
    assert [(failure.lost, "lines-covered" in failure.reason) for failure in failures] == [(0, True)]


def test_what_is_no_line_of_a_tracefile_is_listed_with_its_number():
    text = "SF:a\nDA:one,1\nDA:1,1\nhello\nend_of_record\nDA:1,1\n"
    (document,), failures = read(READER, original(text, "lcov.info"))
    assert document.attributes["file.a"] == "1 of 1 lines"
    assert [failure.locator.line for failure in failures] == [2, 4, 6]


def test_a_tracefile_cut_short_keeps_what_it_has():
    (document,), failures = read(READER, original("SF:a\nDA:1,1\n", "lcov.info"))
    assert document.attributes["covered_lines"] == "1" and "cut short" in str(failures[0])


def test_other_xml_and_text_is_left_alone():
    for text in ("<coverage><packages/></coverage>", "<report name='x'/>", "SF: a note\nand more\n", "TN:\n"):
        assert READER.sniff(original(text, "a.xml")) == 0, text


@settings(max_examples=examples(40), deadline=None)
@given(st.dictionaries(st.integers(1, 60), st.integers(0, 3)), st.data())
def test_lines_are_counted_in_any_order(hits, data):
    order = data.draw(st.permutations(sorted(hits)))
    text = "SF:a\n" + "".join(f"DA:{n},{hits[n]}\n" for n in order) + "end_of_record\n"
    (document,), failures = read(READER, original(text, "lcov.info"))
    assert failures == []
    assert document.attributes["lines"] == str(len(hits))
    assert document.attributes["covered_lines"] == str(sum(map(bool, hits.values())))


@settings(max_examples=examples(40), deadline=None)
@given(mutated([json.loads((SAMPLES / "coverage.json").read_text())]))
def test_whatever_stands_in_a_field_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures


def test_three_reports_of_one_real_run_agree():
    folder = corpus("ci/generated")
    found = [file(folder / f"structlog_coverage.{ending}", zone="UTC") for ending in ("xml", "lcov", "json")]
    assert [winner(source) for source in found] == ["coverage_report"] * 3
    totals = [read(READER, source)[0][0].attributes for source in found]
    assert {(each["lines"], each["covered_lines"]) for each in totals} == {("2099", "1903")}
    assert {each["file.src/structlog/__init__.py"] for each in totals} == {
        "28 of 34 lines, 3 of 8 branches; missing 118, 122-123, 125-126, 128"
    }
