"""Whom to invite to a review and why, and who follows it instead (SPEC R034 to R038, R152, R113; F7, F8, F10).

Knows the reasons. Refuses to invite anybody without one, to pick a stranger for a role, and to take for fine what is
not known of somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from afteraction.engine.meeting.group import check_group
from afteraction.engine.meeting.people import (
    ROLE_TITLES,
    SEAT_TITLES,
    Involvement,
    Person,
    Role,
    Seat,
    Seats,
)
from afteraction.engine.review.findings import ReviewFinding, Severity

AUTHOR_LABEL = "knows the change best"


class Artefact(StrEnum):
    """What somebody who follows is given when the review is published."""

    DOCUMENT = "document"
    SUMMARY = "summary"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody is invited: the row of the specification (`R034`) and one line."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One person with all reasons. `optional` can be left out without leaving a team, seat or role unrepresented.
    `label` is what stands on the seat, `speaks_last` is for executives."""

    person: str
    reasons: tuple[Reason, ...]
    optional: bool = False
    label: str = ""
    speaks_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRole:
    """A role that nobody fills, once, with those who could; `waived` is the stored reason for going without."""

    role: str
    code: str
    why: str
    candidates: tuple[str, ...] = ()
    waived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPresence:
    """A team that the timeline speaks of: who represents it, or why it is not invited ("" is an open point)."""

    team: str
    represented_by: tuple[str, ...] = ()
    not_invited_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Somebody who reads or watches instead of attending."""

    person: str
    gets: tuple[Artefact, ...]


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """What invitations are made from. `severity` is 1 for the gravest, None unknown. `action_teams` own a change.
    `added` are people invited by hand with the reason, `followers` those who chose to follow. `not_invited` gives the
    reason by team. `waivers` are reasons by rule, `waived_roles` reasons by role. `consented` are executives whose
    presence the owner agreed to. `support_record` is what is known of tickets (`43 tickets, first at 18:10`).
    `recorded` says that everybody agreed to a recording."""

    people: Mapping[str, Person]
    involvement: Involvement = field(default_factory=Involvement)
    seats: Seats = field(default_factory=Seats)
    severity: int | None = None
    action_teams: frozenset[str] = frozenset()
    added: Mapping[str, str] = field(default_factory=dict)
    followers: tuple[str, ...] = ()
    not_invited: Mapping[str, str] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)
    waived_roles: Mapping[str, str] = field(default_factory=dict)
    consented: frozenset[str] = frozenset()
    support_record: str = ""
    recorded: bool = False


@dataclass(frozen=True, kw_only=True)
class InviteList:
    """Who comes, who follows, and what is missing."""

    invited: tuple[Invitation, ...] = ()
    following: tuple[Follower, ...] = ()
    missing: tuple[MissingRole, ...] = ()
    teams: tuple[TeamPresence, ...] = ()
    findings: tuple[ReviewFinding, ...] = ()


def invite(gathering: Gathering) -> InviteList:
    """The list with its reasons: required first, then optional, both in the order of the reasons."""
    reasons = _reasons(gathering)
    missing = _fill_roles(gathering, reasons)
    seated = set(gathering.seats.everybody())
    following = [one for one in dict.fromkeys(gathering.followers) if one not in seated]
    for one in following:
        reasons.pop(one, None)
    required = _required(gathering, reasons)
    invited = [_invitation(one, why, one not in required, gathering) for one, why in reasons.items()]
    invited.sort(key=lambda each: each.optional)
    gets = (Artefact.DOCUMENT, Artefact.SUMMARY, *([Artefact.RECORDING] if gathering.recorded else []))
    missing = _still_missing(gathering, missing, invited)
    teams = _teams(gathering, invited)
    return InviteList(
        invited=tuple(invited),
        following=tuple(Follower(person=one, gets=gets) for one in following),
        missing=missing,
        teams=teams,
        findings=(
            *_check_roles(missing),
            *_check_teams(teams),
            *check_group(
                [gathering.people.get(each.person, Person(id=each.person)) for each in invited],
                sum(each.optional for each in invited),
                gathering.consented,
                gathering.waivers,
            ),
        ),
    )


def _reasons(gathering: Gathering) -> dict[str, list[Reason]]:
    """Reasons by person, in the order in which they are found."""
    found: dict[str, list[Reason]] = {}

    def give(person: str, code: str, text: str) -> None:
        found.setdefault(person, []).append(Reason(code=code, text=text))

    involved = gathering.involvement
    codes = {Seat.OWNER: "R033", Seat.FACILITATOR: "R026", Seat.SCRIBE: "R040", Seat.DEVILS_ADVOCATE: "R031"}
    for seat in Seat:
        for one in gathering.seats.holders(seat):
            give(one, codes[seat], f"{SEAT_TITLES[seat]} of this review")
    parts = (
        ("R152", "wrote the change", involved.change_authors),
        ("R034", "reviewed the change", involved.change_reviewers),
        ("R034", "responded", involved.responders),
        ("R034", "is in the timeline", involved.timeline_actors),
    )
    for code, words, listed in parts:
        for one, seen in sorted((listed or {}).items()):
            give(one, code, f"{words} ({seen})" if seen else words)
    for person in _in_order(gathering.people):
        for team in sorted((person.is_lead_of or frozenset()) & (involved.service_teams or frozenset())):
            give(person.id, "R034", f"leads {team}, which owns the service")
        for team in sorted((person.is_lead_of or frozenset()) & gathering.action_teams):
            give(person.id, "F10", f"leads {team}, which owns an action")
    for one, why in gathering.added.items():
        give(one, "hand", why.strip() or "added by hand")
    return found


_ALWAYS = (
    (Role.QA, "R152", "knows what the tests cover"),
    (Role.DEVOPS, "R152", "knows how the pipeline is configured"),
    (Role.PRODUCT, "R152", "set the acceptance criteria"),
)
_GRAVE = (
    (Role.SUPPORT, "R035", "knows what users met"),
    (Role.OPERATIONS, "R035", "knows how it is run"),
)


def _fill_roles(gathering: Gathering, reasons: dict[str, list[Reason]]) -> tuple[MissingRole, ...]:
    """Gives each role that is needed to one person of the teams concerned; those that nobody of them fills come back.
    Without teams concerned there is nobody to prefer, and no stranger is picked."""
    missing = []
    if not any(each.code == "R152" for why in reasons.values() for each in why):
        why_author = f"{AUTHOR_LABEL}; no author is known" if gathering.involvement.change_authors is None else ""
        why_author = why_author or f"{AUTHOR_LABEL}; the change has no author among the accounts"
        missing.append(_missing(gathering, "code author", "R152", why_author, ()))
    grave = gathering.severity is not None and gathering.severity <= 2
    concerned = (gathering.involvement.shipping_teams or frozenset()) | (
        gathering.involvement.service_teams or frozenset()
    )
    for role, code, why in (*_ALWAYS, *(_GRAVE if grave else ())):
        text = why
        if role is Role.SUPPORT and gathering.support_record:
            text = f"{why}: {gathering.support_record}"
        of_role = [each for each in _in_order(gathering.people) if each.role is role]
        away = set(gathering.followers) - set(gathering.seats.everybody())
        there = [each for each in of_role if each.id in reasons and each.id not in away]
        near = [each for each in of_role if (each.teams or frozenset()) & concerned and each.id not in away]
        chosen = next(iter([*there, *near]), None)
        if chosen is None:
            missing.append(_missing(gathering, ROLE_TITLES[role], code, text, tuple(each.id for each in of_role)))
        else:
            reasons.setdefault(chosen.id, []).append(Reason(code=code, text=text))
    return tuple(missing)


def _missing(gathering: Gathering, role: str, code: str, why: str, candidates: tuple[str, ...]) -> MissingRole:
    waived = gathering.waived_roles.get(role, "").strip()
    free = tuple(one for one in candidates if one not in gathering.followers)
    return MissingRole(role=role, code=code, why=why, candidates=free, waived=waived)


def _still_missing(
    gathering: Gathering, missing: tuple[MissingRole, ...], invited: list[Invitation]
) -> tuple[MissingRole, ...]:
    """Adds the author's role where everybody who wrote the change follows instead, and teams that own an action."""
    found = list(missing)
    names = {each.role for each in found}
    authors = set(gathering.involvement.change_authors or {})
    here = {each.person for each in invited}
    if authors and not authors & here and "code author" not in names:
        found.append(_missing(gathering, "code author", "R152", f"{AUTHOR_LABEL}; the author follows instead", ()))
    for team in sorted(gathering.action_teams):
        if not any(team in _teams_of(gathering, one) for one in here):
            members = tuple(each.id for each in _in_order(gathering.people) if team in (each.teams or frozenset()))
            found.append(_missing(gathering, f"somebody of {team}", "F10", f"{team} owns an action", members))
    return tuple(found)


def _required(gathering: Gathering, reasons: Mapping[str, list[Reason]]) -> frozenset[str]:
    """Seats, roles, and the first of each team that is in the timeline or owns an action."""
    chosen = set(gathering.seats.everybody()) | set(gathering.added)
    for one, why in reasons.items():
        if any(each.code in ("R152", "R035", "F10") for each in why):
            chosen.add(one)
    needed = _timeline_teams(gathering)
    covered = {team for one in chosen if one in reasons for team in _teams_of(gathering, one)}
    for one in reasons:
        fresh = (_teams_of(gathering, one) & needed) - covered
        if fresh:
            chosen.add(one)
            covered |= fresh
    return frozenset(chosen)


def _invitation(one: str, why: list[Reason], optional: bool, gathering: Gathering) -> Invitation:
    person = gathering.people.get(one)
    author = one in (gathering.involvement.change_authors or {})
    return Invitation(
        person=one,
        reasons=tuple(dict.fromkeys(why)),
        optional=optional,
        label=AUTHOR_LABEL if author else "",
        speaks_last=bool(person and person.executive),
    )


def _timeline_teams(gathering: Gathering) -> frozenset[str]:
    actors = gathering.involvement.timeline_actors or {}
    return frozenset(team for one in actors for team in _teams_of(gathering, one))


def _teams(gathering: Gathering, invited: list[Invitation]) -> tuple[TeamPresence, ...]:
    return tuple(
        TeamPresence(
            team=team,
            represented_by=tuple(each.person for each in invited if team in _teams_of(gathering, each.person)),
            not_invited_because=gathering.not_invited.get(team, "").strip(),
        )
        for team in sorted(_timeline_teams(gathering))
    )


def _check_roles(missing: Iterable[MissingRole]) -> Iterable[ReviewFinding]:
    for each in missing:
        if not each.waived:
            yield ReviewFinding(
                code=each.code,
                severity=Severity.MUST if each.code == "R035" else Severity.MAY,
                subject=each.role.replace(" ", "-"),
                sentence=f"Nobody is invited as {each.role}: {each.why}.",
                question="Who could take this seat?",
                next_step="Invite somebody, or say why the review goes without.",
            )


def _check_teams(teams: Iterable[TeamPresence]) -> Iterable[ReviewFinding]:
    for each in teams:
        if not each.represented_by and not each.not_invited_because:
            yield ReviewFinding(
                code="R034",
                severity=Severity.MAY,
                subject=each.team,
                sentence=f"{each.team} is in the timeline and not in the room.",
                question=f"Who could speak for {each.team}?",
                next_step="Invite one of them, or say why they are not invited.",
            )


def _teams_of(gathering: Gathering, one: str) -> frozenset[str]:
    person = gathering.people.get(one)
    return (person.teams if person else None) or frozenset()


def _in_order(people: Mapping[str, Person]) -> list[Person]:
    return sorted(people.values(), key=lambda each: (len(each.id), each.id))
