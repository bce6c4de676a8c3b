"""Each rule of SPEC §7.8 once with what opens it, what clears it, and what sets it aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from afteraction.engine.causes.graph import CauseGraph, Factor, HumanAction, HumanType, Relation, Strength
from afteraction.engine.causes.wellformed import check_graph
from afteraction.engine.gates.matrix import GateRow, Outcome
from afteraction.engine.prevention.changes import Change, Horizon, Power
from afteraction.engine.review.document import Dismissal
from afteraction.engine.review.findings import Severity, open_findings
from tests.corpus import corpus
from tests.engine.causes.wellformed.cast import CONFIRMED, IMPACT, TOP, at, chain, edge, graph, node, support

# What the specification says of each rule: blocks the state reviewed, only asks, or holds by construction.
BLOCKS = {"W01", "W02", "W04", "W05", "W08", "W09", "W13", "W22", "W25"}
ASKS = {
    "W03", "W06", "W07", "W10", "W11", "W12", "W14", "W15", "W17", "W18", "W19", "W20", "W21", "W23",
}  # fmt: skip
BY_CONSTRUCTION = {"W16", "W24"}


@dataclass(frozen=True)
class Case:
    """A graph that opens a rule with the facts beside it, and one that does not."""

    open: CauseGraph
    clear: CauseGraph
    facts: dict[str, Any] = field(default_factory=dict)
    clear_facts: dict[str, Any] | None = None


POOL = node("N2", "All 200 connections were in use", "event")
HELD = node("N2", POOL.statement, "event", **CONFIRMED)
ACTION = node("N2", "On-call ran the clean-up against the production cluster", "action", **CONFIRMED)
PASSWORD = node("N3", "Both clusters share a password")
STEP, SURE = edge("L1", "N2", "N1"), edge("L1", "N2", "N1", **CONFIRMED)
TOLD = edge("L1", "N2", "N1", would_contradict="Free connections at 14:05", **CONFIRMED)
ON = edge("L2", "N3", "N2", Relation.ENABLED)
LATE = {True: "14:30", False: "13:52"}
PROCESS = node("N3", "Queries go live without a review", factor=Factor.PROCESS, **CONFIRMED)
DEEP = graph(TOP, POOL, PROCESS, STEP, edge("L2", "N3", "N2"))
SLIP = HumanAction(id="N2", type=HumanType.SLIP)
SENSE = HumanAction(id="N2", type=HumanType.SLIP, factors=("same command",), sense="Test was the last one used")
CHANGE = node("N2", "v2.14 was rolled out to 12 pods", "event", roles=("trigger",))
SET_OFF = edge("L1", "N2", "N1", Relation.TRIGGERED)
CANARY = node("N4", "The canary was skipped", "barrier", gate="canary")
SKIPPED = {"canary": GateRow(id="canary", title="Canary", seed="canary", outcome=Outcome.SKIPPED)}
CARD = node("N3", "The card provider answered slowly", "external")


def dated(is_late: bool) -> CauseGraph:
    cause = node("N3", "v2.14 kept connections longer", valid_from=at(LATE[is_late]))
    effect = node("N2", POOL.statement, "event", valid_from=at("14:01"))
    return graph(TOP, effect, cause, STEP, edge("L2", "N3", "N2", Relation.TRIGGERED))


def spoken(minute: str) -> CauseGraph:
    held = node("N2", POOL.statement, "event", valid_from=at("14:01"), valid_to=at("14:52"), **CONFIRMED)
    return graph(TOP, held, STEP, support("S1", "N2", at=at(minute)))


def plan(target: str, **more: Any) -> dict[str, Any]:
    return {"changes": {"C1": Change(id="C1", **{"text": "Change it", "targets": (target,), **more})}}


def factored(*factors: Factor) -> CauseGraph:
    nodes = [node(f"N{at}", f"Limit {at} was reached", factor=each) for at, each in enumerate(factors, 2)]
    return graph(TOP, *nodes, *(edge(f"L{at}", each.id, "N1") for at, each in enumerate(nodes)))


EVERY = {
    "W01": Case(chain("Checkout failed", "human error"), chain("Checkout failed", "The prompt shows no cluster")),
    "W02": Case(graph(TOP, ACTION, SET_OFF), graph(TOP, ACTION, PASSWORD, SET_OFF, ON)),
    "W03": Case(graph(TOP, ACTION, SET_OFF), graph(TOP, ACTION, PASSWORD, SET_OFF, ON)),
    "W04": Case(graph(TOP, ACTION, SET_OFF, SLIP), graph(TOP, ACTION, SET_OFF, SENSE)),
    "W05": Case(graph(TOP, HELD, STEP), graph(TOP, HELD, STEP, support("S1", "N2"))),
    "W06": Case(spoken("13:40"), spoken("14:05")),
    "W07": Case(graph(TOP, HELD, SURE), graph(TOP, HELD, TOLD)),
    "W08": Case(graph(TOP, CHANGE), graph(TOP, CHANGE, SET_OFF)),
    "W09": Case(dated(True), dated(False)),
    "W10": Case(graph(TOP, POOL, STEP), DEEP),
    "W11": Case(graph(TOP, POOL, CARD, STEP, edge("L2", "N3", "N2")),
                graph(TOP, POOL, CARD, STEP, edge("L2", "N3", "N2"), node("N4", "Each card call holds a connection"),
                      edge("L3", "N4", "N2"))),
    "W12": Case(factored(Factor.TECH, Factor.PROCESS), factored(Factor.TECH, Factor.PROCESS, Factor.ORG)),
    "W13": Case(graph(TOP, CHANGE, SET_OFF), graph(TOP, CHANGE, SET_OFF, CANARY,
                                                   edge("L2", "N4", "N1", Relation.FAILED_TO_STOP)),
                {"change_triggered": True, "gates": SKIPPED}),
    "W14": Case(graph(TOP, node("N2", "There was no alert on pool wait"), STEP),
                graph(TOP, node("N2", "There was no alert on pool wait", looked_in="the alert rules"), STEP)),
    "W15": Case(chain("Checkout failed", "Lack of testing"),
                chain("Checkout failed", "The gateway accepted every build")),
    "W17": Case(DEEP, DEEP, plan("N2"), plan("N3")),
    "W18": Case(DEEP, DEEP, plan("N3", horizon=Horizon.PATCH), plan("N3")),
    "W19": Case(DEEP, DEEP, plan("N3") | {"powers": {"C1": Power.WEAK}}, plan("N3") | {"powers": {"C1": Power.STRONG}}),
    "W20": Case(DEEP, DEEP, {"uncovered": [{"N2", "N3"}]}, {"uncovered": []}),
    "W21": Case(graph(TOP, POOL, node("N3", "All the 200 connections in use"), STEP),
                graph(TOP, POOL, node("N3", "Queries were slow"), STEP)),
    "W22": Case(graph(TOP, HELD, SURE, support("S1", "N2"), support("S2", "L1", Strength.CORRELATED)),
                graph(TOP, HELD, SURE, support("S1", "N2"), support("S2", "L1", Strength.REPRODUCED))),
    "W23": Case(graph(TOP, POOL, STEP),
                graph(TOP, POOL, STEP, node("N3", "Rollback restarts one pod at a time"),
                      edge("L2", "N3", "N1", Relation.DELAYED_RECOVERY)), {"impact": IMPACT}),
    "W25": Case(chain("Checkout failed", "The developer forgot to check the limit"),
                chain("Checkout failed", "The prompt shows no cluster")),
}  # fmt: skip
every_rule = pytest.mark.parametrize("code", sorted(EVERY))


def found(code: str, *, is_open: bool = True) -> tuple[Any, ...]:
    case = EVERY[code]
    facts = case.facts if is_open or case.clear_facts is None else case.clear_facts
    return check_graph(case.open if is_open else case.clear, **facts)


def test_no_rule_is_left_out() -> None:
    assert EVERY.keys() == BLOCKS | ASKS
    assert {f"W{number:02}" for number in range(1, 26)} == BLOCKS | ASKS | BY_CONSTRUCTION


def test_the_specification_says_the_same_of_what_blocks() -> None:
    text = corpus("../SPEC.md").read_text(encoding="utf-8")
    marks = dict(re.findall(r"^\| (W\d\d) \|.*\| (!|\?|auto)[^|]*\|$", text, flags=re.MULTILINE))
    assert {code for code, mark in marks.items() if mark == "!"} == BLOCKS
    assert {code for code, mark in marks.items() if mark == "?"} == ASKS
    assert {code for code, mark in marks.items() if mark == "auto"} == BY_CONSTRUCTION


@every_rule
def test_each_rule_finds_what_it_is_about_and_blocks_or_asks(code: str) -> None:
    mine = [each for each in found(code) if each.code == code]
    assert mine and {each.severity for each in mine} == {Severity.MUST if code in BLOCKS else Severity.MAY}
    assert all(each.sentence and each.question and each.next_step for each in mine)


@every_rule
def test_each_rule_is_quiet_once_it_is_met(code: str) -> None:
    assert code not in {each.code for each in found(code, is_open=False)}


@every_rule
def test_each_rule_is_set_aside_by_itself_and_what_blocks_by_an_override_with_a_reason(code: str) -> None:
    whole = found(code)
    mine = next(each for each in whole if each.code == code)

    def left(**said: Any) -> set[str]:
        return {each.id for each in open_findings(whole, {mine.id: Dismissal(id=mine.id, **said)})}

    others = {each.id for each in whole} - {mine.id}
    assert left(reason="looked at", overridden=True) == others
    if code in BLOCKS:
        assert left(reason="looked at") == left(reason=" ", overridden=True) == others | {mine.id}
    else:
        assert left(reason="looked at") == others
