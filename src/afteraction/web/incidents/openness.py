"""Who an incident is open to, in words.

Knows seats, teams and publishing. Refuses to decide: `permissions` does.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def openness_of(incident: Incident) -> Openness:
    """Who may see it, as heads and the members' page say it."""
    if incident.restricted:
        count = people_in(incident)
        who = "1 person" if count == 1 else f"{count} people"
        return Openness(
            f"Restricted to {who}", "shield", "m-harm",
            "Seen by members only: not in search, lists or counts of others, whatever is published.",
        )  # fmt: skip
    if incident.published_at is None:
        return Openness("Members only", "lock", "", "A draft: seen by its members until it is published.")
    if incident.narrowed_because:
        return Openness("Members only", "lock", "", f"Published to its members: {incident.narrowed_because}")
    return Openness("Everyone in the organisation", "check", "m-hold", "Published: everybody who signs in may read it.")
