"""Following a review instead of attending its meeting.

Knows one person's own wish. Refuses to make somebody else follow.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import VIEW
from afteraction.web.reviews.models import Following, Review


@transaction.atomic
def follow(review: Review, is_wanted: bool, *, actor: User, via: str = "page") -> None:
    """Begins or ends it; what is so already stays so."""
    need(actor, VIEW, review.incident)
    if is_wanted:
        _, is_new = Following.objects.get_or_create(review=review, person=actor)
        changed = is_new
    else:
        gone, _ = Following.objects.filter(review=review, person=actor).delete()
        changed = bool(gone)
    if changed:
        record(actor, "follow" if is_wanted else "unfollow", review.subject, via=via)
