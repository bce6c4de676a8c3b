"""What opened a review, or why there is none, for the pages that say so.

Knows what was kept when the incident was judged last. Refuses to judge anew for a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.engine.review.choosing import is_sampled
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.models import DeclinedReview, JudgedIncident, Review
from afteraction.web.reviews.triggering.current import policy_now

Json = dict[str, Any]


@dataclass(frozen=True)
class Opening:
    """`triggers` that opened it, those that were given up have `closed`; `unknown` is what the policy asks and nobody
    knows. `may_go` says that nobody wrote in it, so that it can be declined."""

    review: Review
    triggers: tuple[Json, ...]
    unknown: tuple[Json, ...]
    may_go: bool


def opening_of(review: Review) -> Opening:
    """What opened a review."""
    judged = JudgedIncident.objects.filter(incident=review.incident).first()
    untouched = review.version == 0 and review.opened_by_id is None
    return Opening(review, tuple(review.triggers), tuple(judged.not_judged) if judged else (), untouched)


@dataclass(frozen=True)
class Absence:
    """Why there is no review: `declined`, or nothing but what is `offered` fired. `is_sampled` offers a light look."""

    declined: DeclinedReview | None
    offered: tuple[Json, ...]
    unknown: tuple[Json, ...]
    is_sampled: bool


def absence_of(incident: Incident) -> Absence:
    """What is known of an incident without a review."""
    judged = JudgedIncident.objects.filter(incident=incident).first()
    declined = DeclinedReview.objects.filter(incident=incident, ended_at=None).first()
    offered = tuple(judged.fired) if judged and declined is None else ()
    sampled = declined is not None and is_sampled(policy_now().policy, incident.key)
    return Absence(declined, offered, tuple(judged.not_judged) if judged else (), sampled)
