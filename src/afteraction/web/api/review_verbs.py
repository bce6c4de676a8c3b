"""What the pages of a review do besides saving parts, over the API: declining, depth, presence, looking at a text, the
beginning of a graph, replaying a signal, and Markdown that comes back.

Knows addresses. Refuses to decide: the pages' own verbs do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from afteraction.pipeline.review.markdown_in import read_markdown
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.review_shapes import Ident, Imported, SavedOut
from afteraction.web.api.reviews import review_for
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.actions.begin_graph import begin_graph
from afteraction.web.reviews.actions.decline_review import change_depth, decline_review
from afteraction.web.reviews.actions.import_review import import_review
from afteraction.web.reviews.coaching import LONGEST_TEXT
from afteraction.web.reviews.gates.back_tests import keep_replay
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.models import DeclinedReview
from afteraction.web.reviews.triggering.opening import absence_of
from afteraction.web.reviews.views.moving import look_at
from afteraction.web.reviews.views.parts import told_here, told_of
from afteraction.web.reviews.workspace import Workspace

router = Router(tags=["reviews"])
LONGEST_MARKDOWN = 5_000_000


class Declining(Schema):
    """Why no review is wanted."""

    reason: Annotated[str, Field(max_length=1000)]


class DeclineOut(Schema):
    """A declined review, with the triggers that stood. `ended_at` is when one was opened after all."""

    reason: str
    at: datetime
    triggers: list[dict[str, Any]]
    ended_at: datetime | None


class DepthIn(Schema):
    """How deep, and why."""

    depth: Literal["note", "light", "full"]
    reason: Annotated[str, Field(max_length=1000)]


class DepthOut(Schema):
    """How deep it is now."""

    depth: str


class HereIn(Schema):
    """Where in the review you are, in a word."""

    place: Annotated[str, Field(max_length=64)] = ""


class PresentOut(Schema):
    """Somebody else who is in it."""

    seat: str
    initials: str
    place: str


class HereOut(Schema):
    """Who else is in the review, and which version stands."""

    version: int
    people: list[PresentOut]


class LookIn(Schema):
    """A text that is being written. `POST /language/check` says what in it reads as an accusation."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]


class LookOut(Schema):
    """The text as HTML, its words and citations, and those `unknown` here."""

    html: str
    words: int
    citations: int
    unknown: list[str]


class TopEvents(Schema):
    """A statement for each top event: it happened, and it lasted."""

    happened: Annotated[str, Field(max_length=300)] = ""
    lasted: Annotated[str, Field(max_length=300)] = ""


class Markdown(Schema):
    """The Markdown of a report, edited or not."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_MARKDOWN)]


@router.post("/{key}/review/decline", response={201: DeclineOut}, auth=scope(WRITE), summary="Decline a review")
def decline(request: HttpRequest, key: str, said: Declining) -> Any:
    """For who leads the incident. Asking for a review ends it. 409 for a SEV-1, and where somebody wrote in one."""
    incident = incident_for(caller(request), key)
    return Status(201, decline_review(incident, said.reason, actor=caller(request), via="api"))


@router.get("/{key}/review/decline", response=DeclineOut, auth=scope(READ), summary="Why there is no review")
def declined(request: HttpRequest, key: str) -> DeclinedReview:
    """404 where none is declined."""
    found = absence_of(incident_for(caller(request), key)).declined
    if found is None:
        raise Http404
    return found


@router.put("/{key}/review/depth", response=DepthOut, auth=scope(WRITE), summary="Choose another depth")
def depth(request: HttpRequest, key: str, said: DepthIn) -> dict[str, Any]:
    """For who leads the incident; the reason stays in the trail."""
    changed = change_depth(review_for(request, key), said.depth, said.reason, actor=caller(request), via="api")
    return {"depth": changed.depth}


@router.put("/{key}/review/presence", response=HereOut, auth=scope(WRITE), summary="Say that you are here")
def here(request: HttpRequest, key: str, said: HereIn) -> dict[str, Any]:
    """It goes stale by itself after 40 seconds."""
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    return told_here(review, said.place, caller(request))


@router.post("/{key}/review/look", response=LookOut, auth=scope(WRITE), summary="Look at a text")
def look(request: HttpRequest, key: str, said: LookIn) -> dict[str, Any]:
    """Nothing is kept of it."""
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    return look_at(review, said.text)


@router.post("/{key}/review/graph", response=SavedOut, auth=scope(WRITE), summary="Begin the cause graph")
def begin(request: HttpRequest, key: str, said: TopEvents) -> dict[str, Any]:
    """With its top events; one that is there stays."""
    review = review_for(request, key)
    return told_of(begin_graph(review, said.dict(), actor=caller(request), via="api"))


@router.post(
    "/{key}/review/signals/{ident}/replay", response=SavedOut, auth=scope(WRITE), summary="Replay a proposed alert"
)
def replay(request: HttpRequest, key: str, ident: Ident) -> dict[str, Any]:
    """On the stored samples; what was seen is kept with it. 409 where there is nothing to replay it on."""
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    sheet = Sheet(Workspace(review, caller(request)), timezone.now())
    return told_of(keep_replay(sheet, ident, actor=caller(request), via="api"))


@router.post(
    "/{key}/review/import-markdown", response=Imported, auth=scope(WRITE), summary="Import a review from Markdown"
)
def bring_markdown(request: HttpRequest, key: str, said: Markdown) -> dict[str, Any]:
    """What could not be read is listed with its line."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    document, listed = read_markdown(said.text, "The text")
    review, failures = import_review(incident, document, "The text", actor=caller(request), via="api")
    return {"version": review.version, "failures": [str(each) for each in (*listed, *failures)]}
