"""Changing the timeline: edits, undoing them, and the forms for what takes words.

Knows how a script and a plain form are answered. Refuses to decide anything: the verbs do.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import SeatMissing, access_analysis, access_incident, person_of
from afteraction.web.incidents.actions import StaleEdit, restore_edit, withdraw_edit
from afteraction.web.incidents.editing import asked
from afteraction.web.incidents.editing.edit_forms import FORMS, EditForm, form_of
from afteraction.web.incidents.editing.sweep_forms import SweepForm, sweep_form
from afteraction.web.incidents.models import Incident, TimelineEdit
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import is_recomputing
from afteraction.web.incidents.standing import revision_of, seat_words
from afteraction.web.incidents.timeline.event_list import rows_of_events, triage_counts
from afteraction.web.ui.preferences import chosen_clock, is_local_path

Json = dict[str, Any]
MOST_ROWS = 100
# What of an edit the other side sees of it.
SHOWN = ("title", "kind", "milestone", "reason", "instant")


@require_POST
def lay_edit(request: HttpRequest, key: str) -> HttpResponse:
    """One edit, from a script as JSON or from a form."""
    incident = access_incident(request, key)
    try:
        wanted = asked.read_edit(request)
        edit = asked.do(incident, wanted, actor=person_of(request))
    except StaleEdit as stale:
        return _stale(request, incident, stale)
    except (AfteractionError, SeatMissing) as refused:
        return _refused(request, incident, refused)
    return _done(request, incident, edit, asked.told_of(edit))


@require_POST
def change_edit(request: HttpRequest, key: str, edit_id: str, verb: str) -> HttpResponse:
    """Undoes an edit, or brings it back."""
    incident = access_incident(request, key)
    try:
        change = withdraw_edit if verb == "withdraw" else restore_edit
        edit = change(incident, edit_id, actor=person_of(request))
    except (AfteractionError, SeatMissing) as refused:
        return _refused(request, incident, refused)
    return _done(request, incident, edit, "Undone" if verb == "withdraw" else "Brought back")


@require_safe
def edit_form(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The form of an edit that takes words: a part of the page for scripts, a page of its own without."""
    incident, analysis = access_analysis(request, key, WORK)
    if form not in (*FORMS, "sweep"):
        raise Http404("There is no such form.")
    clock = chosen_clock(request, incident.zone)
    if form == "sweep":
        shown: EditForm | SweepForm | None = sweep_form(analysis, request.GET.dict(), clock)
    else:
        shown = form_of(form, incident, analysis, request.GET, clock)
    if shown is None:
        raise Http404("There is no such event in this analysis.")
    context = {
        **page_context(incident, analysis, "timeline"),
        "form": shown,
        "clock": clock,
        "back": _back(request, incident),
    }
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, "incidents/part_edit_form.html" if part else "incidents/edit_form.html", context)


def _by_script(request: HttpRequest) -> bool:
    return request.content_type == "application/json" or request.headers.get("X-Requested-With") == "fetch"


def _back(request: HttpRequest, incident: Incident) -> str:
    asked_for = request.POST.get("back", "") or request.GET.get("back", "")
    return asked_for if is_local_path(asked_for) else reverse("incidents:timeline", args=[incident.key])


def _done(request: HttpRequest, incident: Incident, edit: TimelineEdit, told: str) -> HttpResponse:
    if not _by_script(request):
        messages.success(request, told)
        return HttpResponseRedirect(_back(request, incident))
    analysis = queries.latest_analysis(incident)
    rows: Json = {}
    if analysis is not None:
        found = queries.events_named(analysis, edit.event_ids[:MOST_ROWS])
        clock = chosen_clock(request, incident.zone)
        for row in rows_of_events(incident, analysis, list(found.values())):
            context = {"incident": incident, "row": row, "clock": clock, "may_work": True}
            assert row.event is not None
            rows[row.event["id"]] = render_to_string("incidents/part_event.html", context, request)
    return JsonResponse({
        "edit_id": edit.edit_id, "verb": edit.verb, "told": told, "rows": rows,
        "is_withdrawn": edit.withdrawn_at is not None, "is_sweep": edit.is_sweep,
        "undo": reverse("incidents:change_edit", args=[incident.key, edit.edit_id, "withdraw"]),
        "restore": reverse("incidents:change_edit", args=[incident.key, edit.edit_id, "restore"]),
        "counts": triage_counts(analysis) if analysis else {}, "recomputing": is_recomputing(incident),
    })  # fmt: skip


def _refused(request: HttpRequest, incident: Incident, problem: Exception) -> HttpResponse:
    status = 403 if isinstance(problem, SeatMissing) else 422
    if _by_script(request):
        return JsonResponse({"error": str(problem), "detail": str(problem)}, status=status)
    messages.error(request, str(problem))
    return HttpResponseRedirect(_back(request, incident))


def _stale(request: HttpRequest, incident: Incident, stale: StaleEdit) -> HttpResponse:
    theirs = _versions(incident, stale)
    if not _by_script(request):
        shown = page_context(incident, queries.latest_analysis(incident), "timeline")
        context = {
            **shown,
            "theirs": theirs,
            "mine": request.POST.lists(),
            "revisions": stale.revisions,
            "back": _back(request, incident),
        }
        return render(request, "incidents/stale.html", context, status=409)
    told = {"error": "stale", "detail": str(stale), "theirs": theirs, "revisions": stale.revisions}
    return JsonResponse(told, status=409)


def _versions(incident: Incident, stale: StaleEdit) -> list[Json]:
    """The other edits in words and values, newest last."""
    seats = seat_words(incident, stale.theirs)
    return [
        {
            "by": revision.who, "told": revision.told, "at": each.at.isoformat(), "edit_id": each.edit_id,
            "events": each.event_ids,
            **{name: each.value.get(name) for name in SHOWN},
        }
        for each in stale.theirs
        for revision in [revision_of(each, seats)]
    ]  # fmt: skip
