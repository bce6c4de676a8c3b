"""Answering the three questions after a meeting.

Knows sheets. Refuses to know whose they are, and so cannot keep anybody from handing in two: the page says so.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.engine.meeting.pulse import PulseAnswer
from afteraction.web.accounts.audit import record_of_nobody
from afteraction.web.reviews.models import PulseSheet, Review


class SheetEmpty(AfteractionError):
    """A sheet without any answer."""


@transaction.atomic
def answer_pulse(review: Review, answer: PulseAnswer, *, ident: UUID, today: date) -> None:
    """Keeps one sheet of nobody. The same `ident` again is the same sheet. Raises SheetEmpty."""
    given = {"learnt": answer.learnt, "again": answer.again, "hard": answer.hard}
    if set(given.values()) == {None}:
        raise SheetEmpty("No question was answered.", next_step="Answer at least one, or leave it.")
    _, is_new = PulseSheet.objects.get_or_create(ident=ident, defaults={"review": review, **given})
    if is_new:
        record_of_nobody("answer_pulse", review.subject, ident=ident, today=today)
