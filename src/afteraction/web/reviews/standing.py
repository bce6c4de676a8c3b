"""Where a review stands: everything that is open in it by all rules, and whether it may take its next step.

Knows which rule asks for which fact and where that fact is. Refuses to judge by itself, and to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from afteraction.engine.causes.coverage import Coverage
from afteraction.engine.causes.graph import TopEvent
from afteraction.engine.gates.chances import Chances
from afteraction.engine.language.actions.changes import Verdict
from afteraction.engine.prevention.cooloff import CoolOff
from afteraction.engine.review.accusations import accusations
from afteraction.engine.review.findings import ReviewFinding, Severity, is_set_aside, open_findings
from afteraction.engine.review.residue import residue_findings
from afteraction.engine.review.states import ORDER, Move, ReviewState, StateFacts, may_move, next_state
from afteraction.engine.review.timers import Timers
from afteraction.web.incidents.actions.visibility import perspectives
from afteraction.web.incidents.milestones import MilestoneRow, milestone_rows
from afteraction.web.reviews.access import seat_word
from afteraction.web.reviews.blaming import known_names
from afteraction.web.reviews.causes.picture import Picture
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.models import ReviewStep
from afteraction.web.reviews.triggering.due import timers_of
from afteraction.web.reviews.workspace import Workspace


@dataclass(frozen=True)
class Standing:
    """One review at `now` (aware), with what all rules say of it."""

    work: Workspace
    now: datetime

    @property
    def state(self) -> ReviewState:
        """The state that it has reached."""
        return ReviewState(self.work.review.step)

    @cached_property
    def steps(self) -> list[ReviewStep]:
        """The steps that it took, oldest first."""
        return list(ReviewStep.objects.filter(review=self.work.review).select_related("by"))

    def seat_word(self, step: ReviewStep) -> str:
        """Who took a step, as their seat; each person is looked up once."""
        if step.by_id not in self._seats:
            self._seats[step.by_id] = seat_word(step.by, self.work.review)
        return self._seats[step.by_id]

    @cached_property
    def _seats(self) -> dict[int | None, str]:
        return {}

    @cached_property
    def milestones(self) -> list[MilestoneRow]:
        """The milestones of the facts; none without evidence."""
        return milestone_rows(self.work.head) if self.work.head else []

    @cached_property
    def sheet(self) -> Sheet:
        """Gates, plan and dates, with what the rules say of them."""
        return Sheet(self.work, self.now)

    @property
    def picture(self) -> Picture:
        """The graph with what the rules say of it."""
        return self.sheet.picture

    @property
    def judged(self) -> Mapping[str, Verdict]:
        """What each change really is, by its id."""
        return self.sheet.judged

    @property
    def chances(self) -> Chances:
        """What became of it at each gate."""
        return self.sheet.chances

    @cached_property
    def coverages(self) -> list[tuple[bool, Coverage]]:
        """How many ways the changes cut, for what happened and (True) for how long it lasted."""
        found = []
        for top in TopEvent:
            if outcomes := self.work.document.graph.outcomes(top):
                is_shown = self.picture.tree.top == outcomes[0].id
                picture = self.picture if is_shown else Picture(self.work, "fault-tree", top.value)
                found.append((top is TopEvent.LASTED, picture.coverage))
        return found

    @cached_property
    def timers(self) -> Timers:
        """When it is due."""
        return timers_of(self.work.review, self.now, self.work.analysis)

    @property
    def window(self) -> CoolOff | None:
        """When ideas of the first day come back."""
        return self.sheet.facts.window

    @cached_property
    def people(self) -> int:
        """How many people had a part in it."""
        wrote = self.work.review.changes.values_list("by", flat=True).distinct()
        moved = (each.by_id for each in self.steps)
        return len({each for each in (*wrote, *moved) if each} | perspectives(self.work.incident))

    @cached_property
    def facts(self) -> StateFacts:
        """What the conditions of the steps ask for beside the review."""
        incident = self.work.incident
        return StateFacts(
            state=self.state, kind=incident.kind, facts_confirmed=self.work.review.facts_id is not None,
            change_triggered=self.sheet.change_triggered,
            commit_from=self.window.opens if self.window else None, people=self.people,
        )  # fmt: skip

    @property
    def plan(self) -> tuple[ReviewFinding, ...]:
        """What the plan leaves open, set aside or not."""
        return self.sheet.plan_findings

    @cached_property
    def findings(self) -> tuple[ReviewFinding, ...]:
        """What every rule says, set aside or not: facts, graph, gates, plan, dates, what a template left behind."""
        sheet = self.sheet
        return (
            *_facts_findings(self.milestones), *self.picture.findings, *sheet.gate_findings, *sheet.plan_findings,
            *residue_findings(self.work.document),
        )  # fmt: skip

    @cached_property
    def next(self) -> Move | None:
        """The step that people may take next, with what is open: from confirmed facts that is *reviewed*."""
        wished = next_state(self.state)
        if wished is ReviewState.ANALYSIS:
            return self.towards(ReviewState.REVIEWED)
        return self.towards(wished) if wished else None

    @cached_property
    def accusations(self) -> tuple[ReviewFinding, ...]:
        """Sentences that blame somebody, to be decided before the whole organisation reads them."""
        return accusations(self.work.document, known_names(self.work.incident), check=self.work.checker)

    def towards(self, to: ReviewState, *, widely: bool | None = None) -> Move:
        """Whether it may become that. Analysis has no condition of its own and is entered on the way. `widely` says
        whether publishing opens it to the organisation; None is what the incident says of itself."""
        facts = self.facts
        if to is ReviewState.REVIEWED and facts.state is ReviewState.FACTS_CONFIRMED:
            facts = replace(facts, state=ReviewState.ANALYSIS)
        found = self.findings
        if to is ReviewState.PUBLISHED and (self.work.incident.opens_widely if widely is None else widely):
            found = (*found, *self.accusations)
        return may_move(self.work.document, facts, found, self.now, to)

    @cached_property
    def open(self) -> tuple[ReviewFinding, ...]:
        """What is open before it can be reviewed; afterwards what is open before the next step."""
        if ORDER.index(self.state) >= ORDER.index(ReviewState.REVIEWED):
            return self.next.open if self.next else open_findings(self.findings, self.work.document.dismissals)
        asked = replace(self.facts, state=ReviewState.ANALYSIS)
        found = may_move(self.work.document, asked, self.findings, self.now, ReviewState.REVIEWED).open
        if self.state is ReviewState.OPENED:
            found = (*may_move(self.work.document, self.facts, (), self.now).open, *found)
        return found

    @cached_property
    def before_everyone(self) -> tuple[ReviewFinding, ...]:
        """What needs a decision before the whole organisation reads it, wherever the review stands. A draft goes on
        with it; next to publishing it is among `must`."""
        if self.next is not None and self.next.to is ReviewState.PUBLISHED and self.work.incident.opens_widely:
            return ()
        return open_findings(self.accusations, self.work.document.dismissals)

    @property
    def must(self) -> list[ReviewFinding]:
        """What stands before the next step."""
        return [each for each in self.open if each.severity is Severity.MUST]

    @property
    def may(self) -> list[ReviewFinding]:
        """What is worth a look."""
        return [each for each in self.open if each.severity is Severity.MAY]

    @cached_property
    def set_aside(self) -> list[ReviewFinding]:
        """What somebody dismissed or overrode."""
        found = (*self.findings, *self.accusations)
        return [each for each in found if is_set_aside(each, self.work.document.dismissals)]


def _facts_findings(milestones: list[MilestoneRow]) -> Iterator[ReviewFinding]:
    """Moments of the facts on which sources disagree."""
    for row in milestones:
        if row.state == "conflicting":
            times = " or ".join(f"{each:%H:%M}" for each in row.distinct_times[:3])
            yield ReviewFinding(
                code="FACTS", subject=row.name, severity=Severity.MUST,
                sentence=f"{row.title} at {times}: {len(row.distinct_times)} sources disagree.",
                question="Choose one, or publish both and say why.", next_step="Compare",
            )  # fmt: skip
