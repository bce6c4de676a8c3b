"""Who is who: accounts as the engine knows people, and their part in the incident as far as it is recorded.

Knows accounts, teams, seats, who leads whom and who took part. Refuses to guess: what is not recorded is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from afteraction.engine.meeting.lacking import Lack, Missing
from afteraction.engine.meeting.people import Involvement, Person, Relation, Role, Seats
from afteraction.engine.review.document import MeetingPlan
from afteraction.web.accounts.models import AuditEntry, Team, User
from afteraction.web.incidents.models import Incident, IncidentMember, Part, Seat, StoredAnalysis
from afteraction.web.incidents.queries.actors import ActorEntry
from afteraction.web.incidents.taking_part import PartTold, TakingPart, taking_part

_RELATIONS: Mapping[Part, Relation] = {
    Part.ON_CALL: Relation.ON_CALL,
    Part.AUTHOR: Relation.CHANGE_AUTHOR,
    Part.REVIEWER: Relation.CHANGE_REVIEWER,
}


@dataclass(frozen=True)
class Cast:
    """Everybody whom a meeting may be about, by the number of their account as text. `entries` are those of the
    timeline by person, `closed` the accounts that were deactivated: they keep what they have and are given nothing."""

    people: Mapping[str, Person]
    involvement: Involvement
    seats: Seats
    entries: Mapping[str, tuple[ActorEntry, ...]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()


def cast_of(incident: Incident, plan: MeetingPlan, analysis: StoredAnalysis | None) -> Cast:
    """The people of a meeting as far as they are known now."""
    members = list(IncidentMember.objects.filter(incident=incident).order_by("pk"))
    told = taking_part(incident, analysis)
    leads = _leads()
    everywhere = Team.objects.count() == len(leads)
    people = {str(each.pk): _person(each, plan, leads if everywhere else None) for each in told.accounts}
    closed = frozenset(str(each.pk) for each in told.accounts if not each.is_active)
    return Cast(people, _involvement(incident, people, told, leads), seats_of(members), told.entries, closed)


def seats_of(members: Iterable[IncidentMember]) -> Seats:
    """Who holds which seat. Of two in a seat that is for one, the one who has it for longer holds it."""
    held: dict[str, list[str]] = {}
    for each in members:
        held.setdefault(each.seat, []).append(str(each.person_id))

    def first(seat: Seat) -> str:
        return next(iter(held.get(seat, ())), "")

    return Seats(
        owners=tuple(held.get(Seat.OWNER, ())), facilitator=first(Seat.FACILITATOR), scribe=first(Seat.SCRIBE),
        devils_advocate=first(Seat.DEVILS_ADVOCATE),
    )  # fmt: skip


def _leads() -> dict[str, frozenset[str]]:
    """Who leads each team of which that is recorded; nobody where that is."""
    told = Team.objects.filter(Q(nobody_leads=True) | Q(leads__isnull=False)).distinct().prefetch_related("leads")
    return {team.name: frozenset(str(each.pk) for each in team.leads.all()) for team in told}


def _person(account: User, plan: MeetingPlan, leads: Mapping[str, frozenset[str]] | None) -> Person:
    """`leads` are those of every team of the site; None where one of them is not told."""
    ident = str(account.pk)
    teams = frozenset(each.name for each in account.teams.all())
    works_as = plan.works_as.get(ident, "")
    boss = str(account.reports_to_id) if account.reports_to_id else "" if account.reports_to_nobody else None
    heads = {str(lead.pk) for team in account.teams.all() for lead in team.leads.all()}
    return Person(
        id=ident, label=str(account), role=Role(works_as) if works_as in set(Role) else None,
        # Who is in no team here may be in one of which nobody told this site.
        teams=teams or None, reports_to=boss, under=frozenset(heads - {ident}),
        is_lead_of=None if leads is None else frozenset(team for team, some in leads.items() if ident in some),
        executive=plan.executives.get(ident),
    )  # fmt: skip


def _involvement(
    incident: Incident, people: Mapping[str, Person], told: TakingPart, leads: Mapping[str, frozenset[str]]
) -> Involvement:
    acted = {one: each[0].value[11:16] for one, each in told.entries.items()}
    partial = {Relation.TIMELINE_ACTOR} if told.unknown else set()
    partial |= {relation for part, relation in _RELATIONS.items() if not told.parts[part].is_everybody}
    shipping, gaps = _shipping(told.parts[Part.AUTHOR], people)
    service = frozenset(incident.teams.values_list("name", flat=True))
    return Involvement(
        responders=_responders(incident), timeline_actors=acted if told.has_evidence else None,
        on_call=_listed(told.parts[Part.ON_CALL]), change_authors=_listed(told.parts[Part.AUTHOR]),
        change_reviewers=_listed(told.parts[Part.REVIEWER]), shipping_teams=shipping, shipping_gaps=gaps,
        service_teams=service or None, partial=frozenset(partial), leads=leads,
        entries={one: len(each) for one, each in told.entries.items()},
    )  # fmt: skip


def _listed(part: PartTold) -> Mapping[str, str] | None:
    return part.people if part.people or part.is_everybody else None


def _shipping(authors: PartTold, people: Mapping[str, Person]) -> tuple[frozenset[str] | None, tuple[Missing, ...]]:
    """The teams of those who wrote the change, and why there may be more of them."""
    gaps = [Missing(Lack.TEAM, one) for one in authors.people if people[one].teams is None]
    if not authors.is_everybody:
        gaps.insert(0, Missing(Lack.AUTHORS))
    teams = frozenset(team for one in authors.people for team in people[one].teams or ())
    return (teams if teams or not gaps else None), tuple(gaps)


def _responders(incident: Incident) -> dict[str, str]:
    """Who has or had the seat of a responder: a seat of the review does not undo that."""
    found = {}
    told = AuditEntry.objects.filter(subject=incident.subject, verb__in=("add_member", "change_seat")).order_by("pk")
    for detail in told.values_list("detail", flat=True):
        if detail.get("person") and Seat.RESPONDER in (detail.get("seat"), detail.get("before"), detail.get("after")):
            found[str(detail["person"])] = "had the seat"
    seated = IncidentMember.objects.filter(incident=incident, seat=Seat.RESPONDER)
    return found | {str(one): "has the seat" for one in seated.values_list("person_id", flat=True)}
