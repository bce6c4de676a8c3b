"""Giving a seat of the review to somebody.

Knows that facilitator, scribe and devil's advocate are one person each and that everybody has one seat in an incident:
whoever had it goes back to the seat they had before. Refuses to leave a review without an owner.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import AuditEntry, User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.members import add_member, change_seat
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.models import Review

REVIEW_SEATS = (Seat.OWNER, Seat.FACILITATOR, Seat.SCRIBE, Seat.DEVILS_ADVOCATE)


@transaction.atomic
def seat_person(review: Review, seat: Seat, person: User, *, actor: User, via: str = "page") -> IncidentMember:
    """The seat for that person alone. Raises SeatMissing; CannotDo where the last owner would take another seat."""
    incident = review.incident
    need(actor, LEAD, incident)
    if seat not in REVIEW_SEATS:
        raise CannotDo(f"{seat.label} is no seat of a review.")
    before = IncidentMember.objects.filter(incident=incident, seat=seat).exclude(person=person)
    others = list(before.select_related("person").order_by("pk"))
    taken = add_member(incident, person.email, seat, actor=actor, via=via)
    for other in others:
        change_seat(incident, other, _seat_before(other), actor=actor, via=via)
    return taken


def _seat_before(member: IncidentMember) -> Seat:
    """What somebody was before their seat of the review; an owner is of the response, anybody else looked on."""
    told = AuditEntry.objects.filter(
        subject=member.incident.subject, verb="change_seat", detail__person=member.person_id, detail__after=member.seat
    )
    before = told.order_by("-pk").values_list("detail__before", flat=True).first()
    if before in Seat.values and before not in REVIEW_SEATS:
        return Seat(before)
    return Seat.RESPONDER if member.seat == Seat.OWNER else Seat.VIEWER
