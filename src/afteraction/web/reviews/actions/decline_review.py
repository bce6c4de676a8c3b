"""Declining the review of an incident, and choosing a shorter one instead.

Knows that a reason is asked for and that a SEV-1 is always reviewed. Refuses to throw work away: what somebody wrote in
stays open.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.engine.review.choosing import decline_problem
from afteraction.engine.review.known_facts import write_fired
from afteraction.engine.review.triggers import fired
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.models import DeclinedReview, Review
from afteraction.web.reviews.models.review import Depth
from afteraction.web.reviews.triggering.current import policy_now
from afteraction.web.reviews.triggering.known import facts_of

LONGEST_REASON = 1000


@transaction.atomic
def decline_review(incident: Incident, reason: str, *, actor: User, via: str = "page") -> DeclinedReview:
    """Keeps that no review is wanted, and why; an empty review that had opened by itself goes.

    Raises SeatMissing, and CannotDo without a reason, for a SEV-1, and for a review that somebody wrote in.
    """
    need(actor, LEAD, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    current, facts = policy_now(), facts_of(incident, timezone.now())
    if problem := decline_problem(current.policy, facts, reason):
        raise CannotDo(problem)
    standing = DeclinedReview.objects.filter(incident=incident, ended_at=None).first()
    if standing is not None:
        return standing
    review = Review.objects.filter(incident=incident).first()
    if review is not None:
        if review.version or review.opened_by_id is not None:
            raise CannotDo(
                "Somebody asked for this review or wrote in it, so it stays. Choose a shorter depth instead."
            )
        review.delete()
    decline = DeclinedReview.objects.create(
        incident=incident, reason=reason, policy_version=current.number, by=actor,
        triggers=write_fired(fired(current.policy, facts)),
    )  # fmt: skip
    codes = [each["code"] for each in decline.triggers]
    record(actor, "decline_review", incident.subject, via=via, reason=reason, codes=codes, closes=review is not None)
    return decline


@transaction.atomic
def change_depth(review: Review, depth: str, reason: str, *, actor: User, via: str = "page") -> Review:
    """The review at another depth, with the reason in the trail. Raises SeatMissing and CannotDo."""
    need(actor, LEAD, review.incident)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if depth not in Depth.values:
        raise CannotDo(f'"{depth[:20]}" is no depth. Choose note, light or full.')
    if not reason:
        raise CannotDo("Say in a few words why another depth fits: the reason stays in the trail.")
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.depth == depth:
        return locked
    before, locked.depth = locked.depth, depth
    locked.save(update_fields=["depth"])
    record(actor, "change_depth", review.subject, via=via, before=before, depth=depth, reason=reason)
    return locked
