"""Milestones, windows and kinds are taken from labels and clear words only."""

# Small documents stand in one line each.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.formats.postmortem.writing import Reading

KEY_EVENTS = """---
title: Incident on 2031-05-06 - Mail queue stuck
weight: 3
---

# Incident on 2031-05-06 - Mail queue stuck

- **Key events**
  - Fault occurs 2031-05-06 11:45
  - First detected: 2031-05-06 11:50
  - Team aware 2031-05-06 11:52
  - Incident declared 2031-05-06 11:55
  - Incident not declared, but later agreed it was one
  - Repaired 2031-05-06 12:07
  - Resolved 2031-05-06 12:30

- **Time to repair**: 0h 12m

- **Time to resolve**: 4h 35m (during support hours 10:00-17:00)

- **Identified**: A user reported it.

- **Impact**:
  - Between 2031-05-06 11:46 and 2031-05-06 12:05, no mail could be sent.

- **Context**:
  - 2031-05-06 11:50: Alert fired for the queue
  - 2031-05-06 12:30: Incident declared resolved
"""


def test_key_events_state_milestones() -> None:
    reading = Reading(KEY_EVENTS)
    assert reading.milestones() == [
        ("t_impact_start", "2031-05-06 11:45"),
        ("t_detect", "2031-05-06 11:50"),
        ("t_detect", "2031-05-06 11:52"),
        ("t_declared", "2031-05-06 11:55"),
        ("t_mitigated", "2031-05-06 12:07"),
        ("t_resolved", "2031-05-06 12:30"),
        ("t_impact_start", "2031-05-06 11:46"),
        ("t_resolved", "2031-05-06 12:30"),
    ]
    assert reading.titles()[:2] == ["Fault occurs", "First detected"]
    assert reading.document.title == "Incident on 2031-05-06 - Mail queue stuck"
    assert reading.stated() == {
        "stated_time_to_repair": "0h 12m",
        "stated_time_to_resolve": "4h 35m (during support hours 10:00-17:00)",
    }
    assert "Key events" in reading.document.attributes["sections"]


@pytest.mark.parametrize(
    ("label", "milestone"),
    [
        ("Impact start", "t_impact_start"),
        ("Start time", "t_impact_start"),
        ("Outage began", "t_impact_start"),
        ("Detected at", "t_detect"),
        ("Detection time", "t_detect"),
        ("First alert", "t_first_monitor"),
        ("First user report", "t_first_user_report"),
        ("Acknowledged", "t_ack"),
        ("Root cause identified", "t_diagnosed"),
        ("Mitigated", "t_mitigated"),
        ("Service restored", "t_impact_end"),
        ("End of impact", "t_impact_end"),
        ("Incident resolved", "t_resolved"),
        ("Closed", "t_closed"),
        ("Bug introduced", "t_latent"),
        ("Trigger", "t_trigger"),
        ("Review held", "t_reviewed"),
    ],
)
def test_labels(label: str, milestone: str) -> None:
    for line in (
        f"{label}: 2031-05-06 10:15 UTC",
        f"- **{label}**: 2031-05-06 10:15",
        f"| {label} | 2031-05-06 10:15 |",
    ):
        assert Reading(f"# Incident\n\n{line}\n").milestones() == [(milestone, "2031-05-06 10:15")], line


@pytest.mark.parametrize(
    ("words", "milestone"),
    [
        ("Incident declared", "t_declared"),
        ("Incident declared in #incidents", "t_declared"),
        ("Incident declared resolved", "t_resolved"),
        ("All pods gone OUTAGE BEGINS", "t_impact_start"),
        ("OUTAGE ENDS: traffic is back", "t_impact_end"),
        ("Start of incident. A new release is deployed.", "t_impact_start"),
        ("Root cause identified: a bad rule", "t_diagnosed"),
    ],
)
def test_set_phrases_of_an_entry(words: str, milestone: str) -> None:
    assert Reading(f"# Incident 2031-05-06\n\n- 10:15 {words}\n").milestones() == [(milestone, "2031-05-06 10:15")]


@pytest.mark.parametrize(
    "words",
    [
        "Deployment started",
        "We think the incident may be resolved soon",
        "Team fixed a typo",
        "The declared limit was reached",
        "Recovery page arrives",
    ],
)
def test_other_words_state_no_milestone(words: str) -> None:
    assert Reading(f"# Incident 2031-05-06\n\n- 10:15 {words}\n").milestones() == []


@pytest.mark.parametrize(
    "line",
    [
        "**Duration:** 21:45 to 23:28 UTC (103 minutes)",
        "- Duration: From about 21:45 UTC to 23:28 UTC; approximately 103 minutes",
        "Impact: 21:45–23:28",
        "Outage window: 21:45 - 23:28",
        "Between 21:45 and 23:28 (UTC) the shop was unavailable.",
        "From 21:45 to 23:28 the checkout was broken.",
        "The shop was down from 21:45 to 23:28.",
        "A bad route caused a service interruption of 103 minutes (21:45-23:28UTC) for users.",
        "## Impact\n\nBetween 21:45 and 23:28:",
        "- 21:45 - 23:28 Shop unavailable",
    ],
)
def test_a_window_of_impact_in_many_words(line: str) -> None:
    reading = Reading(f"# Incident 2031-05-06\n\n{line}\n")
    (event,) = [event for event in reading.events if "group" in event.attributes]
    assert event.attributes["milestone"] == "t_impact_start"
    assert event.until is not None
    assert (event.instant.utc.strftime("%H:%M"), event.until.utc.strftime("%H:%M")) == ("21:45", "23:28")


def test_a_range_of_work_is_no_window_of_impact() -> None:
    reading = Reading("# Incident 2031-05-06\n\n- 21:45 - 23:28 disks are replaced\n")
    assert reading.milestones() == []
    assert reading.events[0].until is not None


def test_several_windows_have_groups_of_their_own_and_one_told_twice_has_one() -> None:
    text = "# Outage 2031-05-06\n\nThe shop was down from 10:21 to 11:25.\n\nImpact 1: 10:21 - 11:25\n\nImpact 2: 12:51 - 13:20\n\nImpact 3: 14:33 - 15:00\n"
    groups = [event.attributes["group"] for event in Reading(text).events]
    assert groups == ["1", "1", "2", "3"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Alert fired: queue too long", "detection"),
        ("PagerDuty High Priority alert received", "detection"),
        ("Automated monitoring detects increased error rates", "detection"),
        ("Uptime check on the shop fails", "detection"),
        ("Initial customer reports of widespread failures", "user_report"),
        ("Users report all launches are failing", "user_report"),
        ("A customer notifies us that mail is late", "user_report"),
        ("Engineering begins investigation into customer reports", "action"),
        ("Release rolled back", "mitigation"),
        ("Change reverted", "mitigation"),
        ("Service fully recovered", "recovery"),
        ("Everything back to normal", "recovery"),
        ("Status page updated", "communication"),
        ("Ann sends an outage notice to the list", "communication"),
        ("A second engineer joined the call", "escalation"),
        ("On-call escalates to the database team", "escalation"),
        ("Decision to halt the rollout", "decision"),
        ("It is decided to raise the limit", "decision"),
        ("Error rates remain elevated despite rollback", "signal"),
        ("Launch success drops to zero", "signal"),
        ("New fluentd configuration deployed", "action"),
        ("Deploy timeout handling change", "action"),
        ("Disabled the cron job after errors", "action"),
        ("Redis restarted", "action"),
        ("Maybe it is the network", "note"),
    ],
)
def test_kinds_follow_clear_words(words: str, kind: str) -> None:
    assert Reading(f"# Incident 2031-05-06\n\n- 10:15 {words}\n").events[0].kind.value == kind
