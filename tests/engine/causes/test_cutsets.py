"""The ways that something can happen, and what would make them impossible."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import relibmss
from hypothesis import given, settings
from hypothesis.strategies import integers

from afteraction.engine.causes import cutsets
from afteraction.engine.causes.cutsets import SHORT_WORK, CutSets, cut_sets, dual, expand, path_sets
from afteraction.engine.causes.families import MOST_WORK, Families
from afteraction.engine.causes.trees import Tree, read_tree
from tests.corpus import corpus
from tests.engine.causes.fault_trees import (
    ABSORBING,
    ALL_OF_SIX,
    TWO_CHOICES,
    happens,
    hitting_sets,
    minimal_ways,
    random_trees,
)


def as_sets(found: CutSets) -> set[frozenset[str]]:
    return {frozenset(each) for each in found.sets}


def named(*sets: str) -> set[frozenset[str]]:
    return {frozenset(each.split()) for each in sets}


def test_where_all_of_six_were_needed_any_single_guard_would_have_stopped_it() -> None:
    tree = read_tree(ALL_OF_SIX)
    assert as_sets(cut_sets(tree)) == {frozenset(ALL_OF_SIX[1:])}
    assert as_sets(path_sets(tree)) == {frozenset([each]) for each in ALL_OF_SIX[1:]}
    assert set(path_sets(tree).single_points) == set(ALL_OF_SIX[1:])


def test_limiting_retries_alone_does_not_suffice() -> None:
    tree = read_tree(TWO_CHOICES)
    found = cut_sets(tree)
    assert as_sets(found) == named(
        "rollout small_nodes retries one_store",
        "rollout small_nodes timeout one_store",
        "late_fix small_nodes retries one_store",
        "late_fix small_nodes timeout one_store",
    )
    assert as_sets(path_sets(tree)) == named("small_nodes", "one_store", "retries timeout", "rollout late_fix")
    assert (found.total, found.left_out, found.truncated_at_order) == (4, False, None)
    assert found.member_of == {
        "small_nodes": 4, "one_store": 4, "retries": 2, "timeout": 2, "rollout": 2, "late_fix": 2,
    }  # fmt: skip


def test_sets_that_contain_another_are_absorbed() -> None:
    tree = read_tree(ABSORBING)
    assert as_sets(cut_sets(tree)) == named("A B", "B C", "B D", "C D")
    assert as_sets(path_sets(tree)) == named("B C", "B D", "A C D")


@pytest.mark.parametrize(
    ("nested", "ways", "preventions"),
    [
        ("alone", [("alone",)], [("alone",)]),
        (["OR"], [], [()]),
        (["AND"], [()], []),
        (["OR", "a", ["OR"]], [("a",)], [("a",)]),
        (["AND", "a", ["OR"]], [], [()]),
        (["VOTE", 3, "a", "b"], [], [()]),
        (["VOTE", 0, "a", "b"], [()], []),
        (["AND", "a", "a"], [("a",)], [("a",)]),
        (["INHIBIT", "a", "c"], [("a", "c")], [("a",), ("c",)]),
        (["PAND", "b", "a"], [("a", "b")], [("a",), ("b",)]),
    ],
)
def test_small_and_empty_trees(nested: Any, ways: list[tuple[str, ...]], preventions: list[tuple[str, ...]]) -> None:
    tree = read_tree(nested)
    assert list(cut_sets(tree).sets) == ways
    assert list(path_sets(tree).sets) == preventions


def test_an_event_named_at_two_places_is_one_event() -> None:
    tree = read_tree(["OR", ["AND", "shared", "a"], ["AND", "shared", "b"], ["AND", ["OR", "shared", "a"], "shared"]])
    assert as_sets(cut_sets(tree)) == named("shared")
    assert tree.repeated == ("a", "shared")


def test_a_tree_of_nothing_known_has_no_ways() -> None:
    assert cut_sets(Tree(top="N9", unknown=("N9",))).sets == ()


@pytest.mark.parametrize(
    ("nested", "said"),
    [
        (["NOT", "a"], "top: 'NOT' is not a gate"),
        (["AND", "a", ["XOR", "b"]], "top.2: 'XOR' is not a gate"),
        (["VOTE", "a", "b"], "top: a VOTE says how many it needs"),
        (["INHIBIT", "a"], "top: an INHIBIT has one input and one condition"),
        (["AND", 3], "top.1: expected an event or a list"),
        ([], "top: expected an event or a list"),
    ],
)
def test_what_is_no_coherent_tree_is_refused_by_its_place(nested: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_tree(nested)


def test_a_list_in_a_list_in_a_list_is_refused_before_it_exhausts_the_stack() -> None:
    nested: Any = "a"
    for _ in range(300):
        nested = ["AND", nested]
    with pytest.raises(ValueError, match="stand inside each other"):
        read_tree(nested)


@settings(max_examples=80, deadline=None)
@given(random_trees())
def test_every_cut_set_makes_it_happen_and_no_part_of_one_does(nested: Any) -> None:
    tree = read_tree(nested)
    for each in cut_sets(tree).sets:
        assert happens(nested, set(each)) and tree.holds(each)
        for one in each:
            assert not happens(nested, set(each) - {one}) and not tree.holds(set(each) - {one})


@settings(max_examples=80, deadline=None)
@given(random_trees())
def test_sets_are_those_found_by_trying_every_state(nested: Any) -> None:
    tree = read_tree(nested)
    ways = minimal_ways(nested)
    assert as_sets(cut_sets(tree)) == ways
    assert as_sets(path_sets(tree)) == hitting_sets(ways)


@settings(max_examples=80, deadline=None)
@given(random_trees())
def test_the_dual_of_the_dual_is_the_original(nested: Any) -> None:
    tree = read_tree(nested)
    assert cut_sets(dual(dual(tree))) == cut_sets(tree)
    assert hitting_sets(as_sets(path_sets(tree))) == as_sets(cut_sets(tree))


@settings(max_examples=60, deadline=None)
@given(random_trees())
def test_the_order_of_inputs_changes_nothing(nested: Any) -> None:
    def turned(tree: Any) -> Any:
        if isinstance(tree, str):
            return tree
        head = 2 if tree[0] == "VOTE" else 1
        return [*tree[:head], *(turned(each) for each in reversed(tree[head:]))]

    assert cut_sets(read_tree(turned(nested))) == cut_sets(read_tree(nested))
    assert path_sets(read_tree(turned(nested))) == path_sets(read_tree(nested))


def in_relibmss(diagram: relibmss.BDD, nested: Any) -> relibmss.BddNode:
    if isinstance(nested, str):
        return diagram.defvar(nested)
    if nested[0] == "VOTE":
        inputs = [in_relibmss(diagram, each) for each in nested[2:]]
        return diagram.kofn(nested[1], inputs) if nested[1] <= len(inputs) else diagram.const(False)
    inputs = [in_relibmss(diagram, each) for each in nested[1:]]
    if not inputs:
        return diagram.const(nested[0] != "OR")
    return diagram.Or(inputs) if nested[0] == "OR" else diagram.And(inputs)


@settings(max_examples=80, deadline=None)
@given(random_trees(events=12))
def test_an_independent_library_finds_the_same_sets(nested: Any) -> None:
    # It names them the other way round: what makes the function true is a path there and a cut set here.
    theirs = in_relibmss(relibmss.BDD(), nested)
    tree = read_tree(nested)
    assert as_sets(cut_sets(tree)) == {frozenset(each) for each in theirs.minpath().extract()}
    assert as_sets(path_sets(tree)) == {frozenset(each) for each in theirs.mincut().extract()}


def test_too_many_ways_end_at_an_order_and_say_so() -> None:
    single, pairs = ["s1", "s2"], ["AND", ["OR", *[f"a{n}" for n in range(9)]], ["OR", *[f"b{n}" for n in range(9)]]]
    long = ["AND", *[["OR", *[f"{group}{n}" for n in range(10)]] for group in "cdefg"]]
    found = cut_sets(read_tree(["OR", *single, pairs, long]))
    assert found.left_out and found.truncated_at_order == 4
    assert len(found.sets) == 2 + 81
    assert found.total == 2 + 81 + 10**5
    assert found.member_of["c3"] == 10**4
    assert found.single_points == ("s1", "s2")


def test_where_all_ways_are_too_many_to_count_those_of_low_order_are_exact() -> None:
    # Forty groups of forty out of 150 events overlap: the whole diagram is too large.
    chance = random.Random(3)
    events = [f"e{number}" for number in range(150)]
    rows = [["OR", *chance.sample(events, 40)] for _ in range(40)]
    nested = ["OR", ["AND", "x", "y"], ["AND", *rows]]
    found = cut_sets(read_tree(nested))
    assert found.left_out and found.total is None
    assert ("x", "y") in found.sets
    assert all(len(each) <= (found.truncated_at_order or 0) and happens(nested, set(each)) for each in found.sets)


def tangled(seed: int, events: int = 60, deep: int = 5) -> Any:
    """Gates of every sort over events that are named all over the tree, so that no part of it stands alone."""
    chance = random.Random(seed)
    names = [f"e{number}" for number in range(events)]

    def grown(left: int) -> Any:
        if not left:
            return chance.choice(names)
        kind = chance.choice(["AND", "OR", "VOTE"])
        needs = [grown(left - 1) for _ in range(chance.randint(2, 4))]
        return [kind, 2, *needs] if kind == "VOTE" else [kind, *needs]

    return grown(deep)


def alternatives(seed: int, many: int, order: int) -> Any:
    """So many ways of one order over sixty events, drawn at random."""
    chance = random.Random(seed)
    names = [f"e{number}" for number in range(60)]
    return ["OR", *[["AND", *chance.sample(names, order)] for _ in range(many)]]


@pytest.mark.parametrize(
    ("nested", "ways", "work"),
    [
        (tangled(0), 4356, 200_000),
        (tangled(2), 9083, 100_000),
        (tangled(3), 2454, 500_000),
        (alternatives(4, 2000, 5), 1999, 100_000),
    ],
)
def test_a_tangled_tree_of_sixty_events_is_expanded_whole(nested: Any, ways: int, work: int) -> None:
    # Work is counted in steps and not in seconds: half a million take about one second of a processor.
    assert work <= MOST_WORK
    tree, families = read_tree(nested), Families(work)
    whole = expand(tree, families=families)
    masks = families.masks(whole.root, 60)
    assert len(masks) == ways
    for mask in sorted(masks)[:: ways // 40]:
        each = {event for place, event in enumerate(whole.events) if mask >> place & 1}
        assert tree.holds(each) and not any(tree.holds(each - {one}) for one in each)


def test_an_independent_library_finds_the_same_sets_of_a_tangled_tree() -> None:
    # The smallest of the tangled ones: the others take the library seconds or all the memory there is.
    diagrams = relibmss.BDD()
    theirs = list(in_relibmss(diagrams, tangled(2)).minpath().extract())
    assert as_sets(cut_sets(read_tree(tangled(2)))) == {frozenset(each) for each in theirs}


@settings(max_examples=60, deadline=None)
@given(random_trees(events=10), integers(0, 5))
def test_the_sets_up_to_an_order_are_those_of_the_whole(nested: Any, order: int) -> None:
    tree = read_tree(nested)
    short, whole = expand(tree, order=order), expand(tree)
    assert sorted(short.families.masks(short.root, 99)) == sorted(whole.families.masks(whole.root, order))


def test_the_work_of_a_tree_that_is_too_much_is_bounded_and_the_order_it_reached_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spent: list[Families] = []

    class Counted(Families):
        def __init__(self, work: int = MOST_WORK) -> None:
            super().__init__(work)
            self.given = work
            spent.append(self)

    monkeypatch.setattr(cutsets, "Families", Counted)
    found = cut_sets(read_tree(tangled(1)))
    assert found.left_out and found.total is None and (found.truncated_at_order or 0) >= 4
    assert [each.given for each in spent] == [MOST_WORK, SHORT_WORK]  # type: ignore[attr-defined]
    assert sum(len(each.parts) for each in spent) <= 2 * (MOST_WORK + SHORT_WORK)


def test_more_events_than_can_be_expanded_say_so() -> None:
    found = cut_sets(read_tree(["OR", *[f"e{number}" for number in range(500)]]))
    assert (found.sets, found.left_out, found.truncated_at_order, found.total) == ((), True, 0, None)


@pytest.mark.parametrize("name", ["i_wikidata", "ii_posthog", "iii_generic"])
def test_the_shared_fixtures_are_exact(name: str) -> None:
    fixture = json.loads(corpus("fault_trees.json").read_text(encoding="utf-8"))[name]
    tree = read_tree(fixture["tree"])
    ways, preventions = cut_sets(tree), path_sets(tree)
    if isinstance(fixture["mcs"], int):
        assert ways.total == fixture["mcs"]
        assert {len(each) for each in ways.sets} == {fixture["order"]}
    else:
        assert as_sets(ways) == {frozenset(each) for each in fixture["mcs"]}
    if isinstance(fixture["path_sets"], int):
        assert preventions.total == fixture["path_sets"] == len(preventions.single_points)
    else:
        assert as_sets(preventions) == {frozenset(each) for each in fixture["path_sets"]}
