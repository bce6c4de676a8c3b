"""Cause graphs for drawings: a small one with two top events, a shared condition and something ruled out; any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from afteraction.core.instant import Instant
from afteraction.engine.causes.graph import (
    Bone,
    CauseGraph,
    Edge,
    Logic,
    LogicType,
    MitigatorKind,
    Necessity,
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


STATEMENTS = [
    "", "Checkout failed for 34 % of buyers", "The pool filled", "No alert on pool wait",
    "200 connections are shared by four services and no client has a cap of its own, whatever its load may be",
    "k8s_deployment_rollout_controller_reconciliation_backlog_without_any_blank_in_it grew",
    "WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW", "障害が発生しました" * 9,
]  # fmt: skip
HOSTILE = [
    '</text><script>alert("1")</script>', "a\x00b\x08c\x1b[31m", "]]> --> <!-- & &amp; &#0; %%{init}%%",
    "\ud800 alone \ufffe",
    'end"]; click n_N1 "javascript:alert(1)"', "`{{}}` (([/ #35; 1. one\n- two",
]  # fmt: skip
IDENTS = [f"N{at}" for at in range(1, 10)]


@st.composite
def drawn_graphs(draw: st.DrawFn, statements: list[str] | None = None) -> CauseGraph:
    """Any graph of up to nine nodes: circles, doubled links, loose ends of logic, whatever is ruled out."""

    def some(shape: Any, ids: list[str], most: int, **fields: st.SearchStrategy[Any]) -> dict[str, Any]:
        chosen = draw(st.lists(st.sampled_from(ids), unique=True, max_size=most))
        return {each: shape(id=each, **{name: draw(one) for name, one in fields.items()}) for each in chosen}

    one, moments = (
        st.sampled_from(IDENTS),
        st.none() | st.integers(-20_000, 30).map(lambda hours: Instant(utc=DAY + timedelta(hours=hours))),
    )
    return CauseGraph(
        nodes=some(
            Node, IDENTS, 9, kind=st.sampled_from([NodeKind.OUTCOME, *NodeKind]), status=st.sampled_from(list(Status)),
            statement=st.sampled_from(statements or STATEMENTS), top=st.sampled_from([None, *TopEvent]),
            bone=st.sampled_from([None, None, *Bone]), mitigator=st.sampled_from([None, *MitigatorKind]),
            valid_from=moments, valid_to=moments, still_holds=st.booleans(), undeveloped=st.booleans(),
        ),
        edges=some(
            Edge, [f"L{at}" for at in range(1, 13)], 12, source=one, target=one, status=st.sampled_from(list(Status)),
            relation=st.sampled_from([Relation.ENABLED, *Relation]), reinforcing=st.booleans(),
            necessity=st.sampled_from([Necessity.NECESSARY, *Necessity]),
        ),
        logic=some(
            Logic, ["G1", "G2", "G3"], 3, type=st.sampled_from(list(LogicType)), effect=st.just("") | one,
            inputs=st.lists(one | st.sampled_from(["G1", "G2", "G9"]), max_size=3).map(tuple),
            k=st.integers(0, 3), condition=st.just("") | one,
        ),
        supports=some(
            Support, ["S1", "S2", "S3", "S4"], 4, claim=one,
            label=st.sampled_from(["E7", "E1234", "", "a whole line as a citation", *(statements or [])]),
        ),
    )  # fmt: skip
