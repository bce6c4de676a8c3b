"""What is open in a review as a list to work through: each point with the place where it is settled.

Knows where each rule is answered. Refuses to judge: findings come from the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from afteraction.engine.prevention.proposals import RUNBOOK_GAP
from afteraction.engine.review.accusations import GATING
from afteraction.engine.review.document import Question
from afteraction.engine.review.findings import ReviewFinding
from afteraction.engine.review.near_miss import template_for
from afteraction.web.reviews.standing import Standing

# Rules that no reason overrides: the step has not come yet, or there is nothing to go on with.
FIXED = frozenset({"ST0", "ST2", "ST5", "ST7", "ST8", "ST9"})
_GATES = ("R141", "R146", "R161", "R169", "ST4")
_PLAN = (
    "R008",
    "R009",
    "R018",
    "R072",
    "R077",
    "R079",
    "R082",
    "R091",
    "R140",
    "R147",
    "R155",
    "D2",
    "D3",
    "ST5",
    "ST6",
    "ST7",
)


@dataclass(frozen=True)
class Issue:
    """One open point and where it is settled."""

    finding: ReviewFinding
    url: str

    @property
    def fixed(self) -> bool:
        """Whether it can only be met, not overridden."""
        return self.finding.is_firm or self.finding.code in FIXED


def issues_of(standing: Standing, findings: Iterable[ReviewFinding]) -> list[Issue]:
    """Each finding with its place."""
    return [Issue(each, _place(standing, each)) for each in findings]


def _place(standing: Standing, finding: ReviewFinding) -> str:
    key, graph = standing.work.incident.key, standing.work.document.graph
    if finding.code == "ST2":
        return reverse("incidents:confirm", args=[key])
    if finding.code == "FACTS":
        return reverse("incidents:timeline", args=[key])
    if finding.code in ("ST3", "ST9"):
        return "#degradation"
    if finding.code == "R097" and finding.subject not in set(Question):
        return f"#{finding.subject}" if finding.subject in ("summary", "public") else "#frame"
    if finding.code == "R072" and finding.subject == RUNBOOK_GAP:
        return _gates_page(key, f"gap-{RUNBOOK_GAP}")
    if finding.code in _GATES or finding.code in _PLAN:
        card = Question.GATES if finding.code in _GATES else Question.CHANGES
        return _gates_page(key, finding.subject) or f"#{card.value}"
    if finding.code in GATING:
        place = finding.subject.partition(":")[0]
        return f"#{place}" if place in (*Question, "summary", "public", "frame") else _written_at(key, place)
    if finding.subject in graph.nodes or finding.subject in graph.edges:
        return f"{reverse('reviews:graph', args=[key])}?node={quote(finding.subject)}"
    if finding.subject in set(Question):
        return f"#{finding.subject}"
    parts = [part.id for part in template_for(standing.work.incident.kind).parts]
    if finding.subject in parts:
        return f"#q{parts.index(finding.subject) + 1}"
    if finding.subject in standing.work.document.changes:
        return _gates_page(key, finding.subject) or f"#{Question.CHANGES.value}"
    return reverse("reviews:graph", args=[key])


def _written_at(key: str, ident: str) -> str:
    """Where a change or a remark is written."""
    return _gates_page(key, ident) if ident.startswith("C") else "#remarks"


def _gates_page(key: str, subject: str) -> str:
    try:
        return reverse("reviews:gates", args=[key]) + (f"#{quote(subject)}" if subject else "")
    except NoReverseMatch:
        return ""
