"""Who an incident is open to: published, narrowed, restricted, deleted and restored.

Knows that opening and closing are decisions with a reason in the trail. Refuses to publish twice, and to delete for
good: what is deleted comes back with everything it had.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import SeatMissing, need
from afteraction.web.incidents.actions.opening_widely import opening_widely
from afteraction.web.incidents.finding.listed import take_standing
from afteraction.web.incidents.models import FactsVersion, Incident, IncidentMember, Seat, TimelineEdit
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.reanalysis import is_recomputing


def perspectives(incident: Incident) -> set[int]:
    """The people who corrected the timeline or confirmed the facts."""
    edits = TimelineEdit.objects.filter(incident=incident, person__isnull=False, withdrawn_at=None)
    confirmed = FactsVersion.objects.filter(incident=incident, confirmed_by__isnull=False)
    found = {*edits.values_list("person", flat=True), *confirmed.values_list("confirmed_by", flat=True)}
    return {each for each in found if each is not None}


@transaction.atomic
def publish(incident: Incident, *, narrowed_because: str = "", actor: User, via: str = "page") -> Incident:
    """Opens the report to the whole organisation, or to members only for the reason that is given.

    Who publishes what nobody else had a part in may do so; readers are told that it is one perspective.
    """
    need(actor, LEAD, incident)
    incident = _locked(incident)
    if incident.published_at is not None:
        raise CannotDo(f"{incident.key} is published already.")
    if latest_analysis(incident) is None:
        if is_recomputing(incident):
            raise CannotDo(f"The facts of {incident.key} are being computed. Wait a moment and publish then.")
        raise CannotDo(f"{incident.key} has no evidence, so there is nothing to publish. Add evidence first.")
    incident.published_at, incident.published_by = timezone.now(), actor
    incident.published_alone = perspectives(incident) <= {actor.pk}
    incident.narrowed_because = narrowed_because.strip()
    _ask_others(incident)
    incident.save(update_fields=["published_at", "published_by", "published_alone", "narrowed_because"])
    take_standing(incident, latest_analysis(incident))
    record(
        actor, "publish", incident.subject, via=via,
        alone=incident.published_alone, narrowed_because=incident.narrowed_because,
    )  # fmt: skip
    return incident


@transaction.atomic
def narrow(incident: Incident, reason: str, *, actor: User, via: str = "page") -> Incident:
    """Closes a published report to everybody but its members."""
    need(actor, LEAD, incident)
    incident = _locked(incident)
    before, incident.narrowed_because = incident.narrowed_because, _need_reason(reason, "narrow it")
    incident.save(update_fields=["narrowed_because"])
    record(actor, "narrow", incident.subject, via=via, before=before, reason=incident.narrowed_because)
    return incident


@transaction.atomic
def widen(incident: Incident, *, actor: User, via: str = "page") -> Incident:
    """Opens a narrowed report to the organisation again."""
    need(actor, LEAD, incident)
    incident = _locked(incident)
    before, incident.narrowed_because = incident.narrowed_because, ""
    _ask_others(incident)
    incident.save(update_fields=["narrowed_because"])
    record(actor, "widen", incident.subject, via=via, before=before)
    return incident


@transaction.atomic
def restrict(incident: Incident, reason: str, *, actor: User, via: str = "page") -> Incident:
    """Keeps an incident to its members, whatever else is published."""
    need(actor, LEAD, incident)
    incident = _locked(incident)
    incident.restricted, incident.embargo_until = True, None
    incident.save(update_fields=["restricted", "embargo_until"])
    record(actor, "restrict", incident.subject, via=via, reason=_need_reason(reason, "restrict it"))
    return incident


@transaction.atomic
def lift_restriction(incident: Incident, reason: str, *, actor: User, via: str = "page") -> Incident:
    """Lets an incident be seen as its publishing says. Under an embargo this is its disclosure before the day."""
    need(actor, LEAD, incident)
    incident = _locked(incident)
    embargo = _written(incident.embargo_until)
    incident.restricted, incident.embargo_until = False, None
    _ask_others(incident)
    incident.save(update_fields=["restricted", "embargo_until"])
    told = _need_reason(reason, "lift the restriction")
    record(actor, "lift_restriction", incident.subject, via=via, reason=told, embargo_until=embargo)
    return incident


@transaction.atomic
def set_embargo(incident: Incident, until: datetime | None, reason: str, *, actor: User, via: str = "page") -> Incident:
    """Ends a restriction by itself at a moment (aware): from then on the incident is seen as its publishing says. None
    takes the end away, and it stays restricted until somebody lifts that. Raises CannotDo for what is not restricted,
    and for a moment that is over."""
    need(actor, LEAD, incident)
    incident = _locked(incident)
    if not incident.is_restricted:
        raise CannotDo(f"{incident.key} is not restricted, so there is nothing to end. Restrict it first.")
    if until is not None and until <= timezone.now():
        raise CannotDo("This moment is over. To open it now, lift the restriction and say why.")
    before, incident.embargo_until = _written(incident.embargo_until), until
    _ask_others(incident)
    incident.save(update_fields=["embargo_until"])
    told = _need_reason(reason, "set the end of the embargo")
    record(actor, "set_embargo", incident.subject, via=via, before=before, until=_written(until), reason=told)
    return incident


@transaction.atomic
def delete_incident(incident: Incident, *, actor: User, via: str = "page") -> Incident:
    """Hides an incident everywhere. Nothing is lost, and its key is not given again."""
    need(actor, LEAD, incident)
    incident = _locked(incident)
    incident.deleted_at = timezone.now()
    incident.save(update_fields=["deleted_at"])
    record(actor, "delete_incident", incident.subject, via=via, key=incident.key)
    return incident


@transaction.atomic
def restore_incident(incident: Incident, *, actor: User, via: str = "page") -> Incident:
    """Brings a deleted incident back. Takes the seat that deleting took."""
    leads = IncidentMember.objects.filter(incident=incident, person=actor, seat__in=(Seat.OWNER, Seat.FACILITATOR))
    if not leads.exists():
        raise SeatMissing(actor, LEAD, incident)
    incident = _locked(incident)
    if incident.deleted_at is None:
        return incident
    incident.deleted_at = None
    incident.save(update_fields=["deleted_at"])
    record(actor, "restore_incident", incident.subject, via=via, key=incident.key)
    return incident


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _locked(incident: Incident) -> Incident:
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _ask_others(incident: Incident) -> None:
    """Whatever stands before it is read by everyone refuses here; what only members read is theirs. Under an embargo
    it opens by itself, so it is asked before."""
    if incident.published_at is not None and incident.opens_widely:
        opening_widely.send(sender=Incident, incident=incident)


def _need_reason(reason: str, verb: str) -> str:
    told = " ".join(reason.split())
    if not told:
        raise CannotDo(f"Say why you {verb}: the reason stays in the trail.")
    return told[:1000]
