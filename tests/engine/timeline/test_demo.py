"""The demo incident, read by the real readers: the moments that its evidence tells (examples/demo)."""

from __future__ import annotations

from pathlib import Path

import pytest

from afteraction.core.analysis import Timeline
from afteraction.core.findings import DetectionMethod, Milestone
from afteraction.core.flags import Flag
from afteraction.core.reading import ReadOptions
from afteraction.pipeline.analyze import Request, analyze
from afteraction.stores.evidence import EvidenceStore
from tests.engine.timeline.cast import clock_of

DEMO = Path(__file__).parents[3] / "examples" / "demo"
M = Milestone


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    store = EvidenceStore(tmp_path_factory.mktemp("store"))
    return analyze(Request(paths=[DEMO], options=ReadOptions()), store).timeline


def test_its_milestones_come_from_seven_kinds_of_sources(timeline: Timeline) -> None:
    assert {m: clock_of(timeline, m)[:5] for m in Milestone if timeline.milestones[m]} == {
        M.TRIGGER: "13:52", M.FIRST_SIGNAL: "13:59", M.IMPACT_START: "14:02", M.FIRST_USER_REPORT: "14:05",
        M.FIRST_MONITOR: "14:11", M.DETECTED: "14:11", M.FLAG: "14:11", M.ACKNOWLEDGED: "14:13",
        M.FIRST_ACTION: "14:26", M.DECLARED: "14:17", M.DIAGNOSED: "14:38", M.MITIGATED: "14:52",
        M.IMPACT_END: "15:21", M.RESOLVED: "15:22",
    }  # fmt: skip
    assert {c.source for m in Milestone for c in timeline.milestones[m]} >= {
        "deployments", "metrics", "tickets", "alerts", "chat", "status page",
    }  # fmt: skip


def test_its_alert_was_seen_by_monitoring_and_told_in_chat_and_is_one_event(timeline: Timeline) -> None:
    alert = next(e for e in timeline.events if e.id in timeline.milestones[M.DETECTED][0].event_ids)
    assert len({ref.evidence_id for ref in alert.all_sources}) >= 2
    firing = [d for d in timeline.detections if "CheckoutErrorRate" in d.title and d.method is DetectionMethod.MONITOR]
    assert len(firing) == 2, "once per window"


def test_its_two_ends_and_its_typo_are_shown_and_its_silence_is_named(timeline: Timeline) -> None:
    assert {(c.subject, c.flag) for c in timeline.conflicts} == {("t_resolved", ""), ("time", Flag.DAY_MONTH_SWAP)}
    assert "No public update for 38 min, 14:19 UTC to 14:57 UTC. Promise was 14:40." in [
        g.sentence for g in timeline.gaps
    ]


def test_its_windows_are_measured_where_buyers_are(timeline: Timeline) -> None:
    assert {w.service for w in timeline.windows} == {"checkout"}
    minutes = sum((w.end.utc - w.start.utc).total_seconds() / 60 for w in timeline.windows if w.end)
    assert minutes == pytest.approx(59, abs=1)


def test_only_people_who_did_not_respond_ask_questions(timeline: Timeline) -> None:
    assert timeline.questions
    roles = {question.asker.role for question in timeline.questions}
    assert not roles & {"Incident commander", "On-call payments", "Database on-call", "Communications lead"}
