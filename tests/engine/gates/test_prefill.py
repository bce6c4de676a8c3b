"""Gates prefilled from what the release left behind. Invented: cart v3.1 goes out on 12 May 2026 at 13:52 and hurts
users from 14:02 on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afteraction.core.analysis import Timeline
from afteraction.core.digests import Settings
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Locator
from afteraction.core.findings import Candidate, Milestone
from afteraction.core.instant import Instant, Precision
from afteraction.core.reading import ReadOptions
from afteraction.core.records import Change, Document, Event, EventKind, Lane
from afteraction.engine.gates.chances import seed_rows
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.gates.prefill import Prefill, filled, prefill_gates
from afteraction.engine.gates.release_path import is_change_triggered, release_path
from afteraction.engine.timeline.merge import merge
from afteraction.formats.github_webhook.reader import READER
from afteraction.pipeline.analyze import Request, analyze
from afteraction.stores.evidence import EvidenceStore
from tests.formats.originals import original, read

HEAD, MERGED, OTHER = "a" * 40, "b" * 40, "c" * 40
REPOSITORY = {"name": "cart", "full_name": "example-shop/cart"}
BOT = {"login": "deploy[bot]", "type": "Bot"}
ADA, BO = {"login": "ada", "type": "User"}, {"login": "bo", "type": "User"}
AROUND = {"repository": REPOSITORY, "sender": BOT}
PULL = {"id": 7, "number": 91, "title": "Hold entry and capture", "head": {"sha": HEAD, "ref": "hold"}}
MERGE = {
    "action": "closed",
    "pull_request": PULL | {"merged": True, "merged_at": "2026-05-11T16:40:00Z", "merge_commit_sha": MERGED},
    **AROUND,
}


def deployment(environment: str = "production", when: str = "2026-05-12T13:52:00Z", said: str = ""):
    number = {"production": 1, "staging": 2, "canary": 3}[environment]
    body = {"id": number, "task": "deploy", "sha": MERGED, "ref": "v3.1", "environment": environment}
    body["created_at"] = when
    status = {"state": "success", "environment": environment, "created_at": when, "description": said}
    return {"action": "created", "deployment_status": status, "deployment": body, **AROUND}


def job(name: str, conclusion: str = "success", sha: str = MERGED, when: str = "2026-05-12T13:31:00Z", ident: int = 1):
    body = {"id": ident, "run_id": 9, "name": name, "workflow_name": "ci", "head_sha": sha, "status": "completed",
            "conclusion": conclusion, "completed_at": when}  # fmt: skip
    return {"action": "completed", "workflow_job": body, **AROUND}


def check(name: str, conclusion: str, said: str, sha: str = MERGED):
    body = {"id": 4, "name": name, "head_sha": sha, "conclusion": conclusion, "completed_at": "2026-05-12T13:31:00Z",
            "output": {"title": said}}  # fmt: skip
    return {"action": "completed", "check_run": body, **AROUND}


def review(state: str, who: dict[str, str], when: str, ident: int):
    body = {"id": ident, "state": state, "submitted_at": when, "commit_id": HEAD, "user": who}
    return {"action": "submitted", "review": body, "pull_request": PULL, **AROUND}


def at(text: str, precision: Precision = Precision.SECOND) -> Instant:
    return Instant(utc=datetime.fromisoformat(f"2026-05-{text}").replace(tzinfo=UTC), precision=precision)


def timeline(*deliveries: object, page: str = "", trigger: bool = True) -> Timeline:
    records, failures = read(READER, original([deployment(), *deliveries]))
    assert failures == []
    merged = merge(
        [each for each in records if isinstance(each, Event)], [e for e in records if isinstance(e, Change)], Settings()
    )
    went = next(each for each in merged.events if "production" in each.title)
    milestones = {Milestone.IMPACT_START: (Candidate(at("12T14:02"), "Users were hit."),)}
    if trigger:
        milestones[Milestone.TRIGGER] = (Candidate(went.instant, "The closest change.", event_ids=(went.id,)),)
    if page:
        milestones[Milestone.FIRST_MONITOR] = (Candidate(at(page), "A page.", event_ids=("p1",)),)
    readings = tuple(each for group in merged.groups for each in group)
    return Timeline(events=merged.events, readings=readings, milestones=milestones)


def told(found: tuple[Prefill, ...]) -> dict[str, tuple[str, str, str]]:
    return {each.row: (each.reached.value, each.outcome.value, each.record) for each in found}


def test_without_a_record_a_gate_stays_unknown() -> None:
    assert prefill_gates(timeline()) == ()


def test_jobs_and_checks_of_the_released_commit_are_gates() -> None:
    found = told(prefill_gates(timeline(check("unit tests", "success", "214 passed"), job("integration-tests"))))
    assert found == {
        "unit_tests": ("yes", "passed", "214 passed, 12 May 13:31"),
        "integration_tests": ("yes", "passed", "passed, 12 May 13:31"),
    }


def test_what_ran_for_another_commit_or_later_says_nothing() -> None:
    other = job("unit tests", sha=OTHER)
    late = job("integration tests", when="2026-05-12T15:00:00Z")
    elsewhere = job("unit tests", ident=5) | {"repository": {"name": "search", "full_name": "example-shop/search"}}
    elsewhere["workflow_job"] = elsewhere["workflow_job"] | {"head_sha": "v3.1"}
    assert prefill_gates(timeline(other, late, elsewhere)) == ()


def test_checks_of_the_pull_request_count_once_its_merge_is_the_release() -> None:
    before = job("unit tests", sha=HEAD, when="2026-05-11T16:00:00Z")
    assert prefill_gates(timeline(before)) == ()
    assert told(prefill_gates(timeline(before, MERGE)))["unit_tests"] == ("yes", "passed", "passed, 11 May 16:00")


def test_the_last_word_of_each_check_counts() -> None:
    red, green = job("unit tests", "failure", when="2026-05-12T13:20:00Z", ident=1), job("unit tests", ident=2)
    found = told(prefill_gates(timeline(red, green)))
    assert found["unit_tests"] == ("yes", "passed", "passed, 12 May 13:31, after a failed attempt")
    still = told(prefill_gates(timeline(job("unit tests"), job("unit tests (slow)", "failure", ident=2))))
    assert still["unit_tests"] == (
        "yes", "ignored", "1 of 2 checks failed, 12 May 13:31, and the release went on",
    )  # fmt: skip
    earlier = job("unit tests", "failure", sha=HEAD, when="2026-05-11T15:00:00Z", ident=3)
    assert told(prefill_gates(timeline(earlier, MERGE, green)))["unit_tests"][2] == "passed, 12 May 13:31"


@pytest.mark.parametrize(("conclusion", "said"), [
    ("skipped", {"unit_tests": ("no", "skipped", "skipped, 12 May 13:31")}), ("cancelled", {}), ("neutral", {}),
])  # fmt: skip
def test_a_job_that_was_skipped_was_not_reached_and_one_without_a_verdict_is_unknown(conclusion, said) -> None:
    assert told(prefill_gates(timeline(job("unit tests", conclusion)))) == said


def test_approvals_are_counted_by_person_and_only_the_last_word_of_each() -> None:
    reviews = (
        review("changes_requested", ADA, "2026-05-11T15:00:00Z", 1), review("approved", ADA, "2026-05-11T16:02:00Z", 2),
        review("approved", BO, "2026-05-11T16:22:00Z", 3), review("approved", BOT, "2026-05-11T16:30:00Z", 4),
        review("commented", BO, "2026-05-11T16:35:00Z", 5),
    )  # fmt: skip
    assert told(prefill_gates(timeline(*reviews, MERGE)))["code_review"] == (
        "yes",
        "passed",
        "2 approvals, 11 May 16:22",
    )
    assert told(prefill_gates(timeline(reviews[0], reviews[2], MERGE)))["code_review"] == (
        "yes", "ignored", "1 request for changes left open, 11 May 15:00",
    )  # fmt: skip


def test_a_merge_without_reviews_in_the_evidence_says_only_that() -> None:
    assert told(prefill_gates(timeline(MERGE)))["code_review"] == (
        "unknown", "unknown", "pull request 91 merged, 11 May 16:40",
    )  # fmt: skip


def test_staging_is_an_earlier_deployment_of_the_same_release() -> None:
    staging = deployment("staging", "2026-05-12T13:31:00Z", said="2 pods ready")
    assert told(prefill_gates(timeline(staging)))["staging"] == ("yes", "passed", "2 pods ready, 12 May 13:31")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("12 pods, canary stage not run (fast-track)", "skipped"),
        ("canary skipped", "skipped"),
        ("rollout without the canary", "skipped"),
        ("canary bypassed by label", "bypassed"),
    ],
)
def test_a_deployment_that_says_so_left_the_gate_out(said: str, outcome: str) -> None:
    found = told(prefill_gates(timeline(deployment(said=said))))
    assert found["canary"] == ("no", outcome, said)
    assert set(found) == {"canary"}


def test_accounts_that_contradict_each_other_are_both_quoted_and_nothing_is_proposed() -> None:
    found = told(prefill_gates(timeline(deployment(said="canary skipped"), job("canary"))))
    assert found["canary"] == ("unknown", "unknown", "passed, 12 May 13:31; canary skipped")


def test_a_switch_in_a_snapshot_from_before_is_an_absent_gate() -> None:
    def snapshot(value: str, day: str) -> Document:
        return Document(
            kind=EvidenceKind.CONFIG_SNAPSHOT, title="rollout", captured_at=at(day), place="cart",
            evidence=EvidenceRef(day, Locator(line=1)), settings={"rollout.canary.enabled": value},
        )  # fmt: skip

    off, on = snapshot("false", "12T13:00"), snapshot("true", "12T12:00")
    (found,) = prefill_gates(timeline(), [on, off])
    assert (found.reached, found.outcome) == (Reached.NO, Outcome.ABSENT)
    assert found.record == "rollout.canary.enabled is false, 12 May 13:00"
    assert found.evidence == (off.evidence,)
    assert prefill_gates(timeline(), [off, snapshot("true", "12T13:30")]) == ()
    assert prefill_gates(timeline(), [snapshot("false", "12T16:00")]) == (), "taken after it was over"


@pytest.mark.parametrize(
    ("page", "outcome", "record"),
    [
        ("12T14:11:08", "passed", "first page 14:11, 9 min 8 s after impact began"),
        ("12T13:59:00", "unknown", "first page 13:59, 3 min before impact began"),
        ("12T14:02:00", "unknown", "first page 14:02, about when impact began"),
    ],
)
def test_monitoring_is_reached_by_every_release_and_a_late_page_let_it_pass(page, outcome, record) -> None:
    (found,) = prefill_gates(timeline(page=page))
    assert (found.row, found.reached.value, found.outcome.value, found.record) == ("monitoring", "yes", outcome, record)
    assert found.event_ids == ("p1",)


def test_a_gate_of_ones_own_is_found_by_its_title_and_a_load_gate_by_its_usual_names() -> None:
    rows = {
        each.id: each for each in (GateRow(id="scan", title="Security scan"), GateRow(id="soak", title="Load test"))
    }
    found = told(prefill_gates(timeline(job("security-scan"), job("k6 checkout", ident=2)), rows=rows))
    assert found == {
        "scan": ("yes", "passed", "passed, 12 May 13:31"),
        "soak": ("yes", "passed", "passed, 12 May 13:31"),
    }


def test_citations_are_the_event_of_the_timeline_and_the_place_of_the_record() -> None:
    whole = timeline(deployment(said="canary skipped"))
    (found,) = prefill_gates(whole)
    assert found.event_ids == (release_path(whole).change.id,)
    assert [str(ref.locator) for ref in found.evidence] == ["line 1, /1/deployment_status/created_at"]


def test_nobody_says_what_a_gate_could_have_caught_and_what_people_wrote_stays() -> None:
    (proposal,) = prefill_gates(timeline(deployment(said="canary skipped")))
    row = filled(seed_rows()["canary"], proposal)
    assert (row.reached, row.outcome, row.prefilled) == (Reached.NO, Outcome.SKIPPED, True)
    assert (row.could, row.why) == (Could.UNKNOWN, "")
    own = replace(row, outcome=Outcome.BYPASSED, prefilled=False, record="")
    assert filled(own, proposal) == replace(own, record="canary skipped")
    aside = GateRow(id="canary", title="Canary", reached=Reached.NOT_APPLICABLE)
    assert filled(aside, proposal) == aside


def test_an_incident_that_no_change_set_off_has_no_path() -> None:
    assert is_change_triggered(timeline()) is True
    assert is_change_triggered(timeline(trigger=False)) is None
    failed = Event(instant=at("12T13:50"), title="A disk failed", evidence=EvidenceRef("e"), lane=Lane.LOGS,
                   kind=EventKind.TRIGGER)  # fmt: skip
    plain = replace(timeline(), events=(failed,), milestones={
        Milestone.TRIGGER: (Candidate(failed.instant, "", event_ids=(failed.id,)),)})  # fmt: skip
    assert is_change_triggered(plain) is False and release_path(plain) is None and prefill_gates(plain) == ()


def test_the_order_of_the_evidence_does_not_matter() -> None:
    parts = [job("unit tests", ident=n, when=f"2026-05-12T13:{30 + n}:00Z") for n in range(3)]
    parts += [MERGE, review("approved", ADA, "2026-05-11T16:02:00Z", 2)]
    there, back = timeline(*parts), timeline(*reversed(parts))
    assert told(prefill_gates(there)) == told(prefill_gates(back)) != {}


def test_the_demo_prefills_its_whole_matrix(tmp_path: Path) -> None:
    demo = Path(__file__).parents[3] / "examples" / "demo"
    run = analyze(Request(paths=[demo], options=ReadOptions()), EvidenceStore(tmp_path))
    rows = seed_rows() | {"load_test": GateRow(id="load_test", title="Load test", position=4.5)}
    found = prefill_gates(run.timeline, run.documents, rows)
    assert {row: each[:2] for row, each in told(found).items()} == {
        "code_review": ("yes", "passed"), "unit_tests": ("yes", "passed"), "integration_tests": ("yes", "passed"),
        "staging": ("yes", "passed"), "load_test": ("no", "absent"), "canary": ("no", "skipped"),
        "monitoring": ("yes", "passed"),
    }  # fmt: skip
    records = {each.row: each.record for each in found}
    assert records["code_review"] == "2 approvals, 11 May 16:22" and records["unit_tests"].startswith("214 passed")
    assert "fast-track" in records["canary"] and records["monitoring"].startswith("first page 14:11, 9 min")
    known = {each.id for each in run.timeline.events}
    assert all(set(each.event_ids) <= known and each.evidence for each in found)
