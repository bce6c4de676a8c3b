"""Who may do what with an incident, as predicates.

Knows seats, teams and publishing. Refuses to let an admin read what they have no seat in: a site role administers
people, and entering a closed incident is an act of its own with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from rules.permissions import add_perm, has_perm
from rules.predicates import predicate

from afteraction.web.accounts.models import User
from afteraction.web.accounts.prepared import prepared
from afteraction.web.incidents.models import Incident, IncidentMember, Seat

VIEW = "incidents.view"
WORK = "incidents.work"
LEAD = "incidents.lead"
PURGE = "incidents.purge"
# What each permission is called where somebody lacks it.
NEEDED = {
    WORK: "responder, owner, facilitator or scribe",
    LEAD: "owner or facilitator",
    PURGE: "admin of this site with a seat in this incident",
}
_WORKS = {Seat.RESPONDER, Seat.OWNER, Seat.FACILITATOR, Seat.SCRIBE}
_LEADS = {Seat.OWNER, Seat.FACILITATOR}


def seat_of(user: User, incident: Incident) -> Seat | None:
    """The seat of somebody in an incident; a team's people are responders; None for outsiders."""
    if user.pk is None:
        return None
    if own := own_seat(incident.pk, user.pk):
        return Seat(own[0].seat)
    in_team = incident.teams.filter(people=user).exists()
    return Seat.RESPONDER if in_team else None


@prepared
def own_seat(incident: int, person: int) -> QuerySet[IncidentMember]:
    """The row of somebody's own seat in an incident, if there is one; seats by a team have none."""
    return IncidentMember.objects.filter(incident=incident, person=person).order_by("pk")[:1]


def visible_to(user: User) -> QuerySet[Incident]:
    """Every incident that somebody may see: where they have a seat, and what is published to everybody."""
    if not user.is_authenticated or not user.is_active:
        return Incident.objects.none()
    mine = IncidentMember.objects.filter(person=user).values("incident")
    by_team = Incident.teams.through.objects.filter(team__people=user).values("incident")
    # The database's own clock: this query is written once and asked again at every request.
    is_free = Q(restricted=False) | Q(embargo_until__lte=Now())
    is_open = Q(is_free, published_at__isnull=False, narrowed_because="")
    return Incident.objects.filter(Q(pk__in=mine) | Q(pk__in=by_team) | is_open, deleted_at__isnull=True)


def seated_in(user: User) -> Iterable[int]:
    """Numbers of the incidents in which somebody has a seat of their own or by a team."""
    mine = IncidentMember.objects.filter(person=user).values("incident")
    by_team = Incident.teams.through.objects.filter(team__people=user).values("incident")
    return Incident.objects.filter(Q(pk__in=mine) | Q(pk__in=by_team)).values_list("pk", flat=True)


def worked_on_by(user: User) -> QuerySet[Incident, int]:
    """Numbers of the incidents that somebody works on, by a seat of their own or by a team; viewers do not."""
    seats = IncidentMember.objects.filter(person=user)
    by_team = Q(teams__people=user) & ~Q(pk__in=seats.values("incident"))
    own = Q(pk__in=seats.filter(seat__in=_WORKS).values("incident"))
    return Incident.objects.filter(own | by_team).order_by().values_list("pk", flat=True)


def may_view(user: User, incident: Incident) -> bool:
    """Sees the incident at all."""
    return visible_to(user).filter(pk=incident.pk).exists()


def may_work(user: User, incident: Incident) -> bool:
    """Adds evidence and corrects the timeline."""
    return incident.deleted_at is None and seat_of(user, incident) in _WORKS


def may_lead(user: User, incident: Incident) -> bool:
    """Chooses members, publishes, restricts and deletes."""
    return incident.deleted_at is None and seat_of(user, incident) in _LEADS


def may_purge(user: User, incident: Incident) -> bool:
    """Removes evidence for good."""
    return bool(user.is_admin) and seat_of(user, incident) is not None


add_perm(VIEW, predicate(may_view))
add_perm(WORK, predicate(may_work))
add_perm(LEAD, predicate(may_lead))
add_perm(PURGE, predicate(may_purge))


def may(user: User, permission: str, incident: Incident) -> bool:
    """Whether somebody has a permission on an incident."""
    return bool(has_perm(permission, user, incident))
