"""Saying on a page that an incident repeats an earlier one.

Knows the form. Refuses to decide: the verbs do.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.actions.say_repeat import say_repeat, take_back_repeat


@require_POST
def repeats(request: HttpRequest, key: str) -> HttpResponse:
    """Says it, or takes it back (`do=take-back`)."""
    incident, given = access_incident(request, key, WORK), request.POST
    earlier = given.get("earlier", "")
    try:
        if given.get("do") == "take-back":
            take_back_repeat(incident, earlier, actor=person_of(request))
            messages.success(request, "It is taken back.")
        else:
            row = say_repeat(incident, earlier, given.get("because", ""), actor=person_of(request))
            messages.success(request, f"It repeats {row.earlier.key}. That counts once {row.earlier.key} is reviewed.")
    except CannotDo as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("reviews:review", args=[key]) + "#repeats")
