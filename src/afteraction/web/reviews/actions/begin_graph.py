"""Making the top events that a cause graph begins with.

Knows that there is one of each. Refuses to make a second where somebody was faster, or pressed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions.change_parts import PartWish, Saved, change_parts
from afteraction.web.reviews.causes.first_tops import first_tops
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import document_of

LONGEST_STATEMENT = 300
TOPS = ("happened", "lasted")


@transaction.atomic
def begin_graph(review: Review, statements: Mapping[str, str], *, actor: User, via: str = "page") -> Saved:
    """A top event for each of TOPS of which there is a statement and no node yet. Raises SeatMissing."""
    need(actor, WORK, review.incident)
    locked = Review.objects.select_for_update(of=("self",)).select_related("incident").get(pk=review.pk)
    analysis = latest_analysis(locked.incident)
    firsts = {each.top: each for each in first_tops(analysis.head if analysis else {}, locked.incident.title)}
    there = {str(each.top) for each in document_of(locked).graph.nodes.values()}
    wishes = []
    for top in TOPS:
        statement = statements.get(top, "").strip()[:LONGEST_STATEMENT]
        if statement and top not in there:
            body: dict[str, Any] = {"kind": "outcome", "statement": statement, "top": top, "status": "confirmed"}
            body |= firsts[top].times if top in firsts else {}
            wishes.append(PartWish("node", "", body, 0))
    saved = change_parts(locked, wishes, verb="add", actor=actor, via=via)
    review.version = locked.version
    return saved
