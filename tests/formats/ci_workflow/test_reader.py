"""Workflow files are configuration with jobs and triggers; other YAML is left to its own reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Document
from afteraction.formats.ci_workflow import reader as module
from afteraction.formats.ci_workflow.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample" / "tests.yml"


def test_jobs_triggers_and_every_setting_are_told():
    (document,), failures = read(READER, file(SAMPLE))
    assert failures == [] and isinstance(document, Document)
    assert document.title == "Workflow tests: 2 jobs" and document.captured_at is None
    assert (document.attributes["jobs"], document.attributes["triggers"]) == ("unit, canary", "push, pull_request")
    assert document.settings["jobs.canary.continue-on-error"] == "true"
    assert document.settings["on.push.branches.0"] == "main" and document.settings["on.pull_request"] == "null"
    assert document.settings["jobs.unit.steps.1.run"] == "make test"
    assert "ghp_" not in str(document.settings)
    text = SAMPLE.read_text().replace("ghp_0123456789abcdefghijklmnopqrstuvwxyz", "hunter2")
    assert "hunter2" not in str(read(READER, original(text, "tests.yml"))[0])


def test_other_tools_are_told_by_their_own_keys():
    circle = "version: 2.1\njobs:\n  unit:\n    docker: []\nworkflows:\n  all: {}\n"
    gitlab = "stages: [test]\nvariables: {A: 1}\nunit:\n  stage: test\n  script: [make]\n"
    for text, name, tool in ((circle, "config.yml", "circleci"), (gitlab, "ci.yml", "gitlab")):
        assert winner(original(text, name)) == "ci_workflow"
        (document,), _ = read(READER, original(text, name))
        assert (document.attributes["ci_workflow"], document.attributes["jobs"]) == (tool, "unit")


@pytest.mark.parametrize(
    "text",
    [
        "jobs:\n  retries: 3\n",
        "groups:\n  - name: a\n",
        "version: 2\nservices: {}\n",
        "apiVersion: v1\nkind: ConfigMap\n",
    ],
)
def test_other_yaml_is_left_alone(text):
    assert READER.sniff(original(text, "a.yml")) == 0


def test_what_is_no_yaml_is_listed_with_its_line():
    records, failures = read(READER, original("on: push\njobs:\n  a: [1\n  b: 2\n", "a.yml"))
    assert records == [] and failures[0].locator.line is not None and "not YAML" in str(failures[0])


def test_anchors_that_multiply_without_end_stay_bounded():
    rows = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    records, failures = read(READER, original(f"on: push\njobs: {{}}\na0: &a0 [x]\n{rows}", "a.yml"))
    assert len(records) == 1 and len(records[0].settings) == module.MOST_SETTINGS
    assert "more than 5000 settings" in str(failures[0])


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    text = SAMPLE.read_text()
    at, junk = data.draw(st.integers(0, len(text))), data.draw(st.text(max_size=5))
    damaged = text[:at] + junk + ("" if data.draw(st.booleans()) else text[at:])
    records, failures = read(READER, original(damaged, "a.yml"))
    assert records or failures


def test_real_workflows_are_all_read():
    for path in sorted(corpus("ci/github_workflows").iterdir()):
        assert winner(file(path)) == "ci_workflow", path.name
        (document,), failures = read(READER, file(path))
        assert failures == [] and document.attributes["jobs"], path.name
