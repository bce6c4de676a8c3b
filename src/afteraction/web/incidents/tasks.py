"""What incidents ask of the queue."""

from __future__ import annotations

from django_tasks import task

from afteraction.web.incidents.actions.sweep_events import carry_on as go_on
from afteraction.web.incidents.models import TimelineEdit


@task()
def carry_on(edit_id: int) -> int:
    """Goes on with a decision over many events; how many it names."""
    if not TimelineEdit.objects.filter(pk=edit_id, incident__deleted_at=None).exists():
        return 0
    return go_on(edit_id)
