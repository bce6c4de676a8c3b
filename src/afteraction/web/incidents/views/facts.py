"""Confirmed facts: confirming them, reading a version, its report, and going back to it.

Knows which template shows what. Refuses to compute and to write.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_analysis, access_incident, person_of
from afteraction.web.incidents.actions import confirm_facts, return_to_version
from afteraction.web.incidents.editing.versions import (
    changes_since,
    differences,
    facts_standing,
    newest_version,
    seat_behind,
)
from afteraction.web.incidents.milestones import milestone_rows
from afteraction.web.incidents.models import FactsVersion, Incident
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import WORK, may
from afteraction.web.incidents.reports.openings import OPENED, opens_report
from afteraction.web.incidents.timeline.event_list import triage_counts
from afteraction.web.incidents.timeline.page import version_page
from afteraction.web.ui.preferences import chosen_clock


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """What is still open, and the button that confirms all the same."""
    incident, analysis = access_analysis(request, key, WORK)
    by_script = request.headers.get("X-Requested-With") == "fetch"
    refused = ""
    if request.method == "POST":
        wanted = request.POST.get("analysis", "")
        try:
            version = confirm_facts(
                incident,
                analysis_id=int(wanted) if wanted.isdigit() and len(wanted) < 18 else 0,
                note=request.POST.get("note", ""),
                actor=person_of(request),
            )
        except AfteractionError as problem:
            if by_script:
                return JsonResponse({"error": str(problem), "detail": str(problem)}, status=422)
            refused = str(problem)
        else:
            told = f"Facts confirmed as version {version.number}"
            if by_script:
                return JsonResponse({"told": told, "number": version.number})
            messages.success(request, told)
            return HttpResponseRedirect(reverse("incidents:timeline", args=[key]))
    standing = facts_standing(incident, milestone_rows(analysis.head), triage_counts(analysis))
    number = standing.version.number + 1 if standing.version else 1
    context = {
        **page_context(incident, analysis, "timeline"),
        "standing": standing,
        "number": number,
        "refused": refused,
    }
    template = "incidents/part_confirm.html" if by_script else "incidents/confirm.html"
    return render(request, template, context, status=409 if refused else 200)


def _version(incident: Incident, number: int) -> FactsVersion:
    found = FactsVersion.objects.filter(incident=incident, number=number).select_related("analysis").first()
    if found is None:
        raise Http404("These facts have no such version.")
    return found


@require_safe
def facts_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version as it was confirmed, and what was edited since."""
    incident = access_incident(request, key)
    version = _version(incident, number)
    clock = chosen_clock(request, incident.zone)
    now = queries.latest_analysis(incident) or version.analysis
    newest = newest_version(incident)
    context = {
        **page_context(incident, version.analysis, "timeline"),
        "version": version,
        "by": seat_behind(incident, version),
        "numbers": range(1, (newest.number if newest else number) + 1),
        "page": version_page(incident, version, request.GET),
        "changes": changes_since(incident, version),
        "differences": differences(version.analysis, now),
        "clock": clock,
        "may_work": may(person_of(request), WORK, incident),
    }
    return render(request, "incidents/facts_version.html", context)


@require_safe
@opens_report(OPENED)
def facts_report(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The report of one version, the same for ever."""
    from afteraction.pipeline.report.html import paper

    incident = access_incident(request, key)
    version = _version(incident, number)
    context = page_context(incident, version.analysis, "report")
    drawn = SafeString(paper(queries.report_document(version.analysis), {}))
    return render(request, "incidents/facts_report.html", {**context, "version": version, "paper": drawn})


@require_POST
def back_to_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Brings back the edits of a version."""
    incident = access_incident(request, key, WORK)
    changed = return_to_version(incident, _version(incident, number), actor=person_of(request))
    told = (
        f"Back at version {number}: {changed} edit{'' if changed == 1 else 's'} taken back"
        if changed
        else "Nothing to take back"
    )
    messages.success(request, told)
    return HttpResponseRedirect(reverse("incidents:timeline", args=[key]))
