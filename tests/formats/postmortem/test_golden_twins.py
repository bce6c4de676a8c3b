"""Documents shaped like the golden timelines of SPEC §3.4, with services and dates of our own and the same distances
between their times."""

# Small documents stand in one line each.
# ruff: noqa: E501

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import afteraction.formats.postmortem
from tests.formats.postmortem.writing import Reading


def minutes(first: datetime, last: datetime) -> float:
    return (last - first).total_seconds() / 60


def test_table_dropped_several_ends_and_users_before_the_monitor() -> None:
    """Like G1: seconds beside minutes, the end of the outage, degraded steps on the next day."""
    text = """# Index table dropped 2031-04-06

All times in UTC.

## Timeline

* 23:02:13 A script drops the index table. OUTAGE BEGINS
* 23:03:57 First user reports errors on IRC
* 23:05:33 First alert fires: PROBLEM - exceptions on app1 is CRITICAL
* 23:26 Reads are answered from the backup OUTAGE ENDS
* 11:50 (next day) Half of the index is rebuilt
* 13:23 Searching by label works again
* 17:55 Index complete
"""
    reading = Reading(text)
    start, user, monitor, end, *steps = (event.instant.utc for event in reading.events)
    assert (user - start).total_seconds() == 104
    assert (monitor - start).total_seconds() == 200
    assert (user - monitor).total_seconds() == -96
    assert 23 <= minutes(start, end) <= 24
    assert [step.strftime("%m-%d %H:%M") for step in steps] == ["04-07 11:50", "04-07 13:23", "04-07 17:55"]
    assert [event.kind.value for event in reading.events[1:3]] == ["user_report", "detection"]
    assert [name for name, _ in reading.milestones()] == ["t_impact_start", "t_impact_end"]


def test_registry_upgrade_that_was_watched() -> None:
    """Like G2: front matter in TOML, a list below a dated heading, a stated loss."""
    text = """+++
title = "Registry incident report for 2031-07-20"
+++

Between 12:17 and 12:30 UTC the download API was unavailable. About 3.7M requests failed.

## Timeline of events

### 2031-07-20

- 12:17 UTC: the upgrade is deployed and downloads start to fail
- 12:24 UTC: a user opens an issue and reports failing downloads
- 12:25 UTC: the engineer who watches the rollout posts a message in the team channel
- 12:28 UTC: the message is seen by the on-call engineer
- 12:30 UTC: the upgrade is rolled back, downloads recover
"""
    reading = Reading(text)
    window = next(event for event in reading.events if "group" in event.attributes)
    assert window.until is not None
    assert minutes(window.instant.utc, window.until.utc) == 13
    assert reading.stated()["stated_requests"] == "About 3.7M requests"
    entries = [event for event in reading.events if event.attributes["style"] == "list"]
    assert [event.instant.utc.strftime("%H:%M") for event in entries] == ["12:17", "12:24", "12:25", "12:28", "12:30"]
    assert entries[1].kind.value == "user_report"
    assert all(event.instant.tz_known for event in entries)


FOUR = """# Flag service: four outages (October 2031)

Four incidents totaling over 14 hours of impact.

- **October 21** (103 minutes): cache overload

## Incident Timeline

### October 21, 2031 - cache

**Duration:** 21:45 to 23:28 UTC (103 minutes)
**Impact:** ~38% of evaluation requests returning errors

**Timeline:**

- **21:45 UTC** - Deploy timeout change
- **21:47 UTC** - Automated monitoring detects increased error rates

### October 24, 2031 - limits

**Duration:** 18:00 to 19:12 UTC (72 minutes)

**Timeline:**

- **18:10 UTC** - Initial customer reports of widespread failures
- **18:45 UTC** - Engineering begins investigation into customer reports
- **19:02 UTC** - Root cause identified: the limiter sees one address

### October 28, 2031 - pool

**Duration:** 19:28 to 21:31 UTC (123 minutes)

**Timeline:**

- **19:23 UTC** - On-call receives high error count alert, initiates incident

### October 29-30, 2031 - nodes

**Duration:** 22:30 UTC on October 29 to 05:39 UTC on October 30 (7 hours 9 minutes)

**Timeline:**

- **22:30 UTC (Oct 29)** - Incident reported
- **00:03 UTC (Oct 30)** - Rolled back the node type
- **05:39 UTC** - Incident resolved
"""


def test_four_incidents_in_one_document() -> None:
    """Like G3: 103, 72, 123 and 429 minutes, detection before impact, a triage lag of 35 minutes."""
    reading = Reading(FOUR)
    windows = [event for event in reading.events if "group" in event.attributes]
    lengths = [minutes(event.instant.utc, event.until.utc) for event in windows if event.until]
    assert lengths == [103, 72, 123, 429]
    assert sum(lengths) == 727
    assert [event.attributes["group"] for event in windows] == ["1", "2", "3", "4"]
    at = {event.title: event.instant.utc for event in reading.events}
    assert minutes(windows[0].instant.utc, at["Automated monitoring detects increased error rates"]) == 2
    first_user = at["Initial customer reports of widespread failures"]
    assert minutes(windows[1].instant.utc, first_user) == 10
    assert minutes(first_user, at["Engineering begins investigation into customer reports"]) == 35
    assert minutes(windows[1].instant.utc, at["Root cause identified: the limiter sees one address"]) == 62
    assert minutes(windows[2].instant.utc, at["On-call receives high error count alert, initiates incident"]) == -5
    assert reading.times()[-1] == "2031-10-30 05:39"
    assert reading.stated()["stated_duration"] == "over 14 hours"
    assert not any(event.instant.precision.value == "day" for event in reading.events)


def test_three_windows_and_a_stated_span() -> None:
    """Like G4: 64, 29 and 27 minutes are 120 minutes, while the text states the span."""
    text = """# Ingress unavailable

## Timeline

All times in UTC.

| Time | Event |
| :--- | ----- |
| 2031-01-25 10:21 - 11:25 | Ingress unavailable |
| 2031-01-25 12:51 - 13:20 | Ingress unavailable |
| 2031-01-25 14:33 - 15:00 | Ingress unavailable |

## Stats

- Time to recovery: 279 minutes
"""
    reading = Reading(text)
    windows = [event for event in reading.events if "group" in event.attributes and event.until]
    assert [minutes(event.instant.utc, event.until.utc) for event in windows if event.until] == [64, 29, 27]
    assert len({event.attributes["group"] for event in windows}) == 3
    assert reading.stated() == {"stated_time_to_recover": "279 minutes"}


def test_minute_precision_and_a_stated_time_to_detection_that_does_not_fit() -> None:
    """Like G5: seven minutes by the timeline, eight by the report; user and monitor one minute apart."""
    text = """# Deployments fail

| Time | Event |
| ---- | ----- |
| 2031-07-02 07:32 | Upgrade applied, deployments start failing |
| 2031-07-02 07:39 | First user reports a failed deployment |
| 2031-07-02 07:40 | Alert fired for the controller |
| 2031-07-02 07:42 | Upgrade rolled back |

## Stats

- Time to detection: 8 min
- Time to recovery: 10 minutes
"""
    reading = Reading(text)
    start, user, monitor, end = (event.instant.utc for event in reading.events)
    assert (minutes(start, user), minutes(start, end), minutes(monitor, user)) == (7, 10, -1)
    assert [event.kind.value for event in reading.events[1:]] == ["user_report", "detection", "mitigation"]
    assert {event.instant.precision.value for event in reading.events} == {"min"}
    assert reading.stated() == {"stated_time_to_detect": "8 min", "stated_time_to_recover": "10 minutes"}


def test_the_same_document_four_days_later() -> None:
    """Like G6: two reports that differ in their dates only."""
    report = "# Sync bumped\n\n| Time | Event |\n| - | - |\n| {0} 06:05 | Pipeline failed |\n| {0} 06:45 | Issue detected |\n"
    first, second = (Reading(report.format(day)) for day in ("2031-02-15", "2031-02-19"))
    assert first.titles() == second.titles()
    assert minutes(first.events[0].instant.utc, second.events[0].instant.utc) == 4 * 24 * 60


def test_headings_in_summer_time_and_an_alert_in_utc() -> None:
    """Like G7: headings in BST, alert text in UTC, updates 15 and 53 minutes apart, a late report."""
    text = """# Incident report August 12 2031 - Notebook hub outage

## Timeline (times in BST)

### 5:00 PM
Incident declared
> I deleted the wrong namespace.

### 5:15 PM
Second engineer updates the community of an active outage.

### 5:32 PM
Uptime check on the hub fails
> An uptime check is failing. | Violation started: Aug 12, 2031 at 4:32PM UTC (less than 1 sec ago)

### 5:37 PM
First reports of users encountering errors arrive.

### 6:08 PM
Primary engineer shares this update with the community.

### 6:11 PM
Incident resolved.

## Follow-up timeline (times in BST)

### 8:16 PM
The community lead reports that some users have trouble.
"""
    reading = Reading(text)
    at = [event.instant.utc.strftime("%H:%M") for event in reading.events]
    assert at == ["16:00", "16:15", "16:32", "16:37", "17:08", "17:11", "19:16"]
    assert reading.milestones() == [("t_declared", "2031-08-12 16:00"), ("t_resolved", "2031-08-12 17:11")]
    assert [event.kind.value for event in reading.events] == [
        "escalation",
        "communication",
        "detection",
        "user_report",
        "communication",
        "recovery",
        "user_report",
    ]
    assert "4:32PM UTC" in reading.events[2].body


def test_an_alert_in_utc_that_disagrees_with_its_heading_is_an_account_of_its_own() -> None:
    text = "# Outage August 12 2031\n\n## Timeline (times in BST)\n\n### 5:40 PM\n"
    text += "Check fails\n> Violation started: Aug 12, 2031 at 4:32PM UTC (now)\n\n### 5:45 PM\nSeen\n\n### 5:50 PM\nFixed\n"
    reading = Reading(text)
    assert sorted(reading.times()) == ["2031-08-12 16:32", "2031-08-12 16:40", "2031-08-12 16:45", "2031-08-12 16:50"]
    alert = next(event for event in reading.events if event.instant.utc.minute == 32)
    assert (alert.instant.tz_known, alert.evidence.locator.line) == (True, 7)


def test_support_hours_and_a_night_in_between() -> None:
    """Like G10: 1305 minutes by the wall, 4h45 in support hours."""
    text = """# Incident on 2031-05-10

- **Key events**
  - First detected 2031-05-10 12:15
  - Repaired 2031-05-10 16:48
  - Resolved 2031-05-11 10:00

- **Time to resolve**: 4h 45m (support hours 10:00-17:00)
"""
    reading = Reading(text)
    detected, _, resolved = (event.instant.utc for event in reading.events)
    assert minutes(detected, resolved) == 1305
    assert reading.stated() == {"stated_time_to_resolve": "4h 45m (support hours 10:00-17:00)"}


def test_alerting_caught_it_immediately() -> None:
    """Like G11: the narrative says immediately, the times say 32 minutes."""
    text = """# Satellites erased

Date: 2031-08-11

Alerting caught it immediately.

Timeline
2031-08-11 (all times US/Pacific)
* 16:38 Machines begin to be erased
* 17:10 On-call is paged
"""
    reading = Reading(text)
    lost, paged = (event.instant.utc for event in reading.events)
    assert lost.isoformat() == "2031-08-11T23:38:00+00:00"
    assert minutes(lost, paged) == 32
    assert reading.events[1].kind.value == "detection"


def test_the_sample_in_the_reader_s_folder() -> None:
    path = Path(afteraction.formats.postmortem.__file__).parent / "sample.md"
    reading = Reading(path.read_bytes(), "sample.md")
    assert reading.failures == []
    assert reading.milestones() == [
        ("t_impact_start", "2031-05-06 08:14"),
        ("t_declared", "2031-05-06 08:35"),
        ("t_resolved", "2031-05-06 09:30"),
    ]
    table = [event.kind.value for event in reading.events if event.attributes["style"] == "table"]
    assert table == ["action", "detection", "user_report", "escalation", "recovery", "recovery"]
    assert reading.document.attributes["severity"] == "SEV-2"
