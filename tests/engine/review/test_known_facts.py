"""What an analysis tells a review by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.analysis import Analysis, Incident, Timeline
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.causes.graph import CauseGraph, Node, NodeKind, Status
from afteraction.engine.review.known_facts import (
    ending_known,
    facts_known,
    is_draft_filled_in,
    was_set_off_by_change,
    write_fired,
)
from afteraction.engine.review.policy import PRESETS
from afteraction.engine.review.triggers import DataLoss, DataLossAt, Posted, fired, impact_minutes
from afteraction.pipeline.report.document import to_json
from tests.engine.metrics.cast import at, cite, figures, milestones, noticed, window
from tests.engine.review.cast import facts as known_by_people
from tests.engine.review.cast import reached

LATER = datetime(2032, 6, 12, tzinfo=UTC)
SEED = PRESETS["seed"]
WINDOWS = (window("2032-06-10 17:00", "2032-06-10 18:12", 0.97),)
NOTICED = (noticed("customer", "2032-06-10 17:10", seen="2032-06-10 17:45"),)
FOUND = milestones(mitigated="2032-06-10 18:12", resolved="2032-06-10 19:00")


def facts(**known):
    return known_by_people(now=LATER, **known)


def told(*, severity: str = "SEV-3", windows=WINDOWS, detections=NOTICED, found=FOUND, events=(), kind="outage"):
    known = {"windows": windows, "detections": detections, "milestones": found}
    return to_json(
        Analysis(
            incident=Incident(key="B", severity=severity, kind=kind, zone="Europe/London"), files=(),
            timeline=Timeline(events=events, **known), metrics=figures(kind, **known),
        )
    )  # fmt: skip


def happened(when: str, lane: Lane = Lane.LOGS) -> Event:
    return Event(instant=at(when), kind=EventKind.TRIGGER, lane=lane, title=f"web-41 {when}", evidence=cite(3))


def test_an_analysis_fires_what_it_knows() -> None:
    known = facts_known(told(), facts())
    found = {each.code: each for each in fired(SEED, known)}
    assert sorted(found) == ["TR10", "TR4"]
    assert found["TR4"].sentence == "Impact lasted 1 h 12 min, more than 1 h."
    assert found["TR10"].evidence == (cite(90),)
    assert known.zone == "Europe/London"


def test_its_minutes_are_those_of_the_metric() -> None:
    document = told(windows=(*WINDOWS, window("2032-06-10 17:30:20", "2032-06-10 19:00", 0.2)))
    assert impact_minutes(facts_known(document, facts())) == pytest.approx(document["metrics"]["M10"]["value"])


def test_an_open_window_ends_with_the_stated_end_of_impact() -> None:
    ended = {**FOUND, **milestones(impact_end="2032-06-10 18:30")}
    document = told(windows=(window("2032-06-10 17:00", None, 0.5),), found=ended)
    known = facts_known(document, facts())
    assert impact_minutes(known) == 90 == document["metrics"]["M10"]["value"]
    endless = told(windows=(window("2032-06-10 17:00", None, 0.5),))
    assert impact_minutes(facts_known(endless, facts())) == pytest.approx(31 * 60, abs=1)


def test_users_were_first_although_the_response_followed_a_monitor() -> None:
    both = (
        noticed("customer", "2032-06-10 17:10", acted_on=False),
        noticed("monitor", "2032-06-10 17:20", acted_on=True),
    )
    document = told(detections=both)
    assert document["metrics"]["M14"]["detail"]["method"] == "monitor"
    found = {each.code: each.sentence for each in fired(SEED, facts_known(document, facts()))}
    assert found["TR10"] == "Users noticed before monitoring did."
    later = told(detections=(noticed("customer", "2032-06-10 17:30"), noticed("monitor", "2032-06-10 17:20")))
    assert "TR10" not in {each.code for each in fired(SEED, facts_known(later, facts()))}


def test_what_was_said_stays() -> None:
    said_by_people = facts(
        severities=(reached("SEV-1"), reached("SEV-3", 9)), data_loss=(DataLossAt(state=DataLoss.SUSPECTED),),
        posted=(Posted(metric="users_affected", value=3, at=datetime(2032, 6, 10, tzinfo=UTC)),),
    )  # fmt: skip
    known = facts_known(told(), said_by_people)
    assert (known.severities, known.data_loss, known.posted) == (
        said_by_people.severities, said_by_people.data_loss, said_by_people.posted,
    )  # fmt: skip
    assert "TR1" in [each.code for each in fired(SEED, known)]


def test_a_severity_without_a_history_counts_as_it_is() -> None:
    assert [
        each.code for each in fired(SEED, facts_known(told(severity="SEV-2", windows=(), detections=()), facts()))
    ] == ["TR1"]


def test_nothing_known_stays_unknown() -> None:
    empty = told(severity="", windows=(), detections=(), found={})
    known = facts_known(empty, facts())
    assert (known.severities, known.windows, known.users_first, known.monitoring_silent) == ((), (), None, False)
    assert fired(SEED, known) == ()
    assert ending_known(empty).resolved_at is None
    assert was_set_off_by_change(CauseGraph(), empty) is None
    assert not is_draft_filled_in(empty)


def test_three_entries_with_impact_and_detection_are_a_draft() -> None:
    events = tuple(happened(f"2032-06-10 17:0{minute}") for minute in range(3))
    assert is_draft_filled_in(told(events=events))
    assert not is_draft_filled_in(told(events=events[:2]))
    assert not is_draft_filled_in(told(events=events, detections=()))
    assert not is_draft_filled_in(told(events=events, windows=(), found={}))


def test_timers_start_from_its_milestones() -> None:
    ending = ending_known(told())
    assert (ending.mitigated_at, ending.resolved_at) == (
        datetime(2032, 6, 10, 18, 12, tzinfo=UTC), datetime(2032, 6, 10, 19, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize("evident", [True, False, None])
def test_what_the_evidence_says_of_the_gates_tells_whether_a_change_set_it_off(evident: bool | None) -> None:
    head = {**told(), "gates": {"change_triggered": evident}}
    assert was_set_off_by_change(CauseGraph(), head) is evident
    assert was_set_off_by_change(CauseGraph(), {}) is None


@pytest.mark.parametrize("evident", [True, False, None])
def test_what_people_call_the_trigger_counts_before_the_evidence(evident: bool | None) -> None:
    head = {"gates": {"change_triggered": evident}}

    def graph(*roles: str, status: Status = Status.HYPOTHESIS) -> CauseGraph:
        node = Node(id="N1", kind=NodeKind.EVENT, statement="v2.14 went out", roles=roles, status=status)
        return CauseGraph(nodes={"N1": node})

    assert was_set_off_by_change(graph("trigger", "change"), head) is True
    assert was_set_off_by_change(graph("trigger"), head) is False
    assert was_set_off_by_change(graph("trigger", "change", status=Status.REFUTED), head) is evident
    assert was_set_off_by_change(graph("change"), head) is evident


def test_triggers_are_kept_as_json() -> None:
    (first, *_) = write_fired(fired(SEED, facts_known(told(), facts())))
    assert first["code"] == "TR4"
    assert (first["depth"], first["evidence"]) == ("full", [])
