"""How deep a cause lies, and why (SPEC §7.6, R122)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.instant import Precision
from afteraction.engine.causes.graph import CauseGraph, Control, Factor, Level, Node, Relation
from afteraction.engine.causes.levels import LeveledNode, levels
from afteraction.engine.gates.matrix import Could, GateRow, Outcome
from tests.engine.causes.wellformed.cast import START, TOP, at, edge, graph, node


def leveled(one: Node, *more: object, gates: dict[str, GateRow] | None = None) -> LeveledNode:
    whole: CauseGraph = graph(TOP, one, *more)  # type: ignore[arg-type]
    return levels(whole, START, gates)[one.id]


def test_age_and_further_incidents_are_said_as_the_reason() -> None:
    old = node("N2", "200 connections are shared", valid_from=at("2025-10-10"), incidents=("INC-7", "INC-9"))
    assert leveled(old).because == "systemic: existed 214 days before, appears in 3 incidents"


@pytest.mark.parametrize(
    ("held_since", "level"),
    [("2026-04-11", Level.SYSTEMIC), ("2026-04-14", Level.INTERMEDIATE), ("2018-11-10", Level.SYSTEMIC)],
)
def test_thirty_days_make_a_condition_systemic(held_since: str, level: Level) -> None:
    assert leveled(node("N2", "A limit", valid_from=at(held_since))).level is level


def test_an_age_that_may_be_less_than_thirty_days_is_not_claimed() -> None:
    vague = node("N2", "A limit", valid_from=at("2026-04-12", Precision.DAY))
    assert leveled(vague).level is Level.INTERMEDIATE


def test_years_are_said_as_years() -> None:
    assert "existed 7.5 years before" in leveled(node("N2", "A leftover switch", valid_from=at("2018-11-10"))).because


@pytest.mark.parametrize("kind", ["event", "action", "decision", "external"])
def test_only_conditions_and_barriers_are_systemic(kind: str) -> None:
    old = node("N2", "It happened long ago", kind, valid_from=at("2024-01-01"), factor=Factor.PROCESS)
    assert leveled(old).level is Level.INTERMEDIATE


@pytest.mark.parametrize(
    ("factor", "level"),
    [(Factor.PROCESS, Level.SYSTEMIC), (Factor.ORG, Level.SYSTEMIC), (Factor.TECH, Level.INTERMEDIATE)],
)
def test_a_condition_of_process_or_organisation_is_systemic(factor: Factor, level: Level) -> None:
    assert leveled(node("N2", "Releases need no canary", factor=factor)).level is level


def test_what_set_it_off_is_proximate_whatever_its_age() -> None:
    trigger = node("N2", "The certificate of 2021 ran out", valid_from=at("2021-05-12"))
    found = leveled(trigger, edge("L1", "N2", "N1", Relation.TRIGGERED))
    assert (found.level, found.because) == (Level.PROXIMATE, "proximate: it set this off")


def test_in_a_chain_of_triggers_only_the_first_set_it_off() -> None:
    pool = node("N2", "The pool was full", "event")
    change = node("N3", "v2.14 went out", "event")
    steps = (edge("L1", "N2", "N1", Relation.TRIGGERED), edge("L2", "N3", "N2", Relation.TRIGGERED))
    assert leveled(change, pool, *steps).level is Level.PROXIMATE
    assert leveled(pool, change, *steps).level is Level.INTERMEDIATE


def test_a_direct_input_of_the_last_week_is_proximate_and_an_older_or_indirect_one_is_not() -> None:
    recent = node("N2", "v2.14 keeps connections", valid_from=at("2026-05-11"))
    direct = edge("L1", "N2", "N1")
    found = leveled(recent, direct)
    assert (found.level, found.because) == (
        Level.PROXIMATE,
        "proximate: leads straight to the top event and began 38 h before",
    )
    assert leveled(node("N2", recent.statement, valid_from=at("2026-05-04")), direct).level is Level.INTERMEDIATE
    between = node("N3", "The pool was full")
    assert leveled(recent, between, edge("L1", "N2", "N3"), edge("L2", "N3", "N1")).level is Level.INTERMEDIATE


def row(outcome: Outcome, could: Could = Could.YES) -> dict[str, GateRow]:
    return {"g1": GateRow(id="g1", title="Canary", seed="canary", outcome=outcome, could=could)}


@pytest.mark.parametrize(
    ("gates", "level", "why"),
    [
        (row(Outcome.ABSENT), Level.SYSTEMIC, "the gate Canary was absent"),
        (row(Outcome.SKIPPED), Level.SYSTEMIC, "the gate Canary was skipped"),
        (row(Outcome.FLAKY_IGNORED), Level.SYSTEMIC, "taken for a flaky run"),
        (row(Outcome.PASSED), Level.SYSTEMIC, "could have caught it and did not see it"),
        (row(Outcome.PASSED, Could.NO), Level.PROXIMATE, "leads straight"),
        (row(Outcome.CAUGHT), Level.PROXIMATE, "leads straight"),
        ({}, Level.SYSTEMIC, "missing or blind"),
    ],
)
def test_a_missing_or_blind_gate_is_systemic_even_a_minute_before(
    gates: dict[str, GateRow], level: Level, why: str
) -> None:
    canary = node("N2", "The canary stage did not run", "barrier", gate="canary", valid_from=at("13:52"))
    found = leveled(canary, edge("L1", "N2", "N1", Relation.FAILED_TO_STOP), gates=gates)
    assert found.level is level
    assert why in found.because


def test_people_override_with_a_reason_and_both_are_said() -> None:
    chosen = node("N2", "A limit", level=Level.SYSTEMIC, level_reason="It was in the first design.")
    found = leveled(chosen)
    assert (found.level, found.derived, found.overridden) == (Level.SYSTEMIC, Level.INTERMEDIATE, True)
    assert found.because.startswith("systemic, as decided: It was in the first design; derived as intermediate")


def test_a_level_without_a_reason_does_not_hold_and_that_is_said() -> None:
    found = leveled(node("N2", "A limit", level=Level.SYSTEMIC, level_reason="  "))
    assert (found.level, found.overridden) == (Level.INTERMEDIATE, False)
    assert "systemic was chosen without a reason" in found.because


def test_top_events_and_mitigators_have_no_level() -> None:
    keys = node("N2", "Keys stopped double charges", "mitigator")
    whole = graph(TOP, keys, node("N3", "A limit", control=Control.SHARED))
    assert set(levels(whole, START)) == {"N3"}


def test_without_a_start_of_impact_ages_are_not_looked_at() -> None:
    old = node("N2", "A limit", valid_from=at("2018-11-10"))
    whole = graph(TOP, old)
    assert levels(whole, None)["N2"].level is Level.INTERMEDIATE
    later = datetime(2019, 6, 1, tzinfo=UTC)
    assert levels(whole, later)["N2"].because == "systemic: existed 203 days before"
