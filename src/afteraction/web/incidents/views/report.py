"""The report in the browser and as files, and what may be told to others meanwhile.

Knows the forms it comes in. Refuses to compute: what it says stands in the analysis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.models import FactsVersion, Incident
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import seat_of
from afteraction.web.incidents.reanalysis import is_recomputing
from afteraction.web.incidents.reports.editions import ReportEdition, edition_asked, known_by, written_moment
from afteraction.web.incidents.reports.event_table import event_table
from afteraction.web.incidents.reports.openings import EXPORTED, OPENED, opens_report
from afteraction.web.incidents.reports.pictures import pictures_beside, pictures_inside
from afteraction.web.incidents.reports.reviewed import TITLES, ReviewedReport, reviewed_report

__all__ = ["known_by", "report", "report_file", "written_report"]
Json = dict[str, Any]


@require_safe
@opens_report(OPENED)
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The report: a draft of the newest analysis, or a version of confirmed facts; with the whole review once somebody
    wrote into one, for the audience that is asked for."""
    incident = access_incident(request, key)
    edition = edition_asked(request, incident)
    context = page_context(incident, edition.analysis if edition else None, "report")
    if edition is None:
        return render(request, "incidents/no_evidence.html", context | {"recomputing": is_recomputing(incident)})
    person = person_of(request)
    told = reviewed_report(edition, request, person)
    versions = list(FactsVersion.objects.filter(incident=incident).select_related("analysis")[:20])
    context |= {
        "told": told,
        "audiences": _audiences(request),
        "forms": _forms(told.audience if told else ""),
        "edition": edition,
        "versions": versions,
        "holding": _holding(versions[0]) if versions else [],
        "has_seat": seat_of(person, incident) is not None,
        "asked": request.GET.urlencode(),
        "paper": SafeString(told.paper() if told else _paper(incident, edition)),
    }
    return render(request, "incidents/report.html", context)


def _paper(incident: Incident, edition: ReportEdition) -> str:
    """The report of the evidence alone."""
    from afteraction.pipeline.report.html import paper

    document = edition.document()
    # Which pictures may be shown is the report's to say; here they come from their own address.
    return str(paper(document, pictures_beside(incident, document)))


def _forms(audience: str) -> str:
    """The forms of a report as the template reads them; "" is the report of the evidence alone."""
    forms = ["pdf PDF", "html HTML", "md Markdown", *(["docx Word"] if audience else []), "json JSON"]
    return ",".join([*forms, "csv Events as CSV"] if audience in ("", "internal") else forms)


def _audiences(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Each audience with its title and the address of its report, all else as it was asked for."""
    found = []
    for audience, title in TITLES.items():
        asked = request.GET.copy()
        asked["audience"] = audience
        found.append((audience, title, asked.urlencode()))
    return found


def _holding(version: FactsVersion) -> list[str]:
    from afteraction.pipeline.report.holding import holding

    return holding(version.analysis.head, written_moment(version.confirmed_at))


def _as_markdown(edition: ReportEdition) -> bytes:
    from afteraction.pipeline.report.markdown import markdown

    return str(markdown(edition.document())).encode()


def _as_html(edition: ReportEdition) -> bytes:
    from afteraction.pipeline.report.html import html

    document = edition.document()
    return str(html(document, pictures_inside(edition.incident, document))).encode()


def _as_pdf(edition: ReportEdition) -> bytes:
    from afteraction.pipeline.report.pdf import pdf

    return pdf(edition.document())


_WHOLE: dict[str, tuple[str, Callable[[ReportEdition], bytes]]] = {
    "md": ("text/markdown; charset=utf-8", _as_markdown),
    "html": ("text/html; charset=utf-8", _as_html),
    "pdf": ("application/pdf", _as_pdf),
}


class ReportRefused(AfteractionError):
    """A file of a report that is not made as things stand; `told` is the report that it would be."""

    status = 409

    def __init__(self, problem: AfteractionError, incident: Incident, told: ReviewedReport) -> None:
        super().__init__(problem.what, where=problem.where, next_step=problem.next_step)
        self.incident, self.told = incident, told


@require_safe
def report_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The report as a file, or a page that says why there is none."""
    try:
        return written_report(request, key, form)
    except ReportRefused as problem:
        context = {"incident": problem.incident, "problem": problem, "told": problem.told}
        return render(request, "incidents/report_refused.html", context, status=problem.status)


@opens_report(EXPORTED)
def written_report(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The report as PDF, HTML, Markdown or DOCX; the whole document as JSON or its events as CSV, sent in pieces.
    Raises ReportRefused."""
    incident = access_incident(request, key)
    edition = edition_asked(request, incident)
    if edition is None:
        raise Http404("This incident has no analysis yet.")
    told = reviewed_report(edition, request, person_of(request)) if form != "csv" else None
    audience = request.GET.get("audience", "") if told else ""
    answer: HttpResponseBase
    if form == "csv" and request.GET.get("audience", "internal") != "internal":
        raise Http404("Events are for the team: there is no table of them for other audiences.")
    if form == "docx" and told is None:
        raise Http404("Word files are made of a review, and nobody wrote into one yet. Take the PDF.")
    if told is not None and (form != "json" or audience):
        try:
            media_type, written = told.file(form)
        except AfteractionError as problem:
            raise ReportRefused(problem, incident, told) from problem
        answer = HttpResponse(written, content_type=media_type)
    elif form == "json":
        answer = StreamingHttpResponse(edition.written(), content_type="application/json")
    elif form == "csv":
        answer = StreamingHttpResponse(event_table(edition), content_type="text/csv; charset=utf-8")
    else:
        media_type, write = _WHOLE[form]
        answer = HttpResponse(write(edition), content_type=media_type)
    version = f"-facts-{edition.version.number}" if edition.version else ""
    name = "events" if form == "csv" else "review" if told and form == "json" and audience == "internal" else "report"
    # What the public gets does not name the incident, not even in the name of its file.
    key_shown = "incident" if audience == "public" else incident.key
    reader = f"-{audience}" if audience in TITLES and audience != "internal" else ""
    answer["Content-Disposition"] = f'attachment; filename="{key_shown}-{name}{version}{reader}.{form}"'
    return answer
