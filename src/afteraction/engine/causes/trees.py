"""The fault tree of an outcome, read from the cause graph by the rules of logic (SPEC §7.1, §7.5).

Several causes without written logic are an AND of the necessary ones; alternatives need an explicit OR. That it
happened rests on what enabled, triggered, contributed or failed to stop; how long it lasted and how far it spread also
on what amplified or delayed. What mitigated is never in a tree. Knows the rules; refuses to count (`cutsets`) and to
judge (`wellformed`), and leaves nothing out silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from afteraction.engine.causes.circles import copy_before, cut_marked, without_inputs
from afteraction.engine.causes.formula import BEFORE, Gate, Tree, original, postorder, read_tree
from afteraction.engine.causes.graph import (
    OCCURRENCE,
    SEVERITY,
    CauseGraph,
    Edge,
    Logic,
    LogicType,
    Necessity,
    Node,
    NodeKind,
    Status,
    TopEvent,
    natural,
)

__all__ = ["BEFORE", "Gate", "Tree", "logic_tree", "original", "read_tree"]


def logic_tree(graph: CauseGraph, top: str, *, settled_only: bool = False) -> Tree:
    """The occurrence tree of a node, or the severity tree where `top` is an outcome that says it lasted.

    Nodes and edges that were ruled out are left out; with `settled_only` also those that are not confirmed (the top
    stays). A node without necessary causes, or marked undeveloped, is a basic event. An id that names nothing gives an
    empty tree that says so in `unknown`."""
    if top not in graph.nodes:
        return Tree(top=top, unknown=(top,))
    return _Growth(graph, top, settled_only).tree()


class _Growth:
    """One tree while it grows: the gates by the id they stand for, and what was said."""

    def __init__(self, graph: CauseGraph, top: str, settled_only: bool) -> None:
        self.graph, self.top, self.settled_only = graph, top, settled_only
        self.lasting = graph.nodes[top].kind is NodeKind.OUTCOME and graph.nodes[top].top is TopEvent.LASTED
        self.gates: dict[str, Gate] = {}
        self.contributing: dict[str, tuple[str, ...]] = {}
        self.aside: set[str] = set()
        self.left_out: set[str] = set()
        self.unknown: set[str] = set()
        self.notes: set[str] = set()

    def tree(self) -> Tree:
        waiting = [self.top]
        seen: set[str] = set()
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            gate = self._written(self.graph.logic[each]) if self._is_logic(each) else self._of_node(each)
            if gate is not None:
                self.gates[each] = gate
                waiting.extend(gate.needs)
        self._drop_hollow()
        marked = sorted(
            {(edge.source, edge.target) for edge in self.graph.edges.values() if edge.reinforcing},
            key=lambda pair: (natural(pair[0]), natural(pair[1])),
        )
        cuts = cut_marked(self.gates, self.top, marked, self.owners, self._words)
        self._drop_hollow()
        cuts += copy_before(self.gates, self.top, {each for each in self.gates if self._is_logic(each)}, self._words)
        return self._told(tuple(cuts))

    def _told(self, cuts: tuple[str, ...]) -> Tree:
        reached = list(postorder(self.gates, self.top))
        effects = _in_order({original(each) for each in reached} & self.contributing.keys())
        leaves = {original(each) for each in reached if each not in self.gates}
        return Tree(
            top=self.top,
            gates={each: self.gates[each] for each in reversed(reached) if each in self.gates},
            undeveloped=_in_order(each for each in leaves if each in self.graph.nodes and self._stops(each)),
            contributing={each: self.contributing[each] for each in effects},
            aside=_in_order(self.aside),
            left_out=_in_order(self.left_out),
            unknown=_in_order(self.unknown),
            cuts=cuts,
            notes=tuple(sorted(self.notes)),
        )  # fmt: skip

    def _is_logic(self, identity: str) -> bool:
        return identity not in self.graph.nodes and identity in self.graph.logic

    def _stops(self, node: str) -> bool:
        return self.graph.nodes[node].undeveloped

    def _of_node(self, node: str) -> Gate | None:
        """The gate of a node: its written logic, and every necessary cause that the logic does not name."""
        if self._stops(node):
            return None
        edges = [edge for edge in self.graph.into.get(node, ()) if self._is_input(edge)]
        logic = self.graph.logic_of.get(node)
        if logic is not None:
            others = [each.id for each in self.graph.logic.values() if each.effect == node and each.id != logic.id]
            for other in others:
                self.notes.add(f"{other} is a second logic of {self._words(node)}; {logic.id} is read.")
        named = self._named(logic)
        needed = _each_once(
            edge.source for edge in edges if edge.necessity is Necessity.NECESSARY and edge.source not in named
        )
        merely = _each_once(edge.source for edge in edges if edge.source not in {*needed, *named})
        if merely:
            self.contributing[node] = merely
        written = None if logic is None else self._written(logic)
        if written is None or not written.needs:
            return Gate(id=node, type=LogicType.AND, inputs=needed, assumed=True) if needed else None
        if not needed:
            return replace(written, id=node)
        assert logic is not None
        return Gate(id=node, type=LogicType.AND, inputs=(logic.id, *needed), assumed=True)

    def _written(self, logic: Logic) -> Gate:
        """The gate of written logic, less what is ruled out, unknown or a mitigator."""
        inputs = tuple(each for each in _each_once(logic.inputs) if self._may_enter(each, logic))
        condition = ""
        if logic.type is LogicType.INHIBIT and logic.condition and self._may_enter(logic.condition, logic):
            condition = logic.condition
        k = 0
        if logic.type is LogicType.VOTE:
            k = logic.k if 1 <= logic.k <= len(inputs) else len(inputs)
            if k != logic.k and inputs:
                self.notes.add(
                    f"{logic.id} asks for {logic.k} of {len(inputs)} inputs; all of them are taken to be needed."
                )
        if not inputs and not condition:
            self.notes.add(f"{logic.id} has no input left, so it says nothing here.")
        return Gate(id=logic.id, type=logic.type, inputs=inputs, k=k, condition=condition)

    def _is_input(self, edge: Edge) -> bool:
        """Whether the edge bears on this tree and holds; what does not is put aside by name."""
        source, target = self.graph.nodes[edge.source], self.graph.nodes[edge.target]
        happened = target.kind is NodeKind.OUTCOME and target.top is not TopEvent.LASTED
        bears = edge.relation in OCCURRENCE or (self.lasting and not happened and edge.relation in SEVERITY)
        if not bears or source.kind is NodeKind.MITIGATOR:
            self.aside.add(edge.id)
            return False
        return self._holds(edge) & self._holds(source)

    def _holds(self, claim: Node | Edge) -> bool:
        so = claim.status is Status.CONFIRMED if self.settled_only else claim.status is not Status.REFUTED
        if not so:
            self.left_out.add(claim.id)
        return so

    def _may_enter(self, identity: str, logic: Logic) -> bool:
        """Whether written logic may rest on this node or logic."""
        node = self.graph.nodes.get(identity)
        if node is None:
            if identity not in self.graph.logic:
                self.unknown.add(identity)
            return identity in self.graph.logic
        if node.kind is NodeKind.MITIGATOR:
            self.aside.add(identity)
            return False
        between = [
            edge for edge in self.graph.out_of.get(identity, ())
            if edge.target in self.owners.get(logic.id, ()) and edge.relation in OCCURRENCE | SEVERITY
        ]  # fmt: skip
        holding = [edge for edge in between if self._holds(edge)]
        return self._holds(node) and bool(holding or not between)

    def _named(self, logic: Logic | None) -> set[str]:
        """All nodes that logic names, at any depth."""
        named: set[str] = set()
        waiting = [] if logic is None else [logic.id]
        seen: set[str] = set()
        while waiting:
            each = waiting.pop()
            if each in self.graph.nodes:
                named.add(each)
            elif each in self.graph.logic and each not in seen:
                seen.add(each)
                waiting += [*self.graph.logic[each].inputs, self.graph.logic[each].condition]
        return named

    @cached_property
    def owners(self) -> dict[str, set[str]]:
        """The effects of each logic, also of logic that is only an input of other logic."""
        found: dict[str, set[str]] = {}
        for effect, logic in self.graph.logic_of.items():
            waiting = [logic.id]
            while waiting:
                each = waiting.pop()
                if self._is_logic(each) and effect not in found.setdefault(each, set()):
                    found[each].add(effect)
                    waiting += self.graph.logic[each].inputs
        return found

    def _drop_hollow(self) -> None:
        """Takes out logic that rests on no node at all, and gates that have no input left."""
        firm = {each for gate in self.gates.values() for each in gate.needs if not self._is_logic(each)}
        growing = True
        while growing:
            more = {each for each, gate in self.gates.items() if self._is_logic(each) and firm & set(gate.needs)} - firm
            firm |= more
            growing = bool(more)
        for each, gate in list(self.gates.items()):
            gone = set(gate.needs) - firm
            self.gates[each] = without_inputs(gate, gone) if gone else gate
            if not self.gates[each].needs:
                del self.gates[each]

    def _words(self, identity: str) -> str:
        node = self.graph.nodes.get(original(identity))
        return f"“{node.statement}” ({identity})" if node is not None else identity


def _each_once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _in_order(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found), key=natural))
