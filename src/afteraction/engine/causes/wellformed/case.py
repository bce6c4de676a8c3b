"""What a check looks at: one graph and the facts around it, with what several rules ask of them found once.

Knows facts as they were given. Refuses to fetch or assume any: what is None was not told, and the rule that needs it
keeps silent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from afteraction.engine.causes.coverage import hits_of
from afteraction.engine.causes.graph import CauseGraph, Edge, Level, Node, Stance, Status, Support, natural
from afteraction.engine.causes.levels import LeveledNode, levels
from afteraction.engine.causes.paths import Paths
from afteraction.engine.causes.wording import quoted
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.language.findings import LanguageFinding
from afteraction.engine.prevention.changes import Change, ChangeState, Power
from afteraction.engine.review.document import Frame
from afteraction.engine.review.findings import ReviewFinding, Severity

Check = Callable[[str], Iterable[LanguageFinding]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """See `check_graph` for what each fact is."""

    graph: CauseGraph
    check: Check
    impact: tuple[datetime, datetime | None] | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    gates: Mapping[str, GateRow] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    change_triggered: bool = False
    restore_s: float | None = None
    long_after_s: float = 3600
    spread: bool = False
    uncovered: Sequence[Collection[str]] | None = None
    powers: Mapping[str, Power] = field(default_factory=dict)
    evidence_ids: Collection[str] | None = None

    @cached_property
    def paths(self) -> Paths:
        """Ways through the graph."""
        return Paths(self.graph)

    @cached_property
    def levels(self) -> Mapping[str, LeveledNode]:
        """The level of each node that has one."""
        return levels(self.graph, self.impact[0] if self.impact else None, self.gates)

    @cached_property
    def systemic(self) -> tuple[Node, ...]:
        """Systemic contributors from which a way leads to a top event, in the order of their ids."""
        return tuple(
            node
            for node in self.paths.contributors
            if node.id in self.paths.connected and self.levels[node.id].level is Level.SYSTEMIC
        )

    @cached_property
    def plan(self) -> tuple[Change, ...]:
        """The changes that were not cancelled, in the order of their ids."""
        live = [each for each in self.changes.values() if each.state is not ChangeState.CANCELLED]
        return tuple(sorted(live, key=lambda each: natural(each.id)))

    @cached_property
    def hits(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes that each change works on, by its id."""
        return hits_of(self.changes, self.graph, self.gates)

    def nodes(self) -> tuple[Node, ...]:
        """All nodes, in the order of their ids."""
        return tuple(sorted(self.graph.nodes.values(), key=lambda node: natural(node.id)))

    def edges(self) -> tuple[Edge, ...]:
        """All edges of which both ends are there, in the order of their ids."""
        found = [edge for edges in self.graph.into.values() for edge in edges]
        return tuple(sorted(found, key=lambda edge: natural(edge.id)))

    def backing(self, claim: Node | Edge) -> tuple[Support, ...]:
        """Evidence for a claim that names something: a place, an event, an excerpt, or what was said."""
        return tuple(
            each
            for each in self.graph.supports_of.get(claim.id, ())
            if each.stance is Stance.SUPPORTS and self.is_there(each)
        )

    def is_there(self, support: Support) -> bool:
        """Whether a piece of evidence names something that can be looked at."""
        if support.evidence_id and self.evidence_ids is not None and support.evidence_id not in self.evidence_ids:
            return False
        said = (
            support.evidence_id,
            support.event_id,
            support.label,
            support.locator,
            support.note,
            support.excerpt,
        )
        return any(each.strip() for each in said)

    def acts_on(self, node: Node) -> tuple[Change, ...]:
        """Changes of the plan that are aimed at a node or at the gate it stands for."""
        return tuple(each for each in self.plan if node.id in self.hits[each.id])

    def name(self, claim: Node | Edge) -> str:
        """A claim as sentences name it: “A”, or the step from “A” to “B”."""
        if isinstance(claim, Node):
            return quoted(claim)
        ends = (self.graph.nodes[claim.source], self.graph.nodes[claim.target])
        return f"the step from {quoted(ends[0])} to {quoted(ends[1])}"


def must(code: str, subject: str, sentence: str, question: str, next_step: str) -> ReviewFinding:
    """An open point that stands before *reviewed*."""
    return _finding(code, Severity.MUST, subject, sentence, question, next_step)


def may(code: str, subject: str, sentence: str, question: str, next_step: str) -> ReviewFinding:
    """A suggestion."""
    return _finding(code, Severity.MAY, subject, sentence, question, next_step)


def is_confirmed(claim: Node | Edge) -> bool:
    """Whether its authors call it supported."""
    return claim.status is Status.CONFIRMED


def _finding(
    code: str, severity: Severity, subject: str, sentence: str, question: str, next_step: str
) -> ReviewFinding:
    whole = f"{sentence[0].upper()}{sentence[1:]}"
    return ReviewFinding(
        code=code, severity=severity, subject=subject, sentence=whole, question=question, next_step=next_step
    )
