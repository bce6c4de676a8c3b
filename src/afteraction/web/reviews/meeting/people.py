"""Who is who: accounts as the engine knows people, and their part in the incident as far as it is recorded.

Knows accounts, teams, seats and whom the evidence names. Refuses to take somebody for somebody else: an actor is an
account only by its address, its handle or a whole name that one account alone has; the rest is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from afteraction.engine.meeting.people import Involvement, Person, Relation, Role, Seats
from afteraction.engine.review.document import MeetingPlan
from afteraction.web.accounts.models import AuditEntry, Team, User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, StoredAnalysis
from afteraction.web.incidents.queries import events_named, identities_of
from afteraction.web.incidents.queries.actors import ActorEntry, entries_of

# More people are not offered at once; who is not among them gets a seat on the page of members.
MOST_PEOPLE = 300


@dataclass(frozen=True)
class Cast:
    """Everybody whom a meeting may be about, by the number of their account as text. `entries` are those of the
    timeline by person."""

    people: Mapping[str, Person]
    involvement: Involvement
    seats: Seats
    entries: Mapping[str, tuple[ActorEntry, ...]] = field(default_factory=dict)


def cast_of(incident: Incident, plan: MeetingPlan, analysis: StoredAnalysis | None) -> Cast:
    """The people of a meeting as far as they are known now."""
    members = list(IncidentMember.objects.filter(incident=incident).select_related("person").order_by("pk"))
    accounts = _accounts(members)
    known = known_actors(incident, accounts)
    entries = _entries(analysis, known)
    leads = _leads()
    everywhere = Team.objects.count() == len(leads)
    people = {str(each.pk): _person(each, plan, leads if everywhere else None) for each in accounts}
    return Cast(people, _involvement(incident, analysis, people, entries, known, leads), seats_of(members), entries)


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


@dataclass(frozen=True)
class KnownActors:
    """Whom the evidence names: roles by account, the first place of each, and whether somebody is no account."""

    roles: Mapping[str, frozenset[str]]
    is_partial: bool
    is_known: bool


def known_actors(incident: Incident, accounts: Iterable[User]) -> KnownActors:
    """Which roles of the timeline are which accounts."""
    identities = identities_of(incident)
    names, roles = identities.get("names", {}), identities.get("roles", {})
    people = list(accounts)
    found: dict[str, set[str]] = {}
    is_partial = False
    for key, name in names.items():
        account = _same(key, name, people)
        if account is None:
            is_partial = True
        elif key in roles:
            found.setdefault(str(account.pk), set()).add(roles[key])
    return KnownActors({one: frozenset(each) for one, each in found.items()}, is_partial, bool(identities))


def _same(key: str, name: str, people: list[User]) -> User | None:
    handle = key.rpartition(":")[2].lstrip("@").casefold()
    told = {handle, name.strip().lstrip("@").casefold()}
    by_address = [each for each in people if each.email.casefold() in told]
    if len(by_address) == 1:
        return by_address[0]
    by_handle = [each for each in people if each.email.partition("@")[0].casefold() in told]
    by_name = [each for each in people if each.name.strip() and each.name.strip().casefold() in told]
    either = by_name or by_handle
    return either[0] if len(either) == 1 else None


def _accounts(members: list[IncidentMember]) -> list[User]:
    seated = [each.person_id for each in members]
    people = User.objects.prefetch_related("teams__leads")
    # Whoever has a seat has a name, also when their account was closed since.
    first = list(people.filter(pk__in=seated))
    others = people.filter(is_active=True).exclude(pk__in=seated).order_by("name", "email")
    found = [*first, *others[: max(0, MOST_PEOPLE - len(first))]]
    return found if len(found) < MOST_PEOPLE else [*found, *_line_of(found)]


def _line_of(people: list[User]) -> list[User]:
    """Who is above these people and not among them."""
    known = {each.pk for each in people}
    above: list[User] = []
    fresh = known
    while fresh:
        bosses = User.objects.filter(Q(reports__in=fresh) | Q(teams_led__people__in=fresh)).exclude(pk__in=known)
        found = list(bosses.distinct().prefetch_related("teams__leads"))
        above += found
        fresh = {each.pk for each in found}
        known |= fresh
    return above


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


def _entries(analysis: StoredAnalysis | None, known: KnownActors) -> dict[str, tuple[ActorEntry, ...]]:
    if analysis is None:
        return {}
    whose = {role: one for one, roles in known.roles.items() for role in roles}
    found: dict[str, list[ActorEntry]] = {}
    for entry in entries_of(analysis, whose):
        found.setdefault(whose[entry.role], []).append(entry)
    return {one: tuple(each) for one, each in found.items()}


def _involvement(
    incident: Incident, analysis: StoredAnalysis | None, people: Mapping[str, Person],
    entries: Mapping[str, tuple[ActorEntry, ...]], known: KnownActors, leads: Mapping[str, frozenset[str]],
) -> Involvement:  # fmt: skip
    acted = {one: each[0].value[11:16] for one, each in entries.items()}
    partial = {Relation.TIMELINE_ACTOR} if known.is_partial else set()
    authors, is_told = _authors(analysis, entries)
    if authors is not None and not is_told:
        partial.add(Relation.CHANGE_AUTHOR)
    shipping = frozenset(team for one in authors or () for team in people[one].teams or ())
    service = frozenset(incident.teams.values_list("name", flat=True))
    return Involvement(
        responders=_responders(incident), timeline_actors=acted if known.is_known else None,
        change_authors=authors, shipping_teams=shipping or None, service_teams=service or None,
        partial=frozenset(partial), leads=leads, entries={one: len(each) for one, each in entries.items()},
    )  # fmt: skip


def _responders(incident: Incident) -> dict[str, str]:
    """Who has or had the seat of a responder: a seat of the review does not undo that."""
    found = {}
    told = AuditEntry.objects.filter(subject=incident.subject, verb__in=("add_member", "change_seat")).order_by("pk")
    for detail in told.values_list("detail", flat=True):
        if detail.get("person") and Seat.RESPONDER in (detail.get("seat"), detail.get("before"), detail.get("after")):
            found[str(detail["person"])] = "had the seat"
    seated = IncidentMember.objects.filter(incident=incident, seat=Seat.RESPONDER)
    return found | {str(one): "has the seat" for one in seated.values_list("person_id", flat=True)}


def _authors(
    analysis: StoredAnalysis | None, entries: Mapping[str, tuple[ActorEntry, ...]]
) -> tuple[dict[str, str] | None, bool]:
    """Accounts that the triggering change names, and whether all whom it names are accounts; None where it names
    nobody or is not known."""
    stated = analysis.head["milestones"].get("t_trigger") if analysis else None
    if analysis is None or not stated:
        return None, False
    behind = events_named(analysis, stated[0]["event_ids"])
    named = [each for each in behind.values() if (each.value.get("actor") or {}).get("role")]
    if not named:
        return None, False
    by_event = {entry.event_id: one for one, each in entries.items() for entry in each}
    found = {by_event[each.event_id]: each.title[:80] for each in named if each.event_id in by_event}
    return found, all(each.event_id in by_event for each in named)
