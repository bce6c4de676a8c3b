"""Gates and process changes of one review, computed once a request: the matrix, the plan, what is open and proposed.

Every page and the API take the findings of gates, plan and dates from here. Knows which engine answers what and from
which facts. Refuses to compute by itself, and to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from afteraction.engine.causes.coverage import Coverage
from afteraction.engine.causes.graph import TopEvent
from afteraction.engine.causes.ways import coverage_in_words, statements
from afteraction.engine.gates.chances import (
    Chances,
    GateGap,
    count_chances,
    gate_gaps,
    matrix_order,
    reads_as_performance,
)
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.gates.questions import gate_findings
from afteraction.engine.language.actions.changes import Verdict, classify
from afteraction.engine.language.actions.owners import Standing
from afteraction.engine.prevention.changes import Change, Grade
from afteraction.engine.prevention.cooloff import comes_back
from afteraction.engine.prevention.dates import PRESETS, Due, propose_due
from afteraction.engine.prevention.detection import detection_findings
from afteraction.engine.prevention.due_findings import due_findings
from afteraction.engine.prevention.plan import live_changes, plan_findings
from afteraction.engine.prevention.priority import Suggestion, suggest_priority
from afteraction.engine.prevention.proposals import RUNBOOK_GAP, Candidate, propose_changes
from afteraction.engine.prevention.response import response_findings, runbook_candidates
from afteraction.engine.prevention.wording import wording_findings
from afteraction.engine.review.document import Review as Document
from afteraction.engine.review.findings import ReviewFinding, is_set_aside, open_findings
from afteraction.engine.review.known_facts import users_were_first, was_set_off_by_change
from afteraction.engine.review.near_miss import template_for
from afteraction.web.incidents.models import IncidentMember
from afteraction.web.reviews.causes.picture import Picture
from afteraction.web.reviews.gates.carrying import Asked, asked_of, commitments_of, standing_of
from afteraction.web.reviews.gates.facts import Facts
from afteraction.web.reviews.workspace import Workspace

POLICY = PRESETS["seed"]


@dataclass(frozen=True)
class Sheet:
    """The gates and changes of one review at `now` (aware)."""

    work: Workspace
    now: datetime

    @cached_property
    def facts(self) -> Facts:
        """What is known of the incident."""
        has_impact = template_for(self.work.incident.kind).has_impact
        return Facts(self.work.head, self.work.incident.title, self.work.review.opened_at, self.now, has_impact)

    @property
    def document(self) -> Document:
        """The parts of the review."""
        return self.work.document

    @cached_property
    def members(self) -> Mapping[str, IncidentMember]:
        """Who has a seat of their own, by the number of their account as text."""
        rows = IncidentMember.objects.filter(incident=self.work.incident).select_related("person").order_by("pk")
        return {str(each.person_id): each for each in rows}

    @cached_property
    def rows(self) -> tuple[GateRow, ...]:
        """The gates in their order."""
        return matrix_order(self.document.gates)

    @cached_property
    def chances(self) -> Chances:
        """What became of each chance to catch it."""
        return count_chances(self.document.gates)

    @cached_property
    def gaps(self) -> tuple[GateGap, ...]:
        """Every gate that was able to catch it and did not."""
        return gate_gaps(self.document.gates, self.document.changes, self.document.frame.waivers)

    @cached_property
    def judged(self) -> Mapping[str, Verdict]:
        """Class, strength and the eight properties of each change, as its words and people say."""
        return {each.id: classify(each.text, known_properties(each)) for each in self.document.changes.values()}

    @cached_property
    def picture(self) -> Picture:
        """The graph with what the rules say of it."""
        return Picture(self.work, "fault-tree")

    @cached_property
    def coverage(self) -> Coverage | None:
        """Which ways of happening again the changes cut; None while no graph has a top event."""
        graph = self.document.graph
        if graph.outcomes(TopEvent.HAPPENED):
            return self.picture.coverage
        return Picture(self.work, "fault-tree", "happened").coverage if graph.outcomes() else None

    @property
    def coverage_sentence(self) -> str:
        """The same in words, "" without a graph."""
        return coverage_in_words(self.coverage, statements(self.document.graph)) if self.coverage else ""

    def share_cut(self, change: str) -> float | None:
        """The share (0 to 1) of all ways that a change cuts; None where no way is known."""
        found = self.coverage
        return found.cut_by.get(change, 0) / found.ways if found and found.ways else None

    @cached_property
    def priorities(self) -> Mapping[str, Suggestion]:
        """Impact, urgency and the priority that follows, by change."""
        severity = self.work.incident.severity
        return {
            each.id: suggest_priority(each, severity=severity, coverage=self.share_cut(each.id))
            for each in self.document.changes.values()
        }

    @property
    def grades(self) -> Mapping[str, Grade]:
        """The priority of each change."""
        return {name: each.priority for name, each in self.priorities.items()}

    @cached_property
    def live(self) -> tuple[Change, ...]:
        """The changes that are not cancelled."""
        return live_changes(self.document.changes)

    @cached_property
    def coming_back(self) -> frozenset[str]:
        """Changes of the first day that ask for one more look."""
        return frozenset(each.id for each in comes_back(self.document.changes.values(), self.facts.window, self.now))

    def due_for(self, change: Change) -> Due:
        """What the policy proposes, counted from the resolution; from today where that would be past."""
        severity = self.work.incident.severity
        found = propose_due(self.facts.created, change.size, severity, POLICY)
        if found.day is not None and found.day < self.facts.today:
            return propose_due(self.facts.today, change.size, severity, POLICY)
        return found

    @cached_property
    def candidates(self) -> Mapping[str, tuple[Candidate, ...]]:
        """What usually closes each gap that no change answers yet, by gate; a runbook that misled is one as well."""
        services = self.work.incident.services or self.work.head.get("incident", {}).get("services") or [""]
        found = propose_changes(
            self.gaps, self.document.gates, scope=str(services[0]), signals=self.document.signals.values()
        )
        by_gap: dict[str, list[Candidate]] = {}
        for each in found:
            by_gap.setdefault(each.gap, []).append(each)
        runbook = runbook_candidates(self.document.frame, self.document.changes, scope=str(services[0]))
        if runbook:
            by_gap[RUNBOOK_GAP] = list(runbook)
        return {gap: tuple(several) for gap, several in by_gap.items()}

    @property
    def change_triggered(self) -> bool | None:
        """Whether a change set it off; None while nobody knows."""
        return was_set_off_by_change(self.document.graph, self.work.head)

    @property
    def degraded_under_load(self) -> bool:
        """Whether the evidence, or what people say happened, names slowness, saturation or load."""
        told = (each.statement for each in self.document.graph.outcomes())
        return self.facts.degraded_under_load or reads_as_performance(*told)

    @cached_property
    def gate_findings(self) -> tuple[ReviewFinding, ...]:
        """What the matrix leaves open."""
        return gate_findings(
            self.document.gates, self.document.changes,
            change_triggered=bool(self.change_triggered), performance=self.degraded_under_load,
            staging_differs=self.document.frame.staging_differs, waivers=self.document.frame.waivers,
        )  # fmt: skip

    @cached_property
    def plan_findings(self) -> tuple[ReviewFinding, ...]:
        """What the plan leaves open as a whole, odd dates, and what the response asks for."""
        plan = plan_findings(
            self.document, judged=self.judged, priorities=self.grades, has_impact=self.facts.has_impact
        )
        dates = due_findings(
            self.document.changes, created=self.facts.created, severity=self.work.incident.severity, policy=POLICY,
            window=self.facts.window,
        )  # fmt: skip
        first = users_were_first(self.work.head) if template_for(self.work.incident.kind).has_gates else None
        told = detection_findings(first, self.document.signals, self.document.changes)
        worded = wording_findings(self.document.changes, standings=self.standings, check=self.work.checker.action)
        return (*plan, *dates, *response_findings(self.document.frame, self.document.changes), *told, *worded)

    @cached_property
    def asked(self) -> Mapping[str, Asked]:
        """Who was asked to take each change, and who gave it back."""
        return asked_of(self.work.review)

    @cached_property
    def commitments(self) -> Mapping[str, int]:
        """How many commitments each member and each owner holds."""
        return commitments_of([*self.members, *(each.owner for each in self.live)])

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """What is known of the owner of each change."""
        return {each.id: standing_of(each, self.asked, self.commitments) for each in self.live}

    @cached_property
    def open_gates(self) -> tuple[ReviewFinding, ...]:
        """What of the matrix nobody set aside."""
        return open_findings(self.gate_findings, self.document.dismissals)

    @cached_property
    def open_plan(self) -> tuple[ReviewFinding, ...]:
        """What of the plan nobody set aside."""
        return open_findings(self.plan_findings, self.document.dismissals)

    @property
    def set_aside(self) -> list[ReviewFinding]:
        """What somebody dismissed or overrode."""
        found = (*self.gate_findings, *self.plan_findings)
        return [each for each in found if is_set_aside(each, self.document.dismissals)]


def known_properties(change: Change) -> dict[str, bool | None]:
    """The properties that people set, without names that are none."""
    return {name: value for name, value in change.properties.items() if name in PROPERTIES}


PROPERTIES = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8")
