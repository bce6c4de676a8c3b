"""The lifecycle of an incident in one row of words (SPEC R167): detected to followed up.

Knows the words and their order. Refuses to grey out what has not happened: it reads "not yet".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from afteraction.engine.review.states import NOT_YET, ORDER, ReviewState, Step

_OF_REVIEW = (
    (ReviewState.REVIEWED, "Reviewed"), (ReviewState.COMMITTED, "Committed"), (ReviewState.VERIFIED, "Verified"),
    (ReviewState.FOLLOWED_UP, "Followed up"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LifeStage:
    """One word of the bar. `words` is `done`, `not yet`, `unknown` or `not applicable`; `at` when it came."""

    name: str
    title: str
    words: str
    at: datetime | None = None


def lifecycle(
    kind: str,
    detected_at: datetime | None,
    mitigated_at: datetime | None,
    resolved_at: datetime | None,
    state: ReviewState | None,
    steps: Iterable[Step] = (),
) -> tuple[LifeStage, ...]:
    """The seven stages. `state` is that of the review, None without one; `steps` are those taken, oldest first. What
    was never stated of an incident that was resolved is unknown, not undone."""
    moments = (("detected", "Detected", detected_at), ("mitigated", "Mitigated", mitigated_at),
               ("resolved", "Resolved", resolved_at))  # fmt: skip
    over = resolved_at is not None or state is not None
    found = []
    for name, title, at in moments:
        words = "not applicable" if kind == "milestone" else "done" if at else "unknown" if over else "not yet"
        found.append(LifeStage(name, title, words, at if words == "done" else None))
    reached = ORDER.index(state) if state is not None else -1
    when = {step.to: step.at for step in steps}
    for stage, title in _OF_REVIEW:
        done = stage not in NOT_YET and ORDER.index(stage) <= reached
        found.append(LifeStage(stage.value, title, "done" if done else "not yet", when.get(stage) if done else None))
    return tuple(found)
