"""Work in the background over the API.

Knows that a job belongs to an incident, and shows and stops those of incidents that the caller may see.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from afteraction.web.api import shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.jobs import queue
from afteraction.web.jobs.models import Job

router = Router(tags=["jobs"])
_SHOWN = tuple(shapes.JobOut.model_fields)


def job_out(job: Job) -> dict[str, Any]:
    """A job as people see it."""
    return {name: getattr(job, name) for name in _SHOWN}


@router.get("/{key}/jobs", response=shapes.Jobs, auth=scope(READ), summary="Jobs of an incident")
def jobs(request: HttpRequest, key: str) -> dict[str, Any]:
    """The newest hundred."""
    incident = incident_for(caller(request), key)
    return {"jobs": [job_out(job) for job in Job.objects.filter(subject=incident.subject).order_by("-id")[:100]]}


def _job(incident: Incident, job_id: int) -> Job:
    found = Job.objects.filter(subject=incident.subject, pk=job_id).first() if 0 < job_id < 2**63 else None
    if found is None:
        raise Http404
    return found


@router.get("/{key}/jobs/{job_id}", response=shapes.JobOut, auth=scope(READ), summary="One job")
def job(request: HttpRequest, key: str, job_id: int) -> dict[str, Any]:
    """With its progress per file."""
    return job_out(_job(incident_for(caller(request), key), job_id))


@router.post("/{key}/jobs/{job_id}/cancel", response=shapes.JobOut, auth=scope(WRITE), summary="Stop a job")
def cancel(request: HttpRequest, key: str, job_id: int) -> dict[str, Any]:
    """A waiting one at once, a running one at its next step."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    return job_out(queue.cancel(_job(incident, job_id).pk))


@router.post("/{key}/jobs/{job_id}/retry", response=shapes.JobOut, auth=scope(WRITE), summary="Try a job again")
def retry(request: HttpRequest, key: str, job_id: int) -> dict[str, Any]:
    """A failed or stopped one, from where it was."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    return job_out(queue.retry(_job(incident, job_id).pk))
