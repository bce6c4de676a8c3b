"""The three things that a review begins with (SPEC R016): the right people, an objective, and writing it down fast.

Knows how each of the three stands by itself. Refuses to sum them up: a draft in time does not make up for a missing
objective.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afteraction.engine.meeting.phrases import FOUR_QUESTIONS
from afteraction.engine.meeting.readiness import says_something
from afteraction.engine.review.findings import ReviewFinding
from afteraction.engine.review.timers import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One of the three: whether it is done, how it stands in words, and what to write where it is not."""

    code: str
    title: str
    is_done: bool
    words: str
    suggestion: str = ""


def checklist(
    *, seats: Sequence[ReviewFinding], invitations: Sequence[ReviewFinding], objective: str, draft: Mark
) -> tuple[Checked, ...]:
    """People, objective, draft, in this order. `seats` and `invitations` are what `check_seats` and `invite` still ask
    for and nobody set aside; `draft` is the mark of the draft."""
    return (_people([*seats, *invitations]), _objective(objective), _draft(draft))


def _people(left: Sequence[ReviewFinding]) -> Checked:
    count = len({each.id for each in left})
    noun = "point" if count == 1 else "points"
    words = f"{count} {noun} open, first: {left[0].sentence}" if left else "Seats and invitations are settled"
    return Checked(code="people", title="Gather the right people", is_done=not left, words=words)


def _objective(objective: str) -> Checked:
    title = "Set an objective"
    if says_something(objective):
        return Checked(code="objective", title=title, is_done=True, words=objective)
    suggestion = "\n".join(FOUR_QUESTIONS)
    return Checked(
        code="objective", title=title, is_done=False, words="What should this review answer?", suggestion=suggestion
    )


def _draft(draft: Mark) -> Checked:
    return Checked(
        code="draft", title="Write it down fast", is_done=draft.done_at is not None, words=f"Draft: {draft.words}"
    )
