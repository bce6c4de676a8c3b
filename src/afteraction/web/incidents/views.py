"""Pages of an incident: lists, timeline and report.

Knows which template shows what. Refuses to compute and to write.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_incident, visible_incidents
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.incidents.overview import Summary, summary_of
from afteraction.web.incidents.timeline import event_rows, panel_of, timeline_of
from afteraction.web.ui.preferences import chosen_clock, remember

Json = dict[str, Any]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest incidents and what of them is still open."""
    return render(request, "incidents/home.html", {"summaries": _summaries(request)[:5], "place": "home"})


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    """Every incident."""
    return render(request, "incidents/list.html", {"summaries": _summaries(request), "place": "incidents"})


def _summaries(request: HttpRequest) -> list[Summary]:
    return [summary_of(incident, queries.latest_analysis(incident)) for incident in visible_incidents(request)]


def _context(incident: Incident, analysis: StoredAnalysis | None, tab: str) -> Json:
    return {
        "incident": incident,
        "analysis": analysis,
        "head": analysis.head if analysis else None,
        "summary": summary_of(incident, analysis),
        "tab": tab,
        "place": "incidents",
    }


@require_safe
def timeline(request: HttpRequest, key: str) -> HttpResponse:
    """What happened and how we know: facts, lanes, events and the evidence behind one of them."""
    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    context = _context(incident, analysis, "timeline")
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
    incident, analysis = _analysed(request, key)
    rows = event_rows(analysis, request.GET)
    clock = chosen_clock(request, incident.zone)
    return render(request, "incidents/part_events.html", {"incident": incident, "rows": rows, "clock": clock})


@require_safe
def panel(request: HttpRequest, key: str, event_id: str) -> HttpResponse:
    """The evidence behind one event, as a part of the page."""
    incident, analysis = _analysed(request, key)
    found = panel_of(incident, analysis, event_id, only_key=request.GET.get("show") != "all")
    if found is None:
        raise Http404("There is no such event in this analysis.")
    clock = chosen_clock(request, incident.zone)
    return render(request, "incidents/part_panel.html", {"incident": incident, "panel": found, "clock": clock})


@require_safe
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The report, from the analysis as it stands."""
    from afteraction.pipeline.report.html import paper

    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    context = _context(incident, analysis, "report")
    if analysis is None:
        return render(request, "incidents/no_evidence.html", context)
    document = queries.whole_document(analysis)
    # Which pictures may be shown is the report's to say; here they come from their own address.
    shown = {sha256: reverse("evidence:picture", args=[key, sha256]) for sha256 in _pictures(incident, document)}
    return render(request, "incidents/report.html", {**context, "paper": SafeString(paper(document, shown))})


def _pictures(incident: Incident, document: Json) -> dict[str, str]:
    """Data URIs of the pictures that a report may carry, without their metadata; none where an original is gone."""
    from afteraction.pipeline.report.thumbnails import thumbnails

    try:
        return dict(thumbnails(document, store_of(incident).open_original))
    except AfteractionError:
        return {}


def _as_json(_incident: Incident, document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def _as_markdown(_incident: Incident, document: Json) -> str:
    from afteraction.pipeline.report.markdown import markdown

    return str(markdown(document))


def _as_html(incident: Incident, document: Json) -> str:
    from afteraction.pipeline.report.html import html

    return str(html(document, _pictures(incident, document)))


_FORMS: dict[str, tuple[str, Callable[[Incident, Json], str]]] = {
    "json": ("application/json", _as_json),
    "md": ("text/markdown; charset=utf-8", _as_markdown),
    "html": ("text/html; charset=utf-8", _as_html),
}


@require_safe
def report_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The report as a file of its own: JSON, Markdown or HTML."""
    incident, analysis = _analysed(request, key)
    media_type, write = _FORMS[form]
    response = HttpResponse(write(incident, queries.whole_document(analysis)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{incident.key}-report.{form}"'
    return response


def _analysed(request: HttpRequest, key: str) -> tuple[Incident, StoredAnalysis]:
    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    if analysis is None:
        raise Http404("This incident has no analysis yet.")
    return incident, analysis
