"""How causes lead to effects in the graph: what is live, what ends a path, what reaches a top event.

Knows the neighbours of a node through edges and through logic alike. Refuses to judge what it finds: `wellformed` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from afteraction.engine.causes.graph import CauseGraph, Edge, Logic, Node, NodeKind, Relation, Status, natural

CONTRIBUTING = frozenset(
    {NodeKind.EVENT, NodeKind.CONDITION, NodeKind.ACTION, NodeKind.DECISION, NodeKind.BARRIER, NodeKind.EXTERNAL}
)
BY_PEOPLE = frozenset({NodeKind.ACTION, NodeKind.DECISION})
# Somebody may also write the part that a node played into its roles, beside or instead of an edge.
TRIGGER_ROLE = "trigger"


@dataclass(frozen=True)
class Paths:
    """Ways through one graph. Refuted nodes and edges are no way."""

    graph: CauseGraph

    @cached_property
    def contributors(self) -> tuple[Node, ...]:
        """Nodes that may have had a part and are not ruled out, in the order of their ids."""
        found = [node for node in self.graph.nodes.values() if node.kind in CONTRIBUTING and is_live(node)]
        return tuple(sorted(found, key=lambda node: natural(node.id)))

    @cached_property
    def edges_into(self) -> Mapping[str, tuple[Edge, ...]]:
        """Live edges by the node they lead to, in the order of their ids."""
        return {
            target: live
            for target, edges in self.graph.into.items()
            if (live := tuple(edge for edge in edges if self._is_way(edge)))
        }

    @cached_property
    def edges_from(self) -> Mapping[str, tuple[Edge, ...]]:
        """Live edges by the node they come from, in the order of their ids."""
        return {
            source: live
            for source, edges in self.graph.out_of.items()
            if (live := tuple(edge for edge in edges if self._is_way(edge)))
        }

    @cached_property
    def causes(self) -> Mapping[str, frozenset[str]]:
        """The live causes of each node, from edges and logic; what only mitigated it is none."""
        found: dict[str, set[str]] = {}
        for target, edges in self.edges_into.items():
            found.setdefault(target, set()).update(e.source for e in edges if e.relation is not Relation.MITIGATED)
        for logic in self.graph.logic.values():
            if logic.effect in self.graph.nodes:
                found.setdefault(logic.effect, set()).update(self._inputs_of(logic))
        return {target: frozenset(sources - {target}) for target, sources in found.items() if sources - {target}}

    @cached_property
    def connected(self) -> frozenset[str]:
        """Everything from which a live way leads to a top event, over mitigations too; the top events among them."""
        tops = [node.id for node in self.graph.outcomes()]
        mitigating = {
            target: {edge.source for edge in edges if edge.relation is Relation.MITIGATED}
            for target, edges in self.edges_into.items()
        }
        return self._reached(tops, lambda node: self.causes.get(node, frozenset()) | mitigating.get(node, set()))

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """Contributors where a path from a top event ends: they lead to one and nothing leads to them."""
        return tuple(node for node in self.contributors if node.id in self.connected and not self.causes.get(node.id))

    @cached_property
    def triggers(self) -> tuple[Node, ...]:
        """What set it off: nodes that triggered something and were not triggered themselves, and those called so."""
        fires = {source for source, edges in self.edges_from.items() if _triggering(edges)}
        fired = {target for target, edges in self.edges_into.items() if _triggering(edges)}
        first = (fires - fired) or fires
        return tuple(node for node in self.contributors if node.id in first or TRIGGER_ROLE in node.roles)

    def _is_way(self, edge: Edge) -> bool:
        return is_live(edge) and is_live(self.graph.nodes[edge.source]) and is_live(self.graph.nodes[edge.target])

    def _inputs_of(self, logic: Logic) -> set[str]:
        """Live nodes among the inputs and conditions of logic and of the logic within it."""
        found: set[str] = set()
        open_ones, seen = [logic], {logic.id}
        while open_ones:
            one = open_ones.pop()
            for each in (*one.inputs, *((one.condition,) if one.condition else ())):
                if each in self.graph.nodes:
                    found.add(each)
                elif each in self.graph.logic and each not in seen:
                    seen.add(each)
                    open_ones.append(self.graph.logic[each])
        return {each for each in found if is_live(self.graph.nodes[each])}

    def _reached(self, starts: Iterable[str], sources: Callable[[str], AbstractSet[str]]) -> frozenset[str]:
        found = {start for start in starts if start in self.graph.nodes}
        open_ones = list(found)
        while open_ones:
            for each in sources(open_ones.pop()) - found:
                found.add(each)
                open_ones.append(each)
        return frozenset(found)


def is_live(part: Node | Edge) -> bool:
    """Whether it is not ruled out."""
    return part.status is not Status.REFUTED


def _triggering(edges: Iterable[Edge]) -> bool:
    return any(edge.relation is Relation.TRIGGERED for edge in edges)
