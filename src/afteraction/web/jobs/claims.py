"""Taking jobs and ending them.

Knows which job is next: fair over subjects, each job held by one worker at a time, same work never twice at once.
Refuses to hand out a job that killed its worker five times.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from afteraction.web.jobs.lease import LEASE, Lease
from afteraction.web.jobs.models import Job, JobState

ATTEMPTS = 5


def claimable() -> QuerySet[Job]:
    """Waiting jobs that are due, and running ones whose worker let its lease end; next first.

    Next is the higher priority, then the subject with fewer jobs running, then the subject served longest ago.
    """
    running = Job.objects.filter(state=JobState.RUNNING)
    same = running.filter(dedupe=OuterRef("dedupe")).exclude(dedupe="")
    is_due = Q(state=JobState.QUEUED) & (Q(run_after=None) | Q(run_after__lte=Now())) & ~Exists(same)
    of_subject = Job.objects.filter(subject=OuterRef("subject")).order_by().values("subject")
    held = of_subject.filter(state=JobState.RUNNING, lease_until__gt=Now()).annotate(n=Count("pk")).values("n")
    served = of_subject.annotate(at=Max("started_at")).values("at")
    return (
        Job.objects.filter(is_due | Q(state=JobState.RUNNING, lease_until__lte=Now()))
        .annotate(held=Coalesce(Subquery(held), 0), served=Subquery(served))
        .order_by("-priority", "held", Coalesce("served", "queued_at"), "pk")
    )


def claim(worker: str) -> Job | None:
    """The next job, now held by `worker`; None when there is none. Ends those that may not be tried again."""
    while claimable().exists():  # read only: an idle worker takes no write lock
        with transaction.atomic():
            job = claimable().select_for_update(skip_locked=True, of=("self",)).first()
            if job is None:
                return None
            if job.cancel_asked:
                _end(job, JobState.CANCELLED)
            elif job.attempts >= ATTEMPTS:
                _end(job, JobState.FAILED, reason=_gave_up(job))
            else:
                Job.objects.filter(pk=job.pk).update(
                    state=JobState.RUNNING, worker=worker, fence=job.fence + 1, attempts=job.attempts + 1, reason="",
                    started_at=Now(), lease_until=Now() + LEASE,
                )  # fmt: skip
                job.refresh_from_db()
                return job
    return None


def _end(job: Job, state: JobState, **values: Any) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, finished_at=Now(), lease_until=None, worker="", fence=job.fence + 1, **values
    )


def _gave_up(job: Job) -> str:
    doing = f' at "{job.step}"' if job.step else ""
    return job.reason or (
        f"The worker ended {job.attempts} times{doing}, most often because memory ran out. What was committed is kept. "
        "Try again with less evidence at once, or give the server more memory."
    )


def finish(lease: Lease, state: JobState, **values: Any) -> None:
    """Ends a job under its lease, or raises LeaseLost."""
    lease.write(state=state, finished_at=Now(), lease_until=None, worker="", **values)


def give_back(lease: Lease, *, after: timedelta = timedelta(0), spent: int = 1, reason: str = "") -> None:
    """Lets the lease end `after` some time, for any worker to go on; a `spent` of 0 does not count as an attempt."""
    job = Job.objects.get(pk=lease.job_id)
    lease.write(worker="", lease_until=Now() + after, attempts=job.attempts - 1 + spent, reason=reason)


def release(worker: str) -> int:
    """Ends the leases of a worker that is known to be dead, or of all whose names begin with `worker`/."""
    theirs = Q(worker=worker) | Q(worker__startswith=f"{worker}/")
    return Job.objects.filter(theirs, state=JobState.RUNNING).update(worker="", lease_until=Now())
