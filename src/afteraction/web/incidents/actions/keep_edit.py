"""Adding one edit to the overlay.

Knows that the same edit twice is one row. Refuses to ask who may: the verbs of `edit_events` do.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.core.overlay import Edit
from afteraction.web.accounts.models import User
from afteraction.web.incidents.editing.edits import packed_edit
from afteraction.web.incidents.models import EditedEvent, Incident, TimelineEdit
from afteraction.web.ui.storable import storable


@transaction.atomic(savepoint=False)
def keep_edit(incident: Incident, edit: Edit, person: User | None = None) -> TimelineEdit:
    """Adds one edit of a person to the incident's overlay; the same edit again is the row that is there."""
    kept, is_new = TimelineEdit.objects.get_or_create(
        incident=incident,
        edit_id=edit.id,
        defaults={
            "verb": edit.verb.value,
            "event_ids": list(edit.event_ids),
            "at": edit.at,
            "author": edit.author,
            "person": person,
            "value": storable(packed_edit(edit)),
        },
    )
    if is_new:
        named = dict.fromkeys(edit.event_ids)
        EditedEvent.objects.bulk_create(EditedEvent(edit=kept, incident=incident, event_id=each) for each in named)
    return kept
