"""What is odd about the dates of a plan (SPEC §5.2 D2 and D3, R085, R086), each as a suggestion.

Knows the policy, days off and the cool-off. Refuses to change a date: people set it and may keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date

from afteraction.engine.prevention.changes import Change, Size
from afteraction.engine.prevention.cooloff import CoolOff
from afteraction.engine.prevention.dates import FIRST_PHASE_DAYS, Due, DuePolicy, day_off, propose_due
from afteraction.engine.prevention.plan import live_changes, shortened
from afteraction.engine.review.findings import ReviewFinding, Severity


def due_findings(
    changes: Mapping[str, Change],
    *,
    created: date,
    severity: str | int | None,
    policy: DuePolicy,
    free: Mapping[date, str] | None = None,
    window: CoolOff | None = None,
) -> tuple[ReviewFinding, ...]:
    """At most one finding a change and rule: D2 for a date that is past at `created`, on a day off, beyond the policy
    or without phases where it needs them, D3 for one before the cool-off is over. `free` names holidays."""
    found: list[ReviewFinding] = []
    for each in live_changes(changes):
        proposed = propose_due(created, each.size, severity, policy, free=free or {})
        found += list(_odd_date(each, created, proposed, free or {}))[:1] or list(_phases(each, created, proposed))[:1]
        if each.due is not None and window is not None and each.due < window.closes.astimezone(UTC).date():
            found.append(_about(each, "D3", "is due before the cool-off is over.", "Is that meant?", "Move the date"))
    return tuple(found)


def _odd_date(change: Change, created: date, proposed: Due, free: Mapping[date, str]) -> Iterator[ReviewFinding]:
    if change.due is None:
        return
    if change.due < created:
        yield _about(change, "D2", f"is due {change.due.isoformat()}, which is past.", "When, then?", "Move the date")
    off = day_off(change.due, free)
    if off:
        yield _about(change, "D2", f"is due on {off}.", "The working day before or after?", "Move the date")
    if proposed.day is not None and change.due > proposed.day and not change.phases:
        said = f"is due {change.due.isoformat()}, later than {proposed.day.isoformat()} ({proposed.because})."
        yield _about(change, "D2", said, proposed.prompt or "What is done by then as a first phase?", "Add a phase")


def _phases(change: Change, created: date, proposed: Due) -> Iterator[ReviewFinding]:
    """Long work whose phases are not told, or whose first one comes too late."""
    first = min((each.due for each in change.phases if each.due is not None), default=None)
    is_long = change.due is not None and (change.due - created).days > FIRST_PHASE_DAYS
    needs = change.size is Size.XL or (change.size is Size.L and is_long) or proposed.first_phase_by is not None
    if not needs:
        return
    if change.size is Size.XL or is_long:
        by = proposed.first_phase_by or proposed.day
        if first is None:
            yield _about(change, "D2", "has no phases with dates of their own.", proposed.prompt, "Add a phase")
        elif by is not None and first > by:
            said = f"has its first phase on {first.isoformat()}, later than {by.isoformat()}."
            yield _about(change, "D2", said, proposed.prompt, "Move the date")
    if any(each.due is not None and not each.done_when for each in change.phases):
        yield _about(change, "D2", "has a phase without a definition of done.", "What shows that it is done?", "Add it")


def _about(change: Change, code: str, said: str, question: str, next_step: str) -> ReviewFinding:
    return ReviewFinding(
        code=code, subject=change.id, severity=Severity.MAY, sentence=f"“{shortened(change.text)}” {said}",
        question=question, next_step=next_step,
    )  # fmt: skip
