"""Doing one claimed job, from its call to its end.

Knows every way a job can end: done, stopped, failed with a reason, handed back, taken by another worker. Refuses to let
any of them escape into the worker.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from afteraction.web.jobs.claims import ATTEMPTS, claim, finish, give_back
from afteraction.web.jobs.lease import Cancelled, Handed, Lease, LeaseLost, current_lease
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.reasons import passes_by_itself, reason_of
from afteraction.web.jobs.reference import new_reference, under

log = logging.getLogger("afteraction.jobs")
# An end is worth waiting for: without it the whole job is done again.
_END_TRIES = 6


def perform(job: Job, lease: Lease) -> None:
    """Calls the task and writes how it ended. Does not raise."""
    with under(job.request_id):
        held = current_lease.set(lease)
        started = time.monotonic()
        try:
            outcome, values = _outcome(job)
        finally:
            current_lease.reset(held)
        seconds = round(time.monotonic() - started, 3)
        log.info("job ended", extra={"job": job.pk, "task": job.task, "outcome": outcome, "seconds": seconds})
        try:
            _write_end(lease, outcome, values)
        except LeaseLost:
            log.warning("job was taken by another worker", extra={"job": job.pk, "task": job.task})


def _outcome(job: Job) -> tuple[str, dict[str, Any]]:
    args, kwargs = job.arguments
    try:
        task = import_string(job.task)
        function: Callable[..., Any] = task.func if isinstance(task, Task) else task
        return JobState.DONE, {"result": normalize_json(function(*args, **kwargs)), "reason": "", "reference": ""}
    except Cancelled:
        return JobState.CANCELLED, {}
    except Handed:
        return "handed", {"spent": 0}
    except LeaseLost:
        return "lost", {}
    except Exception as error:  # noqa: BLE001 - whatever a task raises must end as a reason that people can read
        return _failure(job, error)


def _failure(job: Job, error: Exception) -> tuple[str, dict[str, Any]]:
    reference = new_reference()
    log.error("job raised, reference %s", reference, exc_info=error, extra={"job": job.pk, "task": job.task})
    reason = reason_of(error, reference)
    if passes_by_itself(error) and job.attempts < ATTEMPTS:
        return "handed", {"after": timedelta(seconds=2**job.attempts), "reason": reason}
    return JobState.FAILED, {"reason": reason, "reference": reference}


def _write_end(lease: Lease, outcome: str, values: dict[str, Any]) -> None:
    for attempt in range(_END_TRIES):
        try:
            if outcome == "lost":
                raise LeaseLost
            lease.flush()
            if outcome == "handed":
                give_back(lease, **values)
            else:
                finish(lease, JobState(outcome), **values)
        except (OperationalError, InterfaceError):
            if attempt == _END_TRIES - 1:
                log.exception("the end of a job could not be written; it will be done again")
                return
            if not connection.in_atomic_block:
                close_old_connections()
            time.sleep(min(2**attempt, 10) / 10)
        else:
            return


def drain(limit: int = 1000) -> list[Job]:
    """Does every job that can be claimed now, here and one after the other; gives what they became."""
    done: list[Job] = []
    while len(done) < limit and (job := claim("drain")) is not None:
        perform(job, Lease(job, flushes_itself=True))
        job.refresh_from_db()
        done.append(job)
    return done
