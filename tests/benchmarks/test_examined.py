"""The made-up incidents for the change ranker hold together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.suspects.examined import SCENARIOS
from benchmarks.suspects.examined.__main__ import main, split
from benchmarks.suspects.examined.names import CULPRITS, NONE
from benchmarks.suspects.examined.shapes import Scenario
from benchmarks.suspects.examined.telling import Telling


def test_every_name_has_its_scenario_and_none_is_none() -> None:
    assert {scenario.name for scenario in SCENARIOS if scenario.culprit} == set(CULPRITS)
    assert {scenario.name for scenario in SCENARIOS if not scenario.culprit} == set(NONE)


def test_half_of_the_culprits_and_half_of_the_others_are_held_out() -> None:
    halves = split()
    assert sum(halves[name] == "held_out" for name in CULPRITS) == len(CULPRITS) // 2
    assert sum(halves[name] == "held_out" for name in NONE) == len(NONE) // 2


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_could_have_happened(scenario: Scenario) -> None:
    telling = Telling(scenario)
    commits, deploys, answer = telling.commits(), telling.deploys(), telling.answer()
    by_sha = {commit["sha"]: commit for commit in commits}
    assert len(by_sha) == len(commits)
    assert all(by_sha[deploy["commit_sha"]]["timestamp"] < deploy["timestamp"] for deploy in deploys)
    assert set(answer["decoys"]) <= by_sha.keys()
    assert answer["culprit"] not in answer["decoys"]
    if scenario.culprit:
        culprit = by_sha[answer["culprit"]]
        assert culprit["diff"]
        assert any(culprit["timestamp"] < deploy["timestamp"] <= answer["onset"] for deploy in deploys)
    assert telling.alert()["fired_at"] > answer["onset"]
    assert 150 <= len(telling.logs()) <= 400
    assert Telling(scenario).metrics() == telling.metrics()


def test_the_answer_lies_outside_the_data(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    for name in json.loads((tmp_path / "index.json").read_text(encoding="utf-8")):
        assert (tmp_path / name / "answer.json").is_file()
        assert not list((tmp_path / name / "data").rglob("answer*"))
        assert "mechanism" not in (tmp_path / name / "data" / "context" / "commits.json").read_text(encoding="utf-8")
