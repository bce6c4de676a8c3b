"""What the questions on the response open: a runbook that misled asks for a change that a check can see (SPEC R072).

Knows the answers of the frame and the changes of the plan. Refuses to guess how good a runbook was: people say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afteraction.engine.prevention.changes import Change, ChangeKind
from afteraction.engine.prevention.checks import CHECKS
from afteraction.engine.prevention.plan import live_changes, shortened
from afteraction.engine.prevention.proposals import RUNBOOK_GAP, Candidate, runbook_candidate
from afteraction.engine.review.document import Frame
from afteraction.engine.review.findings import ReviewFinding, Severity

RUNBOOK_CHECK = "V10"
GAP_TITLE = "Runbook misled"
_NOT_ACCURATE = "no"


def misled(frame: Frame) -> bool:
    """Whether people said that the runbook was not accurate."""
    return frame.runbook_accurate == _NOT_ACCURATE


def runbook_changes(changes: Mapping[str, Change]) -> tuple[Change, ...]:
    """The changes that are not cancelled and work on a runbook, by id."""
    return tuple(
        each for each in live_changes(changes) if each.gap == RUNBOOK_GAP or each.kind is ChangeKind.RUNBOOK
    )  # fmt: skip


def runbook_candidates(frame: Frame, changes: Mapping[str, Change], *, scope: str = "") -> tuple[Candidate, ...]:
    """What closes the gap that a misleading runbook opens, while no change works on it. `scope` is a service."""
    if not misled(frame) or runbook_changes(changes):
        return ()
    return (runbook_candidate(RUNBOOK_CHECK, scope=scope),)


def response_findings(frame: Frame, changes: Mapping[str, Change]) -> Iterator[ReviewFinding]:
    """R072: a runbook that misled, until a change is done when the check of runbooks has seen it. The subject is the
    change that lacks the check, or the gap."""
    if not misled(frame):
        return
    mine = runbook_changes(changes)
    if any(line.check == RUNBOOK_CHECK for each in mine for line in each.done_when):
        return
    check = CHECKS[RUNBOOK_CHECK]
    named = f"{RUNBOOK_CHECK}, “{check.title}”"
    if mine:
        sentence = f"The runbook misled, and “{shortened(mine[0].text)}” is not done by the check {named}."
    else:
        sentence = f"The runbook misled, and no change with the check {named} corrects it."
    yield ReviewFinding(
        code="R072", subject=mine[0].id if mine else RUNBOOK_GAP, severity=Severity.MUST, sentence=sentence,
        question="Which section misled, and who reviews its correction?",
        next_step=f"Add {RUNBOOK_CHECK} to done when" if mine else f"Propose a runbook change with {RUNBOOK_CHECK}",
    )  # fmt: skip
