"""Saying of oneself that one surfaced an insight, and thanking for one.

Knows that credit is whoever's it is to take, and thanks are for those who lead. Refuses to credit anybody else: there
is no way to name a person here.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import SeatMissing, need
from afteraction.web.incidents.permissions import LEAD, WORK
from afteraction.web.reviews.insights import insight_there, may_thank
from afteraction.web.reviews.models import Credit, Review, Thanks


@transaction.atomic
def take_credit(review: Review, sort: str, ident: str, *, actor: User, via: str = "page") -> None:
    """The actor says that they surfaced it. Once is enough. Raises CannotDo where there is no such insight."""
    need(actor, WORK, review.incident)
    _need_insight(review, sort, ident)
    _, is_new = Credit.objects.get_or_create(review=review, sort=sort, ident=ident, person=actor)
    if is_new:
        record(actor, "take_credit", review.subject, via=via, insight=f"{sort}:{ident}")


@transaction.atomic
def leave_credit(review: Review, sort: str, ident: str, *, actor: User, via: str = "page") -> None:
    """The actor's own credit goes; nobody else's can be reached."""
    gone, _ = Credit.objects.filter(review=review, sort=sort, ident=ident, person=actor).delete()
    if gone:
        record(actor, "leave_credit", review.subject, via=via, insight=f"{sort}:{ident}")


@transaction.atomic
def thank(review: Review, sort: str, ident: str, *, actor: User, via: str = "page") -> None:
    """Thanks for an insight, of somebody who leads. Once is enough: there is no score."""
    if not may_thank(actor, review.incident):
        raise SeatMissing(actor, LEAD, review.incident)
    _need_insight(review, sort, ident)
    _, is_new = Thanks.objects.get_or_create(review=review, sort=sort, ident=ident, person=actor)
    if is_new:
        record(actor, "thank", review.subject, via=via, insight=f"{sort}:{ident}")


@transaction.atomic
def take_back_thanks(review: Review, sort: str, ident: str, *, actor: User, via: str = "page") -> None:
    """The actor's own thanks go."""
    if not may_thank(actor, review.incident):
        raise SeatMissing(actor, LEAD, review.incident)
    gone, _ = Thanks.objects.filter(review=review, sort=sort, ident=ident, person=actor).delete()
    if gone:
        record(actor, "take_back_thanks", review.subject, via=via, insight=f"{sort}:{ident}")


def _need_insight(review: Review, sort: str, ident: str) -> None:
    if not insight_there(review, sort, ident):
        raise CannotDo("There is no such insight in this review any more. Load the page again and choose one of it.")
