"""Undoing a save by its inverse: every part it changed becomes what it was before.

Knows that an undo is a save like any other, in the history and undoable itself. Refuses to take back what somebody
changed since: that is stale, and both versions are shown.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import User
from afteraction.web.reviews.actions.change_parts import PartWish, Saved, change_parts
from afteraction.web.reviews.models import Review, ReviewChange


class NothingToUndo(AfteractionError):
    """There is no such save in this review."""


@transaction.atomic
def undo_change(review: Review, number: int, *, batch: str = "", actor: User, via: str = "page") -> Saved:
    """Takes the save of that number back. Raises NothingToUndo, StaleParts, SeatMissing."""
    rows = list(ReviewChange.objects.filter(review=review, number=number))
    if not rows:
        raise NothingToUndo(f"There is no change {number} in this review.", next_step="Load the page once more.")
    wishes = [PartWish(row.sort, row.ident, row.before, based_on=number) for row in rows]
    verb = "redo" if rows[0].verb == "undo" else "undo"
    return change_parts(review, wishes, verb=verb, batch=batch, undo_of=number, actor=actor, via=via)
