"""What entries of a written timeline plainly tell is proposed as an estimate; what they do not tell stays unknown."""

from __future__ import annotations

import pytest

from afteraction.core.analysis import Incident
from afteraction.core.digests import Material, Settings
from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.findings import Basis
from afteraction.core.findings import Milestone as M  # noqa: N817
from afteraction.core.records import ChangeKind, Document, Event, EventKind, Lane
from afteraction.engine.language.people.roles import assign_roles
from afteraction.engine.timeline import reconstruct
from tests.engine.timeline.cast import Actor, alert, at, clock_of, deployment, event, told, wrote


def dns_outage() -> list[Event]:
    return [
        wrote("10:05", "Platform upgrade rolled out to the cluster", kind=EventKind.ACTION),
        wrote("10:21", "Name servers crash loop on every node"),
        wrote("10:52", "Image downgraded by hand, which solved the issue"),
        wrote("12:30", "Fixed image built"),
    ]


def test_harm_change_and_recovery_are_proposed_as_estimates_that_quote_their_entries() -> None:
    timeline = told(*dns_outage())
    start, end = timeline.milestones[M.IMPACT_START][0], timeline.milestones[M.IMPACT_END][0]
    trigger = timeline.milestones[M.TRIGGER][0]
    assert [f"{one.instant.utc:%H:%M}" for one in (trigger, start, end)] == ["10:05", "10:21", "10:52"]
    assert "“Name servers crash loop on every node”" in start.reason and "estimate" in start.reason
    assert "“Image downgraded by hand, which solved the issue”" in end.reason
    assert "not a cause" in trigger.reason
    assert max(start.confidence, end.confidence, trigger.confidence) <= 0.3


def test_the_window_between_them_is_estimated_and_has_no_weight() -> None:
    (window,) = told(*dns_outage()).windows
    assert (window.basis, window.weight) == (Basis.ESTIMATED, None)
    assert f"{window.start.utc:%H:%M} {window.end.utc:%H:%M}" == "10:21 10:52"


def test_what_did_not_work_is_what_the_entry_says() -> None:
    result = told(*dns_outage())
    (window,) = result.windows
    first = next(event for event in result.events if event.instant == window.start)
    assert window.degradation.startswith("The text says “")
    assert window.degradation.removeprefix("The text says “").removesuffix("”.") in first.title


def test_a_stated_start_and_end_are_not_second_guessed() -> None:
    timeline = told(
        wrote("10:00", "Site is down", milestone=""),
        wrote("10:10", "Impact starts", milestone="t_impact_start"),
        wrote("10:40", "Impact ends", milestone="t_impact_end"),
        wrote("10:50", "Everything works again"),
    )
    assert [f"{c.instant.utc:%H:%M}" for c in timeline.milestones[M.IMPACT_START]] == ["10:10"]
    assert [f"{c.instant.utc:%H:%M}" for c in timeline.milestones[M.IMPACT_END]] == ["10:40"]


@pytest.mark.parametrize(
    "entry",
    [
        "The first theory was that the site is down",
        "Is the site down?",
        "The second monitor sees no timeouts and no increased error rate",
        "Quota raised to 500 users",
        "Meeting about the next release",
    ],
)
def test_theories_questions_and_numbers_are_no_harm(entry: str) -> None:
    timeline = told(wrote("10:00", entry), wrote("11:00", "Notes written"))
    assert timeline.milestones[M.IMPACT_START] == ()
    assert timeline.windows == ()


def test_a_recovery_that_did_not_last_is_no_end() -> None:
    timeline = told(
        wrote("10:00", "The site is down"),
        wrote("10:10", "Service restored"),
        wrote("10:20", "The site is down again"),
    )
    assert timeline.milestones[M.IMPACT_END] == ()


def review(text: str, hours: str = "") -> Document:
    return Document(
        kind=EvidenceKind.DOCUMENT, title="Review", evidence=EvidenceRef("doc"), text=hours,
        stated=(("stated_time_to_resolve", text, EvidenceRef("doc")),),
    )  # fmt: skip


def test_a_length_in_support_hours_names_its_clock() -> None:
    entries = [
        wrote("12:15", "Detected", milestone="t_detect", file="doc"),
        wrote("10:00", "Resolved", milestone="t_resolved", file="doc", day=13),
    ]
    (found,) = reconstruct(Material(events=entries, documents=[review("4h45")]), Settings(), Incident()).conflicts
    assert found.subject == "business_clock"
    assert "fits a 10:00–17:00 clock" in found.sentence and "21 h 45 min by wall clock" in found.sentence
    other = review("5h45", hours="Support hours are 09:00-17:00.")
    (found,) = reconstruct(Material(events=entries, documents=[other]), Settings(), Incident()).conflicts
    assert "fits a 09:00–17:00 clock" in found.sentence
    (found,) = reconstruct(Material(events=entries, documents=[review("9h12")]), Settings(), Incident()).conflicts
    assert found.subject == "stated_duration"


def test_a_role_that_a_log_names_is_whoever_holds_it_and_takes_no_number() -> None:
    named, person = (
        Actor(key="role:Database on-call", role="Database on-call"),
        Actor(key="slack:U9", role="Database on-call"),
    )
    roles = assign_roles([event("10:00", "failover", actor=named), event("10:01", "started", actor=person)])
    assert set(roles.values()) == {"Database on-call"}


def test_a_silence_is_named_where_it_swallowed_the_end_of_an_alert_and_is_no_action_for_users() -> None:
    quiet = event(
        "10:05", "Silence for LatencyHigh: known", Lane.ALERTS, kind=EventKind.ACTION, until=at("10:35"),
        attributes={"silence": "s1", "matchers": 'alertname="LatencyHigh"', "status": "active"}, fingerprint="s1",
    )  # fmt: skip
    back = deployment("10:08", "v1", kind=ChangeKind.ROLLBACK)
    timeline = told(alert("10:00", "LatencyHigh"), quiet, changes=(back,))
    (gap,) = [gap for gap in timeline.gaps if gap.kind == "silenced"]
    assert "LatencyHigh" in gap.sentence and "10:05:00 UTC to 10:35:00 UTC" in gap.sentence
    assert clock_of(timeline, M.ACKNOWLEDGED) == "10:05:00"
    assert clock_of(timeline, M.FIRST_ACTION) == "10:08:00"
