"""What somebody took on: their commitments with state, and the seats they have (SPEC R022, R164).

Knows changes by owner, and seats. Refuses to look into causes, answers and words of anybody, and to order people by
anything but their names: a commitment is ordered by its date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.prevention.dates import HELD, is_auditable
from afteraction.pipeline.review.parts import read_part
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.reviews.audits import Rhythms, day_of, rhythms_now
from afteraction.web.reviews.models import ReviewPart

MOST_PEOPLE = 20
MOST = 200
# Who was named and did not say yes yet took nothing on.
_TAKEN = (ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.CLAIMED,
          ChangeState.VERIFIED, ChangeState.DRIFTED)  # fmt: skip
_WORDS = {
    ChangeState.PROVISIONAL: "Accepted, provisional", ChangeState.PROPOSED: "Accepted, not committed yet",
    ChangeState.COMMITTED: "Committed", ChangeState.ACCEPTED: "Accepted", ChangeState.IN_PROGRESS: "In progress",
    ChangeState.CLAIMED: "Claimed done, nothing was seen yet", ChangeState.VERIFIED: "Verified",
    ChangeState.DRIFTED: "Drifted: it held, and does no more", ChangeState.CANCELLED: "Cancelled",
}  # fmt: skip


@dataclass(frozen=True)
class Commitment:
    """One thing that somebody took on: what it is, of which incident, until when, and how far it is. `audit` is the day
    on which it is audited: None once it is over, and while nobody said when sprints begin."""

    incident: Incident
    ident: str
    text: str
    due: date | None
    audit: date | None
    state: str
    told: str
    is_over: bool


@dataclass(frozen=True)
class Held:
    """One seat of somebody."""

    incident: Incident
    seat: str


@dataclass(frozen=True)
class TakenOn:
    """What a reader may see of what one person took on."""

    person: User
    commitments: Sequence[Commitment]
    seats: Sequence[Held]


def people_named(text: str) -> list[User]:
    """Accounts whose name has the words, or whose address is one, by name; of people who left too. Nobody for fewer
    than two letters."""
    words = text.split()
    if len("".join(words)) < 2 or "\x00" in text:
        return []
    found = User.objects.all()
    for word in words[:5]:
        found = found.filter(name__icontains=word) | found.filter(email__iexact=word)
    return list(found.order_by("name", "pk")[:MOST_PEOPLE])


def taken_on(person: User, reader: User, today: date) -> TakenOn:
    """What a person took on in what the reader may see: open commitments first, the earliest date first."""
    seen = visible_to(reader)
    parts = (
        ReviewPart.objects.filter(sort="change", removed=False, body__owner=str(person.pk), review__incident__in=seen)
        .select_related("review__incident")
        .prefetch_related("review__incident__teams")
    )
    rhythms = rhythms_now()
    rows = [_told(part, today, rhythms) for part in parts.order_by("pk")[: MOST * 2] if _is_taken(part)]
    rows.sort(key=lambda each: (each.is_over, each.due or date.max, each.incident.key, each.ident))
    seats = IncidentMember.objects.filter(person=person, incident__in=seen).select_related("incident")
    held = [
        Held(row.incident, str(Seat(row.seat).label)) for row in seats.order_by("-incident__listed_at", "pk")[:MOST]
    ]
    return TakenOn(person, rows[:MOST], held)


def _change(part: ReviewPart) -> Change:
    change: Change = read_part("change", part.ident, part.body)
    return change


def _is_taken(part: ReviewPart) -> bool:
    change = _change(part)
    return bool(change.accepted_at) or change.state in _TAKEN


def _told(part: ReviewPart, today: date, rhythms: Rhythms) -> Commitment:
    change = _change(part)
    is_over = change.state in (ChangeState.VERIFIED, ChangeState.CANCELLED)
    told = _WORDS[change.state]
    if change.due is not None and change.due < today and not is_over and change.state is not ChangeState.CLAIMED:
        told += ", past its date"
    incident = part.review.incident
    is_audited = change.state in HELD and any(is_auditable(line) for line in change.done_when)
    audit = day_of(incident, change.due, today, rhythms) if is_audited else None
    return Commitment(incident, part.ident, change.text, change.due, audit, change.state.value, told, is_over)
