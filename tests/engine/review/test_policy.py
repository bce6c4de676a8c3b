"""The policy as a value: presets, JSON and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from afteraction.engine.review.policy import PRESETS, Days, Depth, MetricRule, Policy, PolicyUnusable, Term, deepest
from afteraction.engine.review.policy_document import read_policy, write_policy


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_comes_back_from_json(name: str) -> None:
    rules = (MetricRule(id="u", metric="users_affected", threshold=500, depth=Depth.LIGHT, title="Many users"),)
    policy = replace(PRESETS[name], version=7, metric_rules=rules)
    assert read_policy(json.loads(json.dumps(write_policy(policy)))) == policy


def test_an_empty_document_is_the_seed_policy() -> None:
    assert read_policy({}) == PRESETS["seed"]


def test_the_presets_have_the_terms_of_their_sources() -> None:
    seed, pager, atlassian = PRESETS["seed"], PRESETS["PagerDuty"], PRESETS["Atlassian"]
    assert seed.timing_for("SEV-1").draft.length == timedelta(hours=48)
    assert seed.timing_for("SEV-2").publish.length == timedelta(days=5)
    assert [term.amount for term in seed.timing.look_back] == [30, 60, 90]
    assert pager.timing_for("P1").publish == Term(3, "d")
    assert pager.timing_for("SEV-2").publish == Term(5, "d", Days.BUSINESS)
    assert [pager.timing_for(each).actions[0].amount for each in ("SEV-1", "SEV-2")] == [15, 30]
    assert [term.length.days for term in atlassian.timing.actions] == [28, 56]


def test_a_policy_that_would_let_a_sev_1_go_is_refused() -> None:
    for wrong in ({"enabled": False}, {"threshold": 0}, {"offered": True}):
        with pytest.raises(PolicyUnusable, match="SEV-1 always opens a review"):
            read_policy({"rules": [{"code": "TR1", **wrong}]})
    with pytest.raises(PolicyUnusable):
        Policy(rules=())


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"rulez": []}, "rulez"),
        ({"rules": [{"code": "TR99"}]}, "rules.0"),
        ({"rules": [{"code": "TR4", "threshold": "an hour"}]}, "rules.TR4.threshold"),
        ({"rules": [{"code": "TR4", "depth": "deep"}]}, "rules.TR4.depth"),
        ({"rules": [{"code": "TR4", "enabled": "yes"}]}, "rules.TR4.enabled"),
        ({"metric_rules": [{"metric": " ", "threshold": 3}]}, "metric_rules.0.metric"),
        ({"metric_rules": [{"metric": "users"}]}, "metric_rules.0.threshold"),
        ({"timing": {"draft": {"amount": 2, "unit": "months"}}}, "timing.draft.unit"),
        ({"timing": {"draft": {"amount": float("nan")}}}, "timing.draft.amount"),
        ({"timing": {"draft": [{"amount": 2}]}}, "timing.draft"),
        ({"timings": {"one": {}}}, "timings"),
        ({"sample": 2}, "sample"),
        ({"rules": {}}, "rules"),
    ],
)
def test_what_does_not_fit_is_named(document: dict[str, object], where: str) -> None:
    with pytest.raises(PolicyUnusable) as problem:
        read_policy(document)
    assert problem.value.where == where
    assert problem.value.next_step


def test_the_deepest_of_some() -> None:
    assert deepest([Depth.LIGHT, Depth.FULL, Depth.NOTE]) is Depth.FULL
    assert deepest([]) is None
