"""Documents of reviews that somebody follows: published since, and not opened yet (SPEC R037).

Knows who follows and when they last opened the report. Refuses to invite: who follows reads instead of coming.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.reviews.models import Following


def published_for(person: User) -> QuerySet[Following]:
    """What a person follows, may see, and did not open since it was published, the newest first. What was published
    before they followed it is not among them."""
    published = F("review__incident__published_at")
    return (
        Following.objects.filter(Q(looked_at=None) | Q(looked_at__lt=published), person=person, since__lt=published)
        .filter(review__incident__in=visible_to(person))
        .select_related("review__incident")
        .order_by("-review__incident__published_at")
    )


def note_reader(person: User, incident: Incident) -> None:
    """Remembers that a follower opened the published report; a draft is not what they wait for."""
    if incident.published_at is not None:
        Following.objects.filter(review__incident=incident, person=person).update(looked_at=timezone.now())
