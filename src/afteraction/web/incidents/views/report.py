"""The report in the browser and as files.

Knows the forms it comes in. Refuses to compute: what it says stands in the analysis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_analysis, access_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.openings import EXPORTED, OPENED, opens_report
from afteraction.web.incidents.overview import page_context

Json = dict[str, Any]


@require_safe
@opens_report(OPENED)
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The report, from the analysis as it stands."""
    from afteraction.pipeline.report.html import paper

    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    context = page_context(incident, analysis, "report")
    if analysis is None:
        return render(request, "incidents/no_evidence.html", context)
    document = queries.report_document(analysis, known_by(request))
    # Which pictures may be shown is the report's to say; here they come from their own address.
    shown = {sha256: reverse("evidence:picture", args=[key, sha256]) for sha256 in _pictures(incident, document)}
    return render(request, "incidents/report.html", {**context, "paper": SafeString(paper(document, shown))})


def _pictures(incident: Incident, document: Json) -> dict[str, str]:
    """Data URIs of the pictures that a report may carry, without their metadata; none where an original is gone."""
    from afteraction.pipeline.report.thumbnails import thumbnails

    try:
        return dict(thumbnails(document, store_of(incident).open_original))
    except AfteractionError:
        return {}


def known_by(request: HttpRequest) -> int | None:
    """The moment in UTC microseconds that the report is asked for (`known_at`, ISO 8601 with a zone, or `known`, in
    seconds since 1970), None for everything known; BadRequest when it is none, since that would tell too much."""
    asked = request.GET
    for text, read in ((asked.get("known_at", ""), queries.read_moment), (asked.get("known", ""), _read_seconds)):
        if text:
            known = read(text)
            if known is None:
                raise BadRequest(f'"{text[:40]}" is no moment. Write known_at=2026-05-12T14:20:00Z.')
            return known
    return None


def _read_seconds(text: str) -> int | None:
    return int(text) * 1_000_000 if text.isascii() and text.isdigit() and len(text) < 12 else None


def _as_markdown(_incident: Incident, document: Json) -> str:
    from afteraction.pipeline.report.markdown import markdown

    return str(markdown(document))


def _as_html(incident: Incident, document: Json) -> str:
    from afteraction.pipeline.report.html import html

    return str(html(document, _pictures(incident, document)))


_FORMS: dict[str, tuple[str, Callable[[Incident, Json], str]]] = {
    "md": ("text/markdown; charset=utf-8", _as_markdown),
    "html": ("text/html; charset=utf-8", _as_html),
}


@require_safe
@opens_report(EXPORTED)
def report_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The report as a file of its own: Markdown, HTML, or the whole document as JSON, which is sent while it is read."""
    incident, analysis = access_analysis(request, key)
    known = known_by(request)
    response: HttpResponseBase
    if form == "json":
        response = StreamingHttpResponse(queries.written_document(analysis, known), content_type="application/json")
    else:
        media_type, write = _FORMS[form]
        response = HttpResponse(write(incident, queries.report_document(analysis, known)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{incident.key}-report.{form}"'
    return response
