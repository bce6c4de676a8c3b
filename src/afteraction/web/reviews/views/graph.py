"""The cause graph: its page in four views, evidence to lay on it, its beginning, and its files.

Knows addresses and what each answers. Refuses to write parts itself: scripts save through `parts`, the beginning
through the same verb.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from afteraction.engine.review.findings import Severity
from afteraction.pipeline.review.drawing.mermaid import as_mermaid
from afteraction.pipeline.review.drawing.png import as_png
from afteraction.pipeline.review.parts import write_review
from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.begin_graph import begin_graph
from afteraction.web.reviews.causes.evidence_at_hand import evidence_at_hand
from afteraction.web.reviews.causes.first_tops import first_tops
from afteraction.web.reviews.causes.inspector import inspect
from afteraction.web.reviews.causes.panels import delays, panels
from afteraction.web.reviews.causes.picture import TOPS, VIEWS, Picture
from afteraction.web.reviews.causes.reading_list import listed_trees
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]
GRAPH_SORTS = ("node", "edge", "logic", "support", "ask", "human", "dismissal", "layout")
FILES: Mapping[str, str] = {
    "svg": "image/svg+xml", "png": "image/png", "mmd": "text/plain; charset=utf-8", "json": "application/json",
}  # fmt: skip


@require_safe
def graph_page(request: HttpRequest, key: str) -> HttpResponse:
    """The page; with `part` only what changes when the graph does, or the inspector alone, for scripts."""
    picture = _picture(request, key)
    work, part = picture.work, request.GET.get("part")
    if part == "inspector":
        told = {"incident": work.incident, "may_work": work.may_work, "picture": picture, "inspected": inspect(picture)}
        return render(request, "reviews/graph_inspector.html", told)
    context = {
        **work.context(), "picture": picture, "views": VIEWS, "tops": TOPS, "inspected": inspect(picture),
        "drawing": _drawn(picture), "lists": listed_trees(picture), "open_words": _open_words(picture),
        "delays": delays(work.head), "parts": _parts(work),
    }  # fmt: skip
    if picture.view == "fault-tree":
        context["panels"] = panels(picture)
    if not picture.graph.outcomes():
        context["firsts"] = first_tops(work.head, work.incident.title)
    return render(request, "reviews/graph_live.html" if part else "reviews/graph.html", context)


@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Makes the top events that a graph begins with, those of which somebody wrote a statement."""
    review = access_review(request, key, WORK)
    begin_graph(review, request.POST.dict(), actor=person_of(request))
    return HttpResponseRedirect(reverse("reviews:graph", args=[key]))


@require_safe
def evidence(request: HttpRequest, key: str) -> JsonResponse:
    """Events of the incident that may be laid on a claim, those that match `q` first by their time."""
    review = access_review(request, key)
    found = evidence_at_hand(review.incident, request.GET.get("q", ""))
    return JsonResponse({"items": [each.told for each in found.items], "more": found.more})


@require_safe
def graph_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The graph as a file: the drawing (SVG, PNG), Mermaid, or its parts as JSON."""
    picture = _picture(request, key, roles=True)
    name = f"{key}-{picture.view}.{form}" if form in ("svg", "png") else f"{key}-causes.{form}"
    body: str | bytes
    if form == "json":
        response: HttpResponse = JsonResponse(_exported(picture.work), json_dumps_params={"indent": 2})
    else:
        svg = picture.sheet.file() if form in ("svg", "png") else ""
        body = as_png(svg) if form == "png" else svg or as_mermaid(picture.graph, picture.top)
        response = HttpResponse(body, content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _picture(request: HttpRequest, key: str, *, roles: bool = False) -> Picture:
    review = access_review(request, key)
    view, top = request.GET.get("view", "whys"), request.GET.get("top", "both")
    if view not in VIEWS or top not in TOPS:
        raise Http404("There is no such view.")
    return Picture(Workspace(review, person_of(request), roles), view, top, request.GET.get("node", "")[:80])


def _drawn(picture: Picture) -> SafeString:
    return mark_safe(picture.sheet.svg())  # noqa: S308 - the drawing escapes every text that it is given


def _open_words(picture: Picture) -> str:
    must = sum(each.severity is Severity.MUST for each in picture.open)
    may = len(picture.open) - must
    told = [f"{must} must be met before reviewed"] if must else []
    told += [f"{may} {'is a suggestion' if may == 1 else 'are suggestions'}"] if may else []
    return ", ".join(told)


def _exported(work: Workspace) -> Json:
    whole = write_review(work.document)
    return {"incident": work.incident.key, "version": work.review.version,
            "parts": {sort: whole[sort] for sort in GRAPH_SORTS if sort in whole}}  # fmt: skip


def _parts(work: Workspace) -> Json:
    """The parts that the page edits, with what a save of each is based on."""
    found: Json = {"version": work.review.version, "parts": {}}
    for row in work.rows:
        if row.sort in GRAPH_SORTS:
            found["parts"].setdefault(row.sort, {})[row.ident] = {"rev": row.rev, "body": row.body}
    return found
