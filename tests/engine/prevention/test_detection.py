"""Users first: the fifth question has to produce a signal or an observability change (SPEC R069)."""

from __future__ import annotations

import pytest

from afteraction.engine.prevention.changes import Change, ChangeKind, ChangeState
from afteraction.engine.prevention.detection import detection_findings
from afteraction.engine.review.document import Signal
from afteraction.engine.review.findings import Severity
from afteraction.engine.review.known_facts import users_were_first


def planned(kind: ChangeKind, state: ChangeState = ChangeState.PROPOSED) -> dict[str, Change]:
    return {"C1": Change(id="C1", text="It pages on failed checkouts.", kind=kind, state=state)}


def test_it_is_open_until_a_signal_or_an_observability_change_stands() -> None:
    (found,) = detection_findings(True, {}, {})
    assert (found.id, found.severity) == ("R069:q5", Severity.MUST)
    assert not list(detection_findings(True, {"S1": Signal(id="S1", title="Failed checkouts")}, {}))
    for kind in (ChangeKind.ALERT, ChangeKind.DASHBOARD, ChangeKind.SYNTHETIC):
        assert not list(detection_findings(True, {}, planned(kind)))


def test_another_change_or_one_that_was_cancelled_does_not_settle_it() -> None:
    assert list(detection_findings(True, {}, planned(ChangeKind.CODE)))
    assert list(detection_findings(True, {}, planned(ChangeKind.ALERT, ChangeState.CANCELLED)))


@pytest.mark.parametrize("first", [False, None])
def test_nothing_is_asked_where_monitoring_was_first_or_nobody_knows(first: bool | None) -> None:
    assert not list(detection_findings(first, {}, {}))


@pytest.mark.parametrize(
    ("gap", "method", "first"),
    [("users first", None, True), ("users only", None, True), ("monitor first", False, False), (None, True, True),
     ("monitor first", True, True), (None, None, None)],
)  # fmt: skip
def test_an_alert_that_nobody_acted_on_leaves_users_first(gap: str | None, method: bool | None, first: bool) -> None:
    metrics = {"M13": {"detail": {"verdict": gap}}, "M14": {"detail": {"users_first": method}}}
    assert users_were_first({"metrics": metrics}) is first
    assert users_were_first({}) is None
