"""Declining a review, choosing another depth, and the list of incidents without a review.

Knows addresses and messages. Refuses to decide: the verbs do.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.decline_review import change_depth, decline_review
from afteraction.web.reviews.triggering.gaps import gaps_for


@require_safe
def without_review(request: HttpRequest) -> HttpResponse:
    """Incidents that met a trigger and have no review, and those for which one was declined."""
    found = gaps_for(person_of(request), timezone.now())
    return render(request, "reviews/policy_gaps.html", {"found": found, "place": "policy"})


@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps that no review is wanted, and why."""
    incident = access_incident(request, key, LEAD)
    try:
        decline_review(incident, request.POST.get("reason", ""), actor=person_of(request))
    except CannotDo as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"No review of {key}: the reason is kept, and it stays in all figures.")
    return HttpResponseRedirect(reverse("reviews:review", args=[key]))


@require_POST
def depth(request: HttpRequest, key: str) -> HttpResponse:
    """Makes the review shorter or deeper, with a reason."""
    review = access_review(request, key, LEAD)
    try:
        changed = change_depth(
            review, request.POST.get("depth", ""), request.POST.get("reason", ""), actor=person_of(request)
        )
    except CannotDo as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"It is a {changed.get_depth_display().lower()} review now.")
    return HttpResponseRedirect(reverse("reviews:review", args=[key]))
