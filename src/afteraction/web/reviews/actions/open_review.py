"""Opening a review, by hand or because a trigger fired.

Knows that there is one review an incident. Refuses to tell anybody: opening is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import FactsVersion, Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.models import Review, ReviewStep
from afteraction.web.reviews.models.review import Depth, Step

_DEEPER = [Depth.NOTE, Depth.LIGHT, Depth.FULL]


@transaction.atomic
def open_review(
    incident: Incident, *, depth: str = Depth.FULL, triggers: Sequence[dict[str, Any]] = (), policy_version: int = 0,
    actor: User | None, via: str = "page",
) -> Review:  # fmt: skip
    """The review of an incident, opened if it was not there; a deeper trigger deepens the one that is.

    `actor` None is a trigger acting by itself. Raises SeatMissing.
    """
    if actor is not None:
        need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    review = Review.objects.filter(incident=incident).first()
    if review is None:
        review = Review.objects.create(
            incident=incident, depth=depth, triggers=list(triggers), policy_version=policy_version, opened_by=actor
        )
        ReviewStep.objects.create(review=review, step=Step.OPENED, by=actor)
        record(actor, "open_review", incident.subject, via=via, depth=depth, codes=[each["code"] for each in triggers])
        _take_confirmed_facts(review)
        return review
    return _deepened(review, depth, triggers, actor=actor, via=via)


def _take_confirmed_facts(review: Review) -> None:
    """Facts that were confirmed before the review was opened count as its first step."""
    version = FactsVersion.objects.filter(incident=review.incident).first()
    if version is None:
        return
    review.step, review.facts = Step.FACTS_CONFIRMED, version
    review.save(update_fields=["step", "facts"])
    ReviewStep.objects.create(
        review=review, step=Step.FACTS_CONFIRMED, by=version.confirmed_by, at=version.confirmed_at
    )


def _deepened(
    review: Review, depth: str, triggers: Sequence[dict[str, Any]], *, actor: User | None, via: str
) -> Review:
    known = {each["code"] for each in review.triggers}
    added = [each for each in triggers if each["code"] not in known]
    deeper = max(review.depth, depth, key=lambda each: _DEEPER.index(Depth(each)))
    if not added and deeper == review.depth:
        return review
    review.triggers, review.depth = [*review.triggers, *added], deeper
    review.save(update_fields=["triggers", "depth"])
    record(actor, "deepen_review", review.subject, via=via, depth=deeper, codes=[each["code"] for each in added])
    return review
