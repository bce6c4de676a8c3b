"""The page on which an admin enters a closed incident."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.actions.enter_incident import SEATS, enter_incident


class EnterForm(forms.Form):
    """Which incident, why, and with what seat."""

    key = forms.SlugField(label="Key of the incident", max_length=64)
    reason = forms.CharField(label="Why", max_length=500, help_text="Its members read this.")
    seat = forms.ChoiceField(label="As", choices=[(seat.value, seat.label) for seat in SEATS])


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Asks for key and reason, and lets the admin in."""
    actor = person_of(request)
    need_admin(actor)
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            incident = enter_incident(said["key"], said["reason"], said["seat"], actor=actor)
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("incidents:timeline", args=[incident.key]))
    return render(
        request, "incidents/enter.html", {"form": form, "place": "people"}, status=422 if form.errors else 200
    )
