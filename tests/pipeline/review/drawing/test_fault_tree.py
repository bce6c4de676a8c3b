"""The fault-tree drawing."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from tests.pipeline.review.drawing.graphs import DAY, small_graph

from afteraction.engine.causes.graph import Logic, LogicType
from afteraction.engine.causes.trees import logic_tree
from afteraction.pipeline.review.drawing.fault_tree import draw_fault_tree, letters
from afteraction.pipeline.review.drawing.scene import Scene

SVG = "{http://www.w3.org/2000/svg}"
OR = Logic(id="G1", type=LogicType.OR, inputs=("N5", "N6"))
AND = Logic(id="G2", type=LogicType.AND, inputs=("N4", "G1"), effect="N2")


def test_gates_and_letters_say_the_logic() -> None:
    graph = replace(small_graph(), logic={"G1": OR, "G2": AND})
    tree = logic_tree(graph, "N1")
    sheet = draw_fault_tree(Scene(graph, day=DAY), tree)
    root = ElementTree.fromstring(sheet.file())
    words = [each.text for each in root.iter(f"{SVG}text") if each.get("class") == "lgate-t"]
    assert sorted(str(each) for each in words) == ["AND", "AND, assumed", "OR"]
    assert letters(tree) == {"N4": "A", "N5": "B", "N6": "C", "N3": "D"}
    drawn = [str(each.text) for each in root.iter(f"{SVG}text") if each.get("class") == "basic-t"]
    assert sorted(drawn) == ["A", "B", "C", "D"]


def test_what_was_ruled_out_is_not_an_input() -> None:
    graph = small_graph()
    assert "Redis lost its primary" not in draw_fault_tree(Scene(graph), logic_tree(graph, "N1")).body


def test_a_shared_subtree_is_drawn_once_and_named_again() -> None:
    graph = replace(
        small_graph(),
        logic={"G1": replace(OR, effect="N4"), "G2": AND, "G3": Logic(
            id="G3", type=LogicType.AND, inputs=("N2", "N4"), effect="N1")},
    )  # fmt: skip
    body = draw_fault_tree(Scene(graph), logic_tree(graph, "N1")).body
    assert body.count("as drawn beside") >= 1


def test_the_way_that_no_change_cuts_stands_out() -> None:
    graph = small_graph()
    root = ElementTree.fromstring(draw_fault_tree(Scene(graph, uncut={"N3"}), logic_tree(graph, "N1")).file())
    left = [each.get("data-part") for each in root.iter(f"{SVG}g") if "left" in str(each.get("class")).split()]
    assert left == ["node:N3"]


def test_without_a_top_event_it_says_so() -> None:
    graph = small_graph()
    assert "no top event" in draw_fault_tree(Scene(graph), logic_tree(graph, "N99")).label
