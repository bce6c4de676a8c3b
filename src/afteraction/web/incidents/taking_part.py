"""Who had which part in an incident: what its evidence shows, corrected and completed by people.

Knows accounts and whom the evidence names. Refuses to take somebody for somebody else: an actor is an account only by
its address, its handle, a whole name that one account alone has, or because somebody said so; the rest is not known.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import ActorSaid, Incident, IncidentMember, Part, PartSaid, StoredAnalysis
from afteraction.web.incidents.queries import events_named, identities_of
from afteraction.web.incidents.queries.actors import ActorEntry, entries_of, roles_in

# More people are not offered at once; who is not among them gets a seat on the page of members.
MOST_PEOPLE = 300
_ON_CALL = re.compile(r"\bon-?call\b", re.IGNORECASE)


@dataclass(frozen=True)
class PartTold:
    """One part: `people` had it (id of the account, and where that is seen), `denied` had not although the evidence
    shows it. `said` are those whom people named. Unless `is_everybody`, somebody else may have had it."""

    people: Mapping[str, str]
    denied: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    is_everybody: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class TakingPart:
    """Everybody in an incident as far as known now, by the number of their account as text. `entries` are those of the
    timeline by account; `unknown` are roles of the timeline of whom nobody said which account they are."""

    accounts: tuple[User, ...]
    entries: Mapping[str, tuple[ActorEntry, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    has_evidence: bool = False
    parts: Mapping[Part, PartTold] = field(default_factory=dict)


def taking_part(incident: Incident, analysis: StoredAnalysis | None) -> TakingPart:
    """Reads it."""
    accounts = _accounts(incident)
    identities = identities_of(incident)
    whose, unknown = _known_roles(incident, identities, accounts)
    if analysis is None:
        return TakingPart(tuple(accounts), has_evidence=bool(identities), parts=_parts(incident, None, {}))
    entries: dict[str, list[ActorEntry]] = {}
    for entry in entries_of(analysis, whose):
        entries.setdefault(whose[entry.role], []).append(entry)
    found = {one: tuple(each) for one, each in entries.items()}
    untold = tuple(sorted(unknown & roles_in(analysis))) if unknown else ()
    return TakingPart(tuple(accounts), found, untold, bool(identities), _parts(incident, analysis, found))


def actor_digest(incident: Incident, key: str) -> str:
    """How an actor of the evidence is kept: without a name."""
    return hashlib.sha256(f"{incident.pk}|{key}".encode()).hexdigest()


def _known_roles(
    incident: Incident, identities: Mapping[str, Mapping[str, str]], accounts: list[User]
) -> tuple[dict[str, str], set[str]]:
    """Accounts by role, and roles of whom it is not known whether they have an account."""
    said = dict(ActorSaid.objects.filter(incident=incident).values_list("actor", "person_id"))
    roles = identities.get("roles", {})
    whose: dict[str, str] = {}
    unknown: set[str] = set()
    for key, name in identities.get("names", {}).items():
        digest = actor_digest(incident, key)
        same = said[digest] if digest in said else getattr(_same(key, name, accounts), "pk", None)
        if same is not None and key in roles:
            whose[roles[key]] = str(same)
        elif same is None and digest not in said and key in roles:
            unknown.add(roles[key])
    return whose, unknown


def _same(key: str, name: str, people: list[User]) -> User | None:
    handle = key.rpartition(":")[2].lstrip("@").casefold()
    told = {handle, name.strip().lstrip("@").casefold()}
    by_address = [each for each in people if each.email.casefold() in told]
    if len(by_address) == 1:
        return by_address[0]
    by_handle = [each for each in people if each.email.partition("@")[0].casefold() in told]
    whole = {_spaced(each) for each in told}
    by_name = [each for each in people if " " in (known := _spaced(each.name)) and known in whole]
    by_name = by_name or [each for each in people if each.name.strip() and each.name.strip().casefold() in told]
    either = by_name or by_handle
    return either[0] if len(either) == 1 else None


def _spaced(name: str) -> str:
    # Handles are names with a hyphen, a dot or a line for the space.
    return " ".join(re.split(r"[\s._-]+", name.strip().casefold()))


def _parts(
    incident: Incident, analysis: StoredAnalysis | None, entries: Mapping[str, tuple[ActorEntry, ...]]
) -> dict[Part, PartTold]:
    said: dict[str, list[PartSaid]] = {}
    for row in PartSaid.objects.filter(incident=incident).order_by("pk"):
        said.setdefault(row.part, []).append(row)
    authors, is_told = _authors(analysis, entries)
    seen = {Part.ON_CALL: _on_call(analysis, entries), Part.AUTHOR: authors, Part.REVIEWER: {}}
    return {part: _told(seen[part], said.get(part, []), part is Part.AUTHOR and is_told) for part in Part}


def _told(seen: Mapping[str, str], rows: list[PartSaid], is_told: bool) -> PartTold:
    named = {str(row.person_id): row.holds for row in rows if row.person_id is not None}
    held = {one: where for one, where in seen.items() if named.get(one, True)}
    held |= {one: seen.get(one, "said by hand") for one, holds in named.items() if holds}
    confirmed = any(row.person_id is None for row in rows)
    denied = tuple(one for one, holds in named.items() if not holds)
    return PartTold(
        held, denied, frozenset(one for one, holds in named.items() if holds), confirmed or is_told, confirmed
    )


def _on_call(analysis: StoredAnalysis | None, entries: Mapping[str, tuple[ActorEntry, ...]]) -> dict[str, str]:
    """Whose stated role is to be on call, who acted on an alert, and who acknowledged."""
    found = {}
    for one, own in entries.items():
        for each in own:
            if _ON_CALL.search(each.role):
                found[one] = f"{each.role} in the evidence"
            elif each.lane == "alerts" and each.kind == "action":
                found.setdefault(one, f"answered an alert {each.value[11:16]}")
    stated = analysis.head["milestones"].get("t_ack") if analysis else None
    acknowledged = set(stated[0]["event_ids"]) if stated else set()
    for one, own in entries.items():
        for each in own:
            if each.event_id in acknowledged:
                found.setdefault(one, f"acknowledged {each.value[11:16]}")
    return found


def _authors(
    analysis: StoredAnalysis | None, entries: Mapping[str, tuple[ActorEntry, ...]]
) -> tuple[dict[str, str], bool]:
    """Accounts that the triggering change names, and whether all whom it names are accounts."""
    stated = analysis.head["milestones"].get("t_trigger") if analysis else None
    if analysis is None or not stated:
        return {}, False
    behind = events_named(analysis, stated[0]["event_ids"])
    people = [each.value.get("actor") or {} for each in behind.values()]
    named = [each for each, who in zip(behind.values(), people, strict=True) if who.get("role") and not who.get("bot")]
    by_event = {entry.event_id: one for one, each in entries.items() for entry in each}
    found = {by_event[each.event_id]: each.title[:80] for each in named if each.event_id in by_event}
    return found, bool(named) and all(each.event_id in by_event for each in named)


def _accounts(incident: Incident) -> list[User]:
    members = IncidentMember.objects.filter(incident=incident).values("person")
    told = PartSaid.objects.filter(incident=incident, person__isnull=False).values("person")
    actors = ActorSaid.objects.filter(incident=incident, person__isnull=False).values("person")
    people = User.objects.prefetch_related("teams__leads")
    # Whoever has a seat or a part has a name, also when their account was closed since.
    first = list(people.filter(Q(pk__in=members) | Q(pk__in=told) | Q(pk__in=actors)).order_by("pk"))
    others = people.filter(is_active=True).exclude(pk__in=[each.pk for each in first]).order_by("name", "email")
    found = [*first, *others[: max(0, MOST_PEOPLE - len(first))]]
    return found if len(found) < MOST_PEOPLE else [*found, *_line_of(found)]


def _line_of(people: Iterable[User]) -> list[User]:
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
