"""Who was asked to take a change, who gave it back, and how much each person holds already (SPEC R083, §5.2 O2).

Knows the history of the changes and the commitments of every review. Refuses to remind anybody: it tells those who
lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from afteraction.engine.language.actions.owners import Standing
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.web.reviews.models import Review, ReviewChange, ReviewPart

# So many working days somebody has to answer before those who lead are told.
ANSWER_DAYS = 3
_HELD = (ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.CLAIMED)


@dataclass(frozen=True)
class Asked:
    """What the history of a change says of its owners: since when the present one is asked (None for nobody), and the
    accounts that gave it back, the newest last."""

    since: date | None = None
    gave_back: tuple[str, ...] = ()


def asked_of(review: Review) -> Mapping[str, Asked]:
    """Each change that ever had an owner."""
    found: dict[str, Asked] = {}
    rows = ReviewChange.objects.filter(review=review, sort="change").order_by("number", "pk")
    for ident, verb, before, after, at in rows.values_list("ident", "verb", "before", "after", "at"):
        was, now = str((before or {}).get("owner") or ""), str((after or {}).get("owner") or "")
        if was == now:
            continue
        held = found.get(ident, Asked())
        gave_back = (*held.gave_back, was) if verb == "decline" and was else held.gave_back
        found[ident] = Asked(at.astimezone(UTC).date() if now else None, gave_back)
    return found


def commitments_of(people: Iterable[str]) -> Counter[str]:
    """How many commitments each account holds in all reviews, as figures alone: which they are is for their readers."""
    wanted = {each for each in people if each}
    if not wanted:
        return Counter()
    rows = ReviewPart.objects.filter(
        sort="change", removed=False, body__state__in=[each.value for each in _HELD], body__owner__in=sorted(wanted)
    )
    return Counter(str(owner) for owner in rows.values_list("body__owner", flat=True))


def standing_of(change: Change, asked: Mapping[str, Asked], commitments: Mapping[str, int]) -> Standing:
    """What is known of the owner of a change, without counting that change itself."""
    own = int(change.state in _HELD)
    return Standing(
        declined=bool(change.owner)
        and change.owner in asked.get(change.id, Asked()).gave_back
        and not change.accepted_at,
        open_commitments=max(commitments.get(change.owner, 0) - own, 0) if change.owner else 0,
    )


def working_days(since: date, until: date) -> int:
    """Working days that went by after `since`, up to and with `until`."""
    return sum((since + timedelta(days=each)).weekday() < 5 for each in range(1, (until - since).days + 1))


def is_unanswered(change: Change, asked: Mapping[str, Asked], today: date) -> bool:
    """Whether the owner was asked more than `ANSWER_DAYS` working days ago and has not accepted."""
    since = asked.get(change.id, Asked()).since
    waits = bool(change.owner) and not change.accepted_at and change.state is not ChangeState.CANCELLED
    return waits and since is not None and working_days(since, today) >= ANSWER_DAYS


__all__ = ("ANSWER_DAYS", "Asked", "asked_of", "commitments_of", "is_unanswered", "standing_of", "working_days")
