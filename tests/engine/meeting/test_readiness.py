"""Readiness: each point needs words of its own, and a meeting without locked facts needs a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.causes.graph import Ask, CauseGraph, Edge, Node, NodeKind, Status, Support
from afteraction.engine.gates.matrix import SEED_GATES, GateRow, Reached
from afteraction.engine.meeting.readiness import (
    Preparation,
    check_readiness,
    may_start,
    readiness_findings,
    says_something,
)
from afteraction.engine.review.document import Profile

ROWS = {
    slug: GateRow(id=slug, title=title, seed=slug, reached=Reached.YES, record="ran, green", labels=("E1",))
    for slug, title in SEED_GATES
}
GRAPH = CauseGraph(
    nodes={
        "N0": Node(id="N0", kind=NodeKind.OUTCOME, statement="Checkout answers 503"),
        "N1": Node(id="N1", kind=NodeKind.CONDITION, statement="The pool was full"),
    },
    edges={"L1": Edge(id="L1", source="N1", target="N0")},
)
READY = Preparation(
    facts_confirmed_by="incident commander", locked_version=7, impact="3 % of checkouts failed",
    detection="A user wrote at 18:10", graph=GRAPH, gates=ROWS,
)  # fmt: skip
EMPTY = ("", " ", "\n\t", "\u200b", "\u00a0", "\ufeff", "…", "-", "?", "TBD", " todo. ")


def missing(preparation: Preparation) -> list[str]:
    return [each.code for each in check_readiness(preparation).points if not each.is_ready]


def test_what_is_all_there_is_ready() -> None:
    assert missing(READY) == []
    assert may_start(check_readiness(READY), Profile.FIVE_QUESTIONS).allowed


def test_of_nothing_everything_is_missing() -> None:
    assert missing(Preparation()) == ["facts", "lock", "impact", "detection", "graph", "gates"]
    assert [each.id for each in readiness_findings(check_readiness(Preparation()))][:2] == ["READY:facts", "READY:lock"]


@pytest.mark.parametrize("empty", EMPTY)
def test_no_point_is_met_by_empty_words(empty: str) -> None:
    nodes = {name: replace(node, statement=empty) for name, node in GRAPH.nodes.items()}
    rows = {slug: replace(row, record=empty, labels=(empty,)) for slug, row in ROWS.items()}
    hollow = Preparation(
        facts_confirmed_by=empty, locked_version=0, impact=empty, detection=empty,
        graph=replace(GRAPH, nodes=nodes), gates=rows,
    )  # fmt: skip
    assert missing(hollow) == ["facts", "lock", "impact", "detection", "graph", "gates"]
    assert not may_start(check_readiness(hollow), Profile.FIVE_QUESTIONS, override=empty).allowed


@settings(max_examples=80)
@given(st.text(alphabet=st.characters(categories=("Zs", "Zl", "Zp", "Cc", "Cf", "Po", "Pd", "Mn"))))
def test_signs_and_blanks_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["Für 3 min", "503", "ниже", "障害", "none of the users"])
def test_words_of_any_script_say_something(text: str) -> None:
    assert says_something(text)


def test_gates_are_ready_with_a_record_or_a_reason_why_they_do_not_apply() -> None:
    for slug in ROWS:
        without = {name: row for name, row in ROWS.items() if name != slug}
        assert missing(replace(READY, gates=without)) == ["gates"]
        unknown = {**ROWS, slug: replace(ROWS[slug], reached=Reached.UNKNOWN)}
        assert missing(replace(READY, gates=unknown)) == ["gates"]
        silent = GateRow(id=slug, title=slug, seed=slug, reached=Reached.NOT_APPLICABLE)
        assert missing(replace(READY, gates={**ROWS, slug: silent})) == ["gates"]
        said = replace(silent, not_applicable_because="no deployment was involved")
        assert missing(replace(READY, gates={**ROWS, slug: said})) == []


def test_a_graph_has_a_question_open_unless_all_is_settled_on_evidence() -> None:
    supported = replace(
        GRAPH, edges={"L1": replace(GRAPH.edges["L1"])}, supports={"S1": Support(id="S1", claim="L1", label="E1")}
    )
    assert missing(replace(READY, graph=supported)) == ["graph"]
    asking = replace(supported, asks={"A1": Ask(id="A1", node="N1", text="What limits the pool?")})
    assert missing(replace(READY, graph=asking)) == []
    assert missing(replace(READY, graph=replace(asking, asks={"A1": Ask(id="A1", node="N1", text=" ")}))) == ["graph"]
    settled = replace(supported, edges={"L1": replace(GRAPH.edges["L1"], status=Status.CONFIRMED)})
    assert missing(replace(READY, graph=settled)) == []


def test_without_a_locked_timeline_the_meeting_starts_only_for_a_reason_that_is_printed() -> None:
    unlocked = check_readiness(replace(READY, locked_version=None))
    refused = may_start(unlocked, Profile.FIVE_QUESTIONS)
    assert not refused.allowed
    assert "Lock a version of the timeline" in refused.refusal
    started = may_start(unlocked, Profile.FIVE_QUESTIONS, override="The commander is away until Monday")
    assert started.allowed
    assert started.printed == "Started without locked timeline: The commander is away until Monday"


def test_a_debrief_walks_the_timeline_itself_and_prints_what_is_open() -> None:
    started = may_start(check_readiness(Preparation()), Profile.DEBRIEF)
    assert started.allowed
    assert "locked timeline" in started.printed
