"""Who calls the API: a token within its scopes, or the browser session of who is signed in.

Knows scopes. Refuses to know permissions on incidents: those are the actions' to check.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from afteraction.web.accounts.models import User
from afteraction.web.accounts.tokens import scopes_of, token_of

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
        found = token_of(token)
        if found is None:
            return None
        if self.scope not in scopes_of(found):
            raise ScopeMissing(self.scope)
        request.user = found.person
        return found.person


class SessionAuth(APIKeyCookie):
    """The session cookie of a browser that is signed in; writes need the CSRF token as well."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The person who is signed in."""
        return request.user if request.user.is_authenticated else None


def scope(name: str) -> list[Any]:
    """What an operation asks of its caller."""
    return [TokenAuth(name), SessionAuth()]


def caller(request: HttpRequest) -> User:
    """Who calls; only inside an operation."""
    return cast(User, request.user)
