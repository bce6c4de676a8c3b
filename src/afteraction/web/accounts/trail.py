"""Reading the audit trail.

Knows that what was done to people and teams is for admins, and that what was done to anything else is for those whom
the app that owns it names. Refuses subjects that nobody answers for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from afteraction.web.accounts.models import AuditEntry, User

# For a kind of subject, as in "incident:12": the numbers of those whose trail somebody may read.
Readable = Callable[[User], Iterable[int]]
_readers: dict[str, Readable] = {}
_OURS = ("user:", "team:", "invitation:", "site:")


def answer_for(kind: str, readable: Readable) -> None:
    """Lets an app say who may read the trail of its subjects; called when the app is ready."""
    _readers[kind] = readable


def readable_by(admin: User) -> QuerySet[AuditEntry]:
    """Every entry that an admin may read, newest first: about people, and about what they have a seat in."""
    wanted = Q()
    for start in _OURS:
        wanted |= Q(subject__startswith=start)
    for kind, readable in _readers.items():
        wanted |= Q(subject__in=[f"{kind}:{number}" for number in readable(admin)])
    return AuditEntry.objects.filter(wanted).select_related("actor")


def entries_about(subject: str) -> QuerySet[AuditEntry]:
    """Every entry about one subject, newest first; the caller knows that its reader may see it."""
    return AuditEntry.objects.filter(subject=subject).select_related("actor")
