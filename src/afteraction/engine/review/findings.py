"""What is still open in a review, in one shape for every rule.

Knows what a finding is and which were set aside. Refuses to find anything: the rules of each room do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afteraction.engine.review.document import Dismissal


class Severity(StrEnum):
    """MUST stands before *reviewed* until it is met or, unless it is firm, overridden with a reason. MAY suggests."""

    MUST = "must"
    MAY = "may"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinding:
    """One open point. `code` is the rule (`W05`), `subject` the id of the part it is about ("" for the whole).
    `sentence` says what is so, `question` asks what would settle it, `next_step` is the verb of the way out, and
    `suggestion` words that would settle it as they stand. `is_firm`: it is met, and no reason sets it aside."""

    code: str
    severity: Severity
    sentence: str
    subject: str = ""
    question: str = ""
    next_step: str = ""
    suggestion: str = ""
    is_firm: bool = False

    @property
    def id(self) -> str:
        """The name under which it can be set aside; the same as long as rule and subject are."""
        return f"{self.code}:{self.subject}" if self.subject else self.code


def open_findings(findings: Iterable[ReviewFinding], dismissals: Mapping[str, Dismissal]) -> tuple[ReviewFinding, ...]:
    """Those that nobody set aside, MUST first, in the order of the rules. A MUST is only set aside by an override
    with a reason."""
    left = [each for each in findings if not is_set_aside(each, dismissals)]
    return tuple(sorted(left, key=lambda each: (each.severity is Severity.MAY, each.code, len(each.id), each.id)))


def is_set_aside(finding: ReviewFinding, dismissals: Mapping[str, Dismissal]) -> bool:
    """Whether somebody dismissed a suggestion, or overrode what blocks, with a reason."""
    found = dismissals.get(finding.id)
    if found is None or finding.is_firm:
        return False
    return finding.severity is Severity.MAY or (found.overridden and bool(found.reason.strip()))
