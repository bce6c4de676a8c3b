"""When a review is due: the policy by which it was opened, held against the incident's known ending.

Knows what of a review counts as drafted, published and committed. Refuses to scold: late is a length.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from afteraction.engine.review.timers import Done, Timers, timers
from afteraction.web.incidents.models import StoredAnalysis
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.models import Review, ReviewStep
from afteraction.web.reviews.models.review import Step
from afteraction.web.reviews.triggering.current import policy_of
from afteraction.web.reviews.triggering.known import ending_in, is_filled_in


def timers_of(review: Review, now: datetime | None = None, analysis: StoredAnalysis | None = None) -> Timers:
    """All marks of a review at `now` (aware; this moment where none is given). `analysis` is the newest one where it
    was read already.

    The severity is the record's; the timing that of the version of the policy by which the review was opened.
    """
    analysis = analysis or latest_analysis(review.incident)
    timing = policy_of(review.policy_version).timing_for(review.incident.severity)
    return timers(timing, ending_in(analysis), done_of(review, analysis), now or timezone.now())


def done_of(review: Review, analysis: StoredAnalysis | None) -> Done:
    """What of it is done, and since when."""
    steps = ReviewStep.objects.filter(review=review, step__in=(Step.COMMITTED, Step.PUBLISHED)).order_by("at")
    taken = {each.step: each.at for each in reversed(steps)}
    return Done(
        drafted_at=review.drafted_at or _filled_in_at(review, analysis),
        published_at=taken.get(Step.PUBLISHED) or review.incident.published_at,
        committed_at=taken.get(Step.COMMITTED),
    )


def _filled_in_at(review: Review, analysis: StoredAnalysis | None) -> datetime | None:
    """Since when what the program filled in counts as a draft, for a review that nothing judged since it was opened."""
    if analysis is None or not is_filled_in(analysis) or analysis.published_at is None:
        return None
    return max(review.opened_at, analysis.published_at)
