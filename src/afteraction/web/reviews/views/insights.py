"""Insights: those of one review, with credit and thanks, and what is worth reading this month.

Knows pages and where a button comes back to. Refuses to list people.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import LEAD, WORK, may
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.say_insight import leave_credit, take_back_thanks, take_credit, thank
from afteraction.web.reviews.insights import insights_of, may_thank, worth_reading


@require_safe
def digest(request: HttpRequest) -> HttpResponse:
    """Insights and near misses worth reading, of the last 31 days."""
    found = worth_reading(person_of(request), timezone.now())
    return render(request, "reviews/digest.html", {"insights": found, "place": "insights"})


@require_safe
def insights(request: HttpRequest, key: str) -> HttpResponse:
    """What came to light in one review."""
    review = access_review(request, key)
    person, incident = person_of(request), review.incident
    context = page_context(incident, latest_analysis(incident), "review") | {
        "insights": insights_of(review, person), "may_work": may(person, WORK, incident),
        "may_thank": may_thank(person, incident), "may_lead": may(person, LEAD, incident),
    }  # fmt: skip
    return render(request, "reviews/insights.html", context)


@require_POST
def credit(request: HttpRequest, key: str) -> HttpResponse:
    """Takes one's own credit, or leaves it."""
    return _said(request, key, leave_credit if "back" in request.POST else take_credit)


@require_POST
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    """Thanks for an insight, or takes that back."""
    return _said(request, key, take_back_thanks if "back" in request.POST else thank)


def _said(request: HttpRequest, key: str, verb: Callable[..., None]) -> HttpResponse:
    review = access_review(request, key)
    sort, ident = request.POST.get("sort", ""), request.POST.get("ident", "")
    try:
        verb(review, sort, ident, actor=person_of(request))
    except CannotDo as refused:
        messages.error(request, str(refused))
    # Back to the insight: a review has many.
    return HttpResponseRedirect(f"{reverse('reviews:insights', args=[key])}#{quote(f'{sort}-{ident}'[:90])}")
