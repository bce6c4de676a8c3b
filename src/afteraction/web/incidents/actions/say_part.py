"""Saying who had which part in an incident, and which account somebody in its evidence is.

Knows that what is said corrects the evidence and never changes it. Refuses an account that is not on this site.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import ActorSaid, Incident, Part, PartSaid
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.incidents.queries import identities_of, latest_analysis
from afteraction.web.incidents.taking_part import actor_digest, taking_part


@transaction.atomic
def say_part(incident: Incident, part: str, email: str, holds: bool | None, *, actor: User, via: str = "page") -> None:
    """Somebody had that part, or had it not; None leaves it to the evidence again."""
    need(actor, LEAD, incident)
    _need_part(part)
    person = _person(email)
    rows = PartSaid.objects.filter(incident=incident, part=part, person=person)
    before = rows.values_list("holds", flat=True).first()
    if before == holds:
        return
    if holds is None:
        rows.delete()
    else:
        PartSaid.objects.update_or_create(
            incident=incident, part=part, person=person, defaults={"holds": holds, "said_by": actor}
        )
    record(actor, "say_part", incident.subject, via=via, part=part, person=person.pk, before=before, after=holds)


@transaction.atomic
def say_everybody(incident: Incident, part: str, is_so: bool, *, actor: User, via: str = "page") -> None:
    """Nobody else had that part, or that is not known after all."""
    need(actor, LEAD, incident)
    _need_part(part)
    rows = PartSaid.objects.filter(incident=incident, part=part, person__isnull=True)
    if rows.exists() == is_so:
        return
    if is_so:
        PartSaid.objects.create(incident=incident, part=part, said_by=actor)
    else:
        rows.delete()
    record(actor, "say_everybody", incident.subject, via=via, part=part, after=is_so)


@transaction.atomic
def say_actor(incident: Incident, role: str, email: str, *, actor: User, via: str = "page") -> None:
    """Which account somebody in the evidence is, by the role they have in the timeline; without an address they have
    none here."""
    need(actor, LEAD, incident)
    key = next((one for one, word in identities_of(incident).get("roles", {}).items() if word == role), None)
    if key is None:
        raise CannotDo(f'Nobody in the timeline is called "{role[:80]}". Reload the page.')
    person = _person(email) if email.strip() else None
    ActorSaid.objects.update_or_create(
        incident=incident, actor=actor_digest(incident, key), defaults={"person": person}
    )
    record(actor, "say_actor", incident.subject, via=via, role=role, person=person.pk if person else None)


@transaction.atomic
def say_rest(incident: Incident, *, actor: User, via: str = "page") -> None:
    """Whoever of the timeline is not told to be an account has none here."""
    need(actor, LEAD, incident)
    for role in taking_part(incident, latest_analysis(incident)).unknown:
        say_actor(incident, role, "", actor=actor, via=via)


def _person(email: str) -> User:
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise CannotDo(f'Nobody here has the address "{email.strip()[:100]}". Choose somebody of the list.')
    return person


def _need_part(part: str) -> None:
    if part not in Part.values:
        raise CannotDo(f'"{part[:40]}" is no part. Choose one of: {", ".join(Part.values)}.')
