"""Who may administer people.

Knows the site role. Refuses to say anything about incidents.
"""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from afteraction.web.accounts.models import User


class NotAdmin(PermissionDenied):
    """Somebody who is no admin wants what takes one. Its text is shown."""

    def __init__(self) -> None:
        super().__init__("This takes an admin of this site. Ask one of them: they are listed under People.")


class CannotDo(ValueError):
    """An action that the state of things rules out. Its text is shown and says the next step."""


def person_of(request: HttpRequest) -> User:
    """Who asks; only for views that need a sign-in."""
    return cast(User, request.user)


def need_admin(actor: User) -> None:
    """Raises NotAdmin unless somebody is an active admin of this site."""
    if not (actor.is_active and actor.is_admin):
        raise NotAdmin
