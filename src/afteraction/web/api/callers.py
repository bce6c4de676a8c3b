"""Who calls the API: a token within its scopes, or the browser session of who is signed in.

Knows scopes. Refuses to know permissions on incidents: those are the actions' to check.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from afteraction.web.accounts.models import ApiToken, User
from afteraction.web.accounts.tokens import scopes_of, token_of
from afteraction.web.incidents.by_person import refuse_by_person

READ, WRITE, EVIDENCE, ADMIN = "read", "write", "evidence", "admin"


class ScopeMissing(Exception):
    """A token that is good, for something else."""

    def __init__(self, scope: str) -> None:
        super().__init__(f'This token has no scope "{scope}".')
        self.scope = scope


class TokenAuth(HttpBearer):
    """`Authorization: Bearer <token>`; tokens are made on the account page."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The person behind the token, None for one that is not (or no longer) good."""
        return self.person_of(request, token_of(token))

    def person_of(self, request: HttpRequest, found: ApiToken | None) -> Any:
        """Who stands behind a token. Raises ScopeMissing where it is for something else."""
        if found is None:
            return None
        if self.scope not in scopes_of(found):
            raise ScopeMissing(self.scope)
        request.user = found.person
        refuse_by_person(request, found.person)
        return found.person


class SessionAuth(APIKeyCookie):
    """The session cookie of a browser that is signed in; writes need the CSRF token as well."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The person who is signed in."""
        if not request.user.is_authenticated:
            return None
        refuse_by_person(request, request.user)
        return request.user


class UnseenTokenAuth(TokenAuth):
    """A token of somebody who acts as nobody: its use is noted nowhere."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """As for any token, but for what is noted of it and of the request."""
        request.leaves_no_line = True  # type: ignore[attr-defined]
        return self.person_of(request, token_of(token, notes_use=False))


class UnseenSessionAuth(SessionAuth):
    """The session of somebody who acts as nobody."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The person who is signed in; the request leaves no line."""
        request.leaves_no_line = True  # type: ignore[attr-defined]
        return super().authenticate(request, key)


def as_nobody(name: str) -> list[Any]:
    """What an operation asks of its caller that keeps nothing of who called it."""
    return [UnseenTokenAuth(name), UnseenSessionAuth()]


def scope(name: str) -> list[Any]:
    """What an operation asks of its caller."""
    return [TokenAuth(name), SessionAuth()]


def caller(request: HttpRequest) -> User:
    """Who calls; only inside an operation."""
    return cast(User, request.user)
