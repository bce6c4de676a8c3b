"""The first page after sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction.web.incidents.access import visible_incidents
from afteraction.web.incidents.overview import summaries_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest incidents and what of them is still open."""
    return render(
        request, "incidents/home.html", {"summaries": summaries_of(visible_incidents(request)[:5]), "place": "home"}
    )
