"""The pause before a plan is fixed (SPEC R080): ideas of the first day are provisional and come back once.

Knows the window and what a commit needs inside and after it. Refuses to move a change by itself: people confirm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.prevention.dates import is_auditable

PAUSE = timedelta(hours=24)
WINDOW = timedelta(hours=48)
_EARLY = (ChangeState.PROVISIONAL, ChangeState.PROPOSED)


@dataclass(frozen=True, slots=True)
class CoolOff:
    """When ideas come back for a decision, and by when it should have been made (UTC)."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a change cannot be committed now: a sentence, and what would make it possible."""

    sentence: str
    next_step: str


def cool_off(started: datetime | None, *, pause: timedelta = PAUSE, window: timedelta = WINDOW) -> CoolOff | None:
    """The window after `started` (UTC): t_resolved, or t_mitigated + 24 h while unresolved (§2.0). None before that."""
    return None if started is None else CoolOff(started + pause, started + window)


def is_cooling(window: CoolOff | None, now: datetime) -> bool:
    """Whether everything is still provisional: before the window opens, and as long as no clock runs."""
    return window is None or now < window.opens


def first_state(window: CoolOff | None, now: datetime) -> ChangeState:
    """The state of a change that is written down at `now`."""
    return ChangeState.PROVISIONAL if is_cooling(window, now) else ChangeState.PROPOSED


def why_not_commit(change: Change, window: CoolOff | None, now: datetime) -> Refusal | None:
    """What stands between a change and its commit; None when nothing does. Inside the pause a reason or the emergency
    mark is asked for, afterwards neither; owner, date and a definition of done that can be audited always (R155)."""
    if is_cooling(window, now) and not (change.commit_now_because.strip() or change.emergency):
        when = f" until {window.opens.astimezone(UTC):%d %b %H:%M} UTC" if window else ""
        return Refusal(
            f"This is provisional{when}: the first day's ideas come back once before they are fixed.",
            "Wait for it to come back, give a reason to commit now, or mark it as an emergency.",
        )
    missing = commit_gaps(change)
    if missing:
        return Refusal(f"A commit needs {_listed(missing)}.", f"Add {_listed(missing)}.")
    return None


def commit_gaps(change: Change) -> tuple[str, ...]:
    """Which of the four of R155 are missing: owner, date, definition of done, and a check or a named auditor for it."""
    asked = (
        ("an owner", bool(change.owner.strip())),
        ("a date", change.due is not None),
        ("a definition of done", any(line.text.strip() for line in change.done_when)),
        ("a check or a named auditor", any(is_auditable(line) for line in change.done_when)),
    )
    missing = tuple(name for name, there in asked if not there)
    # Without a definition of done there is nothing to check yet; one thing is asked at a time.
    return missing[:-1] if "a definition of done" in missing else missing


def commit(change: Change, window: CoolOff | None, now: datetime) -> Change | Refusal:
    """The change as committed, or why not. After the pause it counts as confirmed at `now`."""
    refused = why_not_commit(change, window, now)
    if refused is not None:
        return refused
    confirmed = "" if is_cooling(window, now) else _stamp(now)
    return replace(change, state=ChangeState.COMMITTED, confirmed_at=confirmed)


def comes_back(changes: Iterable[Change], window: CoolOff | None, now: datetime) -> tuple[Change, ...]:
    """The changes that ask for one click now: provisional ones, and commits made inside the pause, once it is over and
    as long as nobody confirmed or cancelled them. One from inside the pause does not count. They stay as they
    are until somebody does."""
    if window is None or is_cooling(window, now):
        return ()
    waiting = [
        each for each in changes
        if not _is_confirmed(each, window)
        and (each.state is ChangeState.PROVISIONAL
             or (each.state is ChangeState.COMMITTED and bool(each.commit_now_because or each.emergency)))
    ]  # fmt: skip
    return tuple(sorted(waiting, key=lambda each: (len(each.id), each.id)))


def confirm(change: Change, window: CoolOff | None, now: datetime) -> Change | Refusal:
    """A change taken once more after the pause: provisional ones become proposed, commits stay commits."""
    if is_cooling(window, now):
        return Refusal("The cool-off is not over.", "Confirm it when it comes back, 24 h after resolution.")
    state = ChangeState.PROPOSED if change.state is ChangeState.PROVISIONAL else change.state
    return replace(change, state=state, confirmed_at=_stamp(now))


def waiting_line(change: Change, window: CoolOff | None, now: datetime) -> str:
    """`Parked idea: comes back 13 May 15:30 UTC for decision`; "" for what is not provisional."""
    if change.state not in _EARLY or (not is_cooling(window, now) and change.state is not ChangeState.PROVISIONAL):
        return ""
    if window is None:
        return "Parked idea: comes back 24 h after resolution for decision"
    if now < window.opens:
        return f"Parked idea: comes back {window.opens.astimezone(UTC):%-d %b %H:%M} UTC for decision"
    return "Back for decision: confirm it, change it or drop it"


def _is_confirmed(change: Change, window: CoolOff) -> bool:
    return bool(change.confirmed_at) and datetime.fromisoformat(change.confirmed_at) >= window.opens


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
