"""Handing a review on, where suspected intent or abuse takes it out of what this tool is for (SPEC R021).

Knows that the review is restricted. Refuses to take a word about why, about whom, or where it goes: nothing of that
is kept here, and nothing comes back.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.visibility import restrict
from afteraction.web.incidents.models import Incident

# The same words whatever happened.
TOLD = "The review was restricted."


@transaction.atomic
def hand_on(incident: Incident, *, actor: User, via: str = "page") -> Incident:
    """Restricts the incident to its members, for who leads it. The trail says that and no more."""
    return restrict(incident, TOLD, actor=actor, via=via)
