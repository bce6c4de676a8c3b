"""How a job fails: with a reason for people, a reference for the log, and a way to try again."""

from __future__ import annotations

import logging

import pytest

from afteraction.web.jobs.claims import ATTEMPTS
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import retry, submit
from afteraction.web.jobs.running import drain
from tests.web.jobs import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_ledger():
    tasks.LEDGER.clear()


def only() -> Job:
    return Job.objects.get()


def hurry() -> None:
    """The delay before the next attempt is over."""
    Job.objects.filter(state=JobState.RUNNING).update(lease_until="2026-01-01T00:00:00Z")


def test_what_was_refused_is_told_in_its_own_words(run_jobs):
    submit(tasks.refuse)
    run_jobs()
    assert (only().state, only().attempts) == (JobState.FAILED, 1)
    assert only().reason == "alerts.json, line 3: not a date. Give the date, then try again."


def test_a_fault_of_ours_shows_a_reference_and_no_traceback(run_jobs, caplog):
    submit(tasks.break_down)
    with caplog.at_level(logging.ERROR):
        run_jobs()
    job = only()
    assert job.state == JobState.FAILED
    assert job.reference and job.reference in job.reason
    assert "KeyError" not in job.reason and "INC-2041" not in job.reason
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert line.exc_info is not None


def test_a_full_disk_is_said_and_trying_again_works(run_jobs, monkeypatch):
    submit(tasks.fill_the_disk)
    run_jobs()
    job = only()
    assert job.state == JobState.FAILED
    assert "disk of this server is full" in job.reason and "try again" in job.reason
    Job.objects.update(task="tests.web.jobs.tasks.note", args=["room again"])
    retry(job.pk)
    run_jobs()
    assert (only().state, only().reason) == (JobState.DONE, "")


def test_a_locked_database_is_tried_again_by_itself(run_jobs):
    submit(tasks.meet_a_lock, 2)
    run_jobs()
    assert only().state == JobState.RUNNING, "it waits for its next attempt"
    assert run_jobs() == [], "not before its time"
    hurry()
    run_jobs()
    hurry()
    run_jobs()
    assert (only().state, only().result, only().attempts) == (JobState.DONE, "through", 3)


def test_a_database_that_stays_locked_ends_the_job_after_five_attempts(run_jobs):
    submit(tasks.meet_a_lock, 99)
    for _ in range(ATTEMPTS):
        hurry()
        run_jobs()
    assert (only().state, only().attempts) == (JobState.FAILED, ATTEMPTS)
    assert "database did not answer" in only().reason


def test_a_task_that_does_not_exist_fails_like_any_other(run_jobs):
    submit("tests.web.jobs.tasks.renamed_since")
    assert [job.state for job in drain()] == [JobState.FAILED]
