"""Undoing an edit, and taking that back.

Knows that an edit is withdrawn, never deleted: it stays in the history of its events. Refuses to undo what is part of
no timeline.
"""

from __future__ import annotations

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from afteraction.core.overlay import Verb
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.sweep_events import project_edit
from afteraction.web.incidents.models import Incident, TimelineEdit
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis


@transaction.atomic
def withdraw_edit(incident: Incident, edit_id: str, *, actor: User, via: str = "page") -> TimelineEdit:
    """Undoes an edit; one that is undone already stays so."""
    edit = _held(incident, edit_id, actor)
    if edit.withdrawn_at is None:
        edit.withdrawn_at, edit.withdrawn_by = timezone.now(), actor
        _changed(incident, edit, "withdraw_edit", actor, via)
    return edit


@transaction.atomic
def restore_edit(incident: Incident, edit_id: str, *, actor: User, via: str = "page") -> TimelineEdit:
    """Brings an undone edit back, at its old place in the order of edits; one that is in force stays so."""
    edit = _held(incident, edit_id, actor)
    if edit.withdrawn_at is not None:
        edit.withdrawn_at, edit.withdrawn_by = None, None
        _changed(incident, edit, "restore_edit", actor, via)
    return edit


def _held(incident: Incident, edit_id: str, actor: User) -> TimelineEdit:
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    edit = TimelineEdit.objects.filter(incident=incident, edit_id=edit_id[:64]).first()
    if edit is None:
        raise Http404("This timeline has no such edit.")
    return edit


def _changed(incident: Incident, edit: TimelineEdit, verb: str, actor: User, via: str) -> None:
    edit.save(update_fields=["withdrawn_at", "withdrawn_by"])
    project_edit(incident, edit, actor)
    record(actor, verb, incident.subject, via=via, edit=edit.edit_id, of=edit.verb, count=edit.count)
    if edit.verb != Verb.NOTE:
        ask_for_analysis(incident, actor)
