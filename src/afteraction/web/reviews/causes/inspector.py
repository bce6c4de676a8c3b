"""One node or one edge of the cause graph with everything that is known of it, for the column beside the drawing.

Knows what belongs together. Refuses to judge: levels, advice and findings come from the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from afteraction.core.instant import Instant
from afteraction.engine.causes.graph import (
    Edge,
    HumanAction,
    Node,
    NodeKind,
    Stance,
    Status,
    Strength,
    Support,
)
from afteraction.engine.causes.humans import SENSE_QUESTION, Advice, advice
from afteraction.engine.causes.levels import LeveledNode, gate_of, span_in_words
from afteraction.engine.causes.paths import BY_PEOPLE
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.pipeline.review.drawing.causal import RELATIONS
from afteraction.pipeline.review.drawing.scene import STATUS_WORDS, Kind
from afteraction.web.reviews.causes.picture import Picture

STRENGTHS: Mapping[Strength, str] = {
    Strength.REPRODUCED: "reproduced", Strength.OBSERVED: "observed", Strength.CORRELATED: "same time",
    Strength.STATED: "stated", Strength.GUESS: "a guess",
}  # fmt: skip
STATUS_LOOK = {Status.CONFIRMED: ("m-hold", "check"), Status.HYPOTHESIS: ("m-signal", "question"),
               Status.REFUTED: ("m-people", "x")}  # fmt: skip
CONFIDENCE = {"low": 1, "medium": 2, "high": 3}


@dataclass(frozen=True)
class Neighbour:
    """A cause or an effect of the node, with the link to it."""

    node: Node
    edge: Edge
    words: str
    labels: list[Support]


@dataclass(frozen=True)
class Inspected:
    """What is open beside the drawing: a node, or an edge with its two ends."""

    picture: Picture
    node: Node | None = None
    edge: Edge | None = None

    @property
    def claim(self) -> Node | Edge:
        """The node or the edge."""
        found = self.node or self.edge
        assert found is not None
        return found

    @property
    def kind(self) -> Kind | None:
        """How the kind of the node is shown."""
        return self.picture.scene.kind_of(self.node) if self.node else None

    @property
    def title(self) -> str:
        """The statement, or what the edge says."""
        if self.node is not None:
            return self.node.statement or self.node.id
        assert self.edge is not None
        nodes = self.picture.graph.nodes
        return f"{nodes[self.edge.source].statement} → {nodes[self.edge.target].statement}"

    @property
    def is_outcome(self) -> bool:
        """Whether it is a top event."""
        return self.node is not None and self.node.kind is NodeKind.OUTCOME

    @property
    def status_word(self) -> str:
        """Supported, hypothesis or ruled out."""
        return STATUS_WORDS[self.claim.status]

    @property
    def status_look(self) -> tuple[str, str]:
        """Colour and icon of the status."""
        return STATUS_LOOK[self.claim.status]

    @property
    def confidence_bars(self) -> list[bool]:
        """Three bars, as many on as its authors are sure."""
        return [at < CONFIDENCE[self.claim.confidence] for at in range(3)]

    @property
    def time_words(self) -> str:
        """When it held, and how long before impact it began."""
        if self.node is None or self.node.valid_from is None:
            return "" if self.is_outcome else "Nobody has said yet when it began."
        start = self.node.valid_from
        words = _full(start)
        if self.node.valid_to is not None:
            words += f" to {_full(self.node.valid_to)}"
        elif self.node.still_holds:
            words += ", and still so"
        impact = self.picture.impact
        if impact and not self.is_outcome:
            before = impact[0] - start.utc
            if before > timedelta(minutes=1):
                words += f", {span_in_words(before)} before impact"
        return words + "."

    @property
    def pro(self) -> list[tuple[Support, str]]:
        """Evidence for it, with how strongly it speaks."""
        return self._supports(Stance.SUPPORTS)

    @property
    def contra(self) -> list[tuple[Support, str]]:
        """Evidence against it."""
        return self._supports(Stance.CONTRADICTS)

    def _supports(self, stance: Stance) -> list[tuple[Support, str]]:
        found = self.picture.graph.supports_of.get(self.claim.id, ())
        return [(each, STRENGTHS[each.strength]) for each in found if each.stance is stance]

    @cached_property
    def leads_to(self) -> list[Neighbour]:
        """Its effects."""
        edges = self.picture.graph.out_of.get(self.node.id, ()) if self.node else ()
        return [self._neighbour(edge, edge.target) for edge in edges]

    @cached_property
    def rests_on(self) -> list[Neighbour]:
        """Its causes."""
        edges = self.picture.graph.into.get(self.node.id, ()) if self.node else ()
        return [self._neighbour(edge, edge.source) for edge in edges]

    def _neighbour(self, edge: Edge, other: str) -> Neighbour:
        words = [RELATIONS[edge.relation], edge.necessity.value]
        words += [] if edge.status is Status.CONFIRMED else [STATUS_WORDS[edge.status]]
        supports = list(self.picture.graph.supports_of.get(edge.id, ()))
        return Neighbour(self.picture.graph.nodes[other], edge, ", ".join(words), supports)

    @property
    def edge_words(self) -> str:
        """What an edge claims, in words."""
        assert self.edge is not None
        return f"{RELATIONS[self.edge.relation].capitalize()}, {self.edge.necessity.value}"

    @property
    def logic_words(self) -> str:
        """How the causes combine, as the fault tree reads it; "" where there are not several."""
        if self.node is None or len(self.rests_on) < 2:
            return ""
        logic = self.picture.graph.logic_of.get(self.node.id)
        return "all that are necessary (assumed)" if logic is None else f"{logic.type.name}, as written"

    @property
    def asks_for_account(self) -> bool:
        """Whether it is an action or a decision."""
        return self.node is not None and self.node.kind in BY_PEOPLE

    @property
    def account(self) -> HumanAction | None:
        """How it made sense at the time, if somebody wrote it down."""
        return self.picture.graph.humans.get(self.node.id) if self.node else None

    @property
    def advice(self) -> Advice | None:
        """What fits its type."""
        found = self.account
        return advice(found.type) if found and found.type else None

    @property
    def sense_question(self) -> str:
        """What is asked of whoever was there."""
        return SENSE_QUESTION

    @property
    def level(self) -> LeveledNode | None:
        """How deep it lies, and why."""
        return self.picture.levels.get(self.node.id) if self.node else None

    @property
    def gate(self) -> GateRow | None:
        """The row of the gate matrix that it stands for."""
        return gate_of(self.node, self.picture.work.document.gates) if self.node else None

    @property
    def changes(self) -> list[Change]:
        """Changes that work on it."""
        changes = self.picture.work.document.changes
        hit = [change for change, nodes in self.picture.hits.items() if self.claim.id in nodes]
        return [changes[each] for each in hit if changes[each].state is not ChangeState.CANCELLED]

    @property
    def findings(self) -> list[str]:
        """What is open about it."""
        return [each.sentence for each in self.picture.open if each.subject == self.claim.id]


def inspect(picture: Picture) -> Inspected | None:
    """What is selected; None where nothing is, or where it is not there any more."""
    node = picture.graph.nodes.get(picture.selected)
    if node is not None:
        return Inspected(picture, node=node)
    edge = picture.graph.edges.get(picture.selected)
    if edge is None or not {edge.source, edge.target} <= picture.graph.nodes.keys():
        return None
    return Inspected(picture, edge=edge)


def _full(instant: Instant) -> str:
    shown = {"s": "%-d %b %Y, %H:%M:%S UTC", "min": "%-d %b %Y, %H:%M UTC", "h": "%-d %b %Y, about %H:00 UTC",
             "day": "%-d %b %Y", "≈": "about %-d %b %Y, %H:%M UTC"}  # fmt: skip
    return instant.utc.strftime(shown[instant.precision.value])
