"""Taking a review in from a document: every part it has becomes a part here, in one save.

Knows that the same document twice changes nothing. Refuses to take away what is here and not in the document, and to
promise for somebody: an account elsewhere is nobody here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from afteraction.core.evidence import Failure
from afteraction.pipeline.review.exchange import bring_in
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.actions.change_parts import PartWish, change_parts
from afteraction.web.reviews.actions.open_review import open_review
from afteraction.web.reviews.causes.refusals import lowered
from afteraction.web.reviews.models import Review, ReviewPart

Json = dict[str, Any]


@transaction.atomic
def import_review(
    incident: Incident, document: object, name: str, *, actor: User, via: str = "page"
) -> tuple[Review, tuple[Failure, ...]]:
    """The review of the incident with the document's parts, opened if there was none, and what could not be read.

    A person whom it calls a supported cause is kept as a hypothesis, and said. Raises SeatMissing, NoReview. What
    people wrote here under the same ids gives way and stays in the history.
    """
    brought = bring_in(document, name)
    nodes, people = lowered(brought.parts.get("node", {}), name)
    review = open_review(incident, actor=actor, via=via)
    held = {row.ident: row.body for row in ReviewPart.objects.filter(review=review, sort="change")}
    wishes = [
        PartWish(sort, ident, _without_promises(body, held.get(ident, {})) if sort == "change" else body)
        for sort, bodies in {**brought.parts, "node": nodes}.items()
        for ident, body in bodies.items()
    ]
    if wishes:
        change_parts(review, wishes, verb="import", actor=actor, via=via)
    return review, (*brought.failures, *people)


def _without_promises(body: Json, here: Mapping[str, Any]) -> Json:
    """A change with the owner that it has here; its role stays as it is written."""
    own = {name: here[name] for name in ("owner", "accepted_at") if name in here}
    return {**{name: value for name, value in body.items() if name not in ("owner", "accepted_at")}, **own}
