"""Small graphs for the rules, and what the rules found in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from afteraction.core.instant import Instant, Precision
from afteraction.engine.causes.graph import (
    CauseGraph,
    Edge,
    HumanAction,
    Logic,
    Node,
    NodeKind,
    Relation,
    Status,
    Strength,
    Support,
)
from afteraction.engine.causes.wellformed import check_graph
from afteraction.engine.review.findings import ReviewFinding

START = datetime(2026, 5, 12, 14, 2, tzinfo=UTC)
END = datetime(2026, 5, 12, 15, 21, tzinfo=UTC)
IMPACT = (START, END)
Part = Node | Edge | Support | HumanAction | Logic


def at(text: str, precision: Precision = Precision.MINUTE) -> Instant:
    """12 May 2026 at that time of day, or at a whole date."""
    whole = text if len(text) > 5 else f"2026-05-12T{text}"
    return Instant(utc=datetime.fromisoformat(whole).replace(tzinfo=UTC), precision=precision)


def node(ident: str, statement: str, kind: str = "condition", **more: Any) -> Node:
    return Node(id=ident, kind=NodeKind(kind), statement=statement, **more)


def edge(ident: str, source: str, target: str, relation: Relation = Relation.CONTRIBUTED, **more: Any) -> Edge:
    return Edge(id=ident, source=source, target=target, relation=relation, **more)


def support(ident: str, claim: str, strength: Strength = Strength.OBSERVED, **more: Any) -> Support:
    return Support(id=ident, claim=claim, strength=strength, **{"label": f"E{ident[1:]}", **more})


def graph(*parts: Part) -> CauseGraph:
    def of(shape: type) -> dict[str, Any]:
        return {part.id: part for part in parts if isinstance(part, shape)}

    return CauseGraph(nodes=of(Node), edges=of(Edge), supports=of(Support), humans=of(HumanAction), logic=of(Logic))


def chain(*statements: str, last: Node | None = None) -> CauseGraph:
    """A 5-Whys path: the first statement is the top event, each next one the cause of the one before."""
    nodes = [node("N1", statements[0], "outcome")]
    nodes += [node(f"N{place}", said) for place, said in enumerate(statements[1:], 2)]
    nodes += [last] if last else []
    edges = [edge(f"L{place}", nodes[place].id, nodes[place - 1].id) for place in range(1, len(nodes))]
    return graph(*nodes, *edges)


def codes(graph: CauseGraph, **facts: Any) -> set[str]:
    return {each.code for each in check_graph(graph, **facts)}


def findings(graph: CauseGraph, code: str, **facts: Any) -> list[ReviewFinding]:
    return [each for each in check_graph(graph, **facts) if each.code == code]


def subjects(graph: CauseGraph, code: str, **facts: Any) -> list[str]:
    return [each.subject for each in findings(graph, code, **facts)]


CONFIRMED: dict[str, Any] = {"status": Status.CONFIRMED}
REFUTED: dict[str, Any] = {"status": Status.REFUTED}
TOP = node("N1", "Checkout failed for 34 % of buyers", "outcome")
