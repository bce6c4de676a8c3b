"""Findings of static analysis become one document per run that drops none of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from afteraction.formats.code_findings import reader as module
from afteraction.formats.code_findings.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner

SAMPLES = Path(module.__file__).parent / "sample"
SARIF = json.loads((SAMPLES / "findings.sarif").read_text())
BANDIT = json.loads((SAMPLES / "bandit.json").read_text())


def test_sarif_tells_levels_places_and_what_is_suppressed():
    (document, note), failures = read(READER, file(SAMPLES / "findings.sarif"))
    assert failures == []
    assert document.title == "Findings of Lint: 1 of level error, 1 of level note, 1 suppressed"
    assert json.loads(document.attributes["finding.L2"]) == [
        ["ledger/pool.py", 51, "error", False, 9], ["", None, "error", True, 11],
    ]  # fmt: skip
    assert document.text.splitlines()[0] == "error: L2 at ledger/pool.py:51: the pool is never closed"
    assert "finding.L3" not in document.attributes
    assert note.instant.utc == document.captured_at.utc == datetime(2026, 5, 12, 13, 35, 2, tzinfo=UTC)
    assert (note.attributes["status"], note.attributes["check"]) == ("failure", "Lint")


def test_bandit_tells_the_same_levels_as_its_own_sarif():
    (document, note), failures = read(READER, file(SAMPLES / "bandit.json"))
    assert failures == []
    assert (document.attributes["error"], document.attributes["note"]) == ("1", "1")
    assert note.evidence.locator.pointer == "/generated_at"


def test_a_run_without_findings_is_a_success_and_one_that_did_not_finish_is_none():
    clean = {**SARIF, "runs": [{**SARIF["runs"][0], "results": []}]}
    (document, note), _ = read(READER, original(clean))
    assert "nothing found" in document.title and note.attributes["status"] == "success"
    stopped = {"executionSuccessful": False, "endTimeUtc": "2026-05-12T13:35:02"}
    (document, note), failures = read(READER, original({"runs": [{**clean["runs"][0], "invocations": [stopped]}]}))
    assert failures == [] and note.attributes["status"] == "failure" and "did not finish" in document.title


def test_suppressions_that_were_rejected_do_not_count():
    result = {**SARIF["runs"][0]["results"][1], "suppressions": [{"kind": "external", "status": "rejected"}]}
    (document, _), _ = read(READER, original({**SARIF, "runs": [{**SARIF["runs"][0], "results": [result]}]}))
    assert (document.attributes["error"], document.attributes["suppressed"]) == ("1", "0")


@pytest.mark.parametrize("wrong", [5, None, "x", [1]])
def test_a_result_that_is_none_is_listed_and_the_others_are_kept(wrong):
    run = {**SARIF["runs"][0], "results": [wrong, *SARIF["runs"][0]["results"]]}
    (document, _), failures = read(READER, original({**SARIF, "runs": [run]}))
    assert document.attributes["findings"] == "3"
    assert len(failures) == 1 and "/runs/0/results/0" in str(failures[0])


def test_files_that_bandit_did_not_look_at_are_named():
    report = {**BANDIT, "errors": [{"filename": "a.py", "reason": "syntax error"}]}
    _, failures = read(READER, original(report))
    assert "did not look at a.py syntax error" in str(failures[0]) and failures[0].lost == 0


def test_runs_of_something_else_are_left_alone():
    assert READER.sniff(original({"runs": [{"id": 1, "status": "ok"}]})) == 0
    assert READER.sniff(original({"results": [], "metrics": {}})) == 0


@settings(max_examples=examples(60), deadline=None)
@given(mutated([SARIF, BANDIT]))
def test_whatever_stands_in_a_field_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures or json.loads(text).get("runs") == []


def test_real_reports_drop_nothing():
    folder = corpus("ci/generated")
    for name in ("sqlite-utils_bandit.sarif", "sqlite-utils_ruff.sarif"):
        assert winner(file(folder / name)) == "code_findings"
        records, failures = read(READER, file(folder / name))
        listed = json.loads((folder / name).read_text())["runs"][0]["results"]
        assert failures == [] and records[0].attributes["findings"] == str(len(listed))
    by_sarif, _ = read(READER, file(folder / "sqlite-utils_bandit.sarif"))
    by_bandit, _ = read(READER, file(folder / "sqlite-utils_bandit.json"))
    for level in ("findings", "error", "warning", "note"):
        assert by_sarif[0].attributes[level] == by_bandit[0].attributes[level]
