"""The review page: the five questions in their order, and what is open. Without a review, the way to open one.

Knows which parts the page has. Refuses to compute what they say.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import WORK, may
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.models.review import Depth
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.workspace import TITLES, Workspace

LONGEST_REASON = 300


@require_safe
def review_page(request: HttpRequest, key: str) -> HttpResponse:
    """The review of an incident; where none was opened, a page that says so and opens one."""
    incident = access_incident(request, key)
    person = person_of(request)
    review = review_of(incident)
    if review is None:
        context = page_context(incident, latest_analysis(incident), "review")
        return render(
            request, "reviews/no_review.html", {**context, "may_work": may(person, WORK, incident), "depths": Depth}
        )
    work = Workspace(review, person)
    return render(request, "reviews/review.html", {**work.context(), "titles": TITLES})


@require_POST
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """Opens a review because somebody asks for it, with a line that says why."""
    incident = access_incident(request, key, WORK)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    depth = request.POST.get("depth", Depth.FULL)
    if depth not in Depth.values:
        depth = Depth.FULL
    if not reason:
        messages.error(request, "Say in one line why a review is worth it.")
        return HttpResponseRedirect(reverse("reviews:review", args=[key]))
    asked = {"code": "TR9", "sentence": f"Asked for: {reason}", "depth": depth}
    open_review(incident, depth=depth, triggers=[asked], actor=person_of(request))
    return HttpResponseRedirect(reverse("reviews:review", args=[key]))
