"""People and teams over the API, for admins; and who oneself is.

Knows addresses. Refuses to make tokens: a secret is shown once, on the account page.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from afteraction.web.accounts.access import need_admin
from afteraction.web.accounts.actions import inviting, people, teams
from afteraction.web.accounts.models import Invitation, SiteRole, Team, User
from afteraction.web.api import shapes
from afteraction.web.api.callers import ADMIN, READ, WRITE, caller, scope
from afteraction.web.api.problems import InvalidFields

router = Router(tags=["people"])


class Person(Schema):
    """An account."""

    id: int
    name: str
    email: str
    role: str
    is_active: bool
    joined_at: datetime
    reports_to: int | None = None
    reports_to_nobody: bool = False

    @staticmethod
    def resolve_reports_to(person: Any) -> int | None:
        """The number of that account."""
        found: int | None = person.reports_to_id
        return found


class MeIn(Schema):
    """Your name, and whether single keys act on pages."""

    name: Annotated[str, Field(max_length=128)]
    single_keys: bool


class Persons(Schema):
    """Everybody with an account."""

    people: list[Person]


class Inviting(Schema):
    """Whom to invite; `team` is a slug."""

    email: str
    role: str = "member"
    team: str = ""
    days: int = 7


class Invited(Schema):
    """An invitation. `secret` completes the address `/join/…` and is shown this once."""

    id: int
    email: str
    state: str
    secret: str


class Role(Schema):
    """member or admin."""

    role: str


class Line(Schema):
    """Whom somebody reports to: the number of an account, or nobody. Neither leaves it to who leads their teams."""

    person: int | None = None
    nobody: bool = False


class TeamOut(Schema):
    """A team, the addresses of its people and of those who lead it. `nobody_leads` says that it has no lead; without
    leads and without that it is not recorded."""

    slug: str
    name: str
    people: list[str]
    leads: list[str]
    nobody_leads: bool


class NobodyLeads(Schema):
    """Whether a team has no lead."""

    nobody: bool


class Teams(Schema):
    """Every team."""

    teams: list[TeamOut]


class Name(Schema):
    """A name."""

    name: str


@router.get("/me", response=shapes.Me, auth=scope(READ), summary="Who you are")
def me(request: HttpRequest) -> User:
    """The person behind the token or the session."""
    return caller(request)


@router.put("/me", response=shapes.Me, auth=scope(WRITE), summary="Change your account")
def change_me(request: HttpRequest, said: MeIn) -> User:
    """Name and keys."""
    people.change_account(name=said.name, single_keys=said.single_keys, actor=caller(request), via="api")
    return caller(request)


@router.get("/people", response=Persons, auth=scope(ADMIN), summary="Everybody with an account")
def everybody(request: HttpRequest) -> dict[str, Any]:
    """For admins."""
    need_admin(caller(request))
    return {"people": list(User.objects.order_by("email"))}


@router.post("/people/invitations", response={201: Invited}, auth=scope(ADMIN), summary="Invite somebody")
def invite(request: HttpRequest, said: Inviting) -> Any:
    """An earlier open invitation of the same address is withdrawn."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    wrong = {}
    try:
        validate_email(said.email)
    except ValidationError:
        wrong["email"] = f'"{said.email[:80]}" is no address.'
    if said.role not in SiteRole.values:
        wrong["role"] = f"Use one of: {', '.join(SiteRole.values)}."
    if not 1 <= said.days <= 90:
        wrong["days"] = "Use 1 to 90 days."
    team = Team.objects.filter(slug=said.team[:64]).first() if said.team else None
    if said.team and team is None:
        wrong["team"] = "There is no such team."
    if wrong:
        raise InvalidFields(wrong)
    made, secret = inviting.invite(
        said.email, role=said.role, team=team, days=said.days, actor=caller(request), via="api"
    )
    return Status(201, {"id": made.pk, "email": made.email, "state": made.state, "secret": secret})


@router.delete(
    "/people/invitations/{number}", response={204: None}, auth=scope(ADMIN), summary="Withdraw an invitation"
)
def withdraw(request: HttpRequest, number: int) -> Any:
    """Its link stops working."""
    inviting.revoke_invitation(_one(Invitation, number), actor=caller(request), via="api")
    return Status(204, None)


@router.put("/people/{number}/role", response=Person, auth=scope(ADMIN), summary="Change a site role")
def role(request: HttpRequest, number: int, said: Role) -> User:
    """The last admin stays."""
    person: User = _one(User, number)
    if said.role not in SiteRole.values:
        raise InvalidFields({"role": f"Use one of: {', '.join(SiteRole.values)}."})
    people.change_role(person, said.role, actor=caller(request), via="api")
    person.refresh_from_db()
    return person


@router.put("/people/{number}/reports-to", response=Person, auth=scope(ADMIN), summary="Say whom somebody reports to")
def reports_to(request: HttpRequest, number: int, said: Line) -> User:
    """Only the seats of reviews ask for it."""
    person: User = _one(User, number)
    boss = _one(User, said.person) if said.person is not None else None
    people.change_line(person, boss, nobody=said.nobody, actor=caller(request), via="api")
    person.refresh_from_db()
    return person


@router.post("/people/{number}/deactivate", response=Person, auth=scope(ADMIN), summary="Deactivate an account")
def deactivate(request: HttpRequest, number: int) -> User:
    """Sessions and tokens end; nothing they did is lost."""
    person: User = _one(User, number)
    people.deactivate(person, actor=caller(request), via="api")
    person.refresh_from_db()
    return person


@router.post("/people/{number}/reactivate", response=Person, auth=scope(ADMIN), summary="Reactivate an account")
def reactivate(request: HttpRequest, number: int) -> User:
    """They can sign in again."""
    person: User = _one(User, number)
    people.reactivate(person, actor=caller(request), via="api")
    person.refresh_from_db()
    return person


def _team(team: Team) -> dict[str, Any]:
    return {"slug": team.slug, "name": team.name, "people": [one.email for one in team.people.all()],
            "leads": [one.email for one in team.leads.all()], "nobody_leads": team.nobody_leads}  # fmt: skip


@router.get("/teams", response=Teams, auth=scope(READ), summary="Teams")
def all_teams(request: HttpRequest) -> dict[str, Any]:
    """With their people."""
    return {"teams": [_team(team) for team in Team.objects.prefetch_related("people", "leads")]}


@router.post("/teams", response={201: TeamOut}, auth=scope(ADMIN), summary="Make a team")
def make_team(request: HttpRequest, said: Name) -> Any:
    """For admins."""
    return Status(201, _team(teams.make_team(said.name, actor=caller(request), via="api")))


@router.put("/teams/{slug}/people/{number}", response=TeamOut, auth=scope(ADMIN), summary="Add somebody to a team")
def add(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """They become responders of the team's incidents."""
    team = _slugged(slug)
    teams.add_to_team(team, _one(User, number), actor=caller(request), via="api")
    return _team(team)


@router.delete("/teams/{slug}/people/{number}", response=TeamOut, auth=scope(ADMIN), summary="Take somebody out")
def remove(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """They keep the seats that they have by themselves."""
    team = _slugged(slug)
    teams.remove_from_team(team, _one(User, number), actor=caller(request), via="api")
    return _team(team)


@router.put("/teams/{slug}/leads/{number}", response=TeamOut, auth=scope(ADMIN), summary="Say who leads a team")
def lead(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """A team may have several leads, and they need not be in it."""
    teams.name_lead(_slugged(slug), _one(User, number), actor=caller(request), via="api")
    return _team(_slugged(slug))


@router.delete("/teams/{slug}/leads/{number}", response=TeamOut, auth=scope(ADMIN), summary="Take a lead back")
def no_lead(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """Without another lead it is not recorded who leads it."""
    teams.withdraw_lead(_slugged(slug), _one(User, number), actor=caller(request), via="api")
    return _team(_slugged(slug))


@router.put("/teams/{slug}/nobody-leads", response=TeamOut, auth=scope(ADMIN), summary="Say that nobody leads a team")
def nobody_leads(request: HttpRequest, slug: str, said: NobodyLeads) -> dict[str, Any]:
    """Or take that back."""
    teams.say_nobody_leads(_slugged(slug), said.nobody, actor=caller(request), via="api")
    return _team(_slugged(slug))


def _slugged(slug: str) -> Team:
    found = Team.objects.filter(slug=slug[:64]).first()
    if found is None:
        raise Http404
    return found


def _one(model: Any, number: int) -> Any:
    found = model.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise Http404
    return found
