"""Asking for an incident to be analysed again.

Knows the job's name. Refuses to analyse: that is the next floor's work, named here by its dotted path alone.
"""

from __future__ import annotations

from django.db.models import Q

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, TimelineEdit

TASK = "afteraction.web.evidence.tasks.analyse"


def name_of_job(incident: Incident) -> str:
    """What the job is called among waiting ones: there is never a second one waiting for the same incident."""
    return f"analyse:{incident.pk}"


def name_of_sweep(incident: Incident, edit: TimelineEdit) -> str:
    """What the job is called that goes on with a decision over many events."""
    return f"sweep:{incident.pk}:{edit.pk}"


def ask_for_analysis(incident: Incident, actor: User | None) -> None:
    """Queues the analysis of an incident's originals with the edits as they will stand when it begins.

    Call it inside the transaction that changes something: the job begins when that is over, or not at all.
    """
    from afteraction.web.jobs.queue import submit

    submit(
        TASK,
        incident.pk,
        subject=incident.subject,
        dedupe=name_of_job(incident),
        title=f"Recomputing the facts of {incident.key}",
        actor_id=actor.pk if actor else None,
    )


def is_recomputing(incident: Incident) -> bool:
    """True while an analysis of the incident, or a decision over many of its events, waits or runs."""
    from afteraction.web.jobs.models import Job, JobState

    open_states = (JobState.QUEUED, JobState.RUNNING)
    mine = Q(dedupe=name_of_job(incident)) | Q(dedupe__startswith=f"sweep:{incident.pk}:")
    return Job.objects.filter(mine, state__in=open_states).exists()
