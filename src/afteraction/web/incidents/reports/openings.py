"""Who opened and exported a report, written down once per person, incident and day.

Knows that this is for those who have a seat: a report is for learning, and they see who reads it. Refuses to count:
the list says that somebody opened it on a day, not how often.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from afteraction.web.accounts.audit import record_once_a_day
from afteraction.web.accounts.models import AuditEntry, User
from afteraction.web.accounts.trail import entries_about
from afteraction.web.incidents.access import incident_for, person_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import seat_of
from afteraction.web.incidents.told import report_opened

OPENED = "open_report"
EXPORTED = "export_report"
ENTERED = "enter_incident"
VERBS = {OPENED: "opened the report", EXPORTED: "took the report as a file", ENTERED: "entered as an admin"}


def note_opening(person: User, incident: Incident, verb: str, *, via: str = "page") -> None:
    """Writes down that somebody opened or exported the report today, unless that stands there."""
    record_once_a_day(person, verb, incident.subject, via=via)


def opens_report(verb: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Marks a view of a report by its incident's `key`: whoever gets it is written down."""

    def marked(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def noting(request: HttpRequest, key: str, *given: Any, **said: Any) -> HttpResponseBase:
            answer = view(request, key, *given, **said)
            if answer.status_code == 200 and request.method != "HEAD":
                person = person_of(request)
                # Whoever came with a token is in `auth`; a browser's session is nowhere else than in the session.
                via = "api" if getattr(request, "auth", None) is not None else "page"
                incident = incident_for(person, key)
                note_opening(person, incident, verb, via=via)
                report_opened.send(opens_report, person=person, incident=incident)
            return answer

        return noting

    return marked


def openings_for(reader: User, incident: Incident) -> list[AuditEntry]:
    """Who opened, exported or entered, newest first; nothing for who has no seat."""
    if seat_of(reader, incident) is None:
        return []
    return list(entries_about(incident.subject).filter(verb__in=VERBS)[:60])
