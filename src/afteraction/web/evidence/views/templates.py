"""The page of log templates.

Knows its address. Refuses to count: the analysis did.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction.web.evidence.log_templates import WORDS, TemplatePage
from afteraction.web.incidents.access import access_incident
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.ui.preferences import chosen_clock


@require_safe
def templates_page(request: HttpRequest, key: str) -> HttpResponse:
    """What was logged, values aside, before, during and after the incident; `change` narrows to one kind of change."""
    incident = access_incident(request, key)
    analysis = latest_analysis(incident)
    asked = request.GET.get("change", "")
    page = TemplatePage(analysis.head if analysis else {}, asked if asked in WORDS else "")
    context = {
        **page_context(incident, analysis, "evidence"), "page": page, "clock": chosen_clock(request, incident.zone),
    }  # fmt: skip
    return render(request, "evidence/templates.html", context)
