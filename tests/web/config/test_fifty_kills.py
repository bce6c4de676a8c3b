"""Fifty random kills of web and worker while evidence comes in and people correct the timeline: nothing that was
acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import hashlib
import os
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Q
from django.utils import timezone

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.models import EvidenceFile, Upload
from afteraction.web.incidents import queries
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import AnalysedEvent, Incident, TimelineEdit
from afteraction.web.incidents.models.analysis import STANDING
from afteraction.web.jobs.models import Job, JobState
from tests.web.killing import API, Browser, kill_somebody
from tests.web.serving import database_of, served, until

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("AFTERACTION_KILLS", "50"))


def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, django_db_setup, django_db_blocker, settings):
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    with django_db_blocker.unblock(), served(tmp_path) as server, database_of(server):
        settings.EVIDENCE_STORE = tmp_path / "data" / "evidence"
        until(lambda: "/enter/" in server.told(), 20, "the way in")
        ends = threading.Event()
        browser = Browser(server, server.told(), ends)
        key = browser.open_incident()
        people = [threading.Thread(target=work, args=(key,)) for work in (
            browser.upload_files, browser.log_lines, browser.correct, browser.correct,
        )]  # fmt: skip
        for person in people:
            person.start()
        until(lambda: bool(browser.acknowledged.edits), 60, "a first edit")
        killed: Counter[str] = Counter()
        while sum(killed.values()) < KILLS:
            time.sleep(chance.uniform(0.2, 3.5))
            if name := kill_somebody(server, chance):
                killed[name] += 1
        ends.set()
        for person in people:
            person.join(180)
        assert not any(person.is_alive() for person in people)
        again = finish_all_jobs(browser, key)
        told = {
            "seed": seed, "killed": dict(killed), "files": len(browser.acknowledged.files),
            "lines": len(browser.acknowledged.lines), "edits": len(browser.acknowledged.edits),
            "sent_again": browser.acknowledged.sent_again, "jobs": Job.objects.count(), "tried_again_by_hand": again,
        }  # fmt: skip
        (tmp_path / "figures").write_text(repr(told))
        print(told)  # noqa: T201 - these figures go into the note of whoever ran it
        assert browser.acknowledged.refused == [], told
        assert min(told["files"], told["lines"], told["edits"]) >= 10, told
        everything_is_there_once(browser, Incident.objects.get(key=key))


def finish_all_jobs(browser: Browser, key: str) -> int:
    """Waits until no job is left; those that failed are tried again once, as somebody would who reads the reason."""
    # Each failed job that was tried again, and the one that does its work: itself, or another that waited for the same.
    tried_again: dict[int, int] = {}
    # What is to begin tomorrow (tidying up after uploads) is nobody's loss today.
    due = Job.objects.filter(Q(run_after=None) | Q(run_after__lte=timezone.now()))

    def are_over() -> bool:
        # Asked first: a job may come to its end as failed while the failed ones are looked up.
        is_any_left = due.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).exists()
        for job in Job.objects.filter(state=JobState.FAILED).exclude(pk__in=tried_again):
            assert job.reason
            answer = browser.send("POST", f"{API}/{key}/jobs/{job.pk}/retry")
            assert answer.status_code == 200, answer.text
            tried_again[job.pk] = answer.json()["id"]
            is_any_left = True
        return not is_any_left

    try:
        until(are_over, 600, "the end of every job")
    except AssertionError as late:
        fields = ("pk", "state", "attempts", "step", "worker", "lease_until", "started_at", "reason")
        raise AssertionError(list(due.exclude(state=JobState.DONE).values(*fields))) from late
    replaced = [failed for failed, other in tried_again.items() if failed != other]
    assert list(due.exclude(pk__in=replaced).exclude(state=JobState.DONE).values_list("state", "reason")) == []
    return len(tried_again)


def everything_is_there_once(browser: Browser, incident: Incident) -> None:
    kept = browser.acknowledged
    rows = EvidenceFile.objects.filter(incident=incident)
    by_hash = Counter(rows.values_list("sha256", flat=True))
    assert {sha256: by_hash[sha256] for sha256 in kept.files} == dict.fromkeys(kept.files, 1)
    names = Counter(rows.values_list("name", flat=True))
    assert {own: names[f"log/{own}.json"] for own in kept.lines} == dict.fromkeys(kept.lines, 1)
    for sha256 in by_hash:
        with store_of(incident).open_original(sha256) as stream:
            assert hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    taken = Counter(AuditEntry.objects.filter(verb="take_in").values_list("detail__sha256", flat=True))
    assert taken == by_hash, "one entry in the trail for each original"
    edits = Counter(TimelineEdit.objects.filter(incident=incident).values_list("edit_id", flat=True))
    assert {own: edits[own] for own in kept.edits} == dict.fromkeys(kept.edits, 1)
    the_last_analysis_has_all_of_it(browser, incident)
    assert not Upload.objects.filter(incident=incident, file=None).exists()


def the_last_analysis_has_all_of_it(browser: Browser, incident: Incident) -> None:
    analysis = queries.latest_analysis(incident)
    assert analysis is not None
    assert set(browser.acknowledged.files) <= set(analysis.evidence_hashes)
    shown = AnalysedEvent.objects.filter(incident=incident, last_run=STANDING)
    assert [each for each, count in Counter(shown.values_list("event_id", flat=True)).items() if count > 1] == []
    assert shown.count() == analysis.event_count
    # A reading that was kept and merged since is a member of the event that took it in.
    triage = {
        each: decided
        for event_id, members, decided in shown.values_list("event_id", "value__members", "triage")
        for each in (event_id, *members)
    }
    kept = set(browser.acknowledged.kept)
    assert kept <= triage.keys(), "an event that somebody kept is on the timeline"
    assert [each for each in kept if triage[each] != "kept"] == []
