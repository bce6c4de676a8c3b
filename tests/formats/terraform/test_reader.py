"""A run of Terraform gives changes with start and end; a plan changes nothing and shows no secret."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, Document, Event
from afteraction.formats.terraform import reader as module
from afteraction.formats.terraform.reader import READER
from afteraction.formats.terraform.runs import QUIET
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner, without

SAMPLES = Path(module.__file__).parent / "sample"
LINES = (SAMPLES / "apply.jsonl").read_text().splitlines()
PLAN = json.loads((SAMPLES / "plan.json").read_text())


def test_a_resource_that_is_applied_is_one_change_from_start_to_end():
    records, failures = read(READER, file(SAMPLES / "apply.jsonl"))
    assert failures == []
    start, end = (each for each in records if isinstance(each, Change))
    assert (start.kind, start.state, end.state) == (ChangeKind.INFRASTRUCTURE, "started", "success")
    assert start.fingerprint == end.fingerprint
    assert start.instant.utc == datetime(2026, 5, 12, 13, 50, 2, tzinfo=UTC)
    assert end.instant.utc == datetime(2026, 5, 12, 13, 50, 23, tzinfo=UTC)
    assert (start.title, start.reference) == (
        "Terraform update aws_db_instance.ledger: started", "aws_db_instance.ledger",
    )  # fmt: skip
    assert end.evidence.locator.line == 7


def test_drift_plans_summaries_and_errors_are_notes():
    records, _ = read(READER, file(SAMPLES / "apply.jsonl"))
    notes = {each.attributes["status"]: each for each in records if isinstance(each, Event)}
    assert set(notes) == {"resource_drift", "planned_change", "change_summary", "diagnostic"}
    assert notes["diagnostic"].body == "limit exceeded" and notes["diagnostic"].attributes["severity"] == "error"


def test_two_runs_over_one_resource_stay_two_changes():
    again = "\n".join(LINES) + "\n" + "\n".join(LINES).replace("2026-05-12", "2026-05-13")
    records, _ = read(READER, original(again, "runs.jsonl"))
    assert len({each.fingerprint for each in records if isinstance(each, Change)}) == 2


def test_a_resource_that_fails_is_a_failure():
    errored = LINES[6].replace("apply_complete", "apply_errored")
    records, _ = read(READER, original("\n".join([LINES[4], errored]), "run.jsonl"))
    assert [each.state for each in records] == ["started", "failure"]


def test_a_plan_is_a_document_and_a_note_and_no_change():
    (document, note), failures = read(READER, file(SAMPLES / "plan.json"))
    assert failures == []
    assert isinstance(document, Document) and isinstance(note, Event)
    assert note.title == "Terraform plan: 1 to replace, 1 to update, 1 drifted"
    assert note.instant.utc == document.captured_at.utc == datetime(2026, 5, 12, 13, 48, 7, tzinfo=UTC)
    assert document.attributes["resource.aws_instance.old"] == (
        'replace; ami: "ami-1" -> "ami-2"; id: null -> (known after apply)'
    )
    assert document.attributes["drift.aws_security_group.db"] == "update; ingress: 1 -> 2"
    assert "max_connections: 200 -> 20" in document.text and "resource.aws_vpc.main" not in document.attributes


def test_no_secret_of_a_plan_is_shown():
    unmarked = json.loads(json.dumps(PLAN).replace('"before_sensitive"', '"x"').replace('"after_sensitive"', '"y"'))
    for plan in (PLAN, unmarked):
        records, _ = read(READER, original(plan))
        assert "old-one" not in str(records) and "new-one" not in str(records)


def test_a_plan_of_an_early_version_is_undated():
    records, failures = read(READER, original(without(PLAN, "timestamp")))
    assert failures == [] and len(records) == 1 and records[0].captured_at is None


def test_a_state_file_is_left_alone():
    state = {"version": 4, "terraform_version": "1.9.5", "serial": 7, "resources": [], "outputs": {}}
    assert READER.sniff(original(state)) == 0
    assert READER.sniff(original({"format_version": "1.0", "terraform_version": "1.9.5", "values": {}})) == 0


def test_a_plan_whose_values_fill_the_head_is_recognised():
    long = {
        **{key: PLAN[key] for key in ("format_version", "terraform_version")},
        "planned_values": ["x" * 70_000],
        **PLAN,
    }
    assert winner(original(long)) == "terraform" and len(read(READER, original(long))[0]) == 2


@pytest.mark.parametrize("wrong", [5, {}, {"change": {}}, {"change": {"actions": []}}, {"change": {"actions": [1]}}])
def test_a_broken_resource_change_costs_itself_alone(wrong):
    (document, _), failures = read(READER, original({**PLAN, "resource_changes": [wrong, PLAN["resource_changes"][0]]}))
    assert "resource.aws_db_instance.ledger" in document.attributes
    assert len(failures) == 1 and "/resource_changes/0" in str(failures[0])


def test_lines_of_something_else_are_listed_with_their_number():
    records, failures = read(READER, original("\n".join([LINES[0], "Error: no", LINES[4], "{}"]), "run.jsonl"))
    assert len(records) == 1 and [failure.locator.line for failure in failures] == [2, 4]


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.sampled_from([*LINES, "{", "[]", "noise"]), min_size=1, max_size=12))
def test_every_line_is_a_record_a_failure_or_says_nothing(lines):
    found = list(READER.read(original("\n".join([LINES[0], *lines]), "run.jsonl")))
    places = [(one.locator if hasattr(one, "locator") else one.evidence.locator).line for one in found]
    telling = [n for n, line in enumerate(lines, 2) if line not in LINES or json.loads(line)["type"] not in QUIET]
    assert sorted(places) == telling


@settings(max_examples=examples(60), deadline=None)
@given(mutated([PLAN]))
def test_whatever_stands_in_a_plan_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures
