"""Many incidents as one file, without who was in them.

Knows the address and the name of the file. Refuses to write: `reviews.exporting` does.
"""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.finding.narrowing import read_asked
from afteraction.web.reviews.exporting import MEDIA, export_lines


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every incident of the list as it is narrowed, one JSON line each."""
    lines = export_lines(person_of(request), read_asked(request.GET)) if request.method == "GET" else iter(())
    answer = StreamingHttpResponse(lines, content_type=MEDIA)
    answer["Content-Disposition"] = 'attachment; filename="incidents.jsonl"'
    return answer
