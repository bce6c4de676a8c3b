"""Undeclared dependencies, services that meet in a third, blind spots and debt (R126)."""

from __future__ import annotations

from datetime import timedelta

from afteraction.engine.causes.coupling import Coupling, Debt, Span, blind_spots, couplings, process_debt
from afteraction.engine.causes.graph import CauseGraph
from tests.engine.causes.wellformed.cast import END, REFUTED, START, TOP, edge, graph, node


def flags(**how: object) -> CauseGraph:
    """Flags used up a Redis that the app reads its sessions from."""
    return graph(
        TOP,
        node("N2", "The app waited for its sessions", "event", services=("app",)),
        node("N3", "Redis used all its CPU", "event", services=("shared redis",)),
        node("N4", "Flags polled without a limit", "event", services=("flags",)),
        edge("L1", "N2", "N1"),
        edge("L2", "N3", "N2", **how),
        edge("L3", "N4", "N3"),
    )


def sentences(found: tuple[Coupling, ...]) -> list[str]:
    return [each.sentence for each in found]


def test_a_chain_that_the_map_does_not_know_is_one_undeclared_dependency() -> None:
    found = couplings(flags(), {})
    assert sentences(found) == ["Undeclared dependency: flags → shared redis → app"]
    assert found[0].edges == ("L3", "L2")


def test_only_the_step_that_the_map_lacks_is_found() -> None:
    assert sentences(couplings(flags(), {"app": ["shared redis"]})) == ["Undeclared dependency: flags → shared redis"]


def test_two_that_use_a_third_without_knowing_of_each_other_are_found() -> None:
    found = couplings(flags(), {"app": {"shared redis"}, "flags": {"shared redis"}})
    assert sentences(found) == ["Hidden coupling: flags reaches app through shared redis, which both use."]
    knows = {"app": {"shared redis", "flags"}, "flags": {"shared redis"}}
    assert couplings(flags(), knows) == ()


def test_a_dependency_over_others_counts_as_declared_in_either_direction() -> None:
    parts = graph(
        node("N2", "app was slow", services=("app",)),
        node("N3", "db was slow", services=("db",)),
        edge("L1", "N3", "N2"),
    )
    assert couplings(parts, {"app": ["api"], "api": ["db"]}) == ()
    assert couplings(parts, {"db": ["app"]}) == ()
    assert sentences(couplings(parts, {"api": ["db"]})) == ["Undeclared dependency: db → app"]


def test_steps_within_a_service_without_services_or_ruled_out_couple_nothing() -> None:
    assert couplings(graph(TOP, node("N2", "A limit", services=("app",)), edge("L1", "N2", "N1")), {}) == ()
    within = graph(
        node("N2", "app was slow", services=("app", "web")), node("N3", "app queued", services=("app",)),
        edge("L1", "N3", "N2"),
    )  # fmt: skip
    assert couplings(within, {}) == ()
    assert sentences(couplings(flags(**REFUTED), {})) == ["Undeclared dependency: flags → shared redis"]


def test_services_that_bear_on_each_other_in_a_circle_end() -> None:
    circle = graph(
        *(node(f"N{n}", f"s{n} was slow", services=(f"s{n}",)) for n in (2, 3, 4)),
        edge("L1", "N2", "N3"), edge("L2", "N3", "N4"), edge("L3", "N4", "N2"),
    )  # fmt: skip
    found = couplings(circle, {})
    assert sorted(ident for each in found for ident in each.edges) == ["L1", "L2", "L3"]


def test_impact_without_a_signal_of_its_service_in_that_time_is_a_blind_spot() -> None:
    checkout, ledger, search = (
        Span(service="checkout", start=START, end=END),
        Span(service="ledger", start=START),
        (Span(service="search", start=START, end=END)),
    )
    signals = [
        ("checkout", START + timedelta(minutes=9)),
        ("ledger", START - timedelta(minutes=1)),
        ("search", END + timedelta(seconds=1)),
        ("payments", START),
    ]
    assert blind_spots([search, ledger, checkout], signals) == (ledger, search)
    assert blind_spots([ledger], [("ledger", END + timedelta(days=1))]) == (), "it has not ended"
    assert blind_spots([], signals) == ()


def test_a_gap_that_is_open_in_two_incidents_is_debt() -> None:
    found = process_debt({"INC-2": ["Canary", "Staging"], "INC-1": ["Canary"], "INC-3": ["Canary", "Canary"]})
    assert found == (Debt(gap="Canary", incidents=("INC-1", "INC-2", "INC-3")),)
    assert found[0].sentence == "Canary was open in 3 incidents: INC-1, INC-2, INC-3."
