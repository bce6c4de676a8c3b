"""The fault tree of an outcome, as it follows from nodes, edges and logic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.causes.cutsets import cut_sets, path_sets
from afteraction.engine.causes.graph import (
    CauseGraph,
    Logic,
    LogicType,
    Necessity,
    NodeKind,
    Relation,
    Status,
    TopEvent,
)
from afteraction.engine.causes.importance import importance
from afteraction.engine.causes.trees import Tree, logic_tree
from tests.engine.causes.causing import (
    all_of,
    chained,
    dropped_table,
    edge,
    either,
    graph,
    node,
    outcome,
    overloaded_store,
)


def ways(tree: Tree) -> set[str]:
    return {" ".join(each) for each in cut_sets(tree).sets}


def preventions(tree: Tree) -> set[str]:
    return {" ".join(each) for each in path_sets(tree).sets}


def test_six_needed_conditions_make_one_way_and_any_one_would_have_stopped_it() -> None:
    tree = logic_tree(dropped_table(), "N1")
    assert ways(tree) == {"N2 N3 N4 N5 N6 N7"}
    assert preventions(tree) == {"N2", "N3", "N4", "N5", "N6", "N7"}
    assert {each.birnbaum for each in importance(tree)} == {1 / 32}


def test_what_merely_contributed_is_told_and_not_computed_with() -> None:
    tree = logic_tree(dropped_table(), "N1")
    assert tree.contributing == {"N1": ("N9",)}
    assert "N9" not in tree.basic


def test_a_mitigator_is_never_in_a_way_not_even_where_logic_or_a_wrong_relation_names_it() -> None:
    before = dropped_table()
    wrong = graph(
        before.nodes.values(),
        [*before.edges.values(), edge("L9", "N8", "N1", Relation.ENABLED), edge("L10", "N8", "N3", Relation.TRIGGERED)],
        [all_of("G1", "N2 N3 N4 N5 N6 N7 N8", "N1")],
    )
    for each in (before, wrong):
        tree = logic_tree(each, "N1")
        assert ways(tree) == {"N2 N3 N4 N5 N6 N7"}
        assert "L7" in tree.aside


def test_two_choices_make_four_ways_as_in_the_fixture() -> None:
    tree = logic_tree(overloaded_store(), "N1")
    assert ways(tree) == {"N4 N6 N7 N9", "N4 N6 N8 N9", "N4 N6 N7 N10", "N4 N6 N8 N10"}
    assert preventions(tree) == {"N4", "N6", "N7 N8", "N9 N10"}
    found = {each.event: (each.birnbaum, each.share) for each in importance(tree)}
    assert found == {
        "N4": (0.28125, 1.0), "N6": (0.28125, 1.0), "N7": (0.09375, 0.5), "N8": (0.09375, 0.5),
        "N9": (0.09375, 0.5), "N10": (0.09375, 0.5),
    }  # fmt: skip


def test_what_amplified_or_delayed_is_no_input_of_whether_it_happened() -> None:
    tree = logic_tree(overloaded_store(), "N1")
    assert "L12" in tree.aside
    assert "N11" not in tree.upwards


def test_how_long_it_lasted_rests_on_delays_and_on_what_happened() -> None:
    tree = logic_tree(overloaded_store(), "N2")
    assert tree.gates["N2"].inputs == ("N11", "N1")
    assert all("N12" in each.split() and "N4" in each.split() for each in ways(tree))
    # N9 amplified it; in the tree below N1 it is still only an input of N5.
    assert tree.gates["N1"].inputs == ("N3", "N4", "N5", "N6")


def test_what_mitigated_is_not_in_the_severity_tree_either() -> None:
    lasted = outcome("N1", TopEvent.LASTED)
    found = graph(
        [lasted, node("N2"), node("N3", kind=NodeKind.MITIGATOR), node("N4")],
        [
            edge("L1", "N2", "N1", Relation.DELAYED_RECOVERY),
            edge("L2", "N3", "N1", Relation.AMPLIFIED),
            edge("L3", "N4", "N1", Relation.MITIGATED),
        ],
    )
    tree = logic_tree(found, "N1")
    assert (ways(tree), tree.aside) == ({"N2"}, ("L2", "L3"))


def test_what_was_ruled_out_is_left_out_and_named() -> None:
    tree = logic_tree(overloaded_store(), "N1")
    assert tree.left_out == ("N13",)
    before = overloaded_store()
    edges = {**before.edges, "L2": replace(before.edges["L2"], status=Status.REFUTED)}
    tree = logic_tree(replace(before, edges=edges), "N1")
    assert tree.left_out == ("L2", "N13")
    assert "N4" not in tree.basic


def test_an_alternative_that_was_ruled_out_leaves_the_other() -> None:
    for ruled_out in ("node", "edge"):
        before = overloaded_store()
        if ruled_out == "node":
            found = replace(before, nodes={**before.nodes, "N8": replace(before.nodes["N8"], status=Status.REFUTED)})
        else:
            found = replace(before, edges={**before.edges, "L6": replace(before.edges["L6"], status=Status.REFUTED)})
        assert ways(logic_tree(found, "N1")) == {"N4 N6 N7 N9", "N4 N6 N7 N10"}


def test_where_all_alternatives_were_ruled_out_the_effect_itself_is_an_open_end() -> None:
    before = overloaded_store()
    gone = {each: replace(before.nodes[each], status=Status.REFUTED) for each in ("N7", "N8")}
    tree = logic_tree(replace(before, nodes={**before.nodes, **gone}), "N1")
    assert ways(tree) == {"N3 N4 N6 N9", "N3 N4 N6 N10"}
    assert any("G1" in each for each in tree.notes)


def test_only_settled_claims_count_where_that_is_asked() -> None:
    before = chained("N2 N1", "N3 N1")
    settled = replace(
        before,
        nodes={**before.nodes, "N2": replace(before.nodes["N2"], status=Status.CONFIRMED)},
        edges={**before.edges, "L1": replace(before.edges["L1"], status=Status.CONFIRMED)},
    )
    tree = logic_tree(settled, "N1", settled_only=True)
    assert ways(tree) == {"N2"}
    assert tree.left_out == ("L2", "N3")


def test_logic_nests() -> None:
    found = chained(
        "N2 N1", "N3 N1", "N4 N1", logic=[either("G1", "N2 G2", "N1"), all_of("G2", "N3 N4")]
    )  # fmt: skip
    assert ways(logic_tree(found, "N1")) == {"N2", "N3 N4"}


def test_a_necessary_cause_that_logic_does_not_name_is_needed_beside_it() -> None:
    found = chained("N2 N1", "N3 N1", "N4 N1", logic=[either("G1", "N2 N3", "N1")])
    assert ways(logic_tree(found, "N1")) == {"N2 N4", "N3 N4"}


def test_a_vote_needs_so_many_of_its_inputs() -> None:
    vote = Logic(id="G1", type=LogicType.VOTE, k=2, inputs=("N2", "N3", "N4"), effect="N1")
    found = chained("N2 N1", "N3 N1", "N4 N1", logic=[vote])
    assert ways(logic_tree(found, "N1")) == {"N2 N3", "N2 N4", "N3 N4"}


@pytest.mark.parametrize("k", [0, 4])
def test_a_vote_for_a_number_that_cannot_be_needs_all_and_says_so(k: int) -> None:
    vote = Logic(id="G1", type=LogicType.VOTE, k=k, inputs=("N2", "N3"), effect="N1")
    tree = logic_tree(chained("N2 N1", "N3 N1", logic=[vote]), "N1")
    assert ways(tree) == {"N2 N3"}
    assert tree.notes == (f"G1 asks for {k} of 2 inputs; all of them are taken to be needed.",)


def test_an_inhibit_needs_its_condition_and_the_causes_of_that() -> None:
    inhibit = Logic(id="G1", type=LogicType.INHIBIT, inputs=("N2",), condition="N3", effect="N1")
    assert ways(logic_tree(chained("N2 N1", "N4 N3", logic=[inhibit]), "N1")) == {"N2 N4"}


def test_a_priority_and_keeps_its_order_and_counts_as_and() -> None:
    pand = Logic(id="G1", type=LogicType.PAND, inputs=("N3", "N2"), effect="N1")
    tree = logic_tree(chained("N2 N1", "N3 N1", logic=[pand]), "N1")
    assert (tree.gates["N1"].type, tree.gates["N1"].inputs) == (LogicType.PAND, ("N3", "N2"))
    assert ways(tree) == {"N2 N3"}


def test_a_shared_subtree_stays_one() -> None:
    tree = logic_tree(chained("N2 N1", "N3 N1", "N4 N2", "N4 N3", "N5 N4"), "N1")
    assert tree.repeated == ("N4",)
    assert tree.parents["N4"] == ("N2", "N3")
    assert ways(tree) == {"N5"}


def test_an_undeveloped_node_is_a_basic_event_although_causes_are_known() -> None:
    before = chained("N2 N1", "N3 N2")
    found = replace(before, nodes={**before.nodes, "N2": replace(before.nodes["N2"], undeveloped=True)})
    tree = logic_tree(found, "N1")
    assert (tree.basic, tree.undeveloped) == (("N2",), ("N2",))


def test_a_node_with_only_contributing_causes_is_a_basic_event() -> None:
    found = graph(
        [outcome(), node("N2"), node("N3"), node("N4")],
        [
            edge("L1", "N2", "N1"),
            edge("L2", "N3", "N2", necessity=Necessity.CONTRIBUTING),
            edge("L3", "N4", "N2", necessity=Necessity.UNKNOWN),
        ],
    )
    tree = logic_tree(found, "N1")
    assert (ways(tree), tree.contributing) == ({"N2"}, {"N2": ("N3", "N4")})


def test_a_lone_outcome_is_its_own_way() -> None:
    tree = logic_tree(graph([outcome()]), "N1")
    assert (tree.gates, tree.basic, ways(tree)) == ({}, ("N1",), {"N1"})


def test_an_id_that_names_nothing_gives_an_empty_tree_that_says_so() -> None:
    tree = logic_tree(CauseGraph(), "N9")
    assert (tree.unknown, tree.basic, ways(tree)) == (("N9",), (), set())
    tree = logic_tree(chained("N2 N1", logic=[either("G1", "N2 N77 G88", "N1")]), "N1")
    assert (tree.unknown, ways(tree)) == (("G88", "N77"), {"N2"})


def test_logic_without_inputs_says_nothing_and_is_named() -> None:
    for empty in (either("G1", "", "N1"), all_of("G1", "", "N1")):
        tree = logic_tree(chained("N2 N1", logic=[empty]), "N1")
        assert ways(tree) == {"N2"}
        assert tree.notes == ("G1 has no input left, so it says nothing here.",)


def test_logic_that_rests_only_on_itself_says_nothing() -> None:
    found = chained("N2 N1", logic=[either("G1", "G2", "N1"), either("G2", "G3"), all_of("G3", "G2")])
    assert ways(logic_tree(found, "N1")) == {"N2"}


def test_a_second_logic_of_one_effect_is_not_read_silently() -> None:
    found = chained("N2 N1", "N3 N1", logic=[either("G2", "N2 N3", "N1"), all_of("G1", "N2 N3", "N1")])
    tree = logic_tree(found, "N1")
    assert ways(tree) == {"N2 N3"}
    assert tree.notes == ("G2 is a second logic of “Outcome N1” (N1); G1 is read.",)


def test_a_circle_is_cut_at_the_edge_that_is_marked() -> None:
    found = chained("N2 N1", "N3 N2", "N2 N3", "N4 N3", reinforcing=["N2 N3"])
    tree = logic_tree(found, "N1")
    assert ways(tree) == {"N4"}
    assert tree.cuts == (
        "“Statement N2” (N2) reinforces “Statement N3” (N3): the circle is cut there, so the tree does not go"
        " round it.",
    )


def test_a_mark_on_an_edge_that_is_on_no_circle_cuts_nothing() -> None:
    tree = logic_tree(chained("N2 N1", "N3 N2", reinforcing=["N3 N2"]), "N1")
    assert (ways(tree), tree.cuts) == ({"N3"}, ())


def test_a_marked_edge_is_cut_inside_nested_logic_too() -> None:
    found = chained(
        "N2 N1", "N3 N2", "N4 N2", "N5 N2", "N2 N3",
        logic=[either("G1", "N4 G2", "N2"), all_of("G2", "N3 N5")], reinforcing=["N3 N2"],
    )  # fmt: skip
    tree = logic_tree(found, "N1")
    assert len(tree.cuts) == 1
    assert ways(tree) == {"N4", "N5"}


def test_an_unmarked_circle_shows_the_same_at_an_earlier_time() -> None:
    # A storm: overload (N2) makes retries (N3), which keep the overload up; a rollout (N4) began it.
    tree = logic_tree(chained("N2 N1", "N3 N2", "N4 N2", "N2 N3", "N5 N3"), "N1")
    assert tree.gates["N3"].inputs == ("N2@before", "N5")
    assert tree.gates["N2@before"].inputs == ("N4",)
    assert ways(tree) == {"N4 N5"}
    assert tree.cuts == (
        "“Statement N2” (N2) comes back to itself by way of “Statement N3” (N3): N2@before is the same at an earlier"
        " time.",
    )


def test_an_alternative_that_needs_the_circle_cannot_have_begun_it() -> None:
    found = chained("N2 N1", "N3 N2", "N4 N2", "N2 N3", "N5 N3", logic=[either("G1", "N3 N4", "N2")])
    assert ways(logic_tree(found, "N1")) == {"N4"}
    nested = chained(
        "N2 N1", "N2 N3", "N5 N3", logic=[either("G1", "G2 N4", "N2"), all_of("G2", "N3 N6")]
    )  # fmt: skip
    nested = replace(nested, nodes={**nested.nodes, "N4": node("N4"), "N6": node("N6")})
    assert ways(logic_tree(nested, "N1")) == {"N4"}


def test_a_circle_that_nothing_outside_began_leaves_its_beginning_open() -> None:
    tree = logic_tree(chained("N2 N1", "N3 N2", "N2 N3"), "N1")
    assert ways(tree) == {"N2@before"}
    assert len(tree.cuts) == 1


def test_a_node_that_is_its_own_cause_is_cut_as_well() -> None:
    assert ways(logic_tree(chained("N2 N1", "N2 N2", "N3 N2"), "N1")) == {"N3"}


def test_a_chain_of_two_thousand_causes_is_read() -> None:
    found = chained(*(f"N{number + 1} N{number}" for number in range(1, 2000)))
    assert ways(logic_tree(found, "N1")) == {"N2000"}


names = st.sampled_from([f"N{number}" for number in range(1, 8)])
edges = st.lists(st.tuples(names, names, st.booleans()), max_size=14)
inputs_of_logic = st.lists(st.one_of(names, st.sampled_from(["G1", "G2", "G3"])), max_size=3)
effects = st.one_of(names, st.just(""))
logics = st.lists(st.tuples(st.sampled_from(list(LogicType)), inputs_of_logic, effects, st.integers(0, 3)), max_size=3)


@settings(max_examples=150, deadline=None)
@given(edges, logics, st.randoms())
def test_any_graph_gives_one_finite_tree_whatever_the_order_of_its_parts(drawn, logic, chance) -> None:  # type: ignore[no-untyped-def]
    nodes = [outcome(), *(node(f"N{number}") for number in range(2, 8))]
    links = [edge(f"L{n}", one, other, reinforcing=mark) for n, (one, other, mark) in enumerate(drawn, 1)]
    gates = [
        Logic(id=f"G{n}", type=kind, inputs=tuple(inputs), effect=effect, k=k, condition="N3" if k else "")
        for n, (kind, inputs, effect, k) in enumerate(logic, 1)
    ]
    tree = logic_tree(graph(nodes, links, gates), "N1")
    for parts in (nodes, links, gates):
        chance.shuffle(parts)
    assert logic_tree(graph(nodes, links, gates), "N1") == tree
    place = {each: number for number, each in enumerate(tree.upwards)}
    assert all(place[need] < place[each] for each, gate in tree.gates.items() for need in gate.needs)
    found = cut_sets(tree)
    assert found.sets and all(found.sets)
    for each in found.sets:
        assert tree.holds(each)
        assert not any(tree.holds(set(each) - {one}) for one in each)
