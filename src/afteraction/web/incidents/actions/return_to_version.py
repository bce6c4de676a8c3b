"""Taking the timeline back to the edits of a confirmed version.

Knows that going back is a change like any other: edits laid since are withdrawn, edits undone since come back, and all
of it stays in the history. Refuses to touch the version.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.sweep_events import project_edit
from afteraction.web.incidents.actions.triage_events import project_triage
from afteraction.web.incidents.models import FactsVersion, Incident, TimelineEdit
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis


@transaction.atomic
def return_to_version(incident: Incident, version: FactsVersion, *, actor: User, via: str = "page") -> int:
    """Brings back exactly the edits of a version; how many edits that changed."""
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    wanted = set(version.edit_ids)
    edits = TimelineEdit.objects.filter(incident=incident)
    laid = [edit for edit in edits.filter(withdrawn_at=None) if edit.edit_id not in wanted]
    undone = [edit for edit in edits.filter(withdrawn_at__isnull=False) if edit.edit_id in wanted]
    if not laid and not undone:
        return 0
    now = timezone.now()
    edits.filter(pk__in=[edit.pk for edit in laid]).update(withdrawn_at=now, withdrawn_by=actor)
    edits.filter(pk__in=[edit.pk for edit in undone]).update(withdrawn_at=None, withdrawn_by=None)
    project_triage(incident, list({one for edit in (*laid, *undone) for one in edit.event_ids}))
    for edit in (*laid, *undone):
        if edit.is_sweep:
            edit.refresh_from_db(fields=["withdrawn_at"])
            project_edit(incident, edit, actor)
    record(actor, "return_to_version", incident.subject, via=via, version=version.number, withdrawn=len(laid),
           restored=len(undone))  # fmt: skip
    ask_for_analysis(incident, actor)
    return len(laid) + len(undone)
