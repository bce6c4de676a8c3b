"""Which ways are cut by changes, and what the remaining ones need."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.causes.coverage import Shallow, coverage, hits_of, shallow_fixes
from afteraction.engine.causes.cutsets import CutSets, cut_sets
from afteraction.engine.causes.graph import NodeKind
from afteraction.engine.causes.trees import logic_tree, read_tree
from afteraction.engine.causes.ways import coverage_in_words, statements
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Change, ChangeState
from tests.engine.causes.causing import chained, edge, graph, node, outcome, overloaded_store
from tests.engine.causes.fault_trees import ALL_OF_SIX, happens, random_trees

STORE = overloaded_store()
NAMES = statements(STORE)
TREE = logic_tree(STORE, "N1")
WAYS = cut_sets(TREE)


def test_limiting_retries_leaves_the_ways_by_timeout() -> None:
    found = coverage(WAYS, {"C1": ["N9"]})
    assert (found.ways, found.planned, found.verified, found.planned_share) == (4, 2, 0, 0.5)
    assert found.remaining == (("N4", "N6", "N7", "N10"), ("N4", "N6", "N8", "N10"))


def test_three_of_four_ways_are_cut_and_the_remaining_one_is_told_in_words() -> None:
    found = coverage(WAYS, {"C1": ["N9"], "C2": ["N8"]})
    assert (found.planned, found.cut_by) == (3, {"C1": 2, "C2": 2})
    assert coverage_in_words(found, NAMES) == (
        "3 of 4 ways this could happen again are cut by these changes; the remaining one needs “The nodes are too"
        " small”, “All teams share one store”, “A rollout replaced every pod” and “Pods are given 20 seconds to start”."
    )


def test_several_remaining_ways_are_told_one_by_one() -> None:
    names = {"a": "A is on", "b": "B is on", "c": "C is on"}
    ways = cut_sets(read_tree(["OR", ["AND", "a", "b"], "c", "d"]))
    assert coverage_in_words(coverage(ways, {"C1": ["d"]}), names) == (
        "1 of 3 ways this could happen again is cut by these changes; of the 2 that remain, one needs “C is on”;"
        " another needs “A is on” and “B is on”."
    )


def test_resizing_or_isolating_alone_cuts_every_way() -> None:
    for each in ("N4", "N6"):
        found = coverage(WAYS, {"C1": [each]})
        assert (found.planned_share, found.remaining) == (1.0, ())
        assert coverage_in_words(found, NAMES) == "All 4 ways this could happen again are cut by these changes."


def test_any_guard_of_six_cuts_the_one_way() -> None:
    ways = cut_sets(read_tree(ALL_OF_SIX))
    assert coverage_in_words(coverage(ways, {"C1": ["may_drop"]}), {}) == (
        "The one way this could happen again is cut by these changes."
    )


def test_a_change_on_a_symptom_removes_none_of_the_ways() -> None:
    found = coverage(WAYS, {"C1": ["N12"]})
    assert (found.planned_share, found.idle, found.treats_the_symptom) == (0.0, ("C1",), True)
    assert coverage_in_words(found, NAMES) == "Treats the symptom: removes none of the 4 ways."


def test_a_change_on_the_outcome_itself_cuts_nothing() -> None:
    assert coverage(WAYS, {"C1": ["N1"]}, tree=TREE).planned == 0
    alone = logic_tree(graph([outcome()]), "N1")
    assert coverage(cut_sets(alone), {"C1": ["N1"]}, tree=alone).planned == 0


def test_a_change_linked_to_nothing_is_reported() -> None:
    found = coverage(WAYS, {"C1": ["N4"], "C2": []})
    assert (found.unlinked, found.idle, found.planned) == (("C2",), (), 4)
    assert coverage_in_words(coverage(WAYS, {"C2": ()}), NAMES) == (
        "Treats the symptom: removes none of the 4 ways, since no change works on a cause."
    )


def test_a_cancelled_change_cuts_nothing() -> None:
    found = coverage(WAYS, {"C1": ["N4"]}, states={"C1": ChangeState.CANCELLED})
    assert (found.planned, found.cancelled, found.cut_by) == (0, ("C1",), {})
    assert coverage_in_words(found, NAMES) == "There are 4 ways in which this could happen again; no change cuts any."


@pytest.mark.parametrize("state", [each for each in ChangeState if each is not ChangeState.CANCELLED])
def test_only_what_was_verified_counts_as_verified(state: ChangeState) -> None:
    found = coverage(WAYS, {"C1": ["N9"]}, states={"C1": state})
    assert found.planned == 2
    assert found.verified == (2 if state is ChangeState.VERIFIED else 0)
    assert len(found.unverified) == 4 - found.verified


def test_a_change_on_a_developed_node_cuts_the_ways_through_it() -> None:
    assert coverage(WAYS, {"C1": ["N5"]}, tree=TREE).planned == 4
    nested = read_tree(["OR", ["AND", "a", ["OR", "b", "c"]], ["AND", "c", "d"]])
    found = coverage(cut_sets(nested), {"C1": ["top.1.2"]}, tree=nested)
    assert found.remaining == (("c", "d"),)


def test_a_change_on_a_node_cuts_its_earlier_time_too() -> None:
    tree = logic_tree(chained("N2 N1", "N3 N2", "N2 N3"), "N1")
    assert coverage(cut_sets(tree), {"C1": ["N2"]}, tree=tree).planned == 1
    assert coverage_in_words(coverage(cut_sets(tree), {}), {"N2": "The queue is full."}) == (
        "There is 1 way in which this could happen again; no change cuts any."
    )


def test_where_nothing_is_known_no_share_is_made_up() -> None:
    found = coverage(CutSets(), {"C1": ["N4"]})
    assert (found.planned_share, found.verified_share, found.treats_the_symptom) == (None, None, False)
    assert coverage_in_words(found, {}) == "No way is known yet in which this could happen again."


def test_ways_that_were_left_out_are_said() -> None:
    groups = [["OR", *[f"{group}{number}" for number in range(10)]] for group in "abcde"]
    ways = cut_sets(read_tree(["OR", "x", ["AND", *groups]]))
    assert coverage_in_words(coverage(ways, {"C1": ["x"]}), {}).endswith(
        "Only ways of up to 4 conditions were counted; there are more."
    )


def test_what_lasted_is_told_as_lasting() -> None:
    found = coverage(WAYS, {"C1": ["N4"]})
    assert coverage_in_words(found, NAMES, lasting=True) == (
        "All 4 ways this could last or spread again are cut by these changes."
    )


def test_a_change_works_on_its_targets_and_on_the_barriers_of_its_gap() -> None:
    found = graph(
        [outcome(), node("N2"), node("N3", kind=NodeKind.BARRIER, gate="canary"), node("N4", kind=NodeKind.BARRIER)],
        [edge("L1", "N2", "N1")],
    )
    gates = {
        "canary": GateRow(id="canary", title="Canary"),
        "staging": GateRow(id="staging", title="Staging", node="N4"),
        "lint": GateRow(id="lint", title="Lint"),
    }
    changes = [
        Change(id="C1", text="One", targets=("N2", "N99")),
        Change(id="C2", text="Two", gap="canary"),
        Change(id="C3", text="Three", gap="staging", targets=("N2",)),
        Change(id="C4", text="Four", gap="lint"),
        Change(id="C5", text="Five", targets=("N99",)),
        Change(id="C6", text="Six", gap="gone"),
    ]
    assert hits_of({each.id: each for each in changes}, found, gates) == {
        "C1": ("N2",), "C2": ("N3",), "C3": ("N2", "N4"), "C4": ("lint",), "C5": (), "C6": (),
    }  # fmt: skip


def test_fixes_of_the_shallow_cause_name_the_deeper_ones() -> None:
    # A missing index (N2) rests on no review of queries (N3) and no performance test (N4).
    tree = logic_tree(chained("N2 N1", "N3 N2", "N4 N2"), "N1")
    assert shallow_fixes(tree, {"C1": ["N2"]}) == (Shallow(node="N2", deeper=("N3", "N4")),)
    assert shallow_fixes(tree, {"C1": ["N2"], "C2": ["N4"]}) == ()
    assert shallow_fixes(tree, {"C1": ["N1"]}) == ()


@settings(max_examples=60, deadline=None)
@given(random_trees(), st.lists(st.lists(st.sampled_from([f"e{n}" for n in range(1, 8)]), max_size=3), max_size=4))
def test_more_changes_never_cut_fewer_ways(nested: Any, drawn: list[list[str]]) -> None:
    tree = read_tree(nested)
    ways = cut_sets(tree)
    before = -1
    for many in range(len(drawn) + 1):
        hits = {f"C{number}": nodes for number, nodes in enumerate(drawn[:many], 1)}
        found = coverage(ways, hits)
        assert found.planned >= before
        before = found.planned
        assert coverage(ways, dict(reversed(hits.items()))) == found
        for each in found.remaining:
            assert happens(nested, set(each)) and not {event for nodes in drawn[:many] for event in nodes} & set(each)


@settings(max_examples=60, deadline=None)
@given(random_trees(), st.data())
def test_ways_are_cut_exactly_where_the_top_no_longer_follows(nested: Any, data: st.DataObject) -> None:
    tree = read_tree(nested)
    inner = [each for each in tree.gates if each != tree.top]
    if not inner:
        return
    gone = data.draw(st.sampled_from(inner))

    def without(each: Any, place: str = "top") -> Any:
        if isinstance(each, str):
            return each
        if place == gone:
            return ["OR"]
        head = 2 if each[0] == "VOTE" else 1
        return [*each[:head], *(without(one, f"{place}.{number}") for number, one in enumerate(each[head:], 1))]

    ways = cut_sets(tree)
    left = without(nested)
    assert coverage(ways, {"C1": [gone]}, tree=tree).remaining == tuple(
        each for each in ways.sets if happens(left, set(each))
    )
