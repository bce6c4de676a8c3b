"""Pulls from the evidence page.

Knows forms: asks are boxes that were ticked, and lines that were typed. Refuses to decide what may be asked.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from afteraction.web.evidence.actions import Wish, ask_for_pull, go_on_pulling
from afteraction.web.evidence.views.answers import done, telling
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import WORK


@require_POST
@telling
def ask(request: HttpRequest, key: str) -> HttpResponseBase:
    """Has a job pull a window from a source."""
    incident = access_incident(request, key, WORK)
    asks = [*request.POST.getlist("asks"), *request.POST.get("others", "").splitlines()]
    told = {name: request.POST.get(name, "") for name in ("source", "start", "end")}
    found, is_new = ask_for_pull(incident, Wish(**told, asks=asks), actor=person_of(request))
    sentence = f"{found.source} is asked." if is_new else f"{found.source} is asked for what has no answer yet."
    return done(request, incident, sentence, pull=found.pk)


@require_POST
@telling
def go_on(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Has a job ask for what has no answer yet."""
    incident = access_incident(request, key, WORK)
    found = incident.pulls.filter(pk=number).first()
    if found is None:
        raise Http404("There is no such pull.")
    go_on_pulling(found, actor=person_of(request))
    return done(request, incident, f"{found.source} is asked for what has no answer yet.")
