"""Synthetic twins of the golden timelines (SPEC §3.4): the same times and traps, other words and systems."""

from __future__ import annotations

from itertools import pairwise

from afteraction.core.findings import DetectionMethod, Milestone
from afteraction.core.flags import Flag
from afteraction.core.instant import Precision, between
from afteraction.core.records import EventKind, Lane
from afteraction.engine.timeline.detections import reached_at
from tests.engine.timeline.cast import alert, at, clock_of, event, told, wrote

M = Milestone


def minutes(first: str, last: str) -> float:
    return (at(last).utc - at(first).utc).total_seconds() / 60


def test_g1_users_before_the_monitor_and_several_ends() -> None:
    """Users notice 104 s after the table is dropped, the monitor 200 s after; hard impact ends at 23:26, degraded
    steps go on until the next evening."""
    exact = Precision.SECOND
    timeline = told(
        wrote("23:02:00", "Migration drops the lookup table", milestone="t_trigger"),
        wrote("23:02:13", "First failing page views", milestone="t_impact_start", precision=exact,
              attributes={"weight": "1.0"}),
        wrote("23:03:57", "A user reports empty pages", milestone="t_first_user_report", precision=exact),
        wrote("23:05:33", "Alert: exceptions above threshold", milestone="t_first_monitor", precision=exact),
        wrote("23:26", "Pages are served again without the lookup", milestone="t_impact_end"),
        wrote("23:26", "Lookups stay incomplete", milestone="t_impact_start", attributes={"weight": "0.2"}),
        wrote("11:50", "A first part is rebuilt", milestone="t_impact_end", day=13),
        wrote("17:55", "Everything is rebuilt", milestone="t_resolved", day=13),
    )  # fmt: skip
    assert clock_of(timeline, M.IMPACT_START) == "23:02:13"
    assert clock_of(timeline, M.FIRST_USER_REPORT) == "23:03:57"
    assert clock_of(timeline, M.FIRST_MONITOR) == "23:05:33"
    assert clock_of(timeline, M.MITIGATED) == "23:26:00"
    assert clock_of(timeline, M.IMPACT_END) == "11:50:00"
    assert [(w.weight, w.end is not None) for w in timeline.windows] == [(1.0, True), (0.2, True)]
    assert [d.method for d in timeline.detections] == [DetectionMethod.CUSTOMER, DetectionMethod.MONITOR]


def test_g2_no_alert_and_somebody_watching_the_rollout() -> None:
    timeline = told(
        wrote("12:17", "Downloads begin to fail", milestone="t_impact_start"),
        event(
            "12:24",
            "User opens an issue: download fails",
            Lane.CUSTOMERS,
            attributes={"seen_at": "2026-05-12T12:28:00Z"},
        ),
        wrote("12:25", "The team member watching the deployment notices errors", kind=EventKind.DETECTION),
        wrote("12:28", "On-call acknowledged", milestone="t_ack"),
        wrote("12:30", "Rollback complete", milestone="t_impact_end"),
    )
    methods = {d.method: d for d in timeline.detections}
    assert set(methods) == {DetectionMethod.CUSTOMER, DetectionMethod.PLANNED_WATCH}
    assert clock_of(timeline, M.DETECTED) == "12:25:00"
    assert clock_of(timeline, M.FIRST_USER_REPORT) == "12:24:00"
    assert clock_of(timeline, M.FIRST_MONITOR) == ""
    assert clock_of(timeline, M.ACKNOWLEDGED) == "12:28:00"
    triage = next(gap for gap in timeline.gaps if gap.kind == "triage")
    assert (triage.end.utc - triage.start.utc).total_seconds() == 240


def test_g3b_a_user_signal_a_triage_lag_and_a_diagnosis_are_three_numbers() -> None:
    timeline = told(
        wrote("18:00", "Flag lookups return errors", milestone="t_impact_start"),
        event("18:10", "customer: flags do not load", Lane.CUSTOMERS, attributes={"seen_at": "2026-05-12T18:45:00Z"}),
        wrote("18:45", "Engineers started investigating"),
        wrote("19:02", "Root cause identified: connection storm", milestone="t_diagnosed"),
        wrote("19:12", "Impact ended", milestone="t_impact_end"),
    )
    report = timeline.detections[0]
    seen = reached_at(report)
    assert seen is not None
    assert between(report.at, seen).low >= 34 * 60
    assert clock_of(timeline, M.FIRST_USER_REPORT) == "18:10:00"
    assert clock_of(timeline, M.DETECTED) == "18:45:00"
    assert minutes("18:00", clock_of(timeline, M.DIAGNOSED)) == 62
    assert clock_of(timeline, M.FIRST_MONITOR) == ""
    assert timeline.updates == () and timeline.updates_known == {"responders": False, "public": False}
    assert timeline.questions is None


def test_g3c_an_alert_before_users_were_hurt_is_a_detection_all_the_same() -> None:
    timeline = told(
        alert("19:23", "FlagLatencyHigh", until="21:31"),
        wrote("19:28", "Impact started", milestone="t_impact_start"),
        wrote("21:31", "Impact ended", milestone="t_impact_end"),
    )
    assert clock_of(timeline, M.DETECTED) == "19:23:00"
    assert clock_of(timeline, M.FIRST_MONITOR) == "19:23:00"


def test_g4_three_stated_windows_stay_three() -> None:
    clocks = [("10:21", "11:25"), ("12:51", "13:20"), ("14:33", "15:00")]
    timeline = told(*(wrote(t, "x", milestone=m) for pair in clocks for t, m in zip(pair, ("t_impact_start", "t_impact_end"), strict=True)))  # fmt: skip  # noqa: E501
    lengths = [(w.end.utc - w.start.utc).total_seconds() / 60 for w in timeline.windows if w.end]
    assert lengths == [64, 29, 27]
    assert clock_of(timeline, M.IMPACT_START) == "10:21:00" and clock_of(timeline, M.IMPACT_END) == "15:00:00"
    assert not [c for c in timeline.conflicts if c.subject in ("t_impact_start", "t_impact_end")]


def test_g5_minute_precision_keeps_user_and_monitor_in_one_tie_band() -> None:
    timeline = told(
        wrote("07:32", "Deploys fail", milestone="t_impact_start"),
        wrote("07:39", "First user reports a failing deploy", milestone="t_first_user_report"),
        wrote("07:40", "Alert fired for the build queue", milestone="t_first_monitor"),
        wrote("07:42", "Service restored", milestone="t_impact_end"),
    )
    user, monitor = timeline.milestones[M.FIRST_USER_REPORT][0], timeline.milestones[M.FIRST_MONITOR][0]
    gap = between(user.instant, monitor.instant)
    assert (gap.low, gap.high) == (0, 120)
    restored = between(timeline.windows[0].start, timeline.windows[0].end)  # type: ignore[arg-type]
    assert restored.value == 600


def test_g7_two_zones_an_own_action_noticed_and_late_reports_after_resolved() -> None:
    """Headings are local (+01:00), the alert text is UTC: 17:00+01:00 is 16:00Z."""
    timeline = told(
        wrote("16:00", "Engineer notices that the upgrade broke logins, incident declared", kind=EventKind.DETECTION,
              milestone="t_declared"),
        wrote("16:00", "The engineer noticed failing logins after the upgrade", kind=EventKind.DETECTION),
        wrote("16:15", "Update posted to the community", kind=EventKind.COMMUNICATION),
        alert("16:32", "HubLoginFailing"),
        event("16:37", "user: cannot log in", Lane.CUSTOMERS),
        wrote("17:08", "Update posted to the community: fix is rolling out", kind=EventKind.COMMUNICATION),
        wrote("17:11", "Incident resolved", milestone="t_resolved"),
        event("19:16", "user: still cannot log in", Lane.CUSTOMERS),
    )  # fmt: skip
    assert clock_of(timeline, M.DETECTED) == "16:00:00"
    assert clock_of(timeline, M.FLAG) == clock_of(timeline, M.ACKNOWLEDGED) == "16:00:00"
    assert clock_of(timeline, M.FIRST_MONITOR) == "16:32:00"
    assert clock_of(timeline, M.FIRST_USER_REPORT) == "16:37:00"
    assert clock_of(timeline, M.RESOLVED) == "17:11:00"
    late = next(c for c in timeline.conflicts if c.subject == "reopened")
    assert late.accounts[1].instant is not None and late.accounts[1].instant.utc == at("19:16").utc
    public = [u.at.utc for u in timeline.updates if u.audience == "public"]
    edges = [at("16:00").utc, *public, at("17:11").utc]
    assert [(b - a).total_seconds() / 60 for a, b in pairwise(edges)] == [15, 53, 3]
    assert [g.sentence for g in timeline.gaps if g.kind == "communication"] == [
        "No public update for 53 min, 16:15 UTC to 17:08 UTC."
    ]


def test_g8_two_repair_times_stay_side_by_side_and_typos_are_flagged() -> None:
    document = [
        wrote("14:05", "Incident detected", milestone="t_detect", day=25),
        wrote("15:55", "Repaired", milestone="t_mitigated", day=25),
        wrote("16:18", "Repaired", milestone="t_mitigated", day=25),
        wrote("16:18", "Resolved", milestone="t_resolved", day=5),
        wrote("15:55", "Resolved", milestone="t_resolved", day=25 + 61),
    ]
    timeline = told(*document)
    repairs = [minutes("14:05", f"{c.instant.utc:%H:%M}") for c in timeline.milestones[M.MITIGATED]]
    assert repairs == [110, 133]
    assert "t_mitigated" in {c.subject for c in timeline.conflicts}
    flags = {c.flag for c in timeline.conflicts}
    assert {Flag.BEFORE_START, Flag.IMPLAUSIBLE_MONTH} <= flags
    assert timeline.milestones[M.RESOLVED] == ()
    assert len(timeline.events) == 5, "a doubtful time stays in the list"


def test_g8_a_year_typo_is_flagged_with_a_proposal_and_chooses_nothing() -> None:
    typo = wrote("13:54", "Incident declared", milestone="t_declared", day=12 - 365)
    timeline = told(typo, wrote("13:50", "Alert fired"), wrote("14:30", "Repaired", milestone="t_mitigated"))
    conflict = next(c for c in timeline.conflicts if c.flag == Flag.IMPLAUSIBLE_YEAR)
    assert "2026-05-12 13:54 UTC may be meant" in conflict.sentence
    assert timeline.milestones[M.DECLARED] == ()
    assert Flag.IMPLAUSIBLE_YEAR in timeline.events[0].instant.flags


def test_g8_a_declaration_after_the_repair_is_reported_as_it_was() -> None:
    timeline = told(
        wrote("15:51", "Repaired", milestone="t_mitigated"), wrote("16:09", "Declared", milestone="t_declared")
    )
    assert clock_of(timeline, M.DECLARED) == "16:09:00" and clock_of(timeline, M.MITIGATED) == "15:51:00"
    assert not timeline.conflicts


def test_g11_machines_were_lost_half_an_hour_before_the_page() -> None:
    timeline = told(
        wrote("16:38", "Disk erase begins on the machines", milestone="t_impact_start"),
        wrote("17:10", "On-call paged: machines are gone", kind=EventKind.DETECTION),
        wrote("18:00", "Impact ended", milestone="t_impact_end"),
    )
    assert clock_of(timeline, M.DETECTED) == "17:10:00"
    detection = next(gap for gap in timeline.gaps if gap.kind == "detection")
    assert (detection.end.utc - detection.start.utc).total_seconds() == 32 * 60
