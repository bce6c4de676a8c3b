"""Which of the ways an incident could happen again are cut by the changes of a review, and which remain (SPEC §7.5).

Knows ways (minimal cut sets), changes and the nodes they work on. Refuses to call a plan done: what is planned and what
was verified are counted apart, and a cancelled change cuts nothing. Refuses to count a change that works on the top
event itself, since wishing it away is no change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from afteraction.engine.causes.cutsets import CutSets
from afteraction.engine.causes.formula import BEFORE, Tree, original
from afteraction.engine.causes.graph import CauseGraph, natural
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Change, ChangeState

Way = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of `ways` ways, `planned` are cut by at least one change that is planned or further, `verified` by one that was
    seen to work. `remaining` are ways that no planned change cuts, `unverified` those that no verified one cuts.
    `cut_by` has the number of ways that each change cuts alone. `unlinked` changes work on nothing; `idle` ones on
    something whose absence leaves every way open; `cancelled` ones are not counted. `left_out` says that there are more
    ways than were counted, of more than `counted_to` conditions each."""

    ways: int
    planned: int
    verified: int
    remaining: tuple[Way, ...] = ()
    unverified: tuple[Way, ...] = ()
    cut_by: Mapping[str, int]
    unlinked: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    left_out: bool = False
    counted_to: int | None = None

    @property
    def planned_share(self) -> float | None:
        """Share of ways cut by a plan, 0 to 1; None where no way is known."""
        return self.planned / self.ways if self.ways else None

    @property
    def verified_share(self) -> float | None:
        """Share of ways cut by something that was seen to work, 0 to 1; None where no way is known."""
        return self.verified / self.ways if self.ways else None

    @property
    def treats_the_symptom(self) -> bool:
        """There are ways and changes, and no way is cut (SPEC R170)."""
        return bool(self.ways and self.cut_by and not self.planned)


def hits_of(
    changes: Mapping[str, Change], graph: CauseGraph, gates: Mapping[str, GateRow] | None = None
) -> dict[str, tuple[str, ...]]:
    """The nodes that each change works on: its targets, and the barriers that stand for the gate whose gap it closes.
    A gap without a barrier in the graph gives the id of the gate, so that the change is not taken for unlinked."""
    rows = gates or {}
    found: dict[str, tuple[str, ...]] = {}
    for change in sorted(changes.values(), key=lambda each: natural(each.id)):
        nodes = [each for each in change.targets if each in graph.nodes]
        if change.gap:
            row = rows.get(change.gap)
            barriers = {each.id for each in graph.nodes.values() if each.gate == change.gap}
            if row is not None and row.node in graph.nodes:
                barriers.add(row.node)
            nodes += sorted(barriers, key=natural)
            if not barriers and row is not None:
                nodes.append(change.gap)
        found[change.id] = tuple(dict.fromkeys(nodes))
    return found


def coverage(
    ways: CutSets,
    hits: Mapping[str, Collection[str]],
    *,
    states: Mapping[str, ChangeState] | None = None,
    tree: Tree | None = None,
) -> Coverage:
    """How many ways the changes cut. `hits` are ids of nodes by change id, `states` how far each change has come (one
    that is absent is planned). A way is cut where a node of it is hit; with `tree`, also where a developed node is hit
    without which the way no longer leads to the top. `N3` hits `N3@before` too."""
    stands = states or {}
    cancelled = [each for each in hits if stands.get(each) is ChangeState.CANCELLED]
    counted = {each: frozenset(nodes) for each, nodes in hits.items() if each not in cancelled}
    cut = {each: _cut(ways, nodes, tree) for each, nodes in counted.items()}
    verified = [nodes for each, nodes in counted.items() if stands.get(each) is ChangeState.VERIFIED]
    by_plan = _cut(ways, frozenset().union(*counted.values()), tree)
    by_proof = _cut(ways, frozenset().union(*verified), tree)
    return Coverage(
        ways=len(ways.sets),
        planned=len(by_plan),
        verified=len(by_proof),
        remaining=tuple(each for each in ways.sets if each not in by_plan),
        unverified=tuple(each for each in ways.sets if each not in by_proof),
        cut_by={each: len(cut[each]) for each in sorted(cut, key=natural)},
        unlinked=_in_order(each for each, nodes in counted.items() if not nodes),
        idle=_in_order(each for each, nodes in counted.items() if nodes and not cut[each]),
        cancelled=_in_order(cancelled),
        left_out=ways.left_out,
        counted_to=ways.truncated_at_order,
    )


def _cut(ways: CutSets, nodes: frozenset[str], tree: Tree | None) -> frozenset[Way]:
    """The ways that are closed when these nodes can no longer be."""
    top = set() if tree is None else {tree.top}
    gone = {each for node in nodes for each in (node, node + BEFORE)} - top
    closed = 0
    for each in gone:
        closed |= ways.marks.get(each, 0)
    if tree is not None and gone & tree.gates.keys():
        # A way that still leads to the top is still minimal, so it is still among the ways.
        closed |= ~_still(ways, tree, gone)
    return ways.marked(closed)


def _still(ways: CutSets, tree: Tree, gone: Collection[str]) -> int:
    """The ways that still lead to the top, a bit for each: all are followed up the tree at once."""
    every, so = (1 << len(ways.sets)) - 1, dict[str, int]()
    for each in tree.upwards:
        gate = tree.gates.get(each)
        if each in gone:
            so[each] = 0
        elif gate is None:
            so[each] = ways.marks.get(each, 0)
        else:
            so[each] = _at_least(gate.threshold, [so[need] for need in gate.needs], every)
    return so.get(tree.top, 0)


def _at_least(needed: int, inputs: list[int], every: int) -> int:
    """The ways in which at least so many of the inputs hold."""
    if needed == 1:
        return reduce(or_, inputs, 0)
    if needed == len(inputs):
        return reduce(and_, inputs, every)
    # reached[n]: at least n of the inputs seen so far.
    reached = [every] + [0] * max(needed, 0)
    for each in inputs:
        for n in range(needed, 0, -1):
            reached[n] |= reached[n - 1] & each
    return reached[max(needed, 0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shallow:
    """Changes work on `node`, and on none of the `deeper` conditions that it rests on (SPEC R133)."""

    node: str
    deeper: tuple[str, ...]


def shallow_fixes(tree: Tree, hits: Mapping[str, Collection[str]]) -> tuple[Shallow, ...]:
    """The developed nodes that changes work on while nothing below them is worked on, in the order of their ids, with
    the basic events below: the deepest causes of those chains. The top itself is not named."""
    touched = {node for nodes in hits.values() for node in nodes}
    found = []
    for node in sorted(touched & tree.gates.keys() - {tree.top}, key=natural):
        below = Tree(top=node, gates=tree.gates).upwards[:-1]
        if not touched & {original(each) for each in below}:
            found.append(Shallow(node=node, deeper=_in_order(each for each in below if each not in tree.gates)))
    return tuple(found)


def _in_order(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found, key=natural))
