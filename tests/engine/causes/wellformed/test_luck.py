"""Luck that nobody followed up is hinted at, and stands before nothing (SPEC R063)."""

from __future__ import annotations

from typing import Any

import pytest

from afteraction.engine.causes.graph import CauseGraph, MitigatorKind, Relation
from afteraction.engine.causes.trees import logic_tree
from afteraction.engine.review.document import Dismissal
from afteraction.engine.review.findings import Severity, open_findings
from tests.engine.causes.wellformed.cast import REFUTED, TOP, codes, edge, findings, graph, node

POOL = node("N2", "All 200 connections were in use", "event")


def helped(**more: Any) -> CauseGraph:
    said = {"mitigator": MitigatorKind.LUCK, **more}
    lucky = node("N3", "The team happened to be at work", "mitigator", **said)
    return graph(TOP, POOL, lucky, edge("L1", "N2", "N1"), edge("L2", "N3", "N1", Relation.MITIGATED))


def test_luck_without_a_follow_up_is_asked_to_be_made_deliberate() -> None:
    (found,) = findings(helped(), "R063")
    assert (found.subject, found.severity) == ("N3", Severity.MAY)
    assert "The team happened to be at work" in found.sentence and found.question.startswith("Make this deliberate?")


@pytest.mark.parametrize(
    "said",
    [
        {"follow_up": "An on-call rota over the week-end"},
        {"follow_up": "accepted"},
        {"mitigator": MitigatorKind.DESIGNED},
        {"mitigator": MitigatorKind.PROCESS},
        {"mitigator": None},
        REFUTED,
    ],
)
def test_what_was_answered_built_practised_or_ruled_out_is_not_asked_about(said: dict[str, Any]) -> None:
    assert "R063" not in codes(helped(**said))


def test_it_is_dismissed_with_or_without_a_reason() -> None:
    found = findings(helped(), "R063")
    assert not open_findings(found, {"R063:N3": Dismissal(id="R063:N3")})
    assert "N3" not in str(logic_tree(helped(), "N1"))
