"""Saying that an incident repeats an earlier one, and taking that back.

Knows that people confirm a repeat, with what is the same. Refuses an earlier incident that who says it does not see,
and a circle.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK, visible_to
from afteraction.web.reviews.actions.judge_incident import judge_incident
from afteraction.web.reviews.models import SaidRepeat
from afteraction.web.reviews.triggering.repeats import earlier_of

LONGEST = 1_000


@transaction.atomic
def say_repeat(incident: Incident, earlier: str, because: str, *, actor: User, via: str = "page") -> SaidRepeat:
    """Keeps that it repeats the incident of that key, and judges it anew. Said twice it is there once. Raises
    SeatMissing, CannotDo."""
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    found, told = _earlier(incident, earlier, actor), " ".join(because.split())[:LONGEST]
    if not told:
        raise CannotDo("Say in a line what is the same: what let both through.")
    row, is_new = SaidRepeat.objects.get_or_create(
        incident=incident, earlier=found, withdrawn_at=None, defaults={"because": told, "by": actor}
    )
    if is_new:
        record(actor, "say_repeat", incident.subject, via=via, earlier=found.pk, because=told)
        judge_incident(incident)
    return row


@transaction.atomic
def take_back_repeat(incident: Incident, earlier: str, *, actor: User, via: str = "page") -> None:
    """Takes it back, and judges the incident anew. Raises SeatMissing, CannotDo where nobody says so."""
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    rows = SaidRepeat.objects.filter(incident=incident, withdrawn_at=None, earlier__in=visible_to(actor))
    row = rows.filter(earlier__key=earlier.strip()[:64]).first()
    if row is None:
        raise CannotDo(f'Nobody says that {incident.key} repeats "{earlier.strip()[:64]}".')
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record(actor, "take_back_repeat", incident.subject, via=via, earlier=row.earlier_id)
    judge_incident(incident)


def _earlier(incident: Incident, key: str, actor: User) -> Incident:
    key = key.strip()[:64]
    found = visible_to(actor).filter(key=key).first()
    if found is None:
        raise CannotDo(f'There is no incident "{key}" that you see. Write its key, e.g. INC-7.')
    if found.pk == incident.pk or incident.pk in earlier_of(found):
        raise CannotDo(f"{found.key} comes after {incident.key}, or is the same. Name the earlier one.")
    return found
