"""How a view gets the review of an incident that its reader may see.

Knows that whoever sees the incident sees its review. Refuses to tell a review that was not opened from one that may
not be seen.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import access_incident
from afteraction.web.incidents.permissions import VIEW, seat_of
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import review_of


def access_review(request: HttpRequest, key: str, permission: str = VIEW) -> Review:
    """The review of the incident of that key; Http404 without one, SeatMissing as for incidents."""
    review = review_of(access_incident(request, key, permission))
    if review is None:
        raise Http404("No review was opened for this incident.")
    return review


def seat_word(person: User | None, review: Review) -> str:
    """Who did something, as the seat they have; what happened by itself was done by Afteraction."""
    if person is None:
        return "Afteraction"
    seat = seat_of(person, review.incident)
    return str(seat.label) if seat else "Somebody who has no seat any more"
