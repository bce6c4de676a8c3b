"""The timeline page and its parts.

Knows which template shows what. Refuses to compute and to write.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_analysis, access_incident, person_of
from afteraction.web.incidents.editing.versions import facts_standing
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import WORK, may
from afteraction.web.incidents.reanalysis import is_recomputing
from afteraction.web.incidents.timeline.event_list import event_rows, shown_events, shown_kind
from afteraction.web.incidents.timeline.page import panel_of, timeline_of
from afteraction.web.incidents.timeline.stretch import board_part, board_places, read_known
from afteraction.web.ui.preferences import chosen_clock, remember


@require_safe
def timeline(request: HttpRequest, key: str) -> HttpResponse:
    """What happened and how we know: facts, lanes, events and the evidence behind one of them."""
    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    context = page_context(incident, analysis, "timeline")
    if analysis is None:
        return render(request, "incidents/no_evidence.html", context | {"recomputing": is_recomputing(incident)})
    clock = chosen_clock(request, incident.zone)
    page = timeline_of(incident, analysis, clock, request.GET)
    context |= {"page": page, "head": page.head, "clock": clock, "may_work": may(person_of(request), WORK, incident)}
    context |= {
        "recomputing": is_recomputing(incident),
        "standing": facts_standing(incident, page.milestones, page.counts),
    }
    response = render(request, "incidents/timeline.html", context)
    if "zone" in request.GET:
        remember(response, "zone", clock.mode)
    return response


@require_safe
def more_events(request: HttpRequest, key: str) -> HttpResponse:
    """The next events of the list, as a part of the page."""
    incident, analysis = access_analysis(request, key)
    rows = event_rows(incident, analysis, request.GET, read_known(request.GET))
    clock = chosen_clock(request, incident.zone)
    context = {"incident": incident, "rows": rows, "clock": clock, "may_work": may(person_of(request), WORK, incident)}
    return render(request, "incidents/part_events.html", context)


@require_safe
def board(request: HttpRequest, key: str) -> HttpResponse:
    """The lanes of a stretch of time, as a part of the page."""
    incident, analysis = access_analysis(request, key)
    clock = chosen_clock(request, incident.zone)
    drawn = board_part(analysis, clock, board_places(request.GET))
    return render(request, "incidents/part_board.html", {"incident": incident, "board": drawn, "clock": clock})


@require_safe
def panel(request: HttpRequest, key: str, event_id: str) -> HttpResponse:
    """The evidence behind one event, as a part of the page."""
    incident, analysis = access_analysis(request, key)
    only_key = shown_events(request.GET) == "triage"
    known_by, kind = read_known(request.GET), shown_kind(request.GET)
    found = panel_of(incident, analysis, event_id, only_key=only_key, known_by=known_by, kind=kind)
    if found is None:
        raise Http404("There is no such event in this analysis.")
    clock = chosen_clock(request, incident.zone)
    context = {
        "incident": incident,
        "panel": found,
        "clock": clock,
        "may_work": may(person_of(request), WORK, incident),
    }
    return render(request, "incidents/part_panel.html", context)


@require_safe
def recomputed(request: HttpRequest, key: str) -> HttpResponse:
    """Whether the facts are still being computed anew, and which analysis is the newest."""
    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    told = {"recomputing": is_recomputing(incident), "analysis": analysis.pk if analysis else 0}
    return JsonResponse(told)
