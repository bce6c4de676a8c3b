"""What the changes act on (W17 to W20)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from afteraction.engine.causes.graph import CauseGraph, Factor
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Change, ChangeState, Horizon, Power
from afteraction.engine.review.document import Frame
from tests.corpus import corpus
from tests.engine.causes.wellformed.cast import CONFIRMED, TOP, codes, edge, findings, graph, node, subjects

INDEX = node("N2", "The orders table had one index", factor=Factor.TECH)
REVIEW = node("N3", "Queries go live without a review", factor=Factor.PROCESS, **CONFIRMED)
LOAD = node("N4", "CI runs no load", "barrier", factor=Factor.PROCESS, gate="load_test")
GRAPH = graph(TOP, INDEX, REVIEW, LOAD, edge("L1", "N2", "N1"), edge("L2", "N3", "N2"), edge("L3", "N4", "N3"))


def plan(*changes: Change) -> dict[str, Change]:
    return {each.id: each for each in changes}


def aimed(target: str, **more: object) -> Change:
    return Change(id="C1", **{"text": "Change it", "targets": (target,), **more})  # type: ignore[arg-type]


def test_changes_that_act_on_the_near_cause_only_are_found_and_one_systemic_target_clears_it() -> None:
    found = findings(GRAPH, "W17", changes=plan(aimed("N2")))
    assert [each.subject for each in found] == [""]
    assert found[0].sentence.startswith("All changes act on “The orders table had one index”; none acts on")
    assert "“Queries go live without a review”" in found[0].sentence
    assert "W17" not in codes(GRAPH, changes=plan(aimed("N3")))
    assert "W17" not in codes(GRAPH, changes=plan(aimed("N4")))


def test_a_change_that_closes_the_gap_of_a_systemic_gate_acts_on_it() -> None:
    closing = Change(id="C1", text="Run load before each release", gap="load_test")
    assert "W17" not in codes(GRAPH, changes=plan(closing))
    by_row = {"own": GateRow(id="own", title="Load", node="N4")}
    assert "W17" not in codes(GRAPH, changes=plan(replace(closing, gap="own")), gates=by_row)
    assert "W17" in codes(GRAPH, changes=plan(replace(closing, gap="canary")))


def test_a_cancelled_change_acts_on_nothing() -> None:
    assert "W17" in codes(GRAPH, changes=plan(aimed("N3", state=ChangeState.CANCELLED)))


def test_without_any_change_it_is_asked_unless_not_acting_was_decided() -> None:
    assert "No change is planned yet" in findings(GRAPH, "W17")[0].sentence
    assert "W17" not in codes(GRAPH, frame=Frame(no_action_because="The product ends in June."))


def test_with_nothing_systemic_there_is_nothing_to_act_on() -> None:
    assert "W17" not in codes(graph(TOP, INDEX, edge("L1", "N2", "N1")), changes=plan(aimed("N2")))


PATCH = aimed("N3", horizon=Horizon.PATCH)


def test_a_supported_systemic_cause_with_patches_only_is_found() -> None:
    assert subjects(GRAPH, "W18", changes=plan(PATCH)) == ["N3"]
    lasting = replace(aimed("N3"), id="C2")
    assert "W18" not in codes(GRAPH, changes=plan(PATCH, lasting))
    assert "W18" not in codes(_with_status_open(GRAPH), changes=plan(PATCH))
    elsewhere = replace(PATCH, targets=("N2",))
    assert subjects(GRAPH, "W18", changes=plan(elsewhere)) == ["N3"], "the whole plan is a patch"
    assert "W18" not in codes(GRAPH, changes=plan(elsewhere, replace(lasting, targets=("N2",)))), "W17 asks for it"


@pytest.mark.parametrize(
    ("follow_up", "lasts"),
    [
        ("C9", True),
        ("C8", False),
        ("C7", False),
        ("accepted until the end of June", True),
        ("", False),
        ("soon", False),
    ],
)
def test_a_patch_is_enough_with_a_lasting_follow_up_or_an_accepted_risk(follow_up: str, lasts: bool) -> None:
    changes = plan(
        replace(PATCH, follow_up=follow_up),
        Change(id="C9", text="Require a review", targets=("N2",)),
        Change(id="C6", text="Require a review", targets=("N2",), state=ChangeState.CANCELLED),
        Change(id="C8", text="Another patch", horizon=Horizon.PATCH, targets=("N2",)),
    )
    assert ("W18" not in codes(GRAPH, changes=changes)) is lasts


FIXES = ["the tool takes capacity away in small steps", "a guard keeps what is needed from being taken offline"]


@pytest.mark.parametrize("source", ["twin", "shared"])
def test_the_fixes_of_the_seed_last_and_the_same_as_patches_do_not(source: str) -> None:
    items = FIXES
    if source == "shared":
        rows = json.loads(corpus("../seed_examples.json").read_text(encoding="utf-8"))
        items = next(each["items"] for each in rows if each["id"] == "S1-s3-fixes")
    lasting = [Change(id=f"C{at}", text=text, targets=("N3",)) for at, text in enumerate(items, 1)]
    assert len(lasting) == 2 and all(each.horizon is Horizon.DURABLE for each in lasting)
    assert "W18" not in codes(GRAPH, changes=plan(*lasting))
    patches = [replace(each, horizon=Horizon.PATCH) for each in lasting]
    assert subjects(GRAPH, "W18", changes=plan(*patches)) == ["N3"]
    assert "W18" not in codes(GRAPH, changes=plan(patches[0], lasting[1])), "one of the two lasts"


def _with_status_open(whole: CauseGraph) -> CauseGraph:
    open_one = replace(REVIEW, status=INDEX.status)
    return replace(whole, nodes={**whole.nodes, "N3": open_one})


def test_a_plan_of_weak_changes_only_is_found() -> None:
    two = plan(aimed("N3"), replace(aimed("N3"), id="C2"))
    assert "W19" in codes(GRAPH, changes=two, powers={"C1": Power.WEAK, "C2": Power.WEAK})
    assert "W19" not in codes(GRAPH, changes=two, powers={"C1": Power.WEAK, "C2": Power.INTERMEDIATE})
    assert "W19" not in codes(GRAPH, changes=two, powers={"C1": Power.WEAK}), "one is not judged yet"
    assert "W19" not in codes(GRAPH), "there is no plan"
    gone = plan(aimed("N3"), replace(aimed("N3"), id="C2", state=ChangeState.CANCELLED))
    assert "W19" in codes(GRAPH, changes=gone, powers={"C1": Power.WEAK, "C2": Power.STRONG})


def test_without_a_judgement_the_words_of_a_change_say_how_strong_it_is() -> None:
    training = aimed("N3", text="Train everybody on query plans", properties={"P1": None, "P99": True})
    blocking = replace(aimed("N3"), id="C2", text="A required CI job rejects every query without an index")
    assert "W19" in codes(GRAPH, changes=plan(training))
    assert "W19" not in codes(GRAPH, changes=plan(training, blocking))


def test_each_way_that_no_change_hits_is_one_finding_with_its_own_name() -> None:
    ways = [{"N4", "N2"}, {"N3"}, {"N2", "N4"}]
    assert subjects(GRAPH, "W20", uncovered=ways) == ["N3", "N2+N4"]
    pair = findings(GRAPH, "W20", uncovered=ways)[1]
    assert "“The orders table had one index” together with “CI runs no load”" in pair.sentence
    assert "W20" not in codes(GRAPH, uncovered=[]) and "W20" not in codes(GRAPH)


def test_many_ways_are_counted_beyond_the_first_and_copies_in_time_are_named_by_their_node() -> None:
    many = [{f"N{n}"} for n in range(5, 25)]
    found = findings(GRAPH, "W20", uncovered=many)
    assert len(found) == 13
    assert any(each.sentence == "8 more ways are hit by no change." for each in found)
    assert "“CI runs no load”" in findings(GRAPH, "W20", uncovered=[{"N4@before"}])[0].sentence
