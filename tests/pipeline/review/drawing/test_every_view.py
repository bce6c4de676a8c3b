"""What holds for all four drawings, of any graph."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.pipeline.review.drawing.graphs import DAY, HOSTILE, drawn_graphs, node, small_graph
from tests.pipeline.review.drawing.pictures import (
    STYLES,
    classes_of,
    outside_the_sheet,
    outside_their_box,
    parsed,
    parts,
    words_of,
)

import afteraction.web.ui as ui
from afteraction.engine.causes.bones import bone_of
from afteraction.engine.causes.formula import original
from afteraction.engine.causes.graph import (
    CauseGraph,
    Edge,
    LogicType,
    MitigatorKind,
    NodeKind,
    Relation,
    Status,
    TopEvent,
)
from afteraction.engine.causes.trees import logic_tree
from afteraction.engine.causes.whys import whys
from afteraction.pipeline.review.drawing.causal import draw_causal
from afteraction.pipeline.review.drawing.fault_tree import draw_fault_tree
from afteraction.pipeline.review.drawing.fishbone import draw_fishbone
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.whys import draw_whys

Draw = Callable[..., Sheet]


def the_fault_tree(scene: Scene, top: TopEvent | None = None) -> Sheet:
    found = scene.graph.outcomes(top)
    return draw_fault_tree(scene, logic_tree(scene.graph, found[0].id if found else ""))


VIEWS: dict[str, Draw] = {
    "whys": draw_whys, "fishbone": draw_fishbone, "fault-tree": the_fault_tree, "causal": draw_causal,
}  # fmt: skip
some = settings(max_examples=30, deadline=None)
every_view = pytest.mark.parametrize("view", list(VIEWS))


@some
@given(drawn_graphs())
def test_the_causal_graph_has_every_node_and_every_link_once(graph: CauseGraph) -> None:
    sheet = draw_causal(Scene(graph, day=DAY))
    assert parts(sheet) == dict.fromkeys(graph.nodes, 1)
    known = graph.nodes.keys()
    links = [each.id for each in graph.edges.values() if {each.source, each.target} <= known]
    assert parts(sheet, "edge") == dict.fromkeys(links, 1)


@some
@given(drawn_graphs())
def test_the_fishbone_has_top_events_contributors_and_what_helped_once(graph: CauseGraph) -> None:
    assert parts(draw_fishbone(Scene(graph, day=DAY))) == dict.fromkeys(graph.nodes, 1)


@some
@given(drawn_graphs(), st.sampled_from(TopEvent))
@example(small_graph(), TopEvent.LASTED)
def test_one_top_event_alone_has_all_that_led_to_it(graph: CauseGraph, top: TopEvent) -> None:
    on_the_way = {step.node.id for each in graph.outcomes(top) for step in whys(graph, each.id).walk()}
    contributing = {each for each in on_the_way if bone_of(graph.nodes[each]) is not None}
    assert contributing <= parts(draw_fishbone(Scene(graph, day=DAY), top)).keys()
    assert on_the_way <= parts(draw_causal(Scene(graph, day=DAY), top)).keys()
    assert parts(draw_whys(Scene(graph, day=DAY), top)) == dict.fromkeys(on_the_way, 1)


@some
@given(drawn_graphs())
def test_the_whys_have_every_node_on_a_way_once_and_no_link_twice(graph: CauseGraph) -> None:
    sheet = draw_whys(Scene(graph, day=DAY))
    on_the_way = {step.node.id for each in graph.outcomes() for step in whys(graph, each.id).walk()}
    assert parts(sheet) == dict.fromkeys(on_the_way, 1)
    assert set(parts(sheet, "edge")) <= graph.edges.keys()
    assert all(often == 1 for often in parts(sheet, "edge").values())


WORDS = {LogicType.AND: "AND", LogicType.OR: "OR", LogicType.INHIBIT: "IF", LogicType.PAND: "AND, in order"}


@some
@given(drawn_graphs())
def test_the_fault_tree_has_every_gate_with_its_sign_and_every_basic_event(graph: CauseGraph) -> None:
    for top in graph.outcomes():
        tree = logic_tree(graph, top.id)
        sheet = draw_fault_tree(Scene(graph, day=DAY), tree)
        signs = sorted(
            "one cause" if len(gate.needs) == 1
            else (f"{gate.k} of {len(gate.needs)}" if gate.type is LogicType.VOTE else WORDS[gate.type])
            + (", assumed" if gate.assumed else "")
            for gate in tree.gates.values()
        )  # fmt: skip
        assert sorted(words_of(sheet, "lgate-t")) == signs
        basic = {original(need) for gate in tree.gates.values() for need in gate.needs if need not in tree.gates}
        assert basic <= parts(sheet).keys() | {each for each in basic if each not in graph.nodes}


@every_view
@some
@given(graph=drawn_graphs())
@example(graph=small_graph())
def test_no_text_leaves_its_box_or_the_sheet(view: str, graph: CauseGraph) -> None:
    ends = dict.fromkeys(graph.nodes, "systemic, gap: static analysis and code review of generated files")
    sheet = VIEWS[view](Scene(graph, day=DAY, ends=ends, cut=dict.fromkeys(graph.nodes, "12 changes")))
    assert outside_their_box(sheet) == []
    assert outside_the_sheet(sheet) == []


@every_view
@some
@given(graph=drawn_graphs(statements=HOSTILE))
def test_text_of_people_is_text_whatever_is_in_it(view: str, graph: CauseGraph) -> None:
    sheet = VIEWS[view](Scene(graph, day=DAY, ends=dict.fromkeys(graph.nodes, HOSTILE[0])))
    root = parsed(sheet)
    assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
        "svg", "title", "style", "defs", "marker", "symbol", "path", "rect", "g", "text", "use", "circle",
    }  # fmt: skip
    assert not [name for each in root.iter() for name in each.attrib if name.lower().startswith("on")]
    assert "<script" not in sheet.svg()


@every_view
@some
@given(graph=drawn_graphs(), seed=st.integers(0, 9))
def test_the_order_of_the_parts_is_no_matter(view: str, graph: CauseGraph, seed: int) -> None:
    def mixed(found: Any) -> dict[str, Any]:
        pairs = list(found.items())
        random.Random(seed).shuffle(pairs)
        return dict(pairs)

    other = replace(
        graph, nodes=mixed(graph.nodes), edges=mixed(graph.edges), logic=mixed(graph.logic),
        supports=mixed(graph.supports),
    )  # fmt: skip
    assert VIEWS[view](Scene(other, day=DAY)) == VIEWS[view](Scene(graph, day=DAY))


@every_view
def test_colours_come_from_styles_so_that_a_drawing_is_light_or_dark(view: str) -> None:
    sheet = VIEWS[view](Scene(small_graph(), day=DAY, selected="N2", uncut={"N3"}))
    assert not re.search(
        r"style=|fill=|stroke=|#[0-9a-f]{3,8}\b(?![-\w]*\")", sheet.body.replace("#i-", "").replace("#arr", "")
    )
    css = Path(str(ui.__file__)).parent / "static" / "css"
    shared = Path(str(ui.__file__)).parents[2] / "pipeline" / "report" / "assets" / "css"
    pages = "".join(each.read_text(encoding="utf-8") for each in (*css.glob("*.css"), *shared.glob("*.css")))
    for name in classes_of(sheet) - {"ground", "fb", "cg", "again"}:
        assert re.search(rf"\.{name}\b", STYLES), f"a file of its own has no style for {name}"
        assert re.search(rf"\.{name}\b", pages), f"the page has no style for {name}"
    graph_css = (css / "graph.css").read_text(encoding="utf-8") + (css / "analysis.css").read_text(encoding="utf-8")
    drawn_by_page = [rule for rule in graph_css.split("}") if re.search(r"\.(drawing|kg|lgate|basic|veil)\b", rule)]
    assert drawn_by_page and not [rule for rule in drawn_by_page if re.search(r"#[0-9a-f]{3,8}\b", rule)]


@every_view
def test_an_empty_graph_is_an_empty_sheet_that_says_what_it_is(view: str) -> None:
    sheet = VIEWS[view](Scene(CauseGraph()))
    assert parts(sheet) == {} and sheet.label and outside_the_sheet(sheet) == []


@every_view
def test_a_circle_is_drawn_and_cut_where_it_closes(view: str) -> None:
    nodes = [
        node("N1", "outcome", "Requests failed", top=TopEvent.HAPPENED), node("N2", "event", "Clients retried"),
        node("N3", "event", "The queue filled"),
    ]  # fmt: skip
    ways = [("N2", "N1"), ("N3", "N2"), ("N2", "N3")]
    edges = {f"L{at}": Edge(id=f"L{at}", source=a, target=b) for at, (a, b) in enumerate(ways, 1)}
    sheet = VIEWS[view](Scene(CauseGraph(nodes={each.id: each for each in nodes}, edges=edges), day=DAY))
    assert {"N1", "N2", "N3"} <= parts(sheet).keys()
    told = " ".join("".join(parsed(sheet).itertext()).split())
    assert view in ("fishbone", "causal") or "goes round, cut here" in told.lower() or "Earlier: " in told


@every_view
def test_500_nodes_are_drawn_whole(view: str) -> None:
    nodes = [node("N1", "outcome", "Requests failed", (2026, 5, 12, 14, 2), top=TopEvent.HAPPENED)]
    nodes += [node(f"N{at}", "condition", f"Condition {at} held in the fleet", (2026, 5, 12, 13, at % 60))
              for at in range(2, 501)]  # fmt: skip
    edges = {f"L{at}": Edge(id=f"L{at}", source=f"N{at}", target=f"N{at // 3 or 1}") for at in range(2, 501)}
    graph = CauseGraph(nodes={each.id: each for each in nodes}, edges=edges)
    sheet = VIEWS[view](Scene(graph, day=DAY))
    assert parts(sheet) == dict.fromkeys(graph.nodes, 1)
    assert outside_the_sheet(sheet) == []


@pytest.mark.parametrize("view", ["whys", "fishbone", "causal"])
def test_what_was_ruled_out_stays_in_sight_and_looks_ruled_out(view: str) -> None:
    sheet = VIEWS[view](Scene(small_graph(), day=DAY))
    found = next(each for each in parsed(sheet).iter() if each.get("data-part") == "node:N9")
    assert "ref" in str(found.get("class")).split() and ", ruled out" in str(found.get("aria-label"))


def test_a_node_that_hangs_on_a_link_that_was_ruled_out_is_drawn_where_it_holds() -> None:
    graph = small_graph()
    no = Edge(id="L0", source="N4", target="N1", relation=Relation.ENABLED, status=Status.REFUTED)
    sheet = draw_whys(Scene(replace(graph, edges={"L0": no, **graph.edges}), day=DAY))
    assert parts(sheet)["N4"] == 1
    assert any(each.startswith("Ruled out: 200") for each in words_of(sheet, "meta"))


@pytest.mark.parametrize("view", ["fishbone", "causal"])
def test_what_helped_and_luck_stand_apart_from_causes_and_from_each_other(view: str) -> None:
    graph = small_graph()
    helped = [
        node("M1", "mitigator", "Idempotency keys held", mitigator=MitigatorKind.DESIGNED),
        node("M2", "mitigator", "It was a Tuesday", mitigator=MitigatorKind.LUCK),
    ]
    sheet = VIEWS[view](Scene(replace(graph, nodes={**graph.nodes, **{each.id: each for each in helped}}), day=DAY))
    titles = words_of(sheet, "gtitle")
    assert [each for each in titles if each in ("What helped", "Luck", "Luck, never a barrier")] in (
        ["What helped", "Luck"], ["What helped", "Luck, never a barrier"],
    )  # fmt: skip
    words = "".join(parsed(sheet).itertext())
    assert "never counts as a barrier" in words or "never a barrier" in words
    assert parts(sheet)["M1"] == parts(sheet)["M2"] == 1


@pytest.mark.parametrize("view", ["whys", "fishbone", "causal"])
def test_both_top_events_are_there_and_named_apart(view: str) -> None:
    sheet = VIEWS[view](Scene(small_graph(), day=DAY))
    assert {"N1", "N7"} <= parts(sheet).keys()
    words = [*words_of(sheet, "gtitle"), *words_of(sheet, "kind")]
    assert any(each.startswith("It happened") for each in words) and any(each.startswith("It lasted") for each in words)
    assert small_graph().nodes["N1"].kind is NodeKind.OUTCOME


@every_view
def test_places_below_nothing_or_beyond_everything_leave_the_drawing_whole(view: str) -> None:
    places = {"N1": (-4000.0, -300.0), "N2": (9e12, 10.0), "N3": (40.0, 9e12), "N99": (1.0, 1.0)}
    sheet = VIEWS[view](Scene(small_graph(), day=DAY, places=places))
    assert outside_the_sheet(sheet) == [] and sheet.width < 101_000 and sheet.height < 101_000
