"""Writing a note on an event, or on the whole incident.

Knows that notes add up: two people who write at once have written two notes. Refuses an empty one.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.core.overlay import Verb
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.laying import LONGEST_TEXT, Unusable, Wish, edit_saying, lay
from afteraction.web.incidents.models import Incident, TimelineEdit


@transaction.atomic
def note_event(incident: Incident, wish: Wish, *, text: str, actor: User, via: str = "page") -> TimelineEdit:
    """Adds a note; without an event it is about the incident as a whole."""
    told = text.strip()
    if not told or len(told) > LONGEST_TEXT:
        raise Unusable("The note is empty or too long.", next_step=f"Write up to {LONGEST_TEXT} characters.")
    said = edit_saying(Verb.NOTE, wish, actor, text=told)
    return lay(incident, wish, said, "note_event", actor=actor, via=via, changes_facts=False)
