"""Creating an incident under the next free key.

Knows that keys have no holes and that a double click is one incident. Refuses to leave a security incident open for a
moment: it is restricted from birth.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.keep_said import keep_said
from afteraction.web.incidents.finding.listed import take_services
from afteraction.web.incidents.finding.search_index import index_record
from afteraction.web.incidents.kinds import stands_without_evidence
from afteraction.web.incidents.models import Incident, IncidentMember, KeyCounter, Seat
from afteraction.web.incidents.reanalysis import ask_for_analysis
from afteraction.web.incidents.record import Record
from afteraction.web.incidents.told import tell_change

PREFIX = "INC"


@transaction.atomic
def create_incident(said: Record, *, actor: User, opened_with: str = "", via: str = "page") -> Incident:
    """The new incident, owned by who creates it. `opened_with` names the form: the same form again by the same person
    is the incident that is there."""
    counter = _lock_counter()
    token = f"{actor.pk}:{opened_with}"[:64] if opened_with else None
    known = Incident.objects.filter(opened_with=token).first() if token else None
    if known is not None:
        return known
    incident = Incident.objects.create(
        key=_next_key(counter),
        created_by=actor,
        restricted=said.is_security,
        opened_with=token,
        **said.values(),
    )
    IncidentMember.objects.create(incident=incident, person=actor, seat=Seat.OWNER)
    take_services(incident)
    index_record(incident)
    keep_said(incident, at=timezone.now(), by=actor)
    record(actor, "create_incident", incident.subject, via=via, key=incident.key, restricted=incident.restricted)
    if stands_without_evidence(incident.kind):
        ask_for_analysis(incident, actor)
    tell_change(incident)
    return incident


def _lock_counter() -> KeyCounter:
    """The counter's row, locked until the transaction ends: who comes next waits, so keys have no holes."""
    KeyCounter.objects.get_or_create(prefix=PREFIX)
    return KeyCounter.objects.select_for_update().get(prefix=PREFIX)


def _next_key(counter: KeyCounter) -> str:
    """The next key that no incident has; a key that somebody chose by hand is passed over."""
    counter.last += 1
    while Incident.objects.filter(key=f"{PREFIX}-{counter.last}").exists():
        counter.last += 1
    counter.save(update_fields=["last"])
    return f"{PREFIX}-{counter.last}"
