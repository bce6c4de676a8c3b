"""Everything leads to a top event, and the ways go past what was next to it (W08, W10 to W13, W23)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from afteraction.engine.causes.graph import Bone, Control, Factor, Level, Logic, LogicType, Relation, TopEvent
from afteraction.engine.causes.wellformed import stop_hints
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.review.document import Frame
from afteraction.engine.review.findings import Severity
from tests.engine.causes.wellformed.cast import (
    CONFIRMED,
    END,
    IMPACT,
    REFUTED,
    START,
    TOP,
    at,
    chain,
    codes,
    edge,
    findings,
    graph,
    node,
    subjects,
)

CHANGE = node("N2", "v2.14 was rolled out to 12 pods", "event", valid_from=at("13:52"))
POOL = node("N3", "All 200 connections were in use", "event")
CANARY = node("N4", "The canary stage did not run", "barrier", gate="canary")


# W08


def test_a_trigger_that_leads_nowhere_is_found_and_one_that_leads_to_the_top_is_not() -> None:
    cut = graph(TOP, CHANGE, POOL, edge("L1", "N2", "N3", Relation.TRIGGERED))
    assert subjects(cut, "W08") == ["N2", "N3"]
    whole = graph(TOP, CHANGE, POOL, edge("L1", "N2", "N3", Relation.TRIGGERED), edge("L2", "N3", "N1"))
    assert "W08" not in codes(whole)
    assert {each.severity for each in findings(cut, "W08")} == {Severity.MUST}


def test_a_way_through_what_was_ruled_out_is_no_way() -> None:
    ruled_out = node("N3", POOL.statement, "event", **REFUTED)
    parts = (TOP, CHANGE, edge("L1", "N2", "N3"), edge("L2", "N3", "N1"))
    assert subjects(graph(*parts, ruled_out), "W08") == ["N2"]
    refuted_step = graph(TOP, CHANGE, POOL, edge("L1", "N2", "N3", **REFUTED), edge("L2", "N3", "N1"))
    assert subjects(refuted_step, "W08") == ["N2"]


def test_logic_and_mitigation_lead_to_the_top_event_too() -> None:
    inner = Logic(id="G2", type=LogicType.OR, inputs=("N2", "N3"))
    outer = Logic(id="G1", type=LogicType.AND, inputs=("G2",), effect="N1")
    assert "W08" not in codes(graph(TOP, CHANGE, POOL, inner, outer))
    rollback = node("N5", "On-call rolled back", "action")
    assert "W08" not in codes(graph(TOP, rollback, edge("L1", "N5", "N1", Relation.MITIGATED)))


def test_mitigators_and_what_was_ruled_out_need_no_way() -> None:
    apart = (node("N5", "Keys stopped double charges", "mitigator"), node("N6", "redis lost its primary", **REFUTED))
    assert "W08" not in codes(graph(TOP, *apart))


def test_without_a_top_event_the_whole_graph_leads_nowhere() -> None:
    assert subjects(graph(POOL), "W08") == [""]


def test_a_change_that_set_it_off_is_named_as_the_trigger() -> None:
    untriggered = graph(TOP, POOL, edge("L1", "N3", "N1"))
    assert subjects(untriggered, "W08", change_triggered=True) == ["N1"]
    assert "W08" not in codes(untriggered)
    triggered = graph(TOP, CHANGE, edge("L1", "N2", "N1", Relation.TRIGGERED))
    assert "W08" not in codes(triggered, change_triggered=True)
    by_role = graph(TOP, node("N2", CHANGE.statement, roles=("trigger",)), edge("L1", "N2", "N1"))
    assert "W08" not in codes(by_role, change_triggered=True)


# W10


def test_near_causes_alone_are_open_and_a_systemic_one_clears_it() -> None:
    near = graph(TOP, CHANGE, POOL, edge("L1", "N2", "N3", Relation.TRIGGERED), edge("L2", "N3", "N1"))
    assert subjects(near, "W10", impact=IMPACT) == [""]
    shared = node("N5", "The pool is shared without a cap", valid_from=at("2024-03-01"), **CONFIRMED)
    deep = graph(*near.nodes.values(), *near.edges.values(), shared, edge("L3", "N5", "N3"))
    assert "W10" not in codes(deep, impact=IMPACT)


def test_depth_alone_does_not_clear_it() -> None:
    statements = [
        "Checkout failed",
        "Pods hung",
        "Threads waited",
        "The pool was full",
        "Calls were slow",
        "A card call",
    ]
    assert "W10" in codes(chain(*statements), impact=IMPACT)
    assert "W10" in codes(chain(*statements, *(f"Step {n}" for n in range(40))), impact=IMPACT)


def test_a_systemic_node_that_leads_nowhere_or_was_ruled_out_clears_nothing() -> None:
    old = node("N5", "A limit from 2024", valid_from=at("2024-03-01"))
    assert "W10" in codes(graph(TOP, POOL, edge("L1", "N3", "N1"), old), impact=IMPACT)
    ruled_out = node("N5", old.statement, valid_from=at("2024-03-01"), **REFUTED)
    assert "W10" in codes(graph(TOP, ruled_out, edge("L1", "N5", "N1")), impact=IMPACT)


def test_none_found_with_a_reason_is_an_answer_and_without_one_is_not() -> None:
    near = graph(TOP, POOL, edge("L1", "N3", "N1"))
    assert "W10" not in codes(near, frame=Frame(none_found={"systemic": "All gates ran and looked at this."}))
    assert "W10" in codes(near, frame=Frame(none_found={"systemic": "  "}))


def test_the_sentence_names_where_every_branch_ends() -> None:
    two = graph(TOP, CHANGE, POOL, edge("L1", "N2", "N1"), edge("L2", "N3", "N1"))
    sentence = findings(two, "W10")[0].sentence
    assert sentence.startswith("Both branches end at “v2.14 was rolled out to 12 pods” and “All 200")
    assert "gates" in findings(two, "W10", change_triggered=True)[0].question
    assert "has no cause yet" in findings(graph(TOP), "W10")[0].sentence


def test_a_path_is_asked_on_where_it_stops_and_not_where_it_is_systemic() -> None:
    near = graph(TOP, CHANGE, POOL, edge("L1", "N2", "N3"), edge("L2", "N3", "N1"))
    assert stop_hints(near) == {"N2": "This path stops at a component. What about the process around it?"}
    process = node("N5", "Releases need no canary", factor=Factor.PROCESS)
    assert stop_hints(graph(TOP, process, edge("L1", "N5", "N1"))) == {}


# W11


OUTSIDE = node("N5", "The card provider answered slowly", "external")


def test_a_path_that_stops_outside_asks_how_we_were_exposed() -> None:
    parts = (TOP, POOL, OUTSIDE, edge("L1", "N3", "N1"), edge("L2", "N5", "N3"))
    assert [(each.subject, each.question) for each in findings(graph(*parts), "W11")] == [
        ("N5", "How were we exposed to it?")
    ]
    exposed = node("N6", "Each card call holds a connection")
    assert "W11" not in codes(graph(*parts, exposed, edge("L3", "N6", "N3")))
    assert "W11" not in codes(graph(*parts, exposed, edge("L3", "N6", "N5")))


def test_another_outsider_or_a_bare_event_beside_it_is_no_exposure() -> None:
    parts = (TOP, OUTSIDE, edge("L1", "N5", "N1"))
    assert "W11" in codes(graph(*parts, POOL, edge("L2", "N3", "N1")))
    other = node("N6", "The provider has one region", control=Control.EXTERNAL)
    assert subjects(graph(*parts, other, edge("L2", "N6", "N1")), "W11") == ["N5", "N6"]


# W12


def test_each_factor_is_there_or_was_asked_for() -> None:
    one = graph(TOP, node("N2", "A limit", factor=Factor.TECH), edge("L1", "N2", "N1"))
    assert sorted(subjects(one, "W12")) == ["org", "process"]
    asked = Frame(none_found={"org": "Ownership was clear.", "process": "The guide was followed."})
    assert "W12" not in codes(one, frame=asked)
    ruled_out = node("N3", "Nobody owned it", factor=Factor.ORG, **REFUTED)
    assert "org" in subjects(graph(*one.nodes.values(), *one.edges.values(), ruled_out), "W12")
    org = next(each for each in findings(one, "W12") if each.subject == "org")
    assert org.sentence == "No cause is marked as an organisational factor."
    assert org.question == "Is there none, or was it not asked for?"


# W13


def test_an_incident_set_off_by_a_change_has_a_gate_with_what_became_of_it() -> None:
    bare = graph(TOP, CHANGE, edge("L1", "N2", "N1", Relation.TRIGGERED))
    assert subjects(bare, "W13", change_triggered=True) == [""]
    assert "W13" not in codes(bare), "no change set it off"
    guarded = graph(*bare.nodes.values(), *bare.edges.values(), CANARY, edge("L2", "N4", "N1", Relation.FAILED_TO_STOP))
    undecided = {"canary": GateRow(id="canary", title="Canary", seed="canary")}
    decided = {"canary": GateRow(id="canary", title="Canary", seed="canary", outcome=Outcome.SKIPPED)}
    assert "W13" in codes(guarded, change_triggered=True), "a barrier without its gate"
    assert "W13" in codes(guarded, change_triggered=True, gates=undecided)
    assert "W13" not in codes(guarded, change_triggered=True, gates=decided)
    named_by_row = {"g": GateRow(id="g", title="Own", node="N4", outcome=Outcome.PASSED, could=Could.YES)}
    assert "W13" not in codes(guarded, change_triggered=True, gates=named_by_row)
    came_by = {"canary": GateRow(id="canary", title="Canary", seed="canary", reached=Reached.YES)}
    assert "W13" in codes(bare, gates=came_by), "a change came by a gate, so one set it off"
    assert "W13" not in codes(bare, gates=came_by, change_triggered=False)
    assert "W13" in codes(bare, change_triggered=True, gates=decided), "a gate that is not in the graph"


# W23


def test_long_or_spread_impact_asks_why_it_lasted() -> None:
    bare = graph(TOP, POOL, edge("L1", "N3", "N1"))
    assert "W23" in codes(bare, impact=IMPACT)
    assert "W23" not in codes(bare, impact=(START, START + timedelta(minutes=60)))
    assert "W23" in codes(bare, impact=(START, END), long_after_s=1800)
    assert "W23" not in codes(bare, impact=IMPACT, restore_s=1440), "M08 speaks before the span"
    assert "W23" not in codes(bare, impact=(START, None)), "nobody knows yet how long"
    assert "W23" in codes(bare, spread=True)


def test_a_severity_tree_with_causes_clears_it_and_an_empty_one_does_not() -> None:
    bare = (TOP, POOL, edge("L1", "N3", "N1"))
    lasted = node("N7", "Impact lasted 79 min", "outcome", top=TopEvent.LASTED)
    slow = node("N8", "Rollback restarts one pod at a time")
    assert "W23" in codes(graph(*bare, lasted), impact=IMPACT)
    assert "W23" not in codes(graph(*bare, lasted, slow, edge("L2", "N8", "N7")), impact=IMPACT)
    delayed = edge("L2", "N8", "N1", Relation.DELAYED_RECOVERY)
    assert "W23" not in codes(graph(*bare, slow, delayed), impact=IMPACT)
    aside = (node("N9", "A queue elsewhere grew"), edge("L2", "N8", "N9", Relation.AMPLIFIED))
    assert "W23" in codes(graph(*bare, slow, *aside), impact=IMPACT), "it leads nowhere"
    refuted = edge("L2", "N8", "N1", Relation.DELAYED_RECOVERY, **REFUTED)
    assert "W23" in codes(graph(*bare, slow, refuted), impact=IMPACT)


@pytest.mark.parametrize("level", list(Level))
def test_a_level_that_people_set_counts_for_the_depth(level: Level) -> None:
    chosen = node("N2", "A limit", level=level, level_reason="It has been so since the start", bone=Bone.DATA)
    found = "W10" in codes(graph(TOP, chosen, edge("L1", "N2", "N1")))
    assert found is (level is not Level.SYSTEMIC)
