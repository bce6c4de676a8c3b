"""Setting when a restriction ends by itself.

Knows how the form writes a moment. Refuses to decide whether it may be: the verb does.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.actions.visibility import set_embargo
from afteraction.web.incidents.openness import embargo_told


@require_POST
def change_embargo(request: HttpRequest, key: str) -> HttpResponse:
    """Sets, moves or takes away the end of the embargo; `until` is written in UTC."""
    incident = access_incident(request, key)
    try:
        until = _moment(request.POST.get("until", ""))
        changed = set_embargo(incident, until, request.POST.get("reason", ""), actor=person_of(request))
    except CannotDo as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, embargo_told(changed) or "It is restricted until somebody lifts that.")
    return HttpResponseRedirect(reverse("incidents:members", args=[key]))


def _moment(text: str) -> datetime | None:
    """`2026-12-01T09:00` as UTC; None for nothing. Raises CannotDo."""
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
    except ValueError:
        raise CannotDo(f'"{text[:40]}" is no day and time. Write 2026-12-01T09:00.') from None
