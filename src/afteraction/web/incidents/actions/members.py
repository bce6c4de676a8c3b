"""Giving people and teams a place in an incident, and taking it away.

Knows that an incident always has an owner. Refuses to tell who is not on this site from who may not be added: an
address that has no account is named as such to a lead, who may invite them.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import Team, User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.permissions import LEAD


@transaction.atomic
def add_member(incident: Incident, email: str, seat: str, *, actor: User, via: str = "page") -> IncidentMember:
    """A seat for the person of that address; who has one already gets the other."""
    need(actor, LEAD, incident)
    _need_seat(seat)
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise CannotDo(f'Nobody here has the address "{email.strip()[:100]}". Ask an admin to invite them first.')
    member = IncidentMember.objects.filter(incident=incident, person=person).first()
    if member is not None:
        return change_seat(incident, member, seat, actor=actor, via=via)
    member = IncidentMember.objects.create(incident=incident, person=person, seat=seat)
    record(actor, "add_member", incident.subject, via=via, person=person.pk, seat=seat)
    return member


@transaction.atomic
def change_seat(
    incident: Incident, member: IncidentMember, seat: str, *, actor: User, via: str = "page"
) -> IncidentMember:
    """Gives a member another seat. Raises CannotDo when the incident would have no owner."""
    need(actor, LEAD, incident)
    _need_seat(seat)
    if seat == member.seat:
        return member
    if seat != Seat.OWNER:
        _keep_an_owner(incident, member)
    before, member.seat = member.seat, Seat(seat)
    member.save(update_fields=["seat"])
    record(actor, "change_seat", incident.subject, via=via, person=member.person_id, before=str(before), after=seat)
    return member


@transaction.atomic
def remove_member(incident: Incident, member: IncidentMember, *, actor: User, via: str = "page") -> None:
    """Takes a seat away. Anybody may leave by themselves, but for the last owner."""
    if member.person_id != actor.pk:
        need(actor, LEAD, incident)
    _keep_an_owner(incident, member)
    seat, person = str(member.seat), member.person_id
    member.delete()
    record(actor, "remove_member", incident.subject, via=via, person=person, seat=seat)


@transaction.atomic
def add_team(incident: Incident, slug: str, *, actor: User, via: str = "page") -> Team:
    """Makes everybody of a team a responder, those who join it later too."""
    need(actor, LEAD, incident)
    team = Team.objects.filter(slug=slug).first()
    if team is None:
        raise CannotDo(f'There is no team "{slug[:64]}". Choose one of the list.')
    if not incident.teams.filter(pk=team.pk).exists():
        incident.teams.add(team)
        record(actor, "add_team", incident.subject, via=via, team=team.pk)
    return team


@transaction.atomic
def remove_team(incident: Incident, team: Team, *, actor: User, via: str = "page") -> None:
    """Takes a team's place away; its people keep the seats that they have by themselves."""
    need(actor, LEAD, incident)
    if incident.teams.filter(pk=team.pk).exists():
        incident.teams.remove(team)
        record(actor, "remove_team", incident.subject, via=via, team=team.pk)


def _need_seat(seat: str) -> None:
    if seat not in Seat.values:
        raise CannotDo(f'"{seat[:40]}" is no seat. Choose one of: {", ".join(Seat.values)}.')


def _keep_an_owner(incident: Incident, member: IncidentMember) -> None:
    owners = IncidentMember.objects.select_for_update().filter(incident=incident, seat=Seat.OWNER)
    if member.seat == Seat.OWNER and not [each for each in owners if each.pk != member.pk]:
        raise CannotDo(f"{incident.key} has no other owner. Make somebody else an owner first.")
