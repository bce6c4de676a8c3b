"""What the site decides in versions: never changed, each with its reason, each told from the one it was based on.

Knows how a save without a reason and a stale one are refused, and how a version comes back. Refuses to know what is
decided: whoever decides it adds the fields.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, need_admin, person_of
from afteraction.web.accounts.models import User
from afteraction.web.ui.numbers import whole_number

LONGEST_REASON = 1000


class Version(models.Model):
    """One version, never changed afterwards; the one with the highest number holds."""

    number = models.PositiveIntegerField(unique=True)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-number"]


class Stale(CannotDo):
    """Somebody saved a version after the one that this save was based on. `number` is the one that holds now."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Version {number} was saved meanwhile. Look at it, then save yours on top or leave it.")
        self.number = number


class Restore(Protocol):
    """A verb that brings a version back."""

    def __call__(self, number: int, reason: str, *, based_on: int, actor: User) -> Version:
        """The version that holds now, which is as that one was. Raises NotAdmin and CannotDo."""
        ...


def why_of(reason: str, what_changes: str) -> str:
    """The reason in one line. Raises CannotDo without one; `what_changes` is said then ("the policy changes")."""
    why = " ".join(reason.split())[:LONGEST_REASON]
    if not why:
        raise CannotDo(f"Say why {what_changes}: the reason stays with the version.")
    return why


def wait_for_turn(versions: type[Version]) -> None:
    """Lets one save after the other look at which version holds; inside the transaction of the save."""
    # Of the first two there is no row to wait for: they take the same number, and the database refuses one of them.
    list(versions._default_manager.select_for_update().order_by("-number")[:1])


def based_on_of(text: str) -> int:
    """The version that a form was made of; one that never was where it does not say."""
    number = whole_number(text, 9)
    return -1 if number is None else number


def bring_back(request: HttpRequest, number: int, restore: Restore) -> None:
    """Brings a version back as an admin asks, and says so or why not. Raises NotAdmin."""
    actor, asked = person_of(request), request.POST
    need_admin(actor)
    try:
        row = restore(number, asked.get("reason", ""), based_on=based_on_of(asked.get("based_on", "")), actor=actor)
    except CannotDo as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Version {number} is back, as version {row.number}.")
