"""The day on which a commit is audited: the first day of the sprint after it is due (SPEC R155).

Knows days and how long a sprint is. Refuses to know what day it is: it is given one.
"""

from __future__ import annotations

from datetime import date, timedelta


def sprint_start(first: date, days: int, since: date) -> date:
    """The first day, on or after `since`, on which a sprint begins; sprints of `days` begin with `first`, and go on in
    both directions. Raises ValueError where a sprint has no day, OverflowError beyond the calendar."""
    if days < 1:
        raise ValueError("A sprint has one day or more.")
    return since + timedelta(days=(first - since).days % days)


def audit_day(due: date | None, first: date, days: int, today: date) -> date:
    """When a commit that is `due` is audited: at the beginning of the sprint that follows its date. One that is past
    that day, or has no date, is for the next sprint, which begins on `today` or later."""
    next_one = sprint_start(first, days, today)
    if due is None or due < today:
        return next_one
    return max(next_one, sprint_start(first, days, due + timedelta(days=1)))
