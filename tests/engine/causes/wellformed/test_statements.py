"""Single statements and twins among them (W14, W15, W21)."""

from __future__ import annotations

import pytest

from afteraction.engine.causes.wellformed.statements import is_absence, joins_clauses
from tests.engine.causes.wellformed.cast import REFUTED, TOP, chain, codes, findings, graph, node, subjects


@pytest.mark.parametrize(
    "statement",
    [
        "No test for downloads",
        "There's no process for documenting operational limits",
        "There is no alert on pool wait",
        "The staging pool has no limit",
        "missing index",
        "The export path is not covered",
        "The runbook does not contain this state",
        "Nobody owned the shared pool",
        "The restore path was untested",
    ],
)
def test_an_absence_says_where_was_looked(statement: str) -> None:
    assert subjects(chain("Checkout failed", statement), "W14") == ["N2"]
    searched = node("N2", statement, looked_in="rules/*.yaml, 212 rules")
    assert "W14" not in codes(graph(TOP, searched))
    assert "W14" in codes(graph(TOP, node("N2", statement, looked_in="  ")))


@pytest.mark.parametrize(
    "statement",
    [
        "No. 3 of the replicas restarted",
        "The cache no longer fits",
        "The canary stage did not run",
        "Replies arrived after the timeout",
        "The notary service refused the token",
        "Nothingness-db was full",
    ],
)
def test_an_event_a_number_and_no_longer_are_no_absence(statement: str) -> None:
    assert not is_absence(statement)


def test_an_absence_that_was_ruled_out_or_is_the_impact_itself_is_not_asked() -> None:
    assert "W14" not in codes(graph(TOP, node("N2", "No test for downloads", **REFUTED)))
    assert "W14" not in codes(graph(node("N1", "There was no checkout for 59 min", "outcome")))


@pytest.mark.parametrize(
    "statement",
    [
        "The pool filled and checkout failed",
        "The deploy started; the cache was cold",
        "v2.14 was merged, and then the canary was skipped",
        "The worker restarted and dropped its queue",
    ],
)
def test_two_clauses_in_one_node_are_to_be_split(statement: str) -> None:
    found = findings(chain("Checkout failed", statement), "W15")
    assert [each.next_step for each in found] == ["Split it"]


@pytest.mark.parametrize(
    "statement",
    [
        "Reads and writes failed",
        "Search and replace ran over all files",
        "The alert watches errors and latency",
        "200 shared connections and pooled clients",
        "Staging differs in size, region and data",
        "The command-and-control channel was down",
    ],
)
def test_a_list_within_one_clause_is_left_alone(statement: str) -> None:
    assert not joins_clauses(statement)


@pytest.mark.parametrize("statement", ["Lack of testing", "Insufficient monitoring of the pool", "Failure to validate"])
def test_what_was_not_there_is_reworded_as_what_was(statement: str) -> None:
    found = findings(chain("Checkout failed", statement), "W15")
    assert [each.next_step for each in found] == ["Reword it"]
    assert "“Lack of X” often reads “X accepted Y”" in found[0].question


def test_what_the_system_accepted_and_the_impact_are_no_counterfactuals() -> None:
    assert "W15" not in codes(
        chain("Insufficient funds were shown to 4 % of buyers", "The gateway accepted every build")
    )


def twins(first: str, second: str, **more: object) -> list[str]:
    return subjects(graph(TOP, node("N2", first), node("N3", second, **more)), "W21")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("All 200 connections were in use", "All the 200 connections in use"),
        ("The load test runs at night", "Load tests run at night."),
        ("Rollback restarts one pod at a time", "The rollback restarted one pod at a time"),
    ],
)
def test_two_wordings_of_one_thing_are_found_at_the_later(first: str, second: str) -> None:
    assert twins(first, second) == ["N3"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The first canary stage did not run in time", "The second canary stage did not run in time"),
        ("The integration tests saw the held connection", "The integration tests never saw the held connection"),
        (
            "The release guide asks about migrations at 200 users",
            "The release guide asks about migrations at 300 users",
        ),
        ("Rollback of payments took long", "Rollback of ledger took long"),
        ("The primary pool was full at noon", "The secondary pool was full at noon"),
    ],
)
def test_what_differs_in_a_telling_word_is_no_twin(first: str, second: str) -> None:
    assert twins(first, second) == []


def test_the_service_tells_two_nodes_apart_however_long_they_are() -> None:
    first = node("N2", "Rollback of payments restarts one pod at a time in each region", services=("payments",))
    second = node("N3", "Rollback of ledger restarts one pod at a time in each region", services=("ledger",))
    assert subjects(graph(TOP, first, second), "W21") == []


def test_a_twin_that_was_ruled_out_is_kept_without_a_word() -> None:
    assert twins("The load test runs at night", "Load tests run at night", **REFUTED) == []


def test_of_three_alike_each_later_one_is_found_once() -> None:
    three = graph(TOP, *(node(f"N{n}", "The load test runs at night") for n in (2, 3, 10)))
    assert subjects(three, "W21") == ["N3", "N10"]
    assert all("(N2)" in each.sentence for each in findings(three, "W21"))
