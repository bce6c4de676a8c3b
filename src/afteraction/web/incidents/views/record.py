"""Creating an incident and changing its record."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.actions.change_record import StaleRecord, change_record
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.forms import RecordForm, form_of, zones
from afteraction.web.incidents.kinds import KIND_NAMES
from afteraction.web.incidents.models import PostedMetric
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import LEAD, WORK, may
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import FIELDS, Record, read_record
from afteraction.web.ui.numbers import whole_number

POSTED_SHOWN = 50
_NAMES = {
    "title": "Title", "severity": "Severity", "environment": "Where", "kind": "Kind", "services": "Services",
    "zone": "Time zone", "data_loss": "Data loss", "data_loss_because": "How that is known",
    "learning": "Learning value", "surprised": "What surprised", "is_security": "Security", "is_near_miss": "Near miss",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new_incident(request: HttpRequest) -> HttpResponse:
    """The form of a new incident, and the incident when it is sent."""
    form = RecordForm(request.POST) if request.method == "POST" else RecordForm(initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        incident = create_incident(form.record, actor=person_of(request), opened_with=request.POST.get("form", ""))
        messages.success(request, f"{incident.key} is open. Next: add what recorded it.")
        return HttpResponseRedirect(reverse("evidence:list", args=[incident.key]))
    token = request.POST.get("form") or uuid.uuid4().hex
    context = {"form": form, "token": token, "zones": zones(), "place": "incidents"}
    return render(request, "incidents/new.html", context, status=400 if form.errors else 200)


def _usual(request: HttpRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {"kind": kind if kind in KIND_NAMES else "outage", "environment": "production", "zone": "UTC"}


@require_safe
def fields_of_kind(request: HttpRequest) -> HttpResponse:
    """The questions that fit a kind, with what was answered so far, as a part of the form."""
    form = RecordForm(initial={name: request.GET.get(name, "") for name in FIELDS})
    return render(request, "incidents/part_kind_fields.html", {"form": form})


@require_POST
def start_with_files(request: HttpRequest) -> JsonResponse:
    """An incident for files that were dropped: its title is what the evidence says, until somebody names it."""
    read = read_record(request.POST, needs_title=False)
    if read.wrong:
        return JsonResponse({"error": " ".join(read.wrong.values())}, status=400)
    incident = create_incident(read.record, actor=person_of(request), opened_with=request.POST.get("form", ""))
    page = reverse("evidence:list", args=[incident.key])
    return JsonResponse({"key": incident.key, "page": page, "incident": incident.pk}, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, key: str) -> HttpResponse:
    """The record of an incident, to read and to change."""
    incident = access_incident(request, key, WORK if request.method == "POST" else "incidents.view")
    form = form_of(incident)
    clash: list[dict[str, str]] = []
    version, status = incident.version, 200
    if request.method == "POST":
        form, status = RecordForm(request.POST), 400
        if form.is_valid():
            try:
                change_record(incident, form.record, based_on=_version(request), actor=person_of(request))
            except StaleRecord as stale:
                clash, version, status = _both(form.record, stale.theirs), stale.version, 409
            else:
                messages.success(request, "The record is saved.")
                return HttpResponseRedirect(reverse("incidents:settings", args=[key]))
    analysis = latest_analysis(incident)
    context = {
        **page_context(incident, analysis, "settings"),
        "form": form,
        "version": version,
        "clash": clash,
        "posted": PostedMetric.objects.filter(incident=incident).order_by("-at", "-id")[:POSTED_SHOWN],
        "zones": zones(),
        "may_work": may(person_of(request), WORK, incident),
        "may_lead": may(person_of(request), LEAD, incident),
    }
    return render(request, "incidents/settings.html", context, status=status)


def _version(request: HttpRequest) -> int:
    return whole_number(request.POST.get("version", ""), 9) or 0


def _both(mine: Record, theirs: Record) -> list[dict[str, str]]:
    """What the two versions say where they differ."""
    first, second = mine.values(), theirs.values()
    return [
        {"name": _NAMES[name], "mine": _shown(first[name]), "theirs": _shown(second[name])}
        for name in _NAMES
        if first[name] != second[name]
    ]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value) or "not set"
