"""One's own tokens and what admins do to somebody else's way in, over the API; and entering a closed incident.

Knows addresses. Refuses to make tokens: a program that could make itself another would outlive its own end.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import Field

from afteraction.web.accounts.access import need_admin
from afteraction.web.accounts.actions import entering, teams, tokens
from afteraction.web.accounts.models import ApiToken, Team, User
from afteraction.web.api import shapes
from afteraction.web.api.callers import ADMIN, READ, WRITE, caller, scope
from afteraction.web.api.incidents import outline
from afteraction.web.incidents.actions.enter_incident import enter_incident

router = Router(tags=["people"])


class TokenOut(Schema):
    """A token without its secret, which was shown once."""

    id: int
    name: str
    prefix: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class Tokens(Schema):
    """The newest first."""

    tokens: list[TokenOut]


class EntryOut(Schema):
    """A link that lets somebody in once, within 24 hours; it is shown this once."""

    path: str


class Renaming(Schema):
    """The new name; the slug stays."""

    name: Annotated[str, Field(max_length=128)]


class TeamName(Schema):
    """A team."""

    slug: str
    name: str


class Entering(Schema):
    """Which incident, why, and with what seat. Its members read the reason."""

    key: shapes.Key
    reason: Annotated[str, Field(max_length=500)]
    seat: Literal["viewer", "owner"] = "viewer"


@router.get("/me/tokens", response=Tokens, auth=scope(READ), summary="Your tokens")
def my_tokens(request: HttpRequest) -> dict[str, Any]:
    """Revoked ones too."""
    return {"tokens": list(ApiToken.objects.filter(person=caller(request)).order_by("-id"))}


@router.delete("/me/tokens/{number}", response={204: None}, auth=scope(WRITE), summary="Revoke a token of yours")
def revoke_mine(request: HttpRequest, number: int) -> Any:
    """Also the one that asks."""
    tokens.revoke_token(_token(caller(request), number), actor=caller(request), via="api")
    return Status(204, None)


@router.post("/people/{number}/link", response={201: EntryOut}, auth=scope(ADMIN), summary="Make an entry link")
def make_link(request: HttpRequest, number: int) -> Any:
    """For a new password. Earlier links of that person end."""
    need_admin(caller(request))
    secret = entering.make_entry_link(_account(number), actor=caller(request), via="api")
    return Status(201, {"path": reverse("accounts:enter", args=[secret])})


@router.get("/people/{number}/tokens", response=Tokens, auth=scope(ADMIN), summary="Somebody's tokens")
def their_tokens(request: HttpRequest, number: int) -> dict[str, Any]:
    """Those that still work."""
    need_admin(caller(request))
    return {"tokens": list(_account(number).api_tokens.filter(revoked_at__isnull=True).order_by("-id"))}


@router.delete(
    "/people/{number}/tokens/{token}", response={204: None}, auth=scope(ADMIN), summary="Revoke somebody's token"
)
def revoke_theirs(request: HttpRequest, number: int, token: int) -> Any:
    """It ends now."""
    need_admin(caller(request))
    tokens.revoke_token(_token(_account(number), token), actor=caller(request), via="api")
    return Status(204, None)


@router.put("/teams/{slug}", response=TeamName, auth=scope(ADMIN), summary="Rename a team")
def rename(request: HttpRequest, slug: str, said: Renaming) -> Team:
    """Its address stays."""
    need_admin(caller(request))
    team = Team.objects.filter(slug=slug[:64]).first()
    if team is None:
        raise Http404
    teams.rename_team(team, said.name, actor=caller(request), via="api")
    return team


@router.post("/enter", response=shapes.Outline, auth=scope(ADMIN), summary="Enter a closed incident")
def enter(request: HttpRequest, said: Entering) -> dict[str, Any]:
    """For admins when nobody with a seat is left to ask. Asking for a key that is not there is written down too."""
    return outline(enter_incident(said.key, said.reason, said.seat, actor=caller(request), via="api"))


def _account(number: int) -> User:
    found = User.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _token(person: User, number: int) -> ApiToken:
    found = ApiToken.objects.filter(person=person, pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise Http404
    return found
