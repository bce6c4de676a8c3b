"""Questions about nodes: how it was possible, what made it sensible, never why somebody did (SPEC §7.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.engine.causes.graph import Ask, CauseGraph, Node, NodeKind
from afteraction.engine.causes.wording import asked_at, question_for, quoted
from afteraction.engine.language.findings import check_text
from tests.engine.causes.wellformed.cast import graph, node


@pytest.mark.parametrize(
    ("statement", "clause"),
    [
        ("Checkout failed for 34 % of buyers", "checkout failed for 34 % of buyers"),
        ("All 200 connections were in use.", "all 200 connections were in use"),
        ("Redis lost its primary", "Redis lost its primary"),
        ("API calls waited", "API calls waited"),
        ("v2.14 keeps a connection", "v2.14 keeps a connection"),
        ("May deploys doubled", "May deploys doubled"),
    ],
)
def test_a_system_is_asked_how_it_was_possible(statement: str, clause: str) -> None:
    assert question_for(node("N2", statement)) == f"How was it possible that {clause}?"


def test_a_service_keeps_the_spelling_of_its_name() -> None:
    assert question_for(node("N2", "Ledger-db was full", services=("ledger-db",))).endswith("that ledger-db was full?")


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Release driver chose the fast track", "What made it sensible to choose the fast track?"),
        ("Database on-call failed redis over", "What made it sensible to fail redis over?"),
        ("The second on-call engineer stopped reconcile.", "What made it sensible to stop reconcile?"),
        ("On-call applied the old manifest", "What made it sensible to apply the old manifest?"),
        ("Release driver did not run the canary", "What made it sensible not to run the canary?"),
        ("On-call didn’t page the database role", "What made it sensible not to page the database role?"),
        ("Rollout was approved", "What made it sensible to act like this: “Rollout was approved”?"),
        ("A hand-over at noon", "What made it sensible to act like this: “A hand-over at noon”?"),
    ],
)
@pytest.mark.parametrize("kind", ["action", "decision"])
def test_an_action_is_asked_what_made_it_sensible(statement: str, question: str, kind: str) -> None:
    assert question_for(node("N2", statement, kind)) == question


@given(st.text(max_size=80), st.sampled_from(list(NodeKind)))
def test_no_question_begins_with_why_did_and_each_is_a_question(statement: str, kind: NodeKind) -> None:
    question = question_for(node("N2", statement, kind.value))
    assert question.startswith(("How was it possible", "What made it sensible")) and question.endswith("?")


@pytest.mark.parametrize("kind", ["action", "condition", "event"])
def test_no_question_made_here_looks_for_somebody(kind: str) -> None:
    for statement in ("Release driver chose the fast track", "The pool was full", "On-call skipped the check"):
        assert check_text(question_for(node("N2", statement, kind)), field="question") == ()


def test_a_written_question_stands_as_it_is_and_one_that_waits_comes_first() -> None:
    pool = node("N2", "The pool was full", "event")
    answered = Ask(id="A1", node="N2", text="How did all 200 come to be in use?", answer="N3")
    waiting = Ask(id="A2", node="N2", text="Who else may open connections? ")
    blank = Ask(id="A0", node="N2", text="  ")
    assert asked_at(graph(pool), pool) == "How was it possible that the pool was full?"
    assert asked_at(with_asks(pool, blank, answered), pool) == "How did all 200 come to be in use?"
    assert asked_at(with_asks(pool, answered, waiting), pool) == "Who else may open connections?"


def with_asks(one: Node, *asks: Ask) -> CauseGraph:
    return replace(graph(one), asks={each.id: each for each in asks})


def test_a_long_statement_is_quoted_up_to_a_word_and_an_empty_one_by_its_id() -> None:
    long = quoted(node("N2", "connection " * 40))
    assert long.endswith(" …”") and len(long) < 130
    assert quoted(node("N2", " ")) == "the empty node N2"
