"""Filing a near miss, and what becomes of one that nobody signed.

Knows forms and where one comes back to. Refuses to decide: verbs do; and for what is sent as nobody it hands no person
to the verb, says nothing in a message, and leaves no line in the log.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import Team
from afteraction.web.incidents.access import person_of
from afteraction.web.reviews.actions.file_near_miss import file_as_nobody, file_near_miss, set_aside, take_up
from afteraction.web.reviews.near_miss_form import FilingForm


@require_http_methods(["GET", "HEAD", "POST"])
def near_miss(request: HttpRequest) -> HttpResponse:
    """The form of two minutes, and the light review when it is sent under a name."""
    if request.method != "POST":
        return _page(request, FilingForm(initial={"environment": "production"}), sent=request.GET.get("sent", ""))
    form = FilingForm(request.POST)
    if not form.is_valid() or form.filed is None:
        return _page(request, form)
    review = file_near_miss(form.filed, opened_with=f"near-miss:{_ident(request)}", actor=person_of(request))
    key = review.incident.key
    messages.success(request, f"{key} is open with its light review. Thank you for telling.")
    return HttpResponseRedirect(reverse("reviews:review", args=[key]))


@require_POST
def as_nobody(request: HttpRequest) -> HttpResponse:
    """Keeps a report of nobody."""
    form = FilingForm(request.POST)
    if form.chosen is None:
        form.add_error("team", "There is no such team any more. Choose who reads it.")
    if not form.is_valid() or form.filed is None or form.chosen is None:
        return _without_line(_page(request, form))
    team = Team.objects.filter(slug=form.chosen.slug).first() if form.chosen.slug else None
    file_as_nobody(form.filed, team=team, ident=_ident(request), today=timezone.now().date())
    return _without_line(HttpResponseRedirect(reverse("reviews:near_miss") + "?sent=anonymous"))


@require_POST
def taken_up(request: HttpRequest, ident: uuid.UUID) -> HttpResponse:
    """Makes an incident of a report of nobody; who takes it up owns it."""
    try:
        review = take_up(ident, actor=person_of(request))
    except CannotDo as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("incidents:home"))
    messages.success(request, f"{review.incident.key} is yours, with its light review.")
    return HttpResponseRedirect(reverse("reviews:review", args=[review.incident.key]))


@require_POST
def put_aside(request: HttpRequest, ident: uuid.UUID) -> HttpResponse:
    """Keeps why a report of nobody is not taken up."""
    try:
        set_aside(ident, request.POST.get("reason", ""), actor=person_of(request))
    except CannotDo as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is set aside, and the reason is kept.")
    return HttpResponseRedirect(reverse("incidents:home"))


def _page(request: HttpRequest, form: FilingForm, sent: str = "") -> HttpResponse:
    context = {"form": form, "ident": _ident(request), "sent": sent, "place": "incidents"}
    return render(request, "reviews/near_miss.html", context, status=400 if form.errors else 200)


def _ident(request: HttpRequest) -> uuid.UUID:
    """The random number that the form was made with, so that a double click is one report."""
    try:
        return uuid.UUID(request.POST.get("ident", ""))
    except ValueError:
        return uuid.uuid4()


def _without_line(response: HttpResponse) -> HttpResponse:
    response.leaves_no_line = True  # type: ignore[attr-defined]
    return response
