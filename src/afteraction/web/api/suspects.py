"""Ranked suspects of an incident, and a hypothesis of one, over the API.

Knows addresses. Refuses to rank and to decide: the analysis did the one, people do the other.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.reviews import review_for
from afteraction.web.incidents.access import incident_for
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.suspecting.hypothesis import suppose
from afteraction.web.reviews.suspecting.sheet import SuspectSheet, ident_of

router = Router(tags=["reviews"])


class TermOut(Schema):
    """One reason: natural log odds (positive speaks for it), a sentence, and the evidence."""

    name: str
    log_odds: float
    says: str
    evidence: list[dict[str, Any]]


class SuspectOut(Schema):
    """One suspect; `node` is the hypothesis that was made of it, "" where none was."""

    ident: str
    kind: str
    name: str
    service: str = ""
    change: str = ""
    probability: float
    at: str | None = None
    onset: str | None = None
    settles: str = ""
    node: str = ""
    terms: list[TermOut]


class SuspectsOut(Schema):
    """Suspects, best first. Their probabilities and `remaining` sum to one; `note` says what is missing."""

    suspects: list[SuspectOut]
    remaining: float
    abstained: bool
    note: str
    onset: str | None


class SupposeIn(Schema):
    """The `ident` of a suspect."""

    suspect: Annotated[str, Field(min_length=1, max_length=1000)]


class SupposedOut(Schema):
    """The node of the cause graph."""

    node: str


@router.get("/{key}/suspects", response=SuspectsOut, auth=scope(READ), summary="What most likely started it")
def suspects(request: HttpRequest, key: str) -> dict[str, Any]:
    """As the newest analysis ranks them. 404 without any evidence."""
    incident = incident_for(caller(request), key)
    analysis = latest_analysis(incident)
    if analysis is None:
        raise Http404("This incident has no evidence yet.")
    sheet = SuspectSheet(incident, analysis, review_of(incident))
    return {
        "suspects": [{**row.suspect, "ident": ident_of(row.suspect), "node": row.node} for row in sheet.rows],
        "remaining": sheet.head.get("remaining", 1.0),
        "abstained": sheet.abstained,
        "note": sheet.why,
        "onset": sheet.head.get("suspects_onset"),
    }


@router.post(
    "/{key}/suspects/hypothesis", response=SupposedOut, auth=scope(WRITE), summary="Make a suspect a hypothesis"
)
def hypothesis(request: HttpRequest, key: str, said: SupposeIn) -> dict[str, str]:
    """A node of the cause graph with what speaks for it and against it; the same suspect again is the same node. 409
    where the newest analysis does not list it."""
    review = review_for(request, key)
    return {"node": suppose(review, said.suspect, actor=caller(request), via="api")}
