"""Reviews over the API: open, read, save, undo, history, the files of the graph, a whole review in and out.

Knows addresses. Refuses to decide: the pages' own actions do.
"""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Status
from ninja.params.functions import Body

from afteraction.pipeline.review.exchange import review_document
from afteraction.web.api import review_shapes as shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.problems import InvalidFields
from afteraction.web.api.shapes import file_of
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews import queries
from afteraction.web.reviews.access import seat_word
from afteraction.web.reviews.actions import PartWish, change_parts, import_review, open_review, undo_change
from afteraction.web.reviews.actions.change_parts import Saved
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.triggering.due import timers_of
from afteraction.web.reviews.views.graph import graph_file
from afteraction.web.reviews.views.parts import VERBS, told_of

router = Router(tags=["reviews"])
_DOCUMENT: Any = Body(...)
_GRAPH = {
    "svg": "image/svg+xml", "png": "image/png", "mmd": "text/plain", "json": "application/json",
}  # fmt: skip


def review_for(request: HttpRequest, key: str) -> Review:
    """The review of an incident that the caller may see; Http404 without one."""
    review = queries.review_of(incident_for(caller(request), key))
    if review is None:
        raise Http404
    return review


@router.get("/{key}/review", response=shapes.ReviewOut, auth=scope(READ), summary="The review")
def show(request: HttpRequest, key: str) -> dict[str, Any]:
    """404 also where none was opened."""
    return told_review(review_for(request, key))


@router.post("/{key}/review", response={201: shapes.ReviewOut}, auth=scope(WRITE), summary="Ask for a review")
def open_one(request: HttpRequest, key: str, said: shapes.Opening) -> Any:
    """Opens it; there is one review an incident."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    reason = said.reason.strip()
    if not reason:
        raise InvalidFields({"reason": "Say in one line why a review is worth it."})
    asked = {"code": "TR9", "sentence": f"Asked for: {reason}", "depth": said.depth}
    return Status(
        201, told_review(open_review(incident, depth=said.depth, triggers=[asked], actor=caller(request), via="api"))
    )


def told_review(review: Review) -> dict[str, Any]:
    """A review as `ReviewOut` has it."""
    parts: dict[str, dict[str, Any]] = {}
    for row in queries.rows_of(review):
        parts.setdefault(row.sort, {})[row.ident] = {"rev": row.rev, "body": row.body}
    return {
        "key": review.incident.key, "step": review.step, "depth": review.depth, "version": review.version,
        "silent": review.silent, "opened_at": review.opened_at, "triggers": review.triggers,
        "timers": _timers(review), "parts": parts,
    }  # fmt: skip


def _timers(review: Review) -> dict[str, Any]:
    found = timers_of(review)
    marks = (found.draft, found.publish, found.commit, *found.look_back)
    return {
        "start": found.start.at, "because": found.start.because,
        "marks": [
            {"name": each.name, "due": each.due, "standing": each.standing.value, "words": each.words,
             "done_at": each.done_at, "lag_s": each.lag_s}
            for each in marks
        ],
    }  # fmt: skip


@router.post("/{key}/review/parts", response=shapes.SavedOut, auth=scope(WRITE), summary="Save parts")
def save(request: HttpRequest, key: str, said: shapes.SaveIn) -> dict[str, Any]:
    """All or none. 409 with both versions where somebody changed the same thing after you read it; 422 names the field
    that does not fit, and the node that would make a person a supported cause."""
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    if said.verb not in VERBS:
        raise InvalidFields({"verb": f"Is none of {', '.join(sorted(VERBS))}."})
    wishes = [PartWish(each.sort, each.id, each.body, each.based_on) for each in said.parts]
    return told_of(change_parts(review, wishes, verb=said.verb, batch=said.batch, actor=caller(request), via="api"))


@router.post("/{key}/review/undo/{number}", response=shapes.SavedOut, auth=scope(WRITE), summary="Undo a save")
def undo(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """By its inverse, which can be undone as well. 409 where somebody changed it since."""
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    if not 0 < number < 2**31:
        raise Http404
    saved: Saved = undo_change(review, number, actor=caller(request), via="api")
    return told_of(saved)


@router.get(
    "/{key}/review/parts/{sort}/{ident}/history", response=shapes.History, auth=scope(READ),
    summary="Every change of a part",
)  # fmt: skip
def history(request: HttpRequest, key: str, sort: str, ident: str) -> dict[str, Any]:
    """For those who work on it."""
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    changes = [
        {"number": each.number, "verb": each.verb, "at": each.at, "by": seat_word(each.by, review),
         "before": each.before, "after": each.after, "undo_of": each.undo_of}
        for each in queries.part_history(review, sort, ident)
    ]  # fmt: skip
    return {"changes": changes}


@router.get("/{key}/review/export", response=dict[str, Any], auth=scope(READ), summary="The whole review")
def export(request: HttpRequest, key: str) -> dict[str, Any]:
    """As one document, `afteraction/review/1`, which can be imported elsewhere."""
    review = review_for(request, key)
    incident = {"key": review.incident.key, "title": review.incident.title}
    return review_document(queries.document_of(review), incident)


@router.post("/{key}/review/import", response=shapes.Imported, auth=scope(WRITE), summary="Import a review")
def bring(request: HttpRequest, key: str, document: dict[str, Any] = _DOCUMENT) -> dict[str, Any]:
    """Every part of the document becomes a part here, in one save; nothing that is here and not in it goes."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    review, failures = import_review(incident, document, "The document", actor=caller(request), via="api")
    return {"version": review.version, "failures": [str(each) for each in failures]}


def _graph(form: str, media_type: str) -> None:
    @router.get(
        f"/{{key}}/review/graph.{form}", auth=scope(READ), summary=f"The cause graph as {form}",
        operation_id=f"graph_{form}", openapi_extra=file_of(media_type),
    )  # fmt: skip
    def graph(
        request: HttpRequest,
        key: str,
        view: Literal["whys", "fishbone", "fault-tree", "causal"] = "whys",
        top: Literal["both", "happened", "lasted"] = "both",
    ) -> HttpResponse:
        """The same drawing as on the page."""
        return graph_file(request, key, form)


for _form, _media_type in _GRAPH.items():
    _graph(_form, _media_type)
