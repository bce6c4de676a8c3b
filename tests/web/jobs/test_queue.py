"""What the queue promises to whoever submits, on both databases."""

from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus

from afteraction.web.jobs.claims import claim
from afteraction.web.jobs.models import Job, JobState, Worker
from afteraction.web.jobs.queue import cancel, retry, submit
from afteraction.web.jobs.running import drain
from tests.web.jobs import tasks

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def empty(either_database):
    tasks.LEDGER.clear()
    Job.objects.all().delete()
    Worker.objects.all().delete()
    yield
    Job.objects.all().delete()
    Worker.objects.all().delete()


def test_a_job_runs_once_and_keeps_its_result():
    job = submit(tasks.note, "hello", subject="incident:1", title="Saying hello", actor_id=7)
    assert job.state == JobState.QUEUED
    (ended,) = drain()
    assert (ended.pk, ended.state, ended.result, ended.actor_id) == (job.pk, JobState.DONE, "HELLO", 7)
    assert drain() == []
    assert tasks.LEDGER == ["hello"]


def test_a_task_is_submitted_by_its_dotted_path_too():
    submit("tests.web.jobs.tasks.note", "by path")
    assert [job.state for job in drain()] == [JobState.DONE]
    assert tasks.LEDGER == ["by path"]


def test_djangos_task_interface_queues_and_finds_the_result():
    result = tasks.note.enqueue("through the front door")
    assert result.status == TaskResultStatus.READY
    drain()
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (
        TaskResultStatus.SUCCESSFUL,
        "THROUGH THE FRONT DOOR",
        1,
    )


def test_a_waiting_job_with_the_same_dedupe_is_returned():
    first = submit(tasks.note, "a", dedupe="analyse:1")
    assert submit(tasks.note, "a", dedupe="analyse:1").pk == first.pk
    assert submit(tasks.note, "a", dedupe="analyse:2").pk != first.pk
    assert len(drain()) == 2


def test_a_running_job_gets_one_successor_that_waits_for_it():
    first = submit(tasks.note, "a", dedupe="analyse:1")
    running = claim("one")
    assert running is not None and running.pk == first.pk
    second = submit(tasks.note, "a", dedupe="analyse:1")
    assert second.pk != first.pk
    assert submit(tasks.note, "a", dedupe="analyse:1").pk == second.pk
    assert claim("two") is None
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE)
    assert claim("two").pk == second.pk


def test_a_job_of_a_transaction_that_fails_was_never_there():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        submit(tasks.note, "never")
        raise ZeroDivisionError
    assert drain() == []


def test_subjects_take_turns():
    for word in "aaaa":
        submit(tasks.note, word, subject="incident:1")
    submit(tasks.note, "b", subject="incident:2")
    submit(tasks.note, "c", subject="incident:3")
    drain()
    assert sorted(tasks.LEDGER[:3]) == ["a", "b", "c"]


def test_a_waiting_job_is_stopped_at_once_and_can_be_tried_again():
    job = submit(tasks.note, "later")
    assert cancel(job.pk).state == JobState.CANCELLED
    assert drain() == []
    retry(job.pk)
    assert [ended.state for ended in drain()] == [JobState.DONE]


def test_a_running_job_is_stopped_at_its_next_report():
    job = submit(tasks.be_stopped)
    drain()
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert tasks.LEDGER == []


def test_trying_again_does_not_queue_the_same_twice():
    failed = submit(tasks.refuse, dedupe="x")
    drain()
    waiting = submit(tasks.refuse, dedupe="x")
    assert retry(failed.pk).pk == waiting.pk


def test_progress_is_kept_with_its_parts():
    job = submit(tasks.read_two_files)
    drain()
    job.refresh_from_db()
    assert (job.step, job.done, job.total, job.percent) == ("Reading 2 files", 2, 2, 100)
    assert job.parts == [
        {"name": "alerts.json", "done": 213, "total": 214, "state": "warn", "note": "line 214 is not a date"},
        {"name": "deploys.csv", "done": 61, "total": 61, "state": "done", "note": ""},
    ]
