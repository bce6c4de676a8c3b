"""A runbook that misled opens a gap until a change is done by the check of runbooks (SPEC R072)."""

from __future__ import annotations

import pytest

from afteraction.engine.prevention.changes import Change, ChangeKind, ChangeState, DoneWhen
from afteraction.engine.prevention.response import response_findings, runbook_candidates
from afteraction.engine.review.document import Frame
from afteraction.engine.review.findings import Severity

MISLED = Frame(runbook="yes", runbook_accurate="no")
V10 = (DoneWhen(text="The section changed", check="V10"),)


def corrected(done_when: tuple[DoneWhen, ...] = V10, state: ChangeState = ChangeState.PROPOSED) -> dict[str, Change]:
    return {"C1": Change(id="C1", text="The fail-over section is corrected.", kind=ChangeKind.RUNBOOK,
                         done_when=done_when, state=state)}  # fmt: skip


def test_it_is_open_until_a_change_with_the_check_is_planned() -> None:
    (found,) = response_findings(MISLED, {})
    assert (found.id, found.severity) == ("R072:response-runbook", Severity.MUST)
    assert "V10" in found.sentence and "V10" in found.next_step
    assert not list(response_findings(MISLED, corrected()))


def test_a_runbook_change_without_the_check_is_asked_for_it_and_a_cancelled_one_does_not_count() -> None:
    (found,) = response_findings(MISLED, corrected(()))
    assert found.subject == "C1" and "fail-over section" in found.sentence and "V10" in found.next_step
    (again,) = response_findings(MISLED, corrected(state=ChangeState.CANCELLED))
    assert again.subject == "response-runbook"


@pytest.mark.parametrize("said", ["", "yes", "unknown"])
def test_nothing_is_asked_where_nobody_said_that_it_misled(said: str) -> None:
    frame = Frame(runbook_accurate=said)
    assert not list(response_findings(frame, {})) and not runbook_candidates(frame, {})


def test_the_proposal_is_a_runbook_change_done_by_the_check_and_goes_once_one_is_taken() -> None:
    (candidate,) = runbook_candidates(MISLED, {}, scope="orders")
    taken = candidate.taken("C1")
    assert taken.kind is ChangeKind.RUNBOOK and [line.check for line in taken.done_when] == ["V10"]
    assert "orders" in taken.text
    assert not list(response_findings(MISLED, {"C1": taken})) and not runbook_candidates(MISLED, {"C1": taken})
    assert runbook_candidates(MISLED, {})[0].question
