"""How many incidents a change set off, over the API.

Knows addresses. Refuses to count: the list of incidents and this have the same figure.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from afteraction.web.api.callers import READ, caller, scope
from afteraction.web.incidents.finding.set_off import set_off_seen_by

router = Router(tags=["incidents"])


class Share(Schema):
    """A share with its 95 % Wilson interval."""

    share: float
    low: float
    high: float


class SetOffOut(Schema):
    """M23. `share` is of incidents with a known trigger, null of fewer than five; `sentence` says it in words."""

    by_change: int
    otherwise: int
    unknown: int
    share: Share | None
    sentence: str


@router.get("/set-off", response=SetOffOut, auth=scope(READ), summary="How many incidents a change set off")
def set_off(request: HttpRequest) -> dict[str, Any]:
    """Of the incidents of production that you may see; near misses and milestones are left out."""
    told = set_off_seen_by(caller(request))
    share = told.share
    return {
        "by_change": told.by_change, "otherwise": told.otherwise, "unknown": told.unknown, "sentence": told.sentence,
        "share": {"share": share[0], "low": share[1], "high": share[2]} if share else None,
    }  # fmt: skip
