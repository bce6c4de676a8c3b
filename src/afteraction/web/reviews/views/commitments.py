"""What somebody took on, and what does not belong in a review.

Knows which page shows what. Refuses to list people who were not asked for.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from afteraction.engine.meeting.phrases import PURPOSE
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.actions.hand_on import hand_on
from afteraction.web.reviews.commitments import people_named, taken_on


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """Commitments and seats of who is searched for; one's own at first."""
    text = request.GET.get("who", "")[:200]
    reader = person_of(request)
    people = people_named(text) if text.strip() else [reader]
    chosen = request.GET.get("account", "")
    if chosen.isascii() and chosen.isdigit():
        people = [each for each in people if str(each.pk) == chosen[:18]] or people
    shown = taken_on(people[0], reader, timezone.now().date()) if len(people) == 1 else None
    context = {"text": text, "people": people, "shown": shown, "is_own": shown is not None and shown.person == reader,
               "place": "commitments"}  # fmt: skip
    return render(request, "reviews/commitments.html", context)


@require_safe
def just_culture(request: HttpRequest) -> HttpResponse:
    """What a review is for, where its line is, and the way out for what is on the other side."""
    return render(request, "reviews/just_culture.html", {"purpose": PURPOSE, "place": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def out_of_scope(request: HttpRequest, key: str) -> HttpResponse:
    """Hands a review on: asks once, restricts it, and keeps nothing else."""
    incident = access_incident(request, key, LEAD)
    if request.method == "POST":
        hand_on(incident, actor=person_of(request))
        messages.success(request, "The review is restricted to its members. Nothing else was written down here.")
        return HttpResponseRedirect(reverse("reviews:review", args=[key]))
    return render(request, "reviews/hand_on.html", {"incident": incident, "place": "incidents"})
