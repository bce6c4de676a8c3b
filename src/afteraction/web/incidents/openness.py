"""Who an incident is open to, in words.

Knows seats, teams and publishing. Refuses to decide: `permissions` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from django.db.models import Q

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident


@dataclass(frozen=True)
class Openness:
    """`words` for the pill, `icon` beside them, `meaning` as a colour, and `told`: one sentence."""

    words: str
    icon: str
    meaning: str
    told: str


def people_in(incident: Incident) -> int:
    """How many people have a place in an incident, by a seat of their own or by a team."""
    seated = Q(seats__incident=incident) | Q(teams__incidents=incident)
    return User.objects.filter(seated, is_active=True).distinct().count()


def embargo_told(incident: Incident) -> str:
    """What the end of its embargo does, in one sentence; "" without one."""
    if incident.embargo_until is None or not incident.is_restricted:
        return ""
    when = f"{incident.embargo_until.astimezone(UTC):%-d %b %Y, %H:%M} UTC"
    if incident.published_at is None:
        return f"The embargo ends on {when}; as a draft it stays with its members then too."
    if incident.narrowed_because:
        return f"The embargo ends on {when}; it is narrowed to its members then too."
    return f"The embargo ends on {when}: everybody who signs in may read it from then on."


def openness_of(incident: Incident) -> Openness:
    """Who may see it, as heads and the members' page say it."""
    if incident.is_restricted:
        count = people_in(incident)
        who = "1 person" if count == 1 else f"{count} people"
        told = "Seen by members only: not in search, lists or counts of others, whatever is published."
        if incident.embargo_until is not None:
            day = incident.embargo_until.astimezone(UTC)
            told = f"{told} {embargo_told(incident)}"
            return Openness(f"Embargo until {day:%-d %b %Y}, {who}", "shield", "m-harm", told)
        return Openness(f"Restricted to {who}", "shield", "m-harm", told)
    if incident.published_at is None:
        return Openness("Members only", "lock", "", "A draft: seen by its members until it is published.")
    if incident.narrowed_because:
        return Openness("Members only", "lock", "", f"Published to its members: {incident.narrowed_because}")
    return Openness("Everyone in the organisation", "check", "m-hold", "Published: everybody who signs in may read it.")
