"""The list of incidents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction.web.incidents.access import visible_incidents
from afteraction.web.incidents.overview import summaries_of


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    """Every incident."""
    return render(
        request, "incidents/list.html", {"summaries": summaries_of(visible_incidents(request)), "place": "incidents"}
    )
