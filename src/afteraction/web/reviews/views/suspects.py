"""The page of suspects, and the one key that turns one into a hypothesis.

Knows addresses and what each answers. Refuses to decide anything.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import WORK, may
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.suspecting.hypothesis import SuspectGone, suppose
from afteraction.web.reviews.suspecting.picture import draw_moments
from afteraction.web.reviews.suspecting.sheet import SuspectSheet
from afteraction.web.ui.preferences import chosen_clock


@require_safe
def suspects_page(request: HttpRequest, key: str) -> HttpResponse:
    """The page; a word on what is missing where nothing was ranked."""
    return _answer(request, key)


@require_POST
def hypothesis(request: HttpRequest, key: str) -> HttpResponse:
    """Makes a node of the cause graph of one suspect and shows it there."""
    review = access_review(request, key, WORK)
    try:
        node = suppose(review, request.POST.get("suspect", ""), actor=person_of(request))
    except SuspectGone as gone:
        return _answer(request, key, problem=f"{gone.what} {gone.next_step}", status=409)
    return HttpResponseRedirect(f"{reverse('reviews:graph', args=[key])}?{urlencode({'node': node})}")


def _answer(request: HttpRequest, key: str, problem: str = "", status: int = 200) -> HttpResponse:
    incident = access_incident(request, key)
    analysis, review, clock = latest_analysis(incident), review_of(incident), chosen_clock(request, incident.zone)
    sheet = SuspectSheet(incident, analysis, review)
    context = {
        **page_context(incident, analysis, "suspects"), "sheet": sheet, "review": review, "problem": problem,
        "clock": clock, "moments": draw_moments(sheet, clock.zone_of({})[0]),
        "may_work": review is not None and not review.silent and may(person_of(request), WORK, incident),
    }  # fmt: skip
    return render(request, "reviews/suspects.html", context, status=status)
