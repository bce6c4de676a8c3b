"""Who may see and stop the jobs of an incident: who may see it, and who may work on it.

Knows permissions. Refuses to leave a stop out of the audit trail.
"""

from __future__ import annotations

from typing import cast

from django.http import Http404

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK, visible_to
from afteraction.web.jobs.models import Job
from afteraction.web.jobs.visibility import register


def _sees(user: object, number: int) -> bool:
    return visible_to(cast(User, user)).filter(pk=number).exists()


def _acts(user: object, number: int, verb: str, job: Job) -> None:
    person = cast(User, user)
    incident = visible_to(person).filter(pk=number).first()
    if incident is None:
        raise Http404
    need(person, WORK, incident)
    record(person, verb, incident.subject, job=job.pk, title=job.title)


def register_jobs() -> None:
    """Called when the app is ready."""
    register("incident", _sees, _acts)
