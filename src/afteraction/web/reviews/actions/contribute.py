"""Sending a private note to the meeting, under a name or as nobody.

Knows that an anonymous note comes without its sender: no function below `contribute` is given one. Refuses to keep
anything by which a note could be laid beside what somebody did: its id is random, its time is a day, its entry in the
audit trail has neither actor nor reference nor place in the order of things.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.audit import record, record_of_nobody
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import VIEW
from afteraction.web.reviews.models import AnonymousNote, NamedNote, Review

LONGEST_NOTE = 4_000


class NoteUnusable(AfteractionError):
    """A note that says nothing, or too much."""


@transaction.atomic
def contribute(review: Review, text: str, *, ident: UUID, actor: User, via: str = "page") -> None:
    """Keeps a note under its author's name. The same `ident` again is the same note. Raises NoteUnusable."""
    need(actor, VIEW, review.incident)
    note, is_new = NamedNote.objects.get_or_create(
        ident=ident, defaults={"review": review, "author": actor, "text": _said(text)}
    )
    if is_new:
        record(actor, "contribute", review.subject, via=via, note=str(note.ident))


@transaction.atomic
def contribute_as_nobody(review: Review, text: str, *, ident: UUID, today: date) -> None:
    """Keeps a note of nobody; whoever calls this has checked that its sender sees the review. Raises NoteUnusable."""
    _, is_new = AnonymousNote.objects.get_or_create(
        ident=ident, defaults={"review": review, "text": _said(text), "day": today}
    )
    if is_new:
        record_of_nobody("contribute", review.subject, ident=ident, today=today)


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise NoteUnusable("The note is empty.", next_step="Write a sentence and send it.")
    if len(said) > LONGEST_NOTE:
        raise NoteUnusable("The note is too long.", next_step=f"Write up to {LONGEST_NOTE:,} characters.")
    return said
