"""What the head of every incident page says of its review.

Knows counts. Refuses to say anything where no review was opened.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from afteraction.engine.prevention.plan import live_changes
from afteraction.engine.review.document import Review as Document
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.models import Review, ReviewPart

register = template.Library()


@register.simple_tag(takes_context=True)
def change_count(context: Mapping[str, object], incident: Incident) -> int | None:
    """How many changes the review of an incident has; None without a review. Pages of a review have it read already."""
    read = context.get("document")
    if isinstance(read, Document):
        return len(live_changes(read.changes))
    review = Review.objects.filter(incident=incident).values_list("pk", flat=True).first()
    if review is None:
        return None
    standing = ReviewPart.objects.filter(review=review, sort="change", removed=False)
    return standing.exclude(body__state="cancelled").count()
