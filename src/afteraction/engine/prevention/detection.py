"""What it takes when users told first: a signal or a change that lets monitoring tell first next time (SPEC R069).

Knows the fifth question's signals and the changes of the plan. Refuses to judge who was first: the analysis says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afteraction.engine.prevention.changes import Change, ChangeKind
from afteraction.engine.prevention.plan import live_changes
from afteraction.engine.review.document import Question, Signal
from afteraction.engine.review.findings import ReviewFinding, Severity

WARNING = "Users told us first."
# What makes a system tell of itself.
OBSERVABILITY = frozenset({ChangeKind.ALERT, ChangeKind.DASHBOARD, ChangeKind.SYNTHETIC})


def detection_findings(
    users_first: bool | None, signals: Mapping[str, Signal], changes: Mapping[str, Change]
) -> Iterator[ReviewFinding]:
    """R069: users were first, until the fifth question has a signal or a change that is not cancelled is of
    OBSERVABILITY."""
    if not users_first or signals or any(each.kind in OBSERVABILITY for each in live_changes(changes)):
        return
    yield ReviewFinding(
        code="R069", subject=Question.SIGNALS.value, severity=Severity.MUST,
        sentence=f"{WARNING} No signal is proposed and no change makes monitoring tell first next time.",
        question="Which signal would have told us before users did?",
        next_step="Propose a signal, or an alert, dashboard or synthetic check as a change",
    )  # fmt: skip
