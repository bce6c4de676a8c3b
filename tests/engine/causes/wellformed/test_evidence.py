"""What a supported claim rests on (W05, W06, W07, W22)."""

from __future__ import annotations

import pytest

from afteraction.core.instant import Precision
from afteraction.engine.causes.graph import Stance, Strength, Support
from afteraction.engine.review.findings import Severity
from tests.engine.causes.wellformed.cast import (
    CONFIRMED,
    TOP,
    at,
    codes,
    edge,
    findings,
    graph,
    node,
    subjects,
    support,
)

POOL = node("N2", "All 200 connections were in use", "event", **CONFIRMED)
STEP = edge("L1", "N2", "N1", **CONFIRMED)


def test_a_supported_node_and_step_need_evidence_and_a_hypothesis_does_not() -> None:
    assert subjects(graph(TOP, POOL, STEP), "W05") == ["L1", "N2"]
    assert {each.severity for each in findings(graph(TOP, POOL, STEP), "W05")} == {Severity.MUST}
    open_ones = graph(TOP, node("N2", POOL.statement, "event"), edge("L1", "N2", "N1"))
    assert "W05" not in codes(open_ones)


def test_evidence_on_each_claim_clears_it() -> None:
    assert "W05" not in codes(graph(TOP, POOL, STEP, support("S1", "N2"), support("S2", "L1")))


@pytest.mark.parametrize(
    "piece",
    [
        support("S1", "N2", Strength.GUESS),
        support("S1", "N2", stance=Stance.CONTRADICTS),
        Support(id="S1", claim="N2"),
        Support(id="S1", claim="N2", label=" ", note="\n"),
        support("S1", "N2", evidence_id="gone"),
    ],
    ids=["a guess", "contradicts", "names nothing", "blank", "is no longer there"],
)
def test_what_is_no_evidence_does_not_clear_it(piece: Support) -> None:
    assert subjects(graph(TOP, POOL, piece), "W05", evidence_ids={"there"}) == ["N2"]


def test_evidence_that_is_gone_is_said_to_be_gone() -> None:
    found = findings(graph(TOP, POOL, support("S1", "N2", evidence_id="gone")), "W05", evidence_ids=set())
    assert "no longer there" in found[0].sentence


def test_a_step_on_timing_alone_is_not_supported_whatever_its_mechanism_says() -> None:
    told = edge("L1", "N2", "N1", mechanism="A waiting checkout times out", **CONFIRMED)
    parts = (TOP, POOL, told, support("S1", "N2"))
    assert subjects(graph(*parts, support("S2", "L1", Strength.CORRELATED)), "W22") == ["L1"]
    two_clocks = (support("S2", "L1", Strength.CORRELATED), support("S3", "L1", Strength.CORRELATED))
    assert subjects(graph(*parts, *two_clocks), "W22") == ["L1"]
    guessed = (support("S2", "L1", Strength.CORRELATED), support("S3", "L1", Strength.GUESS))
    assert subjects(graph(*parts, *guessed), "W22") == ["L1"]


def test_a_step_with_one_thing_beside_the_clock_stands_and_is_not_asked_twice() -> None:
    parts = (TOP, POOL, STEP, support("S1", "N2"), support("S2", "L1", Strength.CORRELATED))
    assert "W22" not in codes(graph(*parts, support("S3", "L1", Strength.STATED)))
    assert "W22" not in codes(graph(TOP, POOL, STEP)), "without any evidence W05 speaks alone"


def test_a_node_on_timing_alone_is_no_step() -> None:
    assert "W22" not in codes(graph(TOP, POOL, support("S1", "N2", Strength.CORRELATED)))


def test_a_supported_step_says_what_would_contradict_it_or_what_was_looked_for() -> None:
    assert subjects(graph(TOP, POOL, STEP), "W07") == ["L1"]
    written = edge("L1", "N2", "N1", would_contradict="Free connections at 14:05", **CONFIRMED)
    looked = edge("L1", "N2", "N1", looked_for="none", **CONFIRMED)
    blank = edge("L1", "N2", "N1", looked_for="  ", **CONFIRMED)
    assert "W07" not in codes(graph(TOP, POOL, written))
    assert "W07" not in codes(graph(TOP, POOL, looked))
    assert "W07" in codes(graph(TOP, POOL, blank))
    assert "W07" not in codes(graph(TOP, POOL, edge("L1", "N2", "N1"))), "a hypothesis is not asked yet"


HELD = node("N2", "All 200 connections were in use", "event", valid_from=at("14:01"), valid_to=at("14:52"))


@pytest.mark.parametrize(
    ("spoken", "open_point"),
    [
        ({"at": at("13:40")}, True),
        ({"at": at("15:10")}, True),
        ({"at": at("14:05")}, False),
        ({"at": at("13:40"), "until": at("14:03")}, False),
        ({"at": at("14:52")}, False),
        ({"at": at("2026-05-12", Precision.DAY)}, False),
        ({}, False),
    ],
    ids=["before", "after", "within", "reaches into it", "the last minute", "only the day is known", "no time"],
)
def test_evidence_speaks_of_the_time_of_its_claim(spoken: dict[str, object], open_point: bool) -> None:
    found = subjects(graph(TOP, HELD, support("S1", "N2", **spoken)), "W06")
    assert (found == ["S1"]) is open_point


def test_a_claim_without_an_end_or_one_that_still_holds_takes_later_evidence() -> None:
    open_end = node("N2", HELD.statement, valid_from=at("14:01"))
    still = node("N2", HELD.statement, valid_from=at("14:01"), valid_to=at("14:05"), still_holds=True)
    later = support("S1", "N2", at=at("18:00"))
    assert "W06" not in codes(graph(TOP, open_end, later))
    assert "W06" not in codes(graph(TOP, still, later))


def test_evidence_of_a_step_may_speak_of_any_time_from_cause_to_effect() -> None:
    effect = node("N1", "Checkout failed", "outcome", valid_from=at("14:02"), valid_to=at("15:21"))
    parts = (effect, HELD, edge("L1", "N2", "N1"))
    assert "W06" not in codes(graph(*parts, support("S1", "L1", at=at("15:20"))))
    assert subjects(graph(*parts, support("S1", "L1", at=at("16:00"))), "W06") == ["S1"]


def test_evidence_of_nothing_that_is_there_is_passed_over() -> None:
    assert "W06" not in codes(graph(TOP, support("S1", "N77", at=at("14:00"))))
