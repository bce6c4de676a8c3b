"""Whom a review may seat or invite, and what is known of each: their part in the incident, their teams, who leads whom.

Knows how to say yes, no or not known. Refuses to take what is not known for no (SPEC F11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from afteraction.engine.meeting.lacking import Lack, Missing


class Seat(StrEnum):
    """The seats of one review, held by members; no role of the site grants or bars them."""

    OWNER = "owner"
    FACILITATOR = "facilitator"
    SCRIBE = "scribe"
    DEVILS_ADVOCATE = "devils_advocate"


SEAT_TITLES: Mapping[Seat, str] = {
    Seat.OWNER: "owner",
    Seat.FACILITATOR: "facilitator",
    Seat.SCRIBE: "scribe",
    Seat.DEVILS_ADVOCATE: "devil's advocate",
}


class Role(StrEnum):
    """What somebody works as. EXCELLENCE is engineering excellence: a role that helps all teams."""

    ENGINEER = "engineer"
    SRE = "sre"
    DEVOPS = "devops"
    QA = "qa"
    PRODUCT = "product"
    SUPPORT = "support"
    OPERATIONS = "operations"
    EXCELLENCE = "excellence"
    MANAGER = "manager"
    OTHER = "other"


ROLE_TITLES: Mapping[Role, str] = {
    Role.ENGINEER: "engineer",
    Role.SRE: "site reliability engineer",
    Role.DEVOPS: "pipeline or DevOps engineer",
    Role.QA: "QA lead",
    Role.PRODUCT: "product manager",
    Role.SUPPORT: "customer support",
    Role.OPERATIONS: "operations",
    Role.EXCELLENCE: "engineering excellence",
    Role.MANAGER: "manager",
    Role.OTHER: "member",
}


class Relation(StrEnum):
    """How somebody stands to the incident or to the others in the room."""

    RESPONDER = "responder"
    TIMELINE_ACTOR = "timeline_actor"
    ON_CALL = "on_call"
    CHANGE_AUTHOR = "change_author"
    CHANGE_REVIEWER = "change_reviewer"
    LEADS_SHIPPING = "leads_shipping"
    LEADS_SERVICE = "leads_service"
    AUTHORITY = "authority"
    SHIPPING_TEAM = "shipping_team"
    EXECUTIVE = "executive"


# Each fits "was also …", "was …" and "whether … was … is not known".
RELATION_WORDS: Mapping[Relation, str] = {
    Relation.RESPONDER: "responder",
    Relation.TIMELINE_ACTOR: "part of the timeline",
    Relation.ON_CALL: "on call during the incident",
    Relation.CHANGE_AUTHOR: "author of the change",
    Relation.CHANGE_REVIEWER: "reviewer of the change",
    Relation.LEADS_SHIPPING: "lead of the team that shipped the change",
    Relation.LEADS_SERVICE: "lead of the team that owns the service",
    Relation.AUTHORITY: "in the reporting line above somebody who takes part",
    Relation.SHIPPING_TEAM: "on the team that shipped the change",
    Relation.EXECUTIVE: "an executive",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One account. None means not known, an empty set none. `label` is what a page shows, `is_lead_of` are teams that
    this person leads or manages, `reports_to` an id ("" for nobody). `under` are ids of those who lead a team of this
    person: the line leads over them too, and where nothing else is known over them alone. `trained` is for the guild of
    trained facilitators."""

    id: str
    label: str = ""
    role: Role | None = None
    teams: frozenset[str] | None = None
    is_lead_of: frozenset[str] | None = None
    reports_to: str | None = None
    under: frozenset[str] = frozenset()
    executive: bool | None = None
    trained: bool = False

    @property
    def shown(self) -> str:
        """What a page calls this person."""
        return self.label or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """Who had which part in the incident: ids of people, each with where that is seen (`15:51`, `change 4711`). None
    means that nobody looked or that there is no source; an empty mapping that there is none. `partial` are relations of
    which somebody is known that could not be told to be one of the accounts: whoever is not listed is then not cleared
    either. `leads` are ids by team, of the teams of which it is recorded who leads them (empty: nobody does).
    `shipping_gaps` say why there may be more teams that shipped the change than `shipping_teams`. `commander` led the
    response; `entries` counts what each person has in the timeline."""

    responders: Mapping[str, str] | None = None
    timeline_actors: Mapping[str, str] | None = None
    on_call: Mapping[str, str] | None = None
    change_authors: Mapping[str, str] | None = None
    change_reviewers: Mapping[str, str] | None = None
    shipping_teams: frozenset[str] | None = None
    service_teams: frozenset[str] | None = None
    partial: frozenset[Relation] = frozenset()
    leads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shipping_gaps: tuple[Missing, ...] = ()
    commander: str = ""
    entries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a relation holds; None where that was not checked. `seen` is where it is seen, `missing` the facts that
    are not recorded."""

    holds: bool | None
    seen: str = ""
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Who holds which seat, by id; "" for nobody. More or fewer than one owner can be stored, and is a finding."""

    owners: tuple[str, ...] = ()
    facilitator: str = ""
    scribe: str = ""
    devils_advocate: str = ""

    def holders(self, seat: Seat) -> tuple[str, ...]:
        """Ids of those who hold it."""
        if seat is Seat.OWNER:
            return self.owners
        one = {
            Seat.FACILITATOR: self.facilitator,
            Seat.SCRIBE: self.scribe,
            Seat.DEVILS_ADVOCATE: self.devils_advocate,
        }[seat]
        return (one,) if one else ()

    def held_by(self, person: str) -> tuple[Seat, ...]:
        """Seats of one person."""
        return tuple(seat for seat in Seat if person in self.holders(seat))

    def everybody(self) -> tuple[str, ...]:
        """Ids of all who hold a seat, each once, owners first."""
        return tuple(dict.fromkeys(one for seat in Seat for one in self.holders(seat)))


def relations_of(
    person: Person, involvement: Involvement, people: Mapping[str, Person], participants: Iterable[str]
) -> Mapping[Relation, Known]:
    """All that is known of one person. `participants` are ids of everybody who will be in the room."""
    parts = {
        Relation.RESPONDER: (involvement.responders, Lack.RESPONDERS),
        Relation.TIMELINE_ACTOR: (involvement.timeline_actors, Lack.TIMELINE),
        Relation.ON_CALL: (involvement.on_call, Lack.ON_CALL),
        Relation.CHANGE_AUTHOR: (involvement.change_authors, Lack.AUTHORS),
        Relation.CHANGE_REVIEWER: (involvement.change_reviewers, Lack.REVIEWERS),
    }
    shipped = involvement.shipping_gaps
    if not shipped and involvement.shipping_teams is None:
        shipped = (Missing(Lack.SHIPPING_TEAM),)
    owned = (Missing(Lack.SERVICE_TEAM),) if involvement.service_teams is None else ()
    return {
        **{
            relation: _part(person.id, listed, lack, relation in involvement.partial)
            for relation, (listed, lack) in parts.items()
        },
        Relation.LEADS_SHIPPING: _leads(person, involvement.shipping_teams, involvement.leads, shipped),
        Relation.LEADS_SERVICE: _leads(person, involvement.service_teams, involvement.leads, owned),
        Relation.SHIPPING_TEAM: _member(person, involvement.shipping_teams, shipped),
        Relation.AUTHORITY: authority_over(person.id, participants, people),
        Relation.EXECUTIVE: Known(person.executive),
    }


def authority_over(person: str, participants: Iterable[str], people: Mapping[str, Person]) -> Known:
    """Whether the reporting line of any participant leads up to `person`. One line that does is enough; otherwise
    one line that ends in the unknown leaves it not checked, but for an end to whom `person` reports: nobody is above
    whom they report to. Circles end where they began."""
    own, _ = _line_above(person, people)
    unknown: set[str] = set()
    for participant in participants:
        if participant == person:
            continue
        above, ends = _line_above(participant, people)
        if person in above:
            return Known(True)
        unknown |= ends - own
    if unknown:
        return Known(None, missing=tuple(Missing(Lack.LINE, one) for one in sorted(unknown)))
    return Known(False)


def reporting_up(people: Mapping[str, Person]) -> Mapping[str, int | None]:
    """How many of `people` report up to each of them, over any number of steps; None where no line is known that
    leads to or from somebody."""
    lines = {one: _line_above(one, people)[0] for one in people}
    counted = Counter(boss for above in lines.values() for boss in above)
    return {
        one: counted[one] if counted[one] or lines[one] or each.reports_to is not None else None
        for one, each in people.items()
    }


def _line_above(person: str, people: Mapping[str, Person]) -> tuple[set[str], set[str]]:
    """Ids above a person, and ids at which the line is not known further."""
    above: set[str] = set()
    ends: set[str] = set()
    waiting = [person]
    while waiting:
        here = waiting.pop()
        found = people.get(here)
        known = found is not None and (found.reports_to is not None or bool(found.under - {here}))
        if found is None or not known:
            ends.add(here)
            continue
        bosses = (set(found.under) | {found.reports_to or ""}) - {"", person} - above
        above |= bosses
        waiting += sorted(bosses)
    return above, ends


def _part(person: str, listed: Mapping[str, str] | None, lack: Lack, is_partial: bool) -> Known:
    if listed is None or (is_partial and person not in listed):
        return Known(None, missing=(Missing(lack),))
    return Known(person in listed, listed.get(person, ""))


def _leads(
    person: Person, teams: frozenset[str] | None, leads: Mapping[str, frozenset[str]], gaps: tuple[Missing, ...]
) -> Known:
    """Whether somebody leads one of these teams; with `gaps` there may be more of them."""
    if teams == frozenset() and not gaps:
        return Known(False)
    own = frozenset(team for team, heads in leads.items() if person.id in heads) | (person.is_lead_of or frozenset())
    if own & (teams or frozenset()):
        return Known(True, ", ".join(sorted(own & (teams or frozenset()))))
    # Whoever leads no team needs no list of the others.
    if person.is_lead_of == frozenset():
        return Known(False)
    untold = sorted((teams or frozenset()) - leads.keys()) if person.is_lead_of is None else []
    missing = (*gaps, *(Missing(Lack.LEADS, team) for team in untold))
    return Known(None, missing=missing) if missing else Known(False)


def _member(person: Person, teams: frozenset[str] | None, gaps: tuple[Missing, ...]) -> Known:
    """Whether somebody is in one of these teams; with `gaps` there may be more of them."""
    # Whoever belongs to no team needs no list of the others; the same the other way round.
    if person.teams == frozenset() or (teams == frozenset() and not gaps):
        return Known(False)
    shared = (person.teams or frozenset()) & (teams or frozenset())
    if shared:
        return Known(True, ", ".join(sorted(shared)))
    missing = gaps if person.teams is not None else (*gaps, Missing(Lack.TEAM, person.id))
    return Known(None, missing=missing) if missing else Known(False)
