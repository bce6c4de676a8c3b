"""How a view gets an incident that its reader may see, and act on.

Knows keys and permissions. Refuses to tell an incident that is not there from one that may not be seen: both are 404.
Who may see it and not do this gets a refusal that names the seat it takes.
"""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from afteraction.web.accounts.models import User
from afteraction.web.accounts.prepared import prepared
from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.incidents.permissions import NEEDED, VIEW, may, seat_of, visible_to
from afteraction.web.incidents.queries import latest_analysis


class SeatMissing(PermissionDenied):
    """Somebody may see an incident and not do this. Its text is shown."""

    def __init__(self, user: User, permission: str, incident: Incident) -> None:
        seat = seat_of(user, incident)
        own = f"You are {seat.label.lower()} of" if seat else "You have no seat in"
        super().__init__(f"This takes the seat of {NEEDED[permission]}. {own} {incident.key}.")
        self.incident = incident


def person_of(request: HttpRequest) -> User:
    """Who asks; only for views that need a sign-in."""
    return cast(User, request.user)


def access_incident(request: HttpRequest, key: str, permission: str = VIEW) -> Incident:
    """The incident of that key; Http404 when it may not be seen, SeatMissing when it may not be acted on."""
    incident = incident_for(person_of(request), key)
    need(person_of(request), permission, incident)
    return incident


def access_analysis(request: HttpRequest, key: str, permission: str = VIEW) -> tuple[Incident, StoredAnalysis]:
    """An incident with its newest analysis; Http404 also when nothing was analysed yet."""
    incident = access_incident(request, key, permission)
    analysis = latest_analysis(incident)
    if analysis is None:
        raise Http404("This incident has no analysis yet.")
    return incident, analysis


def incident_for(user: User, key: str) -> Incident:
    """The incident of that key as somebody may see it, or Http404."""
    found = _visible(user.pk, key) if user.is_authenticated and user.is_active else []
    if not found:
        raise Http404("There is nothing here for you.")
    return found[0]


@prepared
def _visible(person: int, key: str) -> QuerySet[Incident]:
    return visible_to(User(pk=person, is_active=True)).filter(key=key)[:1]


def need(user: User, permission: str, incident: Incident) -> None:
    """Raises SeatMissing unless somebody has the permission. Every action calls it again, whoever called it."""
    if permission != VIEW and not may(user, permission, incident):
        raise SeatMissing(user, permission, incident)
