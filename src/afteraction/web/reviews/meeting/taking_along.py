"""The date of a meeting as calendars know it.

Knows the plan and who is invited. Refuses to put addresses of people into a file unless its reader sends it on.
"""

from __future__ import annotations

from afteraction.pipeline.review.meeting.calendar import Guest, MeetingDate
from afteraction.web.accounts.models import User
from afteraction.web.reviews.in_roles import in_roles
from afteraction.web.reviews.meeting.occasion import Occasion


def date_of(occasion: Occasion, host: str, *, with_guests: bool = False) -> MeetingDate | None:
    """The date, None while there is none."""
    plan, incident = occasion.plan, occasion.work.incident
    if plan.start is None:
        return None
    guests = _guests(occasion) if with_guests else ()
    return MeetingDate(
        review=incident.key, host=host.partition(":")[0], start=plan.start.utc, zone=plan.zone,
        minutes=occasion.agenda.length, title=f"Review of {incident.key}: {in_roles(incident)(incident.title)}",
        description=occasion.agenda.objective, place=plan.place, sequence=plan.changes, cancelled=plan.called_off,
        organiser=occasion.work.reader.email if guests else "", guests=guests,
    )  # fmt: skip


def _guests(occasion: Occasion) -> tuple[Guest, ...]:
    optional = {each.person: each.optional for each in occasion.invites.invited}
    people = User.objects.filter(pk__in=optional, is_active=True).order_by("pk")
    return tuple(Guest(email=each.email, name=each.name, optional=optional[str(each.pk)]) for each in people)
