"""Incidents side by side over the API.

Knows addresses. Refuses to compare: the page and this have the same table.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from afteraction.web.api import review_shapes as shapes
from afteraction.web.api.callers import READ, caller, scope
from afteraction.web.api.problems import InvalidFields
from afteraction.web.reviews.comparing.columns import read_keys, seen_of
from afteraction.web.reviews.comparing.table import Beside, told

router = Router(tags=["incidents"])
_KEYS: Any = Query(..., alias="keys", min_length=1, max_length=600)


@router.get("/compare", response=shapes.Compared, auth=scope(READ), summary="Incidents side by side")
def compare(request: HttpRequest, asked: str = _KEYS) -> dict[str, Any]:
    """`keys` are two to eight keys with commas between them. One that is not there or not for you has no column."""
    incidents = seen_of(caller(request), read_keys([asked]))
    if len(incidents) < 2:
        raise InvalidFields({"keys": "Name two or more incidents that are there and that you may see: A,B."})
    return told(Beside(incidents))
