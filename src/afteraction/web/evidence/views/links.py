"""Links of an incident: add, look again, remove, and jump into a recording.

Knows offsets in words and in addresses. Refuses to lead to a moment before a recording begins.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.evidence.actions import Described, add_link, ask_for_check, remove_link
from afteraction.web.evidence.assumptions import spoken_span
from afteraction.web.evidence.models import Link, LinkKind
from afteraction.web.evidence.page import recording_offset
from afteraction.web.evidence.views.answers import done, telling
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import WORK


@require_POST
@telling
def add(request: HttpRequest, key: str) -> HttpResponseBase:
    """Adds a link."""
    incident = access_incident(request, key, WORK)
    told = {name: request.POST.get(name, "") for name in ("url", "title", "at", "zone", "place", "consent")}
    link = add_link(
        incident,
        Described(
            **told, kind=request.POST.get("kind", LinkKind.OTHER), precision=request.POST.get("precision", "min")
        ),
        actor=person_of(request),
    )
    return done(request, incident, f"{link.title} is on the list.", link=link.pk)


@require_POST
@telling
def check(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Has a job look at a link again."""
    link = _link(request, key, number, WORK)
    ask_for_check(link, actor=person_of(request))
    return done(request, link.incident, f"{link.title} is looked at.")


@require_POST
@telling
def remove(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Takes a link off the list."""
    link = _link(request, key, number, WORK)
    remove_link(link, actor=person_of(request))
    return done(request, link.incident, f"{link.title} is off the list. A copy stays evidence.")


@require_safe
def at_moment(request: HttpRequest, key: str) -> HttpResponseBase:
    """The recordings of an incident at one moment (`at`, ISO 8601): where to jump to, or that it had not begun."""
    incident = access_incident(request, key)
    moment = _moment(request.GET.get("at", ""))
    rows = [(link, recording_offset(link, moment)) for link in _recordings(incident.pk)]
    shown = [
        {"link": link, "address": _jump(link.url, int(offset.total_seconds())) if offset is not None else "",
         "offset": spoken_span(offset.total_seconds()) if offset is not None else ""}
        for link, offset in rows
    ]  # fmt: skip
    return render(request, "evidence/part_recordings.html", {"incident": incident, "recordings": shown})


def _recordings(incident_id: int) -> list[Link]:
    return list(Link.objects.filter(incident_id=incident_id, kind=LinkKind.RECORDING, removed_at=None))


def _jump(url: str, seconds: int) -> str:
    """The address of a moment in a recording: the media fragment `#t=` (W3C), unless the link has a fragment."""
    parts = urlsplit(url)
    return urlunsplit(parts if parts.fragment else parts._replace(fragment=f"t={seconds}"))


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+").replace("Z", "+00:00"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Http404("There is no such moment.")
    return found


def _link(request: HttpRequest, key: str, number: int, permission: str) -> Link:
    incident = access_incident(request, key, permission)
    found = incident.links.filter(pk=number).first()
    if found is None:
        raise Http404("There is no such link.")
    return found
