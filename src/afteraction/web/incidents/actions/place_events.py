"""Merging events into one, and taking one apart.

Knows that a merged event keeps every source. Refuses to lose one: what was merged can be split again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from afteraction.core.overlay import Verb
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.laying import Unusable, Wish, edit_saying, events_meant, lay
from afteraction.web.incidents.models import Incident, TimelineEdit
from afteraction.web.incidents.standing import members_of


@transaction.atomic
def merge_events(incident: Incident, wish: Wish, *, actor: User, via: str = "page") -> TimelineEdit:
    """Makes several events one happening, seen several times."""
    if len(set(wish.event_ids)) < 2:
        raise Unusable("One event cannot be merged.", next_step="Select two or more that are the same happening.")
    return lay(incident, wish, edit_saying(Verb.MERGE, wish, actor), "merge_events", actor=actor, via=via)


@transaction.atomic
def split_event(
    incident: Incident, wish: Wish, *, members: Sequence[str] = (), actor: User, via: str = "page"
) -> TimelineEdit:
    """Takes readings out of an event, each to stand alone; all of them when `members` names none."""
    if len(wish.event_ids) != 1:
        raise Unusable("One event is split at a time.", next_step="Name exactly one.")
    inside = members_of(events_meant(incident, wish.event_ids)[0].value)
    taken = [each for each in inside if not members or each in members]
    if len(inside) < 2 or not taken:
        raise Unusable("This event is one reading of one source.", next_step="There is nothing to take apart.")
    said = edit_saying(Verb.SPLIT, replace(wish, event_ids=taken), actor)
    return lay(incident, wish, said, "split_event", actor=actor, via=via)
