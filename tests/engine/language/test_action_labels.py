"""The action rules on labelled actions of our own: how many they find, and how many of what they say is so."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Mapping

import pytest

from afteraction.engine.language.actions.checking import MUST, check_action
from afteraction.engine.language.actions.written import read_action
from afteraction.engine.language.rules import CATALOGUE
from afteraction.engine.prevention.proposals import _TEMPLATES
from tests.engine.language import action_labels as labels

# SPEC §5.4: precision and recall.
WANTED: Mapping[str, tuple[float, float]] = {
    "A1": (0.95, 0.85), "A2": (0.95, 0.85), "A3": (0.80, 0.70), "A4": (0.95, 0.85), "A5": (0.85, 0.85), "A6": (0.80, 0.70),
}  # fmt: skip


def rules(text: str) -> set[str]:
    return {each.rule for each in check_action(text)}


@pytest.mark.parametrize("rule", WANTED)
def test_each_rule_finds_what_it_should_and_little_else(rule: str) -> None:
    told = [(rule in rules(text), rule == label) for text, label in labels.LABELLED]
    right = sum(found and meant for found, meant in told)
    precision, recall = WANTED[rule]
    assert right / sum(found for found, _ in told) >= precision
    assert right / sum(meant for _, meant in told) >= recall


@pytest.mark.parametrize("action", labels.GOOD)
def test_a_good_action_draws_nothing_that_a_commit_waits_for(action: str) -> None:
    assert not rules(action) & MUST


@pytest.mark.parametrize("action", labels.S3)
def test_two_actions_in_one_are_told_apart(action: str) -> None:
    assert "S3" in rules(action)


@pytest.mark.parametrize("action", labels.NOT_S3)
def test_two_verbs_of_one_action_stay_together(action: str) -> None:
    assert "S3" not in rules(action)


@pytest.mark.parametrize("action", labels.S4)
def test_a_way_out_is_found(action: str) -> None:
    assert "S4" in rules(action)


@pytest.mark.parametrize("action", labels.NOT_S4)
def test_what_only_looks_like_a_way_out_is_left_alone(action: str) -> None:
    assert "S4" not in rules(action)


def test_what_the_product_proposes_itself_passes_its_own_rules() -> None:
    said = {"rejected": "a query has a limit above 1000", "scope": "payments-api", "signal": "pool usage", "threshold": "above 80 %",
            "window": "5 min", "route": "the on-call", "target": "5 min", "trigger": "the error rate exceeds 1 %",
            "mechanism": "the smoke test"}  # fmt: skip
    for templates in _TEMPLATES.values():
        for each in templates:
            text = each.text.format(**said)
            assert not rules(text[:1].upper() + text[1:]) & (MUST | {"A5"}), text


@pytest.mark.parametrize("code", ["A1", "A2", "A3", "A4", "A5", "A6", "S1", "S2", "S3", "S4", "S5", "D1", "D2", "D3", "O1", "O2", "O3"])  # fmt: skip
def test_each_rule_stands_in_the_catalogue_with_its_reason(code: str) -> None:
    (rule,) = [each for each in CATALOGUE if each.code == code]
    assert rule.reason and rule.question.endswith("?")


@pytest.mark.parametrize("code", ["A1", "A2", "A3", "A4", "A5", "A6", "S1", "S2", "S4"])
def test_the_examples_of_the_catalogue_are_what_they_say(code: str) -> None:
    (rule,) = [each for each in CATALOGUE if each.code == code]
    assert code in rules(rule.example_bad)
    assert not rules(rule.example_good) & MUST


@pytest.mark.parametrize(("written", "meant"), [
    ("- [x] **Prevention:** Add a gate", "Add a gate"), ("Status: Done - Add a gate", "Add a gate"),
    ("[#2226]: Add a gate", "Add a gate"), ("T24454 - Add a gate", "Add a gate"), ("[Add a gate](https://x.example/1)", "Add a gate"),
    ("@kim: add a gate", "add a gate"), ("> 3. Add a gate (@kim)", "Add a gate"), ("“Add a gate”", "Add a gate"),
])  # fmt: skip
def test_what_stands_around_an_action_is_taken_off(written: str, meant: str) -> None:
    assert read_action(written).sentence == meant
