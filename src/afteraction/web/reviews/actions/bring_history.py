"""Taking over when a review that was written elsewhere took its steps, and who owns its changes.

Knows that a history is brought in once, into a review that took no step here. Refuses to make people: whoever calls it
names accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import FactsVersion, Incident
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.actions.change_parts import PartWish, change_parts
from afteraction.web.reviews.models import Review, ReviewChange, ReviewPart, ReviewStep
from afteraction.web.reviews.models.review import Step


@dataclass(frozen=True)
class History:
    """When each step was taken (aware), by whom (one person took them all), and the owner of each change by its id."""

    steps: Mapping[Step, datetime]
    by: User
    owners: Mapping[str, User] = field(default_factory=dict)


@transaction.atomic
def bring_history(review: Review, history: History, *, actor: User, via: str = "page") -> Review:
    """The review as it stood elsewhere: its steps with their times, its changes with owners who accepted them.

    Raises SeatMissing, AfteractionError where the review took steps here already.
    """
    need(actor, LEAD, review.incident)
    review = Review.objects.select_for_update().select_related("incident").get(pk=review.pk)
    if review.steps.exclude(step__in=(Step.OPENED, Step.FACTS_CONFIRMED)).exists():
        raise AfteractionError(
            f"The review of {review.incident.key} has a history of its own.",
            next_step="Import into an incident without a review.",
        )
    _give_owners(review, history, actor, via)
    review.steps.all().delete()
    ReviewStep.objects.bulk_create(
        [
            ReviewStep(
                review=review, step=step, at=at, by=None if step == Step.OPENED else history.by, version=review.version
            )
            for step, at in history.steps.items()
        ]
    )
    review.step = list(history.steps)[-1]
    review.opened_at = min(history.steps.values())
    review.facts = FactsVersion.objects.filter(incident=review.incident).first()
    review.save(update_fields=["step", "opened_at", "facts"])
    written = history.steps.get(Step.ANALYSIS, review.opened_at)
    ReviewChange.objects.filter(review=review).update(at=written)
    if published := history.steps.get(Step.PUBLISHED):
        Incident.objects.filter(pk=review.incident_id).update(published_at=published, published_by=history.by)
    record(actor, "bring_history", review.subject, via=via, steps=[str(step) for step in history.steps])
    return review


def _give_owners(review: Review, history: History, actor: User, via: str) -> None:
    accepted = history.steps.get(Step.COMMITTED)
    rows = {row.ident: row for row in ReviewPart.objects.filter(review=review, sort="change", removed=False)}
    wishes = [
        PartWish("change", ident, {
            **rows[ident].body, "owner": str(person.pk), **({"accepted_at": accepted.isoformat()} if accepted else {}),
        })
        for ident, person in history.owners.items() if ident in rows
    ]  # fmt: skip
    if wishes:
        change_parts(review, wishes, verb="history", actor=actor, via=via)
