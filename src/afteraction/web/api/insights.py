"""Insights, credit and thanks over the API.

Knows addresses. Refuses to count or order people, and to credit anybody but the caller.
"""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.incidents.access import incident_for
from afteraction.web.reviews.actions.say_insight import leave_credit, take_back_thanks, take_credit, thank
from afteraction.web.reviews.insights import Insight, insights_of, worth_reading
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import review_of

router = Router(tags=["insights"])
of_incidents = Router(tags=["insights"])
Sort = Literal["node", "review"]


class InsightOut(Schema):
    """One insight: a cause (`sort` node), or the review as a whole (`sort` review, `id` review). Names are by name."""

    incident: str
    sort: str
    id: str
    text: str
    surfaced_by: list[str]
    thanked_by: list[str]


class InsightsOut(Schema):
    """Insights in their order."""

    insights: list[InsightOut]


def _told(found: list[Insight]) -> dict[str, Any]:
    return {
        "insights": [
            {"incident": each.incident.key, "sort": each.sort, "id": each.ident, "text": each.text,
             "surfaced_by": each.surfaced_by, "thanked_by": each.thanked_by}
            for each in found
        ]
    }  # fmt: skip


def _review(request: HttpRequest, key: str) -> Review:
    review = review_of(incident_for(caller(request), key))
    if review is None:
        raise Http404
    return review


@router.get("", response=InsightsOut, auth=scope(READ), summary="Worth reading")
def digest(request: HttpRequest) -> dict[str, Any]:
    """Insights that were thanked for and near misses, of the last 31 days, the newest first."""
    return _told(worth_reading(caller(request), timezone.now()))


@of_incidents.get("/{key}/review/insights", response=InsightsOut, auth=scope(READ), summary="What came to light")
def insights(request: HttpRequest, key: str) -> dict[str, Any]:
    """The review as a whole, then its causes by their ids."""
    return _told(insights_of(_review(request, key), caller(request)))


_PLACE = "/{key}/review/insights/{sort}/{ident}"


@of_incidents.put(f"{_PLACE}/credit", response={204: None}, auth=scope(WRITE), summary="Say that you surfaced it")
def credit(request: HttpRequest, key: str, sort: Sort, ident: str) -> Any:
    """Of yourself: nobody can be named."""
    take_credit(_review(request, key), sort, ident, actor=caller(request), via="api")
    return Status(204, None)


@of_incidents.delete(f"{_PLACE}/credit", response={204: None}, auth=scope(WRITE), summary="Leave your name out")
def uncredit(request: HttpRequest, key: str, sort: Sort, ident: str) -> Any:
    """Your own credit goes."""
    leave_credit(_review(request, key), sort, ident, actor=caller(request), via="api")
    return Status(204, None)


@of_incidents.put(f"{_PLACE}/thanks", response={204: None}, auth=scope(WRITE), summary="Thank for an insight")
def thanks(request: HttpRequest, key: str, sort: Sort, ident: str) -> Any:
    """For those who lead the incident or a team."""
    thank(_review(request, key), sort, ident, actor=caller(request), via="api")
    return Status(204, None)


@of_incidents.delete(f"{_PLACE}/thanks", response={204: None}, auth=scope(WRITE), summary="Take thanks back")
def unthank(request: HttpRequest, key: str, sort: Sort, ident: str) -> Any:
    """Your own."""
    take_back_thanks(_review(request, key), sort, ident, actor=caller(request), via="api")
    return Status(204, None)
