"""The report in the browser and as files.

Knows the forms it comes in. Refuses to compute: what it says stands in the analysis.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_analysis, access_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.overview import page_context

Json = dict[str, Any]


@require_safe
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The report, from the analysis as it stands."""
    from afteraction.pipeline.report.html import paper

    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    context = page_context(incident, analysis, "report")
    if analysis is None:
        return render(request, "incidents/no_evidence.html", context)
    document = queries.whole_document(analysis)
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


def _as_json(_incident: Incident, document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def _as_markdown(_incident: Incident, document: Json) -> str:
    from afteraction.pipeline.report.markdown import markdown

    return str(markdown(document))


def _as_html(incident: Incident, document: Json) -> str:
    from afteraction.pipeline.report.html import html

    return str(html(document, _pictures(incident, document)))


_FORMS: dict[str, tuple[str, Callable[[Incident, Json], str]]] = {
    "json": ("application/json", _as_json),
    "md": ("text/markdown; charset=utf-8", _as_markdown),
    "html": ("text/html; charset=utf-8", _as_html),
}


@require_safe
def report_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The report as a file of its own: JSON, Markdown or HTML."""
    incident, analysis = access_analysis(request, key)
    media_type, write = _FORMS[form]
    response = HttpResponse(write(incident, queries.whole_document(analysis)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{incident.key}-report.{form}"'
    return response
