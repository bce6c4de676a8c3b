"""M15: gaps, promises, short incidents, copied updates, audiences and questions."""

from __future__ import annotations

import pytest

from afteraction.core.findings import ResponderQuestion, State
from afteraction.core.records import Actor
from tests.engine.metrics.cast import at, figures, milestones, update

DAY = "2030-01-07"


def cadence(*updates, start="10:00", end="11:00", known=None, questions=None, audience="public"):
    metric = figures(
        milestones=milestones(declared=f"{DAY} {start}", impact_end=f"{DAY} {end}"),
        updates=updates,
        updates_known=known if known is not None else {"public": True},
        questions=questions,
    )["M15"]
    return metric, metric.detail[audience]


def told(when, text="", **more):
    if "promised" in more:
        more["promised"] = f"{DAY} {more['promised']}"
    return update(f"{DAY} {when}", text, **more)


def test_twenty_minutes_is_in_time_and_twenty_one_is_not():
    _, in_time = cadence(told("10:20"), told("10:40"))
    _, late = cadence(told("10:20"), told("10:41"))
    assert (in_time["breaches"], late["breaches"]) == (0, 1)
    assert in_time["covered_share"] == 1


def test_a_promised_next_update_replaces_the_policy():
    _, kept = cadence(told("10:10", promised="10:45"), told("10:45"))
    _, broken = cadence(told("10:10", promised="10:15"), told("10:25"), told("10:45"))
    assert kept["breaches"] == 0
    assert kept["allowed_min"] == (20, 35, 20)
    assert (broken["breaches"], broken["allowed_min"]) == (1, (20, 5, 20, 20))


def test_frequent_updates_are_not_punished():
    _, often = cadence(*(told(f"10:{minute:02}") for minute in range(1, 60, 3)))
    assert (often["breaches"], often["covered_share"]) == (0, 1)


def test_an_incident_shorter_than_the_policy_needs_two_messages():
    _, both = cadence(told("10:02"), told("10:15", is_resolved_message=True), end="10:15")
    metric, none = cadence(end="10:15")
    assert (both["breaches"], both["missing"]) == (0, ())
    assert (none["breaches"], none["missing"]) == (0, ("initial", "resolved"))
    assert "no initial and no resolved message" in metric.note


def test_the_resolved_message_may_follow_the_end():
    _, found = cadence(told("10:20"), told("10:40"), told("11:30", is_resolved_message=True))
    assert found["resolved_message"] is True
    assert found["gaps_min"] == (20, 20, 20)


def test_a_copied_update_is_marked_and_still_counts():
    _, found = cadence(told("10:15", "We are looking."), told("10:30", "we are  looking."), told("10:45", "Fixed."))
    assert (found["copied"], found["breaches"]) == (1, 0)


def test_updates_to_responders_alone_leave_the_public_in_silence():
    metric, public = cadence(told("10:10", audience="responders"), known={"public": True, "responders": True})
    assert (public["updates"], public["breaches"], public["max_gap_min"]) == (0, 1, 60)
    assert metric.value == 60


def test_a_channel_nobody_imported_is_unknown_and_not_silence():
    metric = figures(milestones=milestones(declared=f"{DAY} 10:00", impact_end=f"{DAY} 11:00"))["M15"]
    assert metric.state is State.UNKNOWN
    assert metric.detail == {"responders": None, "public": None}


def test_updates_from_before_the_declaration_open_the_first_gap_at_it():
    _, found = cadence(told("09:50"), told("10:10"))
    assert found["gaps_min"] == (10, 50)


def test_without_a_declaration_the_detection_starts_the_clock():
    metric = figures(
        milestones=milestones(detected=f"{DAY} 10:05", impact_end=f"{DAY} 10:35"), updates_known={"public": True}
    )["M15"]
    assert metric.detail["public"]["gaps_min"] == (30,)


def test_questions_are_counted_per_gap_and_unknown_without_chat():
    asked = tuple(
        ResponderQuestion(at=at(f"{DAY} {when}"), text="any news?", asker=Actor("slack:U7"))
        for when in ("10:05", "10:31", "10:50", "11:20")
    )
    _, with_chat = cadence(told("10:30"), questions=asked)
    _, without = cadence(told("10:30"), questions=None)
    _, quiet = cadence(told("10:30"), questions=())
    assert with_chat["questions_per_gap"] == (1, 2)
    assert with_chat["questions_per_hour"] == pytest.approx(3)
    assert (without["questions_per_gap"], quiet["questions_per_gap"]) == (None, (0, 0))
