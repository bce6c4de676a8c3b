"""The three things a review begins with, each by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from afteraction.engine.meeting.checklist import checklist
from afteraction.engine.meeting.phrases import FOUR_QUESTIONS
from afteraction.engine.review.findings import ReviewFinding, Severity
from afteraction.engine.review.policy import Timing
from afteraction.engine.review.timers import Done, Ending, Mark, timers

RESOLVED = datetime(2027, 3, 3, 16, 0, tzinfo=UTC)
FINDING = ReviewFinding(code="F5", severity=Severity.MUST, subject="owners", sentence="This review has no owner.")


def draft(*, hours: int, drafted: int | None) -> Mark:
    done = Done(drafted_at=None if drafted is None else RESOLVED + timedelta(hours=drafted))
    return timers(Timing(), Ending(resolved_at=RESOLVED), done, RESOLVED + timedelta(hours=hours)).draft


def test_each_of_the_three_stands_by_itself() -> None:
    found = checklist(seats=[FINDING], invitations=[], objective="Find the gap", draft=draft(hours=3, drafted=2))
    assert [(each.code, each.is_done) for each in found] == [("people", False), ("objective", True), ("draft", True)]
    assert found[0].words == "1 point open, first: This review has no owner."
    found = checklist(seats=[], invitations=[], objective=" ", draft=draft(hours=3, drafted=None))
    assert [each.is_done for each in found] == [True, False, False]


def test_a_missing_objective_is_asked_for_with_the_four_questions_filled_in() -> None:
    found = checklist(seats=[], invitations=[], objective="\u200b", draft=draft(hours=1, drafted=None))[1]
    assert found.suggestion.splitlines() == list(FOUR_QUESTIONS)


def test_a_late_draft_is_done_and_says_that_it_was_late() -> None:
    found = checklist(seats=[], invitations=[], objective="x y", draft=draft(hours=72, drafted=60))[2]
    assert found.is_done
    assert "past the" in found.words
