"""What evidence asks of the queue.

Knows how a run reports itself. Refuses to hold a run's state: what was read is kept, so a run that was broken off goes
on where it stopped.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from afteraction.web.evidence.actions.analyse import PurgedMeanwhile, analyse_originals
from afteraction.web.evidence.actions.links import look_at_link, rules
from afteraction.web.evidence.actions.pulls import run_pull
from afteraction.web.evidence.actions.purge import destroy_purged, forget_free_pages
from afteraction.web.evidence.actions.retain import look_after_retention
from afteraction.web.evidence.actions.upload import clear_staging
from afteraction.web.evidence.models import Link, Pull
from afteraction.web.incidents.actions.run_writing import RunTaken
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.progress import checkpoint, part, report

if TYPE_CHECKING:
    from afteraction.core.analysis import FileReport
    from afteraction.core.evidence import Evidence

# How often a run asks whether it should hand the job back, in seconds.
_BETWEEN = 2.0
_SHOWN = {"partial": "warn", "unread": "warn", "failed": "failed"}


@task()
def analyse(incident_id: int) -> int | None:
    """Analyses an incident from its frozen originals and people's edits; the number of events, None without evidence.

    Reads only what was not read before, and does nothing when the newest analysis is of exactly this.
    """
    incident = Incident.objects.filter(pk=incident_id, deleted_at=None).first()
    if incident is None:
        return None
    try:
        stored, _is_new = analyse_originals(incident, importer="job", progress=_Pulse().beat, watch=_tell)
    except (RunTaken, PurgedMeanwhile):
        # Whoever did that asked for a run of its own, which knows more than this one.
        destroy_purged(incident)
        return None
    return stored.event_count if stored else None


@task()
def destroy(incident_ids: list[int]) -> None:
    """Removes what is left of purged evidence: bytes that came back meanwhile, and pages of the database."""
    for incident in Incident.objects.filter(pk__in=incident_ids):
        destroy_purged(incident)
    forget_free_pages()


@task()
def keep_no_longer() -> list[int]:
    """Warns of evidence that is due to go, and lets go of what was warned of; how many of each."""
    return list(look_after_retention(timezone.now()))


@task()
def clear() -> int:
    """Removes uploads that nobody finished; how many."""
    return clear_staging()


class _Pulse:
    """Reports steps, and now and then gives the worker a chance to hand the job back."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def beat(self, step: str, done: int, total: int) -> None:
        report(step, done, total)
        if time.monotonic() - self.last > _BETWEEN:
            self.last = time.monotonic()
            checkpoint({"read": done})


def _tell(item: Evidence, found: FileReport | None) -> None:
    """One file's line: it is being read, or what became of it."""
    if found is None:
        part(item.name)
        return
    rows = sum(found.rows.values())
    note = f"{rows:,} read" if rows else ""
    if found.failures_total:
        note = f"{rows:,} read, {found.failures_total:,} not"
    part(item.name, done=rows, total=rows + found.failures_total, state=_SHOWN.get(found.state, "done"), note=note)


@task()
def copy_link(link_id: int) -> str:
    """Fetches a copy of what a link shows, or looks whether it still leads somewhere."""
    link = Link.objects.select_related("incident", "person").filter(pk=link_id, removed_at=None).first()
    if link is None:
        return ""
    look_at_link(link, rules())
    return str(link.copy_state)


@task()
def pull_evidence(pull_id: int) -> str:
    """Asks a source step by step; what a pull became."""
    found = Pull.objects.select_related("incident", "person").filter(pk=pull_id, incident__deleted_at=None).first()
    if found is None:
        return ""
    run_pull(found)
    return str(found.state)
