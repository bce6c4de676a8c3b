"""Guards against known biases, as pages need them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.engine.causes.graph import CauseGraph, Edge, Node, NodeKind, Status
from afteraction.engine.meeting.guards import (
    alternatives_considered,
    check_alternatives,
    owner_may_be_shown,
    silent_minutes,
    speaking_order,
)
from afteraction.engine.meeting.people import Person
from afteraction.engine.prevention.changes import Change, Grade


def graph(*statuses: Status) -> CauseGraph:
    nodes = {"N0": Node(id="N0", kind=NodeKind.OUTCOME, statement="It stood", status=Status.CONFIRMED)}
    edges = {}
    for number, status in enumerate(statuses, start=1):
        nodes[f"N{number}"] = Node(id=f"N{number}", kind=NodeKind.CONDITION, statement=f"Cause {number}", status=status)
        edges[f"L{number}"] = Edge(id=f"L{number}", source=f"N{number}", target="N0")
    return CauseGraph(nodes=nodes, edges=edges)


YES, NO, PERHAPS = Status.CONFIRMED, Status.REFUTED, Status.HYPOTHESIS


@pytest.mark.parametrize(
    ("others", "open_points"), [((), ["N1"]), ((NO,), ["N1"]), ((NO, PERHAPS), []), ((YES,), ["N1", "N2"])]
)
def test_a_cause_of_a_sev_1_stands_beside_two_alternatives(others: tuple[Status, ...], open_points: list[str]) -> None:
    assert [each.subject for each in check_alternatives(graph(YES, *others), severity=1)] == open_points


def test_lesser_incidents_are_not_asked_for_alternatives_and_an_outcome_never() -> None:
    assert check_alternatives(graph(YES), severity=2) == ()
    assert check_alternatives(graph(), severity=1) == ()
    assert alternatives_considered(graph(YES, NO, PERHAPS), "N1") == ("N2", "N3")
    assert alternatives_considered(CauseGraph(), "N1") == ()


def test_the_most_junior_speaks_first_and_executives_last() -> None:
    people = [
        Person(id="ceo", executive=True), Person(id="old", reports_to=""), Person(id="mid", reports_to="old"),
        Person(id="new", under=frozenset({"mid"})), Person(id="who"), Person(id="far", reports_to="old"),
    ]  # fmt: skip
    by_id = {each.id: each for each in people}
    found = speaking_order(list(by_id), by_id)
    assert found.order == ("far", "new", "mid", "old", "who", "ceo")
    assert found.unknown == {"who"}
    assert speaking_order(list(reversed(by_id)), by_id) == found
    assert speaking_order(["old", "mid"], by_id).order == ("mid", "old"), "also where their reports are elsewhere"


def test_silence_leaves_time_to_talk() -> None:
    assert [silent_minutes(minutes) for minutes in (1, 2, 3, 5, 6, 18)] == [0, 0, 1, 1, 2, 2]


def test_priority_is_set_before_anybody_sees_an_owner() -> None:
    change = Change(id="C1", text="Deploy stops without traffic", impact=Grade.HIGH)
    assert not owner_may_be_shown(change)
    assert owner_may_be_shown(replace(change, urgency=Grade.LOW))
