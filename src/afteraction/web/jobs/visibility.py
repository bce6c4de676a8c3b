"""Who may see a job, and who may stop it or try it again.

Knows that this depends on its subject, and asks whoever registered for that kind of subject ("incident" of
"incident:12"). Refuses everybody where nobody registered; a job without a subject belongs to who asked for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from afteraction.web.jobs.models import Job

# Whether a user may see the subject of that number.
See = Callable[[Any, int], bool]
# Raises PermissionDenied unless a user may do the verb ("stop_job", "retry_job") to a job of the subject of that
# number, and notes in the audit trail that they do; called in the transaction that does it.
Act = Callable[[Any, int, str, Job], None]
_registered: dict[str, tuple[See, Act]] = {}


def register(kind: str, see: See, act: Act) -> None:
    """Says who decides about jobs of one kind of subject."""
    _registered[kind] = (see, act)


def _of(job: Job) -> tuple[See | None, Act | None, int]:
    kind, _, number = job.subject.partition(":")
    see, act = _registered.get(kind, (None, None))
    return see, act, int(number) if number.isdecimal() else 0


def may_see(user: Any, job: Job) -> bool:
    """Whether somebody may see the job."""
    if not job.subject:
        return job.actor_id is not None and job.actor_id == user.pk
    see, _, number = _of(job)
    return see is not None and see(user, number)


def visible_job(user: Any, job_id: int) -> Job:
    """The job, or Http404, the same for one that is not there and one that may not be seen."""
    job = Job.objects.filter(pk=job_id).first() if job_id < 2**63 else None
    if job is None or not may_see(user, job):
        raise Http404
    return job


def allow(user: Any, job: Job, verb: str) -> None:
    """Returns when somebody may do that to the job, else raises PermissionDenied with what it takes."""
    if not job.subject:
        if not may_see(user, job):
            raise PermissionDenied("This job belongs to somebody else.")
        return
    _, act, number = _of(job)
    if act is None:
        raise PermissionDenied("Nobody may do this to a job of that kind.")
    act(user, number, verb, job)
