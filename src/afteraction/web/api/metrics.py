"""Measured values over the API: users affected, error budget, revenue at risk.

Knows addresses. Refuses to judge a value: the policy of reviews does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from afteraction.web.accounts.access import CannotDo
from afteraction.web.api import shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.incidents.access import incident_for
from afteraction.web.incidents.actions.post_metric import post_metric
from afteraction.web.incidents.models import PostedMetric

router = Router(tags=["metrics"])
MOST_TOLD = 1000


@router.get("/{key}/metrics", response=shapes.Metrics, auth=scope(READ), summary="Values that were posted")
def metrics(request: HttpRequest, key: str) -> dict[str, Any]:
    """Oldest first, the newest thousand of them."""
    rows = PostedMetric.objects.filter(incident=incident_for(caller(request), key)).order_by("-at", "-id")[:MOST_TOLD]
    return {"metrics": list(reversed(rows))}


@router.post("/{key}/metrics", response={201: shapes.MetricOut}, auth=scope(WRITE), summary="Post a measured value")
def post(request: HttpRequest, key: str, said: shapes.MetricIn) -> Any:
    """`users_affected`, `error_budget_burn` and `revenue_at_risk` are usual; any name may be posted. The same metric,
    moment and source again takes the new value. A rule of the policy may open a review by it."""
    kept = post_metric(
        incident_for(caller(request), key), said.metric, said.value, at=_moment(said.at), source=said.source,
        actor=caller(request),
    )  # fmt: skip
    return Status(201, kept)


def _moment(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise CannotDo(f'"{at.isoformat()}" has no zone. Write the moment like 2026-05-12T14:20:00Z.')
    if not 1970 < at.year < 9999:
        raise CannotDo(f'"{at.isoformat()}" is no moment of an incident. Write a year from 1971 on.')
    return at.astimezone(UTC)
