"""Confirmed facts, reports, search and the trail over the API.

Knows addresses. Refuses to compute and to write reports of its own: the pages' own do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router, Schema, Status
from ninja.params.functions import Query

from afteraction.web.accounts.trail import entries_about
from afteraction.web.api import shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.incidents import outline
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.actions import confirm_facts, return_to_version
from afteraction.web.incidents.actions.laying import newest
from afteraction.web.incidents.finding.narrowing import read_asked
from afteraction.web.incidents.finding.search import search
from afteraction.web.incidents.models import FactsVersion
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.views.report import written_report

router = Router(tags=["facts and reports"])
finder = Router(tags=["search"])
_FORMS = {
    "json": "application/json", "md": "text/markdown", "html": "text/html", "pdf": "application/pdf",
    "csv": "text/csv", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


class Hit(Schema):
    """An incident that was found and the sentences that say so."""

    incident: shapes.Outline
    sentences: list[str]


class Found(Schema):
    """What a search found among `searched` incidents. `explained` are words of the glossary in the query."""

    hits: list[Hit]
    total: int
    searched: int
    explained: list[str]


class Entry(Schema):
    """One thing that somebody did. `by` is an account's name: the trail is about acts on this site, not causes."""

    at: datetime
    verb: str
    by: str
    via: str
    detail: dict[str, Any]


class Trail(Schema):
    """The newest entries about an incident."""

    entries: list[Entry]


def _version(version: FactsVersion) -> dict[str, Any]:
    return {
        "number": version.number, "analysis": version.analysis.name, "edits": len(version.edit_ids),
        "note": version.note, "confirmed_at": version.confirmed_at,
    }  # fmt: skip


@router.get("/{key}/facts", response=shapes.FactsVersions, auth=scope(READ), summary="Confirmed versions")
def versions(request: HttpRequest, key: str) -> dict[str, Any]:
    """Newest first."""
    incident = incident_for(caller(request), key)
    rows = FactsVersion.objects.filter(incident=incident).select_related("analysis")[:200]
    return {"versions": [_version(row) for row in rows]}


@router.post("/{key}/facts", response={201: shapes.FactsOut}, auth=scope(WRITE), summary="Confirm the facts")
def confirm(request: HttpRequest, key: str, said: shapes.Confirming) -> Any:
    """`based_on` is the `id` of the analysis that you looked at; it is refused when there is a newer one."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    analysis = newest(incident)
    seen = analysis.pk if said.based_on == analysis.name else 0
    version = confirm_facts(incident, analysis_id=seen, note=said.note, actor=caller(request), via="api")
    return Status(201, _version(version))


@router.get("/{key}/facts/{number}", response=dict[str, Any], auth=scope(READ), summary="One confirmed version")
def facts(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """The facts as they were confirmed, all but the events."""
    incident = incident_for(caller(request), key)
    return queries.known_head(_confirmed(incident, number).analysis)


def _confirmed(incident: Any, number: int) -> FactsVersion:
    from django.http import Http404

    rows = FactsVersion.objects.filter(incident=incident).select_related("analysis")
    found = rows.filter(number=number).first() if 0 < number < 2**31 else None
    if found is None:
        raise Http404
    return found


@router.post("/{key}/facts/{number}/return", response=shapes.FactsOut, auth=scope(WRITE), summary="Go back to it")
def go_back(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """Withdraws the edits laid since and restores those withdrawn since."""
    incident = incident_for(caller(request), key)
    version = _confirmed(incident, number)
    return_to_version(incident, version, actor=caller(request), via="api")
    return _version(version)


def _report(form: str, media_type: str) -> None:
    @router.get(
        f"/{{key}}/report.{form}", auth=scope(READ), summary=f"The report as {form}", operation_id=f"report_{form}",
        openapi_extra=shapes.file_of(media_type),
    )  # fmt: skip
    def report(
        request: HttpRequest,
        key: str,
        facts: str = Query("", max_length=12, description="Number of a confirmed version"),
        known_at: str = Query("", max_length=64, description="Only what was known by then"),
        audience: Literal["", "internal", "executive", "public"] = Query(
            "", description="Who reads it; where nobody wrote into a review, the evidence is told to the team"
        ),
    ) -> HttpResponseBase:
        """With roles for names. Opening it is noted once a day for the incident's members. 409 names what stands in
        it that its audience must not read, or what is not installed."""
        return written_report(request, key, form)


for _form, _media_type in _FORMS.items():
    _report(_form, _media_type)


@router.get("/{key}/trail", response=Trail, auth=scope(READ), summary="What people did with it")
def trail(request: HttpRequest, key: str) -> dict[str, Any]:
    """For those who work on it: the newest 200 acts."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    rows = entries_about(incident.subject).select_related("actor")[:200]
    return {
        "entries": [
            {"at": row.at, "verb": row.verb, "by": row.done_by, "via": row.via, "detail": row.detail} for row in rows
        ]
    }


@finder.get("/search", response=Found, auth=scope(READ), summary="Search incidents")
def find(request: HttpRequest, q: str = Query(..., min_length=1, max_length=200)) -> dict[str, Any]:
    """Titles, services, events that carry the story and reports of what you may see. Facets as on the page: service,
    kind, severity, environment, state."""
    found = search(caller(request), read_asked(request.GET))
    hits = [
        {
            "incident": outline(hit.incident),
            "sentences": ["".join(piece.text for piece in pieces) for _, pieces in hit.sentences],
        }
        for hit in found.hits
    ]
    explained = [f"{word.term}: {word.meaning}" for word in found.explained]
    return {"hits": hits, "total": found.total, "searched": found.searched, "explained": explained}
