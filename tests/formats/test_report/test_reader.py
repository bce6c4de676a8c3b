"""A test report becomes one document with every test in it, a note at its time, and names what it contradicts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Document, Event, Lane
from afteraction.core.testruns import CaseRun, Outcome, case_runs
from afteraction.formats.test_report import reader as module
from afteraction.formats.test_report.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SAMPLES = Path(module.__file__).parent / "sample"
COUNTS = ("tests", "passed", "failed", "errors", "skipped", "flaky", "not_collected", "inconclusive")


def counts(document: object) -> dict[str, int]:
    assert isinstance(document, Document)
    return {name: int(document.attributes[name]) for name in COUNTS if name in document.attributes}


def runs(document: object) -> dict[str, str]:
    """Outcomes by the id of the test; several runs of one test joined."""
    assert isinstance(document, Document)
    found: dict[str, str] = {}
    for case in case_runs(document):
        found[case.id] = f"{found[case.id]}, {case.outcome}" if case.id in found else case.outcome.value
    return found


def suite(*cases: str, **totals: object) -> str:
    stated = "".join(f' {name}="{value}"' for name, value in totals.items())
    return f"<testsuite name='s'{stated}>\n" + "\n".join(cases) + "\n</testsuite>"


def test_junit_keeps_every_test_with_its_line_and_tells_a_module_that_was_not_collected():
    records, failures = read(READER, file(SAMPLES / "junit.xml"))
    assert failures == []
    document, note = records
    assert counts(document) == {
        "tests": 6, "passed": 1, "failed": 1, "errors": 1, "skipped": 1, "flaky": 1, "not_collected": 1,
    }  # fmt: skip
    assert list(case_runs(document))[2] == CaseRun(
        "tests.test_pool.test_gives_up_after[5]", Outcome.FAILED, 13, 1.004, "assert 31 <= 5"
    )
    assert document.text.splitlines()[0] == (
        "not collected: tests.test_payouts (line 7): ModuleNotFoundError: No module named 'payouts'"
    )
    assert (document.place, document.attributes["commit"]) == ("runner-3", "4be1c07d")
    assert isinstance(note, Event) and note.lane is Lane.CHANGES
    assert note.instant.utc == document.captured_at.utc == datetime(2026, 5, 12, 13, 31, 7, 250000, UTC)
    assert note.attributes["status"] == "failure" and note.attributes["check"] == "ledger"
    assert note.evidence.locator.pointer == "/testsuites/testsuite/0/@timestamp"


def test_trx_names_tests_by_their_class_and_lists_rows_of_data_driven_ones():
    (document, note), failures = read(READER, file(SAMPLES / "results.trx"))
    assert failures == []
    assert runs(document) == {
        "Ledger.Tests.Pool.Returns": "passed",
        "Ledger.Tests.Pool.GivesUp": "failed",
        "Ledger.Tests.Pool.Rows (1)": "passed",
        "Ledger.Tests.Pool.Rows (2)": "error",
        "OnWindows": "skipped",
    }
    assert note.instant.utc == datetime(2026, 5, 12, 13, 31, 7, 250000, UTC)
    assert note.until.utc == datetime(2026, 5, 12, 13, 31, 9, 665000, UTC)
    assert document.attributes["duration_s"] == "2.415"


def test_a_trx_result_without_an_outcome_is_an_error_and_an_unknown_one_is_listed():
    text = (SAMPLES / "results.trx").read_text()
    (document, _), _ = read(READER, original(text.replace(' outcome="Passed" />', " />", 1), "a.trx"))
    assert runs(document)["Ledger.Tests.Pool.Returns"] == "error"
    (document, _), failures = read(READER, original(text.replace('"NotExecuted"', '"Elsewhere"'), "a.trx"))
    assert "OnWindows" not in runs(document) and '"Elsewhere" of OnWindows' in str(failures[0])
    assert "line 15" in str(failures[0])


def test_nunit_reads_labels_and_not_its_suites():
    (document, note), failures = read(READER, file(SAMPLES / "nunit.xml"))
    assert failures == []
    assert counts(document) == {"tests": 4, "passed": 1, "failed": 1, "errors": 1, "skipped": 1}
    assert note.instant.utc == datetime(2026, 5, 12, 13, 31, 7, tzinfo=UTC)


def test_mocha_marks_tests_by_its_other_lists_and_a_failed_hook_is_an_error():
    (document, note), failures = read(READER, file(SAMPLES / "mocha.json"))
    assert failures == []
    assert runs(document) == {
        "pool returns": "passed",
        "pool gives up": "failed",
        "pool resets": "passed",
        "pool on windows": "skipped",
        'pool "after all" hook': "error",
    }
    assert (note.until.utc - note.instant.utc).total_seconds() == 2.415


def test_rspec_has_no_time_and_names_what_could_not_be_loaded():
    records, failures = read(READER, file(SAMPLES / "rspec.json"))
    assert failures == [] and len(records) == 1
    assert records[0].captured_at is None
    assert counts(records[0]) == {"tests": 4, "passed": 1, "failed": 1, "skipped": 1, "not_collected": 1}
    assert "An error occurred while loading ./spec/payouts_spec.rb." in records[0].text


def test_go_tells_a_failing_test_from_a_package_that_was_not_built():
    (document, note), failures = read(READER, file(SAMPLES / "go_test.jsonl"))
    assert failures == []
    assert runs(document) == {
        "example.test/ledger/pool.TestReturns": "passed",
        "example.test/ledger/pool.TestGivesUp": "failed",
        "example.test/ledger/pool.TestElsewhere": "skipped",
        "example.test/ledger/payouts": "not_collected",
    }
    assert "pool_test.go:44: waited 31 s" in document.text
    assert (
        note.instant.utc == datetime(2026, 5, 12, 13, 31, 7, 250000, UTC)
        and document.attributes["duration_s"] == "2.415"
    )


def test_a_test_that_never_ended_is_an_error():
    lines = (SAMPLES / "go_test.jsonl").read_text().splitlines()
    (document, _), failures = read(READER, original("\n".join(lines[:4]), "go.jsonl"))
    assert failures == [] and runs(document)["example.test/ledger/pool.TestGivesUp"] == "error"
    assert "began and never ended" in document.text


def test_dart_leaves_out_the_loading_of_files_unless_it_failed():
    (document,), failures = read(READER, file(SAMPLES / "dart.jsonl"))
    assert failures == [] and document.captured_at is None
    assert runs(document) == {"pool_test.dart: returns connections": "passed", "pool_test.dart: gives up": "failed"}
    broken = (SAMPLES / "dart.jsonl").read_text().replace('"result":"success"', '"result":"error"', 1)
    (document,), _ = read(READER, original(broken, "dart.jsonl"))
    assert counts(document) == {"tests": 3, "passed": 1, "failed": 1, "not_collected": 1}


def test_one_test_that_ran_twice_keeps_both_outcomes():
    text = suite('<testcase classname="a" name="b"><failure/></testcase>', '<testcase classname="a" name="b"/>')
    (document,), _ = read(READER, original(text, "junit.xml"))
    assert runs(document) == {"a.b": "failed, passed"}


def test_totals_that_the_list_does_not_bear_out_are_named_and_cost_nothing():
    text = suite('<testcase classname="a" name="b"/>', tests=6, failures=1)
    (document,), failures = read(READER, original(text, "junit.xml"))
    assert counts(document) == {"tests": 1, "passed": 1}
    assert [(failure.lost, failure.reason) for failure in failures] == [
        (0, "the report states 6 tests in all and lists 1."),
        (0, "the report states 1 failed and lists 0."),
    ]


def test_a_time_without_a_zone_is_refused_and_read_once_a_zone_is_declared():
    text = suite('<testcase classname="a" name="b"/>', timestamp="2026-05-12T15:31:07")
    records, failures = read(READER, original(text, "junit.xml"))
    assert len(records) == 1 and records[0].captured_at is None
    assert len(failures) == 1 and "--zone" in str(failures[0]) and "/testsuite/@timestamp" in str(failures[0])
    records, failures = read(READER, original(text, "junit.xml", zone="Europe/Berlin"))
    assert failures == [] and records[1].instant.utc.hour == 13 and not records[1].instant.tz_known


def test_a_report_without_tests_is_read_and_is_no_success():
    for text in ("<testsuites/>", '{"stats": {"passes": 0, "failures": 0, "tests": 0}, "tests": []}'):
        source = original(text, "empty.xml")
        assert winner(source) == "test_report"
        (document,), failures = read(READER, source)
        assert failures == [] and "no test ran" in document.title and counts(document) == {"tests": 0}


def test_a_file_cut_short_keeps_the_tests_before_the_cut():
    text = (SAMPLES / "junit.xml").read_text()
    cut = text[: text.index("<flakyFailure")]
    records, failures = read(READER, original(cut, "junit.xml"))
    assert counts(records[0])["tests"] == 5
    assert len(failures) == 1 and "cut short" in str(failures[0]) and failures[0].locator.line == 24


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>',
    ],
)
def test_entities_of_the_file_are_refused(declared):
    source = original(f"<?xml version='1.0'?>{declared}\n<testsuite><testcase name='&a;'/></testsuite>", "a.xml")
    records, failures = read(READER, source)
    assert records == [] and "not followed" in str(failures[0])


def test_a_document_type_alone_is_no_obstacle_and_colours_of_a_terminal_are_named():
    case = "<testcase name='a'><failure>\x1b[31mred</failure></testcase>"
    text = f"<!DOCTYPE testsuite SYSTEM 'junit.dtd'>\n<testsuite>{case}</testsuite>"
    (document,), failures = read(READER, original(text, "a.xml"))
    assert runs(document) == {"a": "failed"}
    assert [failure.lost for failure in failures] == [0] and "U+FFFD" in failures[0].reason


def test_other_encodings_are_read():
    for name in ("iso-8859-1", "windows-1252", "utf-16"):
        text = f'<?xml version="1.0" encoding="{name}"?>\n' + suite('<testcase name="Zahlung über 5 €"/>').replace(
            "€", "" if name == "iso-8859-1" else "€"
        )
        (document,), failures = read(READER, original(text.encode(name), "a.xml"))
        assert failures == [] and next(iter(runs(document))).startswith("Zahlung über 5"), name


def test_nesting_without_end_is_listed():
    deep = "<testsuites>" + "<testsuite>" * 5000
    _, failures = read(READER, original(deep, "a.xml"))
    assert "nested deeper" in str(failures[-1])


def test_many_failing_tests_are_named_to_a_bound_and_all_kept():
    cases = [f'<testcase name="t{n}"><failure message="m"/></testcase>' for n in range(250)]
    (document,), _ = read(READER, original(suite(*cases), "a.xml"))
    assert len(runs(document)) == 250
    assert document.text.splitlines()[-1] == "and 150 more" and len(document.text.splitlines()) == 101


OUTCOMES = {"": "passed", "<failure/>": "failed", "<error/>": "error", "<skipped/>": "skipped"}


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.sampled_from(sorted(OUTCOMES)), max_size=30), st.data())
def test_every_test_of_a_prefix_is_there_with_its_outcome(marks, data):
    text = suite(*(f'<testcase name="t{n}">{mark}</testcase>' for n, mark in enumerate(marks)))
    cut = data.draw(st.integers(0, len(text)))
    records, failures = read(READER, original(text[:cut], "a.xml"))
    whole = text[:cut].count("</testcase>")
    assert bool(failures) or cut == len(text)
    if "<testsuite name='s'>" in text[:cut]:
        assert runs(records[0]) == {f"t{n}": OUTCOMES[mark] for n, mark in enumerate(marks[:whole])}


@settings(max_examples=examples(30), deadline=None)
@given(st.permutations(range(11)))
def test_the_order_of_a_stream_costs_no_line(order):
    lines = (SAMPLES / "go_test.jsonl").read_text().splitlines()
    records, failures = read(READER, original("\n".join(lines[n] for n in order), "go.jsonl"))
    assert failures == [] and len(records) == 2
    assert {"example.test/ledger/pool.TestReturns", "example.test/ledger/pool.TestGivesUp"} <= set(runs(records[0]))


def test_real_reports_list_what_they_state():
    for path in sorted(corpus("ci/generated").glob("structlog_junit*.xml")):
        (document, note), failures = read(READER, file(path))
        assert failures == [] and note.attributes["status"] == "failure"
        assert counts(document)["not_collected"] == 2
    (document, _), _ = read(READER, file(corpus("ci/test_reports/external__mocha__mocha-test-results.json")))
    stated = json.loads(corpus("ci/test_reports/external__mocha__mocha-test-results.json").read_text())["stats"]
    assert counts(document) == {"tests": stated["tests"], "passed": stated["passes"], "skipped": stated["pending"]}
