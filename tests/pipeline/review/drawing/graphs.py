"""A small cause graph for drawings: two top events, a shared condition, something ruled out."""

from __future__ import annotations

from datetime import UTC, datetime

from afteraction.core.instant import Instant
from afteraction.engine.causes.graph import (
    CauseGraph,
    Edge,
    Node,
    NodeKind,
    Relation,
    Status,
    Support,
    TopEvent,
)

DAY = datetime(2026, 5, 12, 12, tzinfo=UTC)


def node(ident: str, kind: str, statement: str, at: tuple[int, ...] = (), **more: object) -> Node:
    held = Instant(utc=datetime(*at, tzinfo=UTC)) if at else None  # type: ignore[arg-type,misc]
    return Node(
        id=ident, kind=NodeKind(kind), statement=statement, valid_from=held,
        **{"status": Status.CONFIRMED, **more},  # type: ignore[arg-type]
    )  # fmt: skip


def small_graph() -> CauseGraph:
    nodes = [
        node("N1", "outcome", "Checkout failed for 34 % of buyers", (2026, 5, 12, 14, 2), top=TopEvent.HAPPENED),
        node("N2", "event", "All 200 connections were in use", (2026, 5, 12, 14, 1)),
        node("N3", "condition", "Checkout fails the order when no connection is free", (2023, 5, 1)),
        node("N4", "condition", "200 connections are shared with no cap per client", (2024, 3, 1)),
        node("N5", "external", "The card provider answered slowly", status=Status.HYPOTHESIS),
        node("N6", "action", "Release driver chose the <fast> track", (2026, 5, 12, 13, 47)),
        node("N7", "outcome", "Impact lasted 59 min", top=TopEvent.LASTED),
        node("N8", "event", "Reconcile replayed its backlog"),
        node("N9", "condition", "Redis lost its primary", status=Status.REFUTED),
    ]
    ways = [
        ("N2", "N1"), ("N3", "N1"), ("N4", "N2"), ("N5", "N2"), ("N6", "N2"), ("N8", "N7"), ("N4", "N8"), ("N9", "N1"),
    ]  # fmt: skip
    edges = [
        Edge(id=f"L{at}", source=a, target=b, relation=Relation.ENABLED, status=Status.CONFIRMED)
        for at, (a, b) in enumerate(ways, 1)
    ]
    supports = [Support(id=f"S{at}", claim="N2", label=label) for at, label in enumerate(["E9", "E15", "E20"], 1)]
    return CauseGraph(
        nodes={each.id: each for each in nodes}, edges={each.id: each for each in edges},
        supports={each.id: each for each in supports},
    )  # fmt: skip
