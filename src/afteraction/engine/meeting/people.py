"""Whom a review may seat or invite, and what is known of each: their part in the incident, their teams, who leads whom.

Knows how to say yes, no or not known. Refuses to take what is not known for no (SPEC F11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
    this person leads or manages, `reports_to` an id ("" for nobody). `seniority` counts up from the most junior;
    `trained` is for the guild of trained facilitators."""

    id: str
    label: str = ""
    role: Role | None = None
    teams: frozenset[str] | None = None
    is_lead_of: frozenset[str] | None = None
    reports_to: str | None = None
    executive: bool | None = None
    seniority: int | None = None
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
    either. `commander` led the response; `entries` counts what each person has in the timeline."""

    responders: Mapping[str, str] | None = None
    timeline_actors: Mapping[str, str] | None = None
    on_call: Mapping[str, str] | None = None
    change_authors: Mapping[str, str] | None = None
    change_reviewers: Mapping[str, str] | None = None
    shipping_teams: frozenset[str] | None = None
    service_teams: frozenset[str] | None = None
    partial: frozenset[Relation] = frozenset()
    commander: str = ""
    entries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a relation holds; None where that was not checked. `seen` is where it is seen."""

    holds: bool | None
    seen: str = ""


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
        Relation.RESPONDER: involvement.responders,
        Relation.TIMELINE_ACTOR: involvement.timeline_actors,
        Relation.ON_CALL: involvement.on_call,
        Relation.CHANGE_AUTHOR: involvement.change_authors,
        Relation.CHANGE_REVIEWER: involvement.change_reviewers,
    }
    return {
        **{relation: _part(person.id, listed, relation in involvement.partial) for relation, listed in parts.items()},
        Relation.LEADS_SHIPPING: _shared(person.is_lead_of, involvement.shipping_teams),
        Relation.LEADS_SERVICE: _shared(person.is_lead_of, involvement.service_teams),
        Relation.SHIPPING_TEAM: _shared(person.teams, involvement.shipping_teams),
        Relation.AUTHORITY: authority_over(person.id, participants, people),
        Relation.EXECUTIVE: Known(person.executive),
    }


def authority_over(person: str, participants: Iterable[str], people: Mapping[str, Person]) -> Known:
    """Whether the reporting line of any participant leads up to `person`. One line that does is enough; otherwise
    one line that ends in the unknown leaves it not checked. Circles end where they began."""
    known = True
    for participant in participants:
        above = _line_above(participant, people)
        if participant != person and person in above:
            return Known(True)
        known = known and (participant == person or None not in above)
    return Known(False if known else None)


def _line_above(person: str, people: Mapping[str, Person]) -> tuple[str | None, ...]:
    """Ids upwards from a person; None at the end where the line is not known further."""
    above: list[str | None] = []
    here = person
    while True:
        found = people.get(here)
        boss = found.reports_to if found else None
        if boss is None:
            return (*above, None)
        if boss == "" or boss in above or boss == person:
            return tuple(above)
        above.append(boss)
        here = boss


def _part(person: str, listed: Mapping[str, str] | None, is_partial: bool) -> Known:
    if listed is None or (is_partial and person not in listed):
        return Known(None)
    return Known(person in listed, listed.get(person, ""))


def _shared(own: frozenset[str] | None, theirs: frozenset[str] | None) -> Known:
    # Whoever leads or belongs to no team needs no list of the others; the same the other way round.
    if own == frozenset() or theirs == frozenset():
        return Known(False)
    if own is None or theirs is None:
        return Known(None)
    return Known(bool(own & theirs), ", ".join(sorted(own & theirs)))
