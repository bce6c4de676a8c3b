"""What is open in a review, and what was set aside."""

from __future__ import annotations

from afteraction.engine.review.document import Dismissal
from afteraction.engine.review.findings import ReviewFinding, Severity, open_findings

MUST = ReviewFinding(code="W05", subject="N7", severity=Severity.MUST, sentence="“Pool is full” has no evidence.")
MAY = ReviewFinding(code="W03", subject="N2", severity=Severity.MAY, sentence="The path ends at an action.")


def test_what_blocks_comes_first() -> None:
    assert open_findings([MAY, MUST], {}) == (MUST, MAY)


def test_a_suggestion_goes_with_one_key_and_its_reason_may_be_empty() -> None:
    assert open_findings([MAY, MUST], {"W03:N2": Dismissal(id="W03:N2")}) == (MUST,)


def test_what_blocks_is_not_dismissed_only_overridden_with_a_reason() -> None:
    for weak in (
        Dismissal(id="W05:N7", reason="We know"),
        Dismissal(id="W05:N7", overridden=True),
        Dismissal(id="W05:N7", reason="  ", overridden=True),
    ):
        assert open_findings([MUST], {"W05:N7": weak}) == (MUST,)
    strong = Dismissal(id="W05:N7", reason="The logs are gone; two people saw it.", overridden=True)
    assert open_findings([MUST], {"W05:N7": strong}) == ()


def test_setting_one_aside_leaves_the_same_rule_elsewhere() -> None:
    other = ReviewFinding(code="W03", subject="N3", severity=Severity.MAY, sentence="Another path ends at an action.")
    assert open_findings([MAY, other], {"W03:N2": Dismissal(id="W03:N2")}) == (other,)
