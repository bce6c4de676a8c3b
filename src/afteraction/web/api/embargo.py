"""The embargo of an incident over the API.

Knows its address. Refuses to decide: the page's own action does.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from afteraction.web.api.callers import WRITE, caller, scope
from afteraction.web.incidents.access import incident_for
from afteraction.web.incidents.actions.visibility import set_embargo
from afteraction.web.incidents.openness import embargo_told

router = Router(tags=["incidents"])


class EmbargoIn(Schema):
    """When the restriction ends by itself (null: when somebody lifts it), and why."""

    until: AwareDatetime | None
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class EmbargoOut(Schema):
    """When it ends, and what that does, in a sentence."""

    key: str
    restricted: bool
    until: datetime | None
    told: str


@router.put("/{key}/embargo", response=EmbargoOut, auth=scope(WRITE), summary="End a restriction by itself")
def embargo(request: HttpRequest, key: str, said: EmbargoIn) -> dict[str, Any]:
    """Until then members alone see the incident, whatever is published; from then on it is seen as its publishing says.
    409 for what is not restricted, and for a moment that is over. To disclose it before, lift the restriction."""
    found = set_embargo(incident_for(caller(request), key), said.until, said.reason, actor=caller(request), via="api")
    return {
        "key": found.key, "restricted": found.is_restricted, "until": found.embargo_until, "told": embargo_told(found),
    }  # fmt: skip
