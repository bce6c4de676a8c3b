"""The first page after sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.finding.needs import SHOWN, being_imported, mine, needs_of
from afteraction.web.incidents.permissions import visible_to

_NUMBERS = ("Nothing", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs its reader, what is being imported, and where evidence can be dropped."""
    person = person_of(request)
    needs = needs_of(person)
    context = {
        "needs": needs[:SHOWN],
        "headline": _headline(len(needs)),
        "more": max(len(needs) - SHOWN, 0),
        "mine": mine(person).count(),
        "jobs": being_imported(person),
        "recent": visible_to(person).order_by("-listed_at", "-pk")[:5],
        "now": timezone.now(),
        "place": "home",
    }
    return render(request, "incidents/home.html", context)


def _headline(count: int) -> str:
    if count == 0:
        return "Nothing needs you"
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} incident needs you" if count == 1 else f"{number} incidents need you"


@require_safe
def importing(request: HttpRequest) -> HttpResponse:
    """What is being imported now, as a part of the page that asks again while there is something."""
    return render(request, "incidents/part_importing.html", {"jobs": being_imported(person_of(request))})
