"""The list of incidents, narrowed and searched by its address, and acts on several of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import SeatMissing, incident_for, person_of
from afteraction.web.incidents.actions.visibility import publish
from afteraction.web.incidents.finding.narrowing import facets, list_page, read_asked
from afteraction.web.incidents.finding.near_miss_reports import reports_seen_by
from afteraction.web.incidents.finding.set_off import set_off_seen_by
from afteraction.web.incidents.permissions import visible_to

MOST_AT_ONCE = 100


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    """Incidents that match, newest first; as a part of the page just the next rows."""
    person, asked = person_of(request), read_asked(request.GET)
    page = list_page(person, asked)
    following = f"{asked.address()}&after={page.following}".replace("?&", "?") if page.following else ""
    context = {"incidents": page.incidents, "asked": asked, "following": following, "place": "incidents"}
    if request.GET.get("part") == "rows":
        return render(request, "incidents/part_list_rows.html", context)
    found, total = facets(person, asked)
    context |= {
        "facets": found,
        "total": total,
        "any": bool(page.incidents) or visible_to(person).exists(),
        "undelete": request.session.pop("undelete", ""),
    }
    if not asked.is_narrowed:
        context["set_off"] = set_off_seen_by(person)
    if "near" in asked.chosen or asked.chosen.get("kind") == "near_miss":
        context["reports"] = reports_seen_by(person)
    return render(request, "incidents/list.html", context)


@require_POST
def publish_several(request: HttpRequest) -> HttpResponse:
    """Publishes every incident that was selected, and says of each that could not be why."""
    person = person_of(request)
    keys = list(dict.fromkeys(request.POST.getlist("key")))[:MOST_AT_ONCE]
    done = []
    for key in keys:
        try:
            publish(incident_for(person, key), actor=person)
        except (CannotDo, SeatMissing) as refused:
            messages.error(request, str(refused))
        except Http404:
            messages.error(request, f"{key[:40]}: there is nothing here for you.")
        else:
            done.append(key)
    if done:
        messages.success(request, f"Published: {', '.join(done)}.")
    elif not keys:
        messages.error(request, "Select incidents first: x, or the boxes at the left.")
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("incidents:list"))
