"""The timeline page and its parts.

Knows which template shows what. Refuses to compute and to write.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_analysis, access_incident
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.timeline import event_rows, panel_of, timeline_of
from afteraction.web.ui.preferences import chosen_clock, remember


@require_safe
def timeline(request: HttpRequest, key: str) -> HttpResponse:
    """What happened and how we know: facts, lanes, events and the evidence behind one of them."""
    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    context = page_context(incident, analysis, "timeline")
    if analysis is None:
        return render(request, "incidents/no_evidence.html", context)
    clock = chosen_clock(request, incident.zone)
    page = timeline_of(incident, analysis, clock, request.GET)
    response = render(request, "incidents/timeline.html", {**context, "page": page, "clock": clock})
    if "zone" in request.GET:
        remember(response, "zone", clock.mode)
    return response


@require_safe
def more_events(request: HttpRequest, key: str) -> HttpResponse:
    """The next events of the list, as a part of the page."""
    incident, analysis = access_analysis(request, key)
    rows = event_rows(analysis, request.GET)
    clock = chosen_clock(request, incident.zone)
    return render(request, "incidents/part_events.html", {"incident": incident, "rows": rows, "clock": clock})


@require_safe
def panel(request: HttpRequest, key: str, event_id: str) -> HttpResponse:
    """The evidence behind one event, as a part of the page."""
    incident, analysis = access_analysis(request, key)
    found = panel_of(incident, analysis, event_id, only_key=request.GET.get("show") != "all")
    if found is None:
        raise Http404("There is no such event in this analysis.")
    clock = chosen_clock(request, incident.zone)
    return render(request, "incidents/part_panel.html", {"incident": incident, "panel": found, "clock": clock})
