"""Cause graphs to read trees from, made of nodes, edges and logic; two are twins of public incidents."""

from __future__ import annotations

from collections.abc import Iterable

from afteraction.engine.causes.graph import (
    CauseGraph,
    Edge,
    Logic,
    LogicType,
    Necessity,
    Node,
    NodeKind,
    Relation,
    Status,
    TopEvent,
)


def node(identity: str, statement: str = "", kind: NodeKind = NodeKind.CONDITION, **rest: object) -> Node:
    return Node(id=identity, kind=kind, statement=statement or f"Statement {identity}", **rest)  # type: ignore[arg-type]


def outcome(identity: str = "N1", top: TopEvent = TopEvent.HAPPENED) -> Node:
    return node(identity, f"Outcome {identity}", NodeKind.OUTCOME, top=top)


def edge(identity: str, source: str, target: str, relation: Relation = Relation.ENABLED, **rest: object) -> Edge:
    return Edge(id=identity, source=source, target=target, relation=relation, **rest)  # type: ignore[arg-type]


def graph(nodes: Iterable[Node], edges: Iterable[Edge] = (), logic: Iterable[Logic] = ()) -> CauseGraph:
    return CauseGraph(
        nodes={each.id: each for each in nodes},
        edges={each.id: each for each in edges},
        logic={each.id: each for each in logic},
    )


def chained(*pairs: str, logic: Iterable[Logic] = (), reinforcing: Iterable[str] = ()) -> CauseGraph:
    """A graph from pairs "cause effect", with N1 as the outcome."""
    ends = [pair.split() for pair in pairs]
    names = sorted({name for pair in ends for name in pair} - {"N1"})
    edges = [
        edge(f"L{number}", cause, effect, reinforcing=f"{cause} {effect}" in set(reinforcing))
        for number, (cause, effect) in enumerate(ends, 1)
    ]
    return graph([outcome(), *map(node, names)], edges, logic)


def either(identity: str, inputs: str, effect: str = "") -> Logic:
    return Logic(id=identity, type=LogicType.OR, inputs=tuple(inputs.split()), effect=effect)


def all_of(identity: str, inputs: str, effect: str = "") -> Logic:
    return Logic(id=identity, type=LogicType.AND, inputs=tuple(inputs.split()), effect=effect)


def dropped_table() -> CauseGraph:
    """A table is dropped by a job that updates from a stale list: six conditions, all needed (twin of G1)."""
    return graph(
        [
            outcome(),
            node("N2", "A job runs the update wrapper", NodeKind.EVENT),
            node("N3", "The wrapper runs update hooks"),
            node("N4", "The guard for production was passed by", NodeKind.BARRIER),
            node("N5", "The list of tables to drop holds one in use"),
            node("N6", "The old copy of the table was gone that day"),
            node("N7", "The account of the job may drop tables"),
            node("N8", "A person who knew the table was at work", NodeKind.MITIGATOR),
            node("N9", "The page for changes is hard to find"),
        ],
        [
            edge("L1", "N2", "N1", Relation.TRIGGERED),
            edge("L2", "N3", "N1"),
            edge("L3", "N4", "N1", Relation.FAILED_TO_STOP),
            edge("L4", "N5", "N1"),
            edge("L5", "N6", "N1"),
            edge("L6", "N7", "N1"),
            edge("L7", "N8", "N1", Relation.MITIGATED),
            edge("L8", "N9", "N1", Relation.CONTRIBUTED, necessity=Necessity.CONTRIBUTING),
        ],
    )


def overloaded_store() -> CauseGraph:
    """A store is overloaded after a rollout, by retries or by a short timeout (twin of the second fixture)."""
    return graph(
        [
            outcome(),
            outcome("N2", TopEvent.LASTED),
            node("N3", "Many pods restarted at once", NodeKind.EVENT),
            node("N4", "The nodes are too small"),
            node("N5", "Clients came back all at once", NodeKind.EVENT),
            node("N6", "All teams share one store"),
            node("N7", "A rollout replaced every pod", NodeKind.EVENT),
            node("N8", "A fix of the symptom replaced every pod", NodeKind.EVENT),
            node("N9", "Retries have no limit"),
            node("N10", "Pods are given 20 seconds to start"),
            node("N11", "No alert watches the store"),
            node("N12", "The dashboard leaves out retries"),
            node("N13", "The network was the cause", status=Status.REFUTED),
        ],
        [
            edge("L1", "N3", "N1", Relation.TRIGGERED), edge("L2", "N4", "N1"), edge("L3", "N5", "N1"),
            edge("L4", "N6", "N1"), edge("L5", "N7", "N3"), edge("L6", "N8", "N3"), edge("L7", "N9", "N5"),
            edge("L8", "N10", "N5"), edge("L9", "N11", "N2", Relation.DELAYED_DETECTION),
            edge("L10", "N12", "N11"), edge("L11", "N1", "N2"), edge("L12", "N9", "N1", Relation.AMPLIFIED),
            edge("L13", "N13", "N1"),
        ],
        [either("G1", "N7 N8", "N3"), either("G2", "N9 N10", "N5")],
    )  # fmt: skip
