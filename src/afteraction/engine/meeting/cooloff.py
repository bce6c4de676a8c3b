"""The pause before a plan is fixed (SPEC R080): what is decided within a day of resolution is provisional, and comes
back for one confirmation.

Knows when the pause ends and what waits for it. Refuses to turn a provisional decision into a commitment by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hold(StrEnum):
    """Where a decision stands. WAITS until the pause is over, RETURNS for confirmation after it, HOLDS when it was
    confirmed or taken after the pause, NOW when it was committed early for a reason."""

    WAITS = "waits"
    RETURNS = "returns"
    HOLDS = "holds"
    NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a review. `early_because` is the reason for committing before the pause is over."""

    id: str
    decided_at: datetime
    confirmed_at: datetime | None = None
    early_because: str = ""
    is_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A decision at one moment; `words` say it for people. `returns_at` is when it comes back, None while the incident
    goes on."""

    id: str
    hold: Hold
    returns_at: datetime | None
    words: str

    @property
    def is_provisional(self) -> bool:
        """Whether it may not count as a commitment yet."""
        return self.hold in (Hold.WAITS, Hold.RETURNS)


def commit_refusal(*, now: datetime, pause_ends: datetime | None, because: str, is_emergency: bool) -> str:
    """Why *commit now* is refused, "" where it is not. `pause_ends` is the start of the commit window (`timers`), None
    while there is none because the incident goes on."""
    over = pause_ends is not None and now >= pause_ends
    if over or because.strip() or is_emergency:
        return ""
    return (
        "The pause of a day is not over. Give a reason, tag it as an emergency, or let it come back for confirmation."
    )


def hold(decision: Decision, *, now: datetime, pause_ends: datetime | None) -> Held:
    """Where a decision stands at `now`. A confirmation counts only when it was given after the pause."""
    if decision.early_because.strip() or decision.is_emergency:
        reason = decision.early_because.strip() or "emergency"
        return Held(id=decision.id, hold=Hold.NOW, returns_at=None, words=f"Committed at once: {reason}")
    if pause_ends is None:
        words = "Provisional; comes back a day after the incident is resolved"
        return Held(id=decision.id, hold=Hold.WAITS, returns_at=None, words=words)
    settled = decision.confirmed_at if decision.confirmed_at is not None else decision.decided_at
    if settled >= pause_ends:
        return Held(id=decision.id, hold=Hold.HOLDS, returns_at=None, words="Committed after the pause")
    if now >= pause_ends:
        words = "Provisional; decided within the pause, confirm it or let it go"
        return Held(id=decision.id, hold=Hold.RETURNS, returns_at=pause_ends, words=words)
    return Held(id=decision.id, hold=Hold.WAITS, returns_at=pause_ends, words=f"Parked idea, {_comes(pause_ends, now)}")


def to_confirm(decisions: Iterable[Decision], *, now: datetime, pause_ends: datetime | None) -> tuple[str, ...]:
    """Ids of all that came back and wait for one confirmation, in the order in which they were decided."""
    ordered = sorted(decisions, key=lambda each: (each.decided_at, each.id))
    return tuple(each.id for each in ordered if hold(each, now=now, pause_ends=pause_ends).hold is Hold.RETURNS)


def _comes(when: datetime, now: datetime) -> str:
    local = when.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {local:%a} {local.day} {local:%b}")
    return f"comes back {day} {local:%H:%M} for decision"
