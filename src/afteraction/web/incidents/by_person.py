"""Refusing to filter what happened by who contributed it (SPEC R023).

Knows which addresses tell what happened, and the names that a filter by person could have. Refuses such a filter for
anybody but oneself, before anything is looked up; one's own changes no answer, as no list here is by person. What is
sent is none: a file that somebody brings has a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from afteraction.web.accounts.models import User

NAMES = frozenset(
    {"actor", "assignee", "author", "by", "confirmed_by", "contributor", "created_by", "credit", "email",
     "facilitator", "member", "name", "opened_by", "owner", "participant", "people", "person", "reporter", "responder",
     "scribe", "surfaced_by", "thanked_by", "user", "written_by"}
)  # fmt: skip
_NARRATIVE = re.compile(r"/(?:api/v1/)?(?:incidents|near-misses|insights|search|export)(?:[/.]|$)")
_TAIL = re.compile(r"(?:\[\]|__\w+|[._-](?:id|key|email|name))+$")


class FiltersByPerson(PermissionDenied):
    """Somebody asks what one person contributed. Its text is shown."""

    next_step = "Leave it out. Commitments and seats of people are told at /commitments/."

    def __init__(self, name: str) -> None:
        super().__init__(f'What happened is not filtered by who contributed it, and "{name}" asks for that.')


def refuse_by_person(request: HttpRequest, person: User) -> None:
    """Raises FiltersByPerson where a query names somebody but oneself as contributor of what happened."""
    if request.method not in ("GET", "HEAD") or not request.GET or not _NARRATIVE.match(request.path_info):
        return
    own = {"me", "self", str(person.pk), person.email.casefold(), " ".join(person.name.casefold().split())}
    for name, values in request.GET.lists():
        if _TAIL.sub("", name.strip().casefold()) in NAMES and any(
            (said := " ".join(each.casefold().split())) and said not in own for each in values
        ):
            raise FiltersByPerson(name[:40])


class ByPersonMiddleware:
    """Guards every page; programs are guarded where their token is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of whatever comes next."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Refuses before the view is asked; who is not signed in is led to the sign-in before."""
        if not request.path_info.startswith("/api/") and request.user.is_authenticated:
            refuse_by_person(request, request.user)
