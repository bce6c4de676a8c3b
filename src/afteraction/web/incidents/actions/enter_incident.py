"""Entering a closed incident as an admin: breaking the glass.

Knows that this is for when nobody with a seat is left to ask, or a court asks. It takes a reason, and its members see
it. Refuses members of the site, and reasons that say nothing.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.permissions import seat_of
from afteraction.web.incidents.reports.openings import ENTERED

SEATS = (Seat.VIEWER, Seat.OWNER)
_SHORTEST = 10


def enter_incident(key: str, reason: str, seat: str = Seat.VIEWER, *, actor: User, via: str = "page") -> Incident:
    """Gives an admin a seat in the incident of that key; CannotDo without a reason, or where there is none.

    Asking for a key that is not there is written down too: guessing leaves a trail.
    """
    need_admin(actor)
    reason = " ".join(reason.split())
    if len(reason) < _SHORTEST:
        raise CannotDo("Say why, in a few words: the members of the incident read it.")
    if seat not in SEATS:
        raise CannotDo("Enter as viewer, or as owner where nobody is left to give out seats.")
    with transaction.atomic():
        incident = Incident.objects.filter(key=key, deleted_at__isnull=True).first()
        if incident is None:
            record(actor, "ask_for_incident", "site:incidents", via=via, key=key[:64], reason=reason[:500])
        else:
            _seat(incident, seat, actor)
            record(actor, ENTERED, incident.subject, via=via, seat=seat, reason=reason[:500])
    if incident is None:
        raise CannotDo(f'There is no incident "{key[:64]}". That you asked is in the trail.')
    return incident


def _seat(incident: Incident, seat: str, actor: User) -> None:
    if seat_of(actor, incident) is not None:
        raise CannotDo(f"You have a seat in {incident.key} already.")
    IncidentMember.objects.create(incident=incident, person=actor, seat=seat)
