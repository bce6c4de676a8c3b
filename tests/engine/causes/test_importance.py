"""How much each event matters."""

from __future__ import annotations

import json
import math
from itertools import product
from typing import Any

import pytest
import relibmss
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.causes.cutsets import cut_sets
from afteraction.engine.causes.importance import explore, importance
from afteraction.engine.causes.trees import read_tree
from tests.corpus import corpus
from tests.engine.causes.fault_trees import (
    ABSORBING,
    ALL_OF_SIX,
    TWO_CHOICES,
    events_of,
    happens,
    minimal_ways,
    random_trees,
)
from tests.engine.causes.test_cutsets import in_relibmss


def test_each_of_six_needed_conditions_decides_one_state_in_thirty_two() -> None:
    found = importance(read_tree(ALL_OF_SIX))
    assert {(each.critical, each.states, each.birnbaum, each.share) for each in found} == {(1, 32, 1 / 32, 1.0)}


def test_what_every_way_needs_matters_three_times_as_much_as_one_of_two_choices() -> None:
    found = {each.event: each for each in importance(read_tree(TWO_CHOICES))}
    for each in ("small_nodes", "one_store"):
        assert (found[each].birnbaum, found[each].share) == (0.28125, 1.0)
    for each in ("rollout", "late_fix", "retries", "timeout"):
        assert (found[each].birnbaum, found[each].share) == (0.09375, 0.5)


def test_those_that_matter_most_come_first() -> None:
    found = importance(read_tree(ABSORBING))
    assert [(each.event, each.birnbaum) for each in found] == [("B", 0.625), ("C", 0.375), ("D", 0.375), ("A", 0.125)]
    assert [each.event for each in importance(read_tree(TWO_CHOICES))][:2] == ["one_store", "small_nodes"]


def test_an_event_that_is_absorbed_everywhere_decides_nothing() -> None:
    found = {each.event: each for each in importance(read_tree(["OR", "a", ["AND", "a", "idle"]]))}
    assert (found["idle"].critical, found["idle"].share) == (0, 0.0)
    assert (found["a"].critical, found["a"].states) == (2, 2)


@pytest.mark.parametrize("nested", [["OR"], ["AND"]])
def test_a_tree_without_events_has_none_that_matter(nested: Any) -> None:
    assert importance(read_tree(nested)) == ()
    assert explore(read_tree(nested), {}).missing == ()


def test_sixty_events_are_counted_exactly() -> None:
    pairs = [["AND", f"a{number}", f"b{number}"] for number in range(30)]
    found = importance(read_tree(["OR", *pairs]))
    # One event of a pair decides when its partner is so and none of the 29 other pairs is: 3 of 4 states of each.
    assert {(each.critical, each.states) for each in found} == {(3**29, 2**59)}


@settings(max_examples=60, deadline=None)
@given(random_trees())
def test_critical_states_are_those_counted_one_by_one(nested: Any) -> None:
    tree = read_tree(nested)
    events = sorted(events_of(nested))
    for one in importance(tree):
        others = [each for each in events if each != one.event]
        critical = 0
        for bits in product((False, True), repeat=len(others)):
            so = {each for each, bit in zip(others, bits, strict=True) if bit}
            critical += happens(nested, so | {one.event}) and not happens(nested, so)
        assert (one.critical, one.states) == (critical, 2 ** len(others))
        ways = minimal_ways(nested)
        assert (one.member_of, one.ways) == (sum(one.event in each for each in ways), len(ways))


rates = st.lists(st.floats(0.01, 0.99), min_size=12, max_size=12)


@settings(max_examples=50, deadline=None)
@given(random_trees(events=12), rates)
def test_an_independent_library_finds_the_same_chances(nested: Any, drawn: list[float]) -> None:
    given_rates = {f"e{number}": rate for number, rate in enumerate(drawn, 1)}
    found = explore(read_tree(nested), given_rates)
    theirs = in_relibmss(relibmss.BDD(), nested)
    used = {each: given_rates[each] for each in events_of(nested)}
    probability = theirs.prob(used)
    assert found.probability == pytest.approx(probability, abs=1e-12)
    birnbaum = theirs.bmeas(used) if 0 < probability < 1 and found.events else {}
    for each in found.events:
        assert each.birnbaum == pytest.approx(birnbaum.get(each.event, 0.0), abs=1e-9)


def test_rated_measures_are_those_worked_out_by_hand() -> None:
    # top = a ∨ (b ∧ c) with P(a) = 0.1, P(b) = 0.2, P(c) = 0.5: P = 0.1 + 0.9 · 0.1 = 0.19.
    found = explore(read_tree(["OR", "a", ["AND", "b", "c"]]), {"a": 0.1, "b": 0.2, "c": 0.5})
    assert found.label == "exploratory"
    assert found.probability == pytest.approx(0.19)
    by_event = {each.event: each for each in found.events}
    assert by_event["a"].birnbaum == pytest.approx(0.9)
    assert by_event["b"].birnbaum == pytest.approx(0.45)
    assert by_event["a"].fussell_vesely == pytest.approx(0.1 / 0.19)
    assert by_event["b"].fussell_vesely == by_event["c"].fussell_vesely == pytest.approx(0.1 / 0.19)
    assert by_event["a"].raw == pytest.approx(1 / 0.19)
    assert by_event["b"].raw == pytest.approx((0.1 + 0.9 * 0.5) / 0.19)
    assert by_event["a"].rrw == pytest.approx(0.19 / 0.1)
    assert by_event["c"].rrw == pytest.approx(0.19 / 0.1)


def test_without_what_everything_needs_the_risk_is_reduced_without_end() -> None:
    found = explore(read_tree(["AND", "a", ["OR", "b", "c"]]), {"a": 0.3, "b": 0.1, "c": 0.7})
    assert {each.event: math.isinf(each.rrw) for each in found.events} == {"a": True, "b": False, "c": False}


def test_nothing_is_computed_from_rates_that_are_not_there() -> None:
    found = explore(read_tree(TWO_CHOICES), {"rollout": 0.1, "retries": 1.5, "timeout": math.nan})
    assert found.probability is None and found.events == ()
    assert set(found.missing) == {"late_fix", "small_nodes", "one_store", "retries", "timeout"}


def test_at_rates_of_nought_ratios_have_no_meaning() -> None:
    found = explore(read_tree(["AND", "a", "b"]), {"a": 0.0, "b": 0.5})
    assert (found.probability, found.events) == (0.0, ())


@pytest.mark.parametrize("name", ["i_wikidata", "ii_posthog", "iii_generic"])
def test_the_shared_fixtures_are_exact(name: str) -> None:
    fixture = json.loads(corpus("fault_trees.json").read_text(encoding="utf-8"))[name]
    tree = read_tree(fixture["tree"])
    expected = fixture["birnbaum"]
    wanted = expected if isinstance(expected, dict) else dict.fromkeys(tree.basic, expected)
    assert {each.event: each.birnbaum for each in importance(tree)} == wanted
    members = fixture.get("membership", {})
    for each in importance(tree):
        if members:
            assert each.share == members.get(each.event, members["others"])
    assert cut_sets(tree).total == importance(tree)[0].ways
