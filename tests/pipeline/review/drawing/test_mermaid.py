"""The cause graph as a Mermaid flowchart."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.pipeline.review.drawing.graphs import HOSTILE, drawn_graphs, node, small_graph
from tests.pipeline.review.drawing.mermaid_grammar import read_flowchart

from afteraction.engine.causes.graph import CauseGraph, Edge, Logic, LogicType, Node, NodeKind, Status, TopEvent
from afteraction.pipeline.review.drawing.mermaid import as_mermaid

some = settings(max_examples=40, deadline=None)


@some
@given(drawn_graphs())
def test_it_is_read_as_mermaid_with_every_node_and_every_link_once(graph: CauseGraph) -> None:
    found = read_flowchart(as_mermaid(graph))
    assert len(found.boxes) == len(graph.nodes)
    whole = [each for each in graph.edges.values() if {each.source, each.target} <= graph.nodes.keys()]
    assert len(found.links) == len(whole)
    ruled_out = [each for each in graph.nodes.values() if each.status is Status.REFUTED]
    assert len(found.classed.get("ruledOut", ())) == len(ruled_out)


@some
@given(drawn_graphs(statements=HOSTILE))
@example(CauseGraph(nodes={"N1": node("N1", "event", "1. it began")}))
def test_text_of_people_stays_text_and_is_shown_as_it_was_written(graph: CauseGraph) -> None:
    found = read_flowchart(as_mermaid(graph))
    for ident, each in graph.nodes.items():
        shown = "".join(one if one.isprintable() else "\ufffd" for one in " ".join(each.statement.split()))
        assert found.boxes[f"n_{ident}"] == (shown or ident)


idents = st.text(alphabet='_5fFx1aé-/ N\n;%"', min_size=1, max_size=8)


@some
@given(st.lists(idents, unique=True, min_size=2, max_size=6))
@example(["_", "5f", "_5f_", "__", "5f_", "_5f"])
@example(["end", "End", "graph", "N 1", "N_1", "N_20_1"])
def test_two_ids_are_never_one_name(ids: list[str]) -> None:
    nodes = {each: Node(id=each, kind=NodeKind.EVENT, statement=f"Statement {at}") for at, each in enumerate(ids)}
    edges = {"L1": Edge(id="L1", source=ids[0], target=ids[1])}
    found = read_flowchart(as_mermaid(CauseGraph(nodes=nodes, edges=edges)))
    assert sorted(found.boxes.values()) == sorted(each.statement for each in nodes.values())
    (source, _, _, target), names = found.links[0], {text: name for name, text in found.boxes.items()}
    assert (source, target) == (names["Statement 0"], names["Statement 1"])


@some
@given(st.lists(idents, min_size=1, max_size=3).map(tuple), idents, st.just("") | idents)
def test_logic_is_told_in_one_line_that_no_id_breaks_out_of(inputs: tuple[str, ...], ident: str, effect: str) -> None:
    logic = Logic(id=ident, type=LogicType.OR, inputs=inputs, effect=effect)
    text = as_mermaid(CauseGraph(logic={ident: logic}))
    assert read_flowchart(text).boxes == {} and text.count("\n") == 2 and "= OR of " in text


def test_links_look_as_sure_as_they_are() -> None:
    graph = small_graph()
    edges = {f"L{at}": Edge(id=f"L{at}", source="N2", target="N1", status=status) for at, status in enumerate(Status)}
    found = read_flowchart(as_mermaid(CauseGraph(nodes=graph.nodes, edges=edges)))
    assert {each[1] for each in found.links} == {"-->", "-.->", "--x"}


@pytest.mark.parametrize("top", list(TopEvent))
def test_one_top_event_alone_has_only_what_bears_on_it(top: TopEvent) -> None:
    found = read_flowchart(as_mermaid(small_graph(), top))
    assert (
        set(found.boxes)
        == {
            TopEvent.HAPPENED: {"n_N1", "n_N2", "n_N3", "n_N4", "n_N5", "n_N6", "n_N9"},
            TopEvent.LASTED: {"n_N7", "n_N8", "n_N4"},
        }[top]
    )


def test_an_empty_graph_is_an_empty_flowchart() -> None:
    assert as_mermaid(CauseGraph()) == "flowchart TB\n"
