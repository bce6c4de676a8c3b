"""Many incidents at once, without who was in them: over the API.

Knows the address. Refuses to filter by who contributed something: such a query is refused before it comes here.
"""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router
from ninja.params.functions import Query

from afteraction.web.api.callers import READ, caller, scope
from afteraction.web.incidents.finding.narrowing import read_asked
from afteraction.web.reviews.exporting import MEDIA, export_lines

router = Router(tags=["export"])


@router.get("", auth=scope(READ), summary="Many incidents without who was in them", openapi_extra={
    "responses": {200: {"description": "One JSON object per line", "content": {MEDIA: {"schema": {"type": "string"}}}}}
})  # fmt: skip
def export(
    request: HttpRequest, q: str = Query("", max_length=200, description="Words, as in the list of incidents")
) -> StreamingHttpResponse:
    """One line per incident that you may see, newest first, with roles in place of names; narrowed by what the list of
    incidents can be narrowed by. Members see that you took it."""
    return StreamingHttpResponse(export_lines(caller(request), read_asked(request.GET), via="api"), content_type=MEDIA)
