"""What a lease promises: a dead worker's job goes on elsewhere, and who lost a job writes nothing more."""

from __future__ import annotations

import pytest
from django.db.models.functions import Now

from afteraction.web.jobs.claims import ATTEMPTS, claim, release
from afteraction.web.jobs.lease import (
    GRACE_SECONDS,
    LEASE,
    PARTS_LISTED,
    RENEW_SECONDS,
    Handed,
    Lease,
    LeaseLost,
    current_lease,
)
from afteraction.web.jobs.models import Job, JobState, Worker
from afteraction.web.jobs.progress import checkpoint, committing, part, report
from afteraction.web.jobs.queue import cancel, submit
from afteraction.web.jobs.running import drain, perform
from afteraction.web.jobs.worker import POLL_SECONDS
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


def let_the_lease_end(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=Now())


def claimed(worker: str) -> Job:
    job = claim(worker)
    assert job is not None
    return job


def chunks() -> list[str]:
    return sorted(Worker.objects.filter(name__startswith="chunk").values_list("name", flat=True))


def test_a_dead_worker_is_missed_within_15_seconds_and_a_live_one_renews_twice_before():
    assert LEASE.total_seconds() + POLL_SECONDS < 15
    assert LEASE.total_seconds() > 2 * RENEW_SECONDS


def test_a_job_is_held_until_its_lease_ends():
    job = submit(tasks.note, "a")
    assert claimed("one").pk == job.pk
    assert claim("two") is None
    let_the_lease_end(job)
    again = claimed("two")
    assert (again.pk, again.attempts, again.worker) == (job.pk, 2, "two")


def test_a_job_goes_on_at_the_checkpoint_of_the_worker_that_died():
    submit(tasks.count_in_chunks, 5, die_at=2)
    with pytest.raises(SystemExit):
        drain()
    assert chunks() == ["chunk-0", "chunk-1", "chunk-2"]
    assert claim("another") is None
    release("drain")
    (job,) = drain()
    assert (job.state, job.result, job.attempts) == (JobState.DONE, 5, 2)
    assert chunks() == [f"chunk-{number}" for number in range(5)]
    assert tasks.LEDGER == ["died"]


def test_a_worker_that_lost_its_lease_commits_nothing():
    submit(tasks.count_in_chunks, 2)
    old = claimed("old")
    let_the_lease_end(old)
    claimed("new")
    current_lease.set(Lease(old))
    try:
        with pytest.raises(LeaseLost), committing():
            Worker.objects.create(name="chunk-never", seen_at="2026-01-01T00:00:00Z")
        with pytest.raises(LeaseLost):
            checkpoint({"next": 99})
        with pytest.raises(LeaseLost):
            report("Counting", 1, 2)
    finally:
        current_lease.set(None)
    assert chunks() == []


def test_a_worker_that_lost_its_lease_cannot_end_the_job():
    submit(tasks.note, "twice")
    old = claimed("old")
    let_the_lease_end(old)
    new = claimed("new")
    perform(old, Lease(old))
    new.refresh_from_db()
    assert (new.state, new.worker) == (JobState.RUNNING, "new")
    perform(new, Lease(new))
    new.refresh_from_db()
    assert new.state == JobState.DONE


def test_a_renewed_lease_lasts():
    job = submit(tasks.note, "long")
    lease = Lease(claimed("one"))
    let_the_lease_end(job)
    lease.flush(renew=True)
    assert claim("two") is None


def test_a_job_that_kills_every_worker_ends_with_a_reason():
    job = submit(tasks.note, "poison")
    for attempt in range(ATTEMPTS):
        claimed(f"worker-{attempt}")
        let_the_lease_end(job)
    assert claim("the sixth") is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "ended 5 times" in job.reason
    assert "Try again" in job.reason


def test_stopping_a_job_whose_worker_died_ends_it():
    job = submit(tasks.note, "gone")
    claimed("dead")
    cancel(job.pk)
    let_the_lease_end(job)
    assert drain() == []
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_worker_told_to_end_hands_the_job_back_at_its_checkpoint():
    import threading

    job = submit(tasks.count_in_chunks, 5)
    ends = threading.Event()
    ends.set()
    perform(held := claimed("ending"), Lease(held, ends=ends))
    job.refresh_from_db()
    assert (job.state, job.worker, job.attempts, job.checkpoint) == (JobState.RUNNING, "", 0, {"next": 1})
    (job,) = drain()
    assert (job.state, job.attempts) == (JobState.DONE, 1)
    assert len(chunks()) == 5


def test_a_task_without_checkpoints_has_a_grace_and_is_then_handed_back(monkeypatch):
    import threading

    ends = threading.Event()
    submit(tasks.note, "x")
    lease = Lease(claimed("ending"), ends=ends)
    ends.set()
    lease.say(step="still going")
    monkeypatch.setattr("afteraction.web.jobs.lease.time.monotonic", lambda: 1e9 + GRACE_SECONDS)
    with pytest.raises(Handed):
        lease.say(step="too long")


def test_finished_parts_are_folded_when_there_are_thousands():
    submit(tasks.note, "x")
    current_lease.set(Lease(claimed("one"), flushes_itself=True))
    try:
        part("broken.json", state="failed", note="not JSON")
        for number in range(2 * PARTS_LISTED):
            part(f"{number}.log", done=1, total=1, state="done")
        current_lease.get().flush()
    finally:
        current_lease.set(None)
    job = Job.objects.get()
    assert len(job.parts) == PARTS_LISTED
    assert len(job.parts) + job.folded == 2 * PARTS_LISTED + 1
    assert job.parts[0]["name"] == "broken.json"


def test_outside_of_a_job_a_task_reports_to_nobody():
    assert tasks.count_in_chunks.func(2) == 2
    assert chunks() == ["chunk-0", "chunk-1"]
