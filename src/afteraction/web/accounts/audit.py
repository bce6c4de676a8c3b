"""Writing down who did what.

Knows the one way into the trail. Refuses to write outside a transaction: what was not done is not in the trail, and
what is not in the trail was not done.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from afteraction.web.accounts.models import AuditEntry, User
from afteraction.web.jobs.reference import current_reference

# What the trail calls whoever does something as nobody.
ANONYMOUS = "anonymous contributor"


def record(actor: User | None, verb: str, subject: str, *, via: str = "page", **detail: Any) -> AuditEntry:
    """Adds one entry about `subject` ("incident:12"); `actor` None is the system itself."""
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb} {subject} is recorded outside the transaction that does it.")
    return AuditEntry.objects.create(
        actor=actor, verb=verb, subject=subject, via=via, detail=detail, request_id=current_reference()
    )


def record_once_a_day(actor: User, verb: str, subject: str, *, via: str = "page", **detail: Any) -> bool:
    """Adds one entry per person, verb, subject and UTC day; True when this one is new."""
    day = timezone.now().date()
    if AuditEntry.objects.filter(actor=actor, verb=verb, subject=subject, day=day).exists():
        return False
    try:
        with transaction.atomic():
            AuditEntry.objects.create(
                actor=actor, verb=verb, subject=subject, via=via, detail=detail, day=day, request_id=current_reference()
            )
    except IntegrityError:
        return False  # The same person's other tab was faster.
    return True


def record_of_nobody(verb: str, subject: str, *, ident: UUID, today: date) -> AuditEntry:
    """Adds an entry about `subject` of which nobody can say whose it is: without actor, reference and time of day, and
    with a number made of the random `ident`, so that its place in the trail tells nothing of what was done before and
    after it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb} {subject} is recorded outside the transaction that does it.")
    # Below zero no entry has a number of its own.
    number = -1 - (uuid5(ident, verb).int % 2**53)
    entry = AuditEntry.objects.create(pk=number, actor=None, verb=verb, subject=subject, detail={"by": ANONYMOUS})
    entry.at = datetime(today.year, today.month, today.day, tzinfo=UTC)
    entry.save(update_fields=["at"])
    return entry
