"""Opening a review, by hand or because a trigger fired.

Knows that there is one review an incident. Refuses to tell anybody: opening is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import FactsVersion, Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.models import DeclinedReview, Review, ReviewStep
from afteraction.web.reviews.models.review import Depth, Step
from afteraction.web.reviews.triggering.current import policy_now

_DEEPER = [Depth.NOTE, Depth.LIGHT, Depth.FULL]


@transaction.atomic
def open_review(
    incident: Incident, *, depth: str = Depth.FULL, triggers: Sequence[dict[str, Any]] = (),
    policy_version: int | None = None, silent: bool = False, actor: User | None, via: str = "page",
) -> Review:  # fmt: skip
    """The review of an incident, opened if it was not there; a deeper trigger deepens the one that is.

    `actor` None is a trigger acting by itself; `silent` keeps it from everybody's home for now. `policy_version` is the
    one by which it is due, the current one where none is named. Raises SeatMissing.
    """
    if actor is not None:
        need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    review = Review.objects.filter(incident=incident).first()
    if review is None:
        number = policy_now().number if policy_version is None else policy_version
        review = Review.objects.create(
            incident=incident, depth=depth, triggers=list(triggers), policy_version=number, opened_by=actor,
            silent=silent and actor is None,
        )  # fmt: skip
        DeclinedReview.objects.filter(incident=incident, ended_at=None).update(ended_at=timezone.now())
        ReviewStep.objects.create(review=review, step=Step.OPENED, by=actor)
        record(actor, "open_review", incident.subject, via=via, depth=depth, codes=[each["code"] for each in triggers])
        take_confirmed_facts(review)
        return review
    return _deepened(review, depth, triggers, actor=actor, via=via)


def take_confirmed_facts(review: Review) -> None:
    """Confirmed facts are the first step of a review that took none, also where they were confirmed before."""
    version = FactsVersion.objects.filter(incident=review.incident).first()
    if version is None or review.step != Step.OPENED:
        return
    review.step, review.facts = Step.FACTS_CONFIRMED, version
    review.save(update_fields=["step", "facts"])
    ReviewStep.objects.create(
        review=review, step=Step.FACTS_CONFIRMED, by=version.confirmed_by, at=version.confirmed_at
    )


def _deepened(
    review: Review, depth: str, triggers: Sequence[dict[str, Any]], *, actor: User | None, via: str
) -> Review:
    known = {_name(each) for each in review.triggers}
    added = [each for each in triggers if _name(each) not in known]
    is_told = actor is not None and review.silent
    deeper = max(review.depth, depth, key=lambda each: _DEEPER.index(Depth(each)))
    if not added and deeper == review.depth and not is_told:
        return review
    review.triggers, review.depth = [*review.triggers, *added], deeper
    review.silent = review.silent and not is_told
    review.save(update_fields=["triggers", "depth", "silent"])
    record(actor, "deepen_review", review.subject, via=via, depth=deeper, codes=[each["code"] for each in added])
    return review


def _name(trigger: dict[str, Any]) -> tuple[str, str]:
    """What tells triggers apart: two people who ask are one, two failed deployments are two."""
    return trigger["code"], trigger.get("subject", "")
