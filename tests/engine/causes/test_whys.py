"""The 5-Whys view: a tree that branches, marks what is above, cuts circles and forces no depth (SPEC §7.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.engine.causes.graph import Ask, CauseGraph, Logic, LogicType, Relation, TopEvent
from afteraction.engine.causes.whys import Step, Stop, whys
from tests.engine.causes.wellformed.cast import REFUTED, TOP, chain, edge, graph, node

POOL = node("N2", "The pool was full", "event")
SHARED = node("N3", "The pool is shared")
RETRIES = node("N4", "Retries multiplied", "event")


def shown(top: Step) -> list[tuple[int, str, Stop | None]]:
    return [(step.depth, step.node.id, step.stop) for step in top.walk()]


def test_a_tree_branches_and_goes_as_deep_as_its_branches() -> None:
    whole = graph(TOP, POOL, SHARED, RETRIES, edge("L1", "N2", "N1"), edge("L2", "N3", "N2"), edge("L3", "N4", "N1"))
    assert shown(whys(whole, "N1")) == [(0, "N1", None), (1, "N2", None), (2, "N3", Stop.END), (1, "N4", Stop.END)]


def test_a_shared_node_is_repeated_with_a_mark_and_its_causes_once() -> None:
    whole = graph(
        TOP,
        POOL,
        SHARED,
        RETRIES,
        edge("L1", "N2", "N1"),
        edge("L2", "N4", "N1"),
        edge("L3", "N3", "N2"),
        edge("L4", "N2", "N4"),
    )
    assert shown(whys(whole, "N1")) == [
        (0, "N1", None),
        (1, "N2", None),
        (2, "N3", Stop.END),
        (1, "N4", None),
        (2, "N2", Stop.SEE_ABOVE),
    ]


def circle(**marked: bool) -> CauseGraph:
    return graph(TOP, POOL, RETRIES, edge("L1", "N2", "N1"), edge("L2", "N4", "N2", **marked), edge("L3", "N2", "N4"))


def test_a_circle_is_cut_where_it_closes_and_said() -> None:
    top = whys(circle(), "N1")
    assert shown(top)[-1] == (3, "N2", Stop.CIRCLE)


def test_a_marked_step_is_the_cut_where_its_cause_is_shown_elsewhere_and_loses_nothing_where_it_is_not() -> None:
    assert [ident for _, ident, _ in shown(whys(circle(reinforcing=True), "N1"))] == ["N1", "N2", "N4", "N2"]
    both = circle(reinforcing=True)
    more = replace(both, edges={**both.edges, "L4": edge("L4", "N4", "N1")})
    assert shown(whys(more, "N1")) == [
        (0, "N1", None),
        (1, "N2", None),
        (2, "N4", Stop.CIRCLE),
        (1, "N4", None),
        (2, "N2", Stop.SEE_ABOVE),
    ]


def test_what_was_ruled_out_stays_and_goes_no_further() -> None:
    redis = node("N5", "redis lost its primary", "event", **REFUTED)
    whole = graph(TOP, redis, SHARED, edge("L1", "N5", "N1"), edge("L2", "N3", "N5"))
    assert shown(whys(whole, "N1")) == [(0, "N1", None), (1, "N5", Stop.RULED_OUT)]
    by_step = graph(TOP, POOL, SHARED, edge("L1", "N2", "N1", **REFUTED), edge("L2", "N3", "N2"))
    assert shown(whys(by_step, "N1")) == [(0, "N1", None), (1, "N2", Stop.RULED_OUT)]


def test_a_node_that_is_ruled_out_in_one_place_is_followed_in_another() -> None:
    whole = graph(
        TOP,
        POOL,
        SHARED,
        RETRIES,
        edge("L1", "N2", "N1", **REFUTED),
        edge("L2", "N4", "N1"),
        edge("L3", "N2", "N4"),
        edge("L4", "N3", "N2"),
    )
    assert (3, "N3", Stop.END) in shown(whys(whole, "N1"))


def test_of_two_steps_between_the_same_nodes_the_live_one_leads_on() -> None:
    twice = graph(TOP, POOL, SHARED, edge("L1", "N2", "N1", **REFUTED), edge("L2", "N2", "N1"), edge("L3", "N3", "N2"))
    assert shown(whys(twice, "N1")) == [(0, "N1", None), (1, "N2", None), (2, "N3", Stop.END)]


def test_delays_and_amplifiers_belong_to_how_long_it_lasted_and_mitigations_to_neither() -> None:
    lasted = node("N9", "Impact lasted 79 min", "outcome", top=TopEvent.LASTED)
    keys = node("N5", "Keys stopped double charges", "mitigator")
    parts = (lasted, POOL, RETRIES, keys, edge("L2", "N5", "N9", Relation.MITIGATED))
    delays = (edge("L1", "N4", "N9", Relation.AMPLIFIED), edge("L3", "N2", "N9", Relation.DELAYED_DETECTION))
    assert [ident for _, ident, _ in shown(whys(graph(*parts, *delays), "N9"))] == ["N9", "N4", "N2"]
    happened = graph(TOP, RETRIES, edge("L1", "N4", "N1", Relation.AMPLIFIED))
    assert shown(whys(happened, "N1")) == [(0, "N1", Stop.END)]


def test_causes_that_only_logic_names_are_shown() -> None:
    inner = Logic(id="G2", type=LogicType.OR, inputs=("N3", "N4"))
    outer = Logic(id="G1", type=LogicType.AND, inputs=("N2", "G2", "G1"), effect="N1")
    assert [ident for _, ident, _ in shown(whys(graph(TOP, POOL, SHARED, RETRIES, inner, outer), "N1"))] == [
        "N1", "N2", "N3", "N4",
    ]  # fmt: skip


def test_a_written_question_stands_at_the_answer_that_it_got() -> None:
    whole = replace(
        graph(TOP, POOL, edge("L1", "N2", "N1")),
        asks={"A1": Ask(id="A1", node="N1", text="What used up the connections?", answer="N2")},
    )
    top = whys(whole, "N1")
    assert top.question == top.steps[0].asked == "What used up the connections?"
    assert top.steps[0].question == "How was it possible that the pool was full?"


def test_a_node_left_undeveloped_on_purpose_is_told_from_one_that_just_ends() -> None:
    left = node("N2", "The provider answered slowly", "external", undeveloped=True)
    assert shown(whys(graph(TOP, left, edge("L1", "N2", "N1")), "N1"))[-1] == (1, "N2", Stop.UNDEVELOPED)


def test_the_order_of_parts_is_no_matter_and_a_missing_node_is_an_error() -> None:
    whole = circle()
    turned = graph(*reversed(whole.nodes.values()), *reversed(whole.edges.values()))
    assert whys(whole, "N1") == whys(turned, "N1")
    with pytest.raises(KeyError):
        whys(whole, "N77")


def test_a_path_of_three_thousand_steps_is_walked() -> None:
    deep = whys(chain(*(f"Step {n}" for n in range(3000))), "N1")
    assert sum(1 for _ in deep.walk()) == 3000
