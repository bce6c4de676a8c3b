"""Picking the account of a milestone: the event that shows it, or a moment that somebody states, with the reason.

Knows that the other accounts stay beside it. Refuses a pin without a reason: who reads it later has to know why.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.core.findings import Milestone
from afteraction.core.instant import Instant
from afteraction.core.overlay import Verb
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.laying import LONGEST_TEXT, Unusable, Wish, edit_saying, lay
from afteraction.web.incidents.models import Incident, TimelineEdit


@transaction.atomic
def pin_milestone(
    incident: Incident,
    wish: Wish,
    *,
    milestone: str,
    reason: str,
    instant: Instant | None = None,
    actor: User,
    via: str = "page",
) -> TimelineEdit:
    """Puts one account of a milestone first; `based_on` of the wish names the milestone's revision."""
    if milestone not in set(Milestone):
        raise Unusable(f'There is no milestone "{milestone[:40]}".', next_step="Choose one of the list.")
    if not wish.event_ids and instant is None:
        raise Unusable("Neither an event nor a moment was named.", next_step="Choose an event or type a time.")
    why = reason.strip()
    if not why or len(why) > LONGEST_TEXT:
        raise Unusable("The reason is missing or too long.", next_step="Say in a sentence why this account counts.")
    said = edit_saying(Verb.PIN, wish, actor, milestone=milestone, reason=why, instant=instant)
    return lay(incident, wish, said, "pin_milestone", actor=actor, via=via)
