"""No person, team or "human error" is a cause, and an action does not stand alone (W01 to W04, W25)."""

from __future__ import annotations

import pytest

from afteraction.engine.causes.graph import HumanAction, HumanType, Relation
from afteraction.engine.review.findings import Severity
from tests.engine.causes.wellformed.cast import (
    CONFIRMED,
    REFUTED,
    TOP,
    chain,
    codes,
    edge,
    findings,
    graph,
    node,
    subjects,
)

ACTION = node("N2", "On-call ran the clean-up against the production cluster", "action")
TO_TOP = edge("L1", "N2", "N1", Relation.TRIGGERED)


@pytest.mark.parametrize(
    "statement",
    [
        "human error",
        "Operator error during the rollout.",
        "The on-call engineer",
        "The platform team",
        "The payments team was to blame",
        "The database team forgot the index",
        "Maria Keller",
    ],
)
def test_a_person_a_team_or_human_error_is_no_cause(statement: str) -> None:
    found = findings(chain("Checkout failed", statement), "W01")
    assert [(each.subject, each.severity) for each in found] == [("N2", Severity.MUST)]


@pytest.mark.parametrize(
    "statement",
    [
        "The rate of user errors (HTTP 4xx) tripled",
        "The Prometheus operator rewrote the rule file",
        "Release driver chose the fast track",
        "The runbook of the platform team names redis first",
        "The team dashboard showed yesterday's data",
        "The form accepts a cluster name of another environment",
    ],
)
def test_a_system_a_role_or_an_operator_of_a_cluster_is_not_taken_for_a_person(statement: str) -> None:
    assert not codes(chain("Checkout failed", statement)) & {"W01", "W25"}


def test_a_named_person_who_acts_is_a_person_as_a_cause_and_the_sentence_repeats_no_name_of_its_own() -> None:
    found = findings(chain("Checkout failed", "Alice deployed the wrong build"), "W01")
    assert len(found) == 1
    assert "a person" in found[0].sentence and "Alice" not in found[0].question


def test_a_ruled_out_person_is_not_complained_about() -> None:
    assert "W01" not in codes(graph(TOP, node("N2", "human error", **REFUTED), edge("L1", "N2", "N1")))


def test_an_accusing_clause_is_a_finding_of_language_and_not_twice_one() -> None:
    found = codes(chain("Checkout failed", "The developer forgot to check the limit"))
    assert "W25" in found and "W01" not in found
    both = codes(chain("Checkout failed", "Entirely operator error"))
    assert "W01" in both and "W25" not in both


def test_language_comes_from_the_check_that_is_given() -> None:
    assert "W25" not in codes(chain("Checkout failed", "The developer forgot to check the limit"), check=lambda _: ())


def test_an_action_alone_is_open_and_blocks_only_once_it_is_supported() -> None:
    assert [each.severity for each in findings(graph(TOP, ACTION, TO_TOP), "W02")] == [Severity.MAY]
    settled = node("N2", ACTION.statement, "action", **CONFIRMED)
    assert [each.severity for each in findings(graph(TOP, settled, TO_TOP), "W02")] == [Severity.MUST]


def test_the_question_of_a_lone_action_names_the_whole_situation() -> None:
    question = findings(graph(TOP, ACTION, TO_TOP), "W02")[0].question
    for part in ("interface", "information", "time pressure", "defaults", "permissions", "monitoring"):
        assert part in question


def test_wrong_cluster_clears_with_the_hidden_context_and_the_guard_that_was_not_there() -> None:
    alone = graph(TOP, ACTION, TO_TOP)
    assert {"W02", "W03"} <= codes(alone)
    whole = graph(
        TOP,
        ACTION,
        TO_TOP,
        node("N3", "The prompt shows no cluster name"),
        node("N4", "The tool compares the target with nothing", "barrier"),
        edge("L2", "N3", "N2", Relation.ENABLED),
        edge("L3", "N4", "N2", Relation.FAILED_TO_STOP),
    )
    assert not codes(whole) & {"W02", "W03"}


@pytest.mark.parametrize(
    ("source", "how"),
    [
        (node("N3", "An alert paged", "event"), {}),
        (node("N3", "The on-call engineer"), {}),
        (node("N3", "The prompt shows no cluster name", **REFUTED), {}),
        (node("N3", "The prompt shows no cluster name"), REFUTED),
    ],
    ids=["an event", "a person", "a condition that was ruled out", "a step that was ruled out"],
)
def test_what_is_no_live_condition_does_not_enable(source: object, how: dict[str, object]) -> None:
    assert "W02" in codes(graph(TOP, ACTION, TO_TOP, source, edge("L2", "N3", "N2", **how)))  # type: ignore[arg-type]


def test_a_path_that_ends_at_an_action_is_asked_on_even_where_it_was_left_on_purpose() -> None:
    left = node("N2", ACTION.statement, "action", undeveloped=True)
    found = findings(graph(TOP, left, TO_TOP), "W03")
    assert [each.subject for each in found] == ["N2"]
    assert found[0].question == "What made it sensible to run the clean-up against the production cluster?"


def test_a_path_through_an_action_to_a_condition_does_not_end_there() -> None:
    further = graph(TOP, ACTION, TO_TOP, node("N3", "Both clusters share a password"), edge("L2", "N3", "N2"))
    assert "W03" not in codes(further)


@pytest.mark.parametrize(
    ("record", "open_point"),
    [
        (HumanAction(id="N2", type=HumanType.SLIP), True),
        (HumanAction(id="N2", type=HumanType.SLIP, factors=("same command for both",)), True),
        (HumanAction(id="N2", type=HumanType.SLIP, sense="Test was the last cluster used"), True),
        (HumanAction(id="N2", type=HumanType.SLIP, factors=("  ",), sense="\n"), True),
        (HumanAction(id="N2", asked_of="on-call"), True),
        (
            HumanAction(id="N2", type=HumanType.SLIP, factors=("same command",), sense="Test was the last one used"),
            False,
        ),
        (HumanAction(id="N2"), False),
    ],
)
def test_a_record_names_what_shaped_the_action_and_how_it_made_sense(record: HumanAction, open_point: bool) -> None:
    assert (subjects(graph(TOP, ACTION, TO_TOP, record), "W04") == ["N2"]) is open_point


def test_a_record_of_an_action_that_is_gone_is_no_finding() -> None:
    assert "W04" not in codes(graph(TOP, HumanAction(id="N9", type=HumanType.LAPSE)))
