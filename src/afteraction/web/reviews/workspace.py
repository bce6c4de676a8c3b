"""One review with everything its pages show: the parts as a value, the facts beside them, what is open.

Knows where each comes from. Refuses to compute: the engine does; refuses to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from afteraction.engine.review.document import Question
from afteraction.engine.review.document import Review as Document
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import LEAD, WORK, may
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.language.current import Checker
from afteraction.web.reviews.in_roles import document_in_roles, in_roles
from afteraction.web.reviews.models import Review, ReviewPart
from afteraction.web.reviews.queries import document_from, revs_of, rows_of
from afteraction.web.reviews.reading_by import checker_for

Json = dict[str, Any]
TITLES: Mapping[Question, tuple[str, str]] = {
    Question.IMPACT: ("Impact and detection", "What did users feel, and how did we find out?"),
    Question.CAUSES: ("Trigger and causal chain", "What set it off, and how did it reach users?"),
    Question.GATES: ("Gates it passed", "Which gates did it pass, and why?"),
    Question.CHANGES: ("Process change per gap", "What change closes each gap for good?"),
    Question.SIGNALS: ("Missing instrumentation", "Which signal was missing?"),
}


@dataclass(frozen=True)
class Workspace:
    """A review as its pages need it, read once a request. `roles` puts roles in place of names in everything that
    people wrote: for files, which go where nobody signs in."""

    review: Review
    reader: User
    roles: bool = False

    @property
    def incident(self) -> Incident:
        """Whose review it is."""
        return self.review.incident

    @cached_property
    def rows(self) -> list[ReviewPart]:
        """Every part that stands."""
        return rows_of(self.review)

    @cached_property
    def document(self) -> Document:
        """The parts as a value."""
        found = document_from(self.rows)
        return document_in_roles(found, in_roles(self.incident)) if self.roles else found

    @cached_property
    def checker(self) -> Checker:
        """What reads its texts, for every page and file."""
        return checker_for(self.document.graph)

    @cached_property
    def revs(self) -> Mapping[str, int]:
        """What a save of each part is based on."""
        return revs_of(self.rows)

    @cached_property
    def analysis(self) -> StoredAnalysis | None:
        """The newest analysis of the evidence, None without any."""
        return latest_analysis(self.incident)

    @property
    def head(self) -> Json:
        """What the analysis says first: metrics, milestones, windows; empty without evidence."""
        return self.analysis.head if self.analysis else {}

    @cached_property
    def may_work(self) -> bool:
        """Whether the reader is asked to write in it: while it is silent, since impact is open, nobody is."""
        return not self.review.silent and may(self.reader, WORK, self.incident)

    @cached_property
    def may_lead(self) -> bool:
        """Whether the reader moves it on."""
        return may(self.reader, LEAD, self.incident)

    def context(self, tab: str = "review") -> Json:
        """What every page of the review shows around its own part."""
        return {
            **page_context(self.incident, self.analysis, tab), "review": self.review, "work": self,
            "document": self.document, "revs": self.revs, "may_work": self.may_work, "may_lead": self.may_lead,
            "asks_anyway": self.review.silent and may(self.reader, WORK, self.incident),
        }  # fmt: skip
