"""The report in the browser and as files, and what may be told to others meanwhile.

Knows the forms it comes in. Refuses to compute: what it says stands in the analysis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import FactsVersion, Incident
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import seat_of
from afteraction.web.incidents.reports.editions import ReportEdition, edition_asked, known_by, written_moment
from afteraction.web.incidents.reports.event_table import event_table
from afteraction.web.incidents.reports.openings import EXPORTED, OPENED, opens_report

__all__ = ["known_by", "report", "report_file"]
Json = dict[str, Any]


@require_safe
@opens_report(OPENED)
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The report: a draft of the newest analysis, or a version of confirmed facts."""
    from afteraction.pipeline.report.html import paper

    incident = access_incident(request, key)
    edition = edition_asked(request, incident)
    context = page_context(incident, edition.analysis if edition else None, "report")
    if edition is None:
        return render(request, "incidents/no_evidence.html", context)
    document = edition.document()
    # Which pictures may be shown is the report's to say; here they come from their own address.
    shown = {sha256: reverse("evidence:picture", args=[key, sha256]) for sha256 in _pictures(incident, document)}
    versions = list(FactsVersion.objects.filter(incident=incident).select_related("analysis")[:20])
    person = person_of(request)
    context |= {
        "edition": edition,
        "versions": versions,
        "holding": _holding(versions[0]) if versions else [],
        "has_seat": seat_of(person, incident) is not None,
        "asked": request.GET.urlencode(),
        "paper": SafeString(paper(document, shown)),
    }
    return render(request, "incidents/report.html", context)


def _holding(version: FactsVersion) -> list[str]:
    from afteraction.pipeline.report.holding import holding

    return holding(version.analysis.head, written_moment(version.confirmed_at))


def _pictures(incident: Incident, document: Json) -> dict[str, str]:
    """Data URIs of the pictures that a report may carry, without their metadata; none where an original is gone."""
    from afteraction.pipeline.report.thumbnails import thumbnails

    try:
        return dict(thumbnails(document, store_of(incident).open_original))
    except AfteractionError:
        return {}


def _as_markdown(edition: ReportEdition) -> bytes:
    from afteraction.pipeline.report.markdown import markdown

    return str(markdown(edition.document())).encode()


def _as_html(edition: ReportEdition) -> bytes:
    from afteraction.pipeline.report.html import html

    document = edition.document()
    return str(html(document, _pictures(edition.incident, document))).encode()


def _as_pdf(edition: ReportEdition) -> bytes:
    from afteraction.pipeline.report.pdf import pdf

    return pdf(edition.document())


_WHOLE: dict[str, tuple[str, Callable[[ReportEdition], bytes]]] = {
    "md": ("text/markdown; charset=utf-8", _as_markdown),
    "html": ("text/html; charset=utf-8", _as_html),
    "pdf": ("application/pdf", _as_pdf),
}


@require_safe
@opens_report(EXPORTED)
def report_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The report as PDF, HTML or Markdown; the whole document as JSON or its events as CSV, sent in pieces."""
    incident = access_incident(request, key)
    edition = edition_asked(request, incident)
    if edition is None:
        raise Http404("This incident has no analysis yet.")
    answer: HttpResponseBase
    if form == "json":
        answer = StreamingHttpResponse(edition.written(), content_type="application/json")
    elif form == "csv":
        answer = StreamingHttpResponse(event_table(edition), content_type="text/csv; charset=utf-8")
    else:
        media_type, write = _WHOLE[form]
        answer = HttpResponse(write(edition), content_type=media_type)
    version = f"-facts-{edition.version.number}" if edition.version else ""
    name = "events" if form == "csv" else "report"
    answer["Content-Disposition"] = f'attachment; filename="{incident.key}-{name}{version}.{form}"'
    return answer
