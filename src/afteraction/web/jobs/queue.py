"""Asking for work, and asking to stop it.

Knows the queue from the side of whoever wants something done. Refuses a second queued job for the same thing: the one
that waits will see everything that was written before it begins.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.reference import current_reference

# Each round loses against another transaction that queued the same and saw it begin in between.
_ROUNDS = 10


def submit(
    task: Task[..., Any] | str,
    *args: Any,
    subject: str = "",
    dedupe: str = "",
    title: str = "",
    actor_id: int | None = None,
    priority: int = 0,
    run_after: datetime | None = None,
    **kwargs: Any,
) -> Job:
    """Queues `task` (itself, or its dotted path) with JSON arguments; it begins after the caller's transaction.

    A job with the same `dedupe` that waits is returned instead, held so that it cannot begin before the caller's
    transaction ends; one that runs gets one successor.
    """
    return queue_call(
        task if isinstance(task, str) else task.module_path, list(args), kwargs, subject=subject, dedupe=dedupe,
        title=title[:300], actor_id=actor_id, priority=priority, run_after=run_after,
    )  # fmt: skip


def queue_call(path: str, args: list[Any], kwargs: dict[str, Any], *, dedupe: str = "", **said: Any) -> Job:
    """Queues the call of the task at `path`; `said` are further fields of the job."""
    call = {"task": path, "args": normalize_json(args), "kwargs": normalize_json(kwargs)}
    for _ in range(_ROUNDS):
        with transaction.atomic():
            waiting = _waiting(dedupe)
            if waiting is not None:
                return waiting
            try:
                with transaction.atomic():
                    return Job.objects.create(**call, **said, dedupe=dedupe, request_id=current_reference())
            except IntegrityError:
                continue
    raise RuntimeError(f"{path} could not be queued: others queue the same all the time.")


def _waiting(dedupe: str) -> Job | None:
    """The queued job of that name, held until the transaction ends."""
    if not dedupe:
        return None
    return Job.objects.select_for_update().filter(dedupe=dedupe, state=JobState.QUEUED).first()


@transaction.atomic
def cancel(job_id: int) -> Job:
    """Stops a job: a waiting one at once, a running one at its next report. One that is over stays as it is."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state == JobState.QUEUED:
        Job.objects.filter(pk=job_id).update(state=JobState.CANCELLED, finished_at=Now(), cancel_asked=True)
    elif job.state == JobState.RUNNING:
        Job.objects.filter(pk=job_id).update(cancel_asked=True)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(job_id: int) -> Job:
    """Queues a failed or stopped job again, from its last checkpoint; the one that waits for the same is enough."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        return job
    waiting = _waiting(job.dedupe)
    if waiting is not None:
        return waiting
    job.state, job.attempts, job.cancel_asked, job.worker = JobState.QUEUED, 0, False, ""
    job.reason, job.reference, job.finished_at, job.lease_until, job.run_after = "", "", None, None, None
    job.save()
    return job
