"""What people do around a meeting, as verbs that the pages and programs share.

Knows which decision each verb writes and which permission it takes. Refuses to know forms and answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.engine.prevention.cooloff import first_state
from afteraction.engine.review.document import Review as Document
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import LEAD, WORK
from afteraction.web.reviews.actions.change_meeting import change_meeting
from afteraction.web.reviews.actions.change_parts import Saved
from afteraction.web.reviews.meeting import deciding
from afteraction.web.reviews.meeting.deciding import CannotDecide, Said
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.meeting.taking_along import date_of
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.workspace import Workspace

Decided = Callable[[Document, Said], list[Any]]
# What is said of guests and of seats: the verb of the trail, and the decision.
GUESTS: Mapping[str, tuple[str, Decided]] = {
    "add": ("invite", deciding.add_guest), "decline": ("decline", deciding.decline),
    "describe": ("describe_guest", deciding.describe), "without": ("go_without", deciding.go_without),
}  # fmt: skip
SEATS: Mapping[str, tuple[str, Decided]] = {
    "waive": ("waive", deciding.waive), "clear": ("check_by_hand", deciding.clear),
}  # fmt: skip
WRITTEN: Mapping[str, tuple[str, Decided]] = {
    "park": ("park", deciding.park), "skip": ("skip_item", deciding.skip), "vote": ("vote", deciding.vote),
    "quote": ("quote", deciding.quote), "node": ("add", deciding.node), "gap": ("add", deciding.gap),
    "priority": ("set_priority", deciding.grade),
}  # fmt: skip
ACTION = "action"


class CannotBegin(AfteractionError):
    """A meeting that may not begin as things are."""


def plan_meeting(review: Review, said: Said, *, host: str, now: datetime, actor: User, via: str = "page") -> Saved:
    """Date, length, profile, place, objective: all of them become what is said. Raises SeatMissing, CannotDecide,
    WallTimeUnusable."""
    need(actor, WORK, review.incident)
    when = date_of(_occasion(review, actor, now), host)
    return change_meeting(
        review, lambda document: deciding.plan_date(document, said, when), verb="plan_meeting", actor=actor, via=via
    )


def decide_seats(review: Review, what: str, said: Said, *, actor: User, via: str = "page") -> Saved:
    """`what` of SEATS. Raises SeatMissing, CannotDecide."""
    return _decide(review, SEATS, what, said, LEAD, actor, via)


def decide_guests(review: Review, what: str, said: Said, *, actor: User, via: str = "page") -> Saved:
    """`what` of GUESTS. Raises SeatMissing, CannotDecide."""
    return _decide(review, GUESTS, what, said, WORK, actor, via)


def _decide(
    review: Review, known: Mapping[str, tuple[str, Decided]], what: str, said: Said, permission: str, actor: User,
    via: str,
) -> Saved:  # fmt: skip
    need(actor, permission, review.incident)
    if what not in known:
        raise _unknown()
    verb, decided = known[what]
    return change_meeting(
        review, lambda document: decided(document, said), verb=verb, permission=permission, actor=actor, via=via
    )


def _unknown() -> CannotDecide:
    return CannotDecide("This page does not know what was asked.", next_step="Load it once more.")


@transaction.atomic
def begin_meeting(review: Review, override: str, *, now: datetime, actor: User, via: str = "page") -> Saved:
    """Starts it; one that runs goes on. Raises SeatMissing, and CannotBegin while something is missing and `override`
    gives no reason."""
    need(actor, LEAD, review.incident)
    if refusal := _occasion(review, actor, now).refusal(override):
        raise CannotBegin(refusal)
    return change_meeting(
        review, lambda document: deciding.begin(document, {"override": override}, now), verb="begin_meeting",
        permission=LEAD, actor=actor, via=via,
    )  # fmt: skip


def end_meeting(review: Review, *, now: datetime, actor: User, via: str = "page") -> Saved:
    """Ends it; one that was ended stays as it is. Raises SeatMissing, CannotDecide before it began."""
    return change_meeting(
        review, lambda document: deciding.finish(document, now), verb="end_meeting", permission=LEAD, actor=actor,
        via=via,
    )  # fmt: skip


def write_down(
    review: Review, what: str, said: Said, *, now: datetime, batch: str = "", actor: User, via: str = "page"
) -> Saved:
    """One line of the scribe: `what` of WRITTEN, or a change. The same `batch` again is the same line. Raises
    SeatMissing, CannotDecide."""
    need(actor, WORK, review.incident)
    if what == ACTION:
        state = first_state(_occasion(review, actor, now).standing.window, now)
        return change_meeting(
            review, lambda document: deciding.action(document, said, state), verb="propose", batch=batch, actor=actor,
            via=via,
        )  # fmt: skip
    if what not in WRITTEN:
        raise _unknown()
    verb, decided = WRITTEN[what]
    return change_meeting(
        review, lambda document: decided(document, said), verb=verb, batch=batch, actor=actor, via=via
    )


def _occasion(review: Review, actor: User, now: datetime) -> Occasion:
    return Occasion(Workspace(review, actor), now)
