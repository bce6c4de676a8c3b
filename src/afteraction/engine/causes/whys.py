"""The 5-Whys view: the ways from a top event back to what made it possible, as a tree of steps.

Knows which edges it follows and where it stops: at a node without causes, at one that is shown above, where a circle
closes, at what is ruled out. Forces no depth. Refuses to hide: what was ruled out stays, and every cut is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from afteraction.engine.causes.graph import (
    OCCURRENCE,
    SEVERITY,
    CauseGraph,
    Edge,
    Node,
    Relation,
    Status,
    TopEvent,
)
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.wording import asked_at, asks_at


class Stop(StrEnum):
    """Why a step goes no further."""

    SEE_ABOVE = "see_above"
    CIRCLE = "circle"
    RULED_OUT = "ruled_out"
    UNDEVELOPED = "undeveloped"
    END = "end"


STOP_WORDS = {
    Stop.SEE_ABOVE: "see above",
    Stop.CIRCLE: "goes round, cut here",
    Stop.RULED_OUT: "ruled out",
    Stop.UNDEVELOPED: "not followed further, on purpose",
    Stop.END: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One answer of the tree. `edge` is the id of the link to the step above ("" at the top, or where only logic links
    them), `asked` the written question that this step answers, `question` the one asked at it, `stop` why it has no
    `steps` (None: it has)."""

    node: Node
    edge: str = ""
    depth: int = 0
    asked: str = ""
    question: str = ""
    stop: Stop | None = None
    steps: tuple[Step, ...] = ()

    def walk(self) -> Iterator[Step]:
        """This step and all below it, in reading order."""
        left = [self]
        while left:
            step = left.pop()
            yield step
            left.extend(reversed(step.steps))


@dataclass(slots=True)
class _Draft:
    node: Node
    edge: str
    depth: int
    asked: str
    above: frozenset[str]
    stop: Stop | None = None
    below: list[_Draft] = field(default_factory=list)


def whys(graph: CauseGraph, outcome: str) -> Step:
    """The tree of one top event, by its id. For "it lasted" it follows amplifiers and delays too. Raises KeyError where
    there is no such node."""
    top = graph.nodes[outcome]
    followed = OCCURRENCE | SEVERITY if top.top is TopEvent.LASTED else OCCURRENCE
    plain = _reached(graph, outcome, followed)
    first = _Draft(top, "", 0, "", frozenset())
    seen: set[str] = set()
    left, order = [first], []
    while left:
        draft = left.pop()
        order.append(draft)
        draft.stop = draft.stop or _stops(draft, seen)
        if draft.stop is None:
            seen.add(draft.node.id)
            draft.below = list(_answers(graph, draft, followed, plain))
            if not draft.below:
                draft.stop = Stop.UNDEVELOPED if draft.node.undeveloped else Stop.END
        left.extend(reversed(draft.below))
    return _frozen(graph, order)


def _stops(draft: _Draft, seen: set[str]) -> Stop | None:
    if not is_live(draft.node):
        return Stop.RULED_OUT
    if draft.node.id in draft.above:
        return Stop.CIRCLE
    return Stop.SEE_ABOVE if draft.node.id in seen else None


def _answers(
    graph: CauseGraph, draft: _Draft, followed: frozenset[Relation], plain: frozenset[str]
) -> Iterator[_Draft]:
    above = draft.above | {draft.node.id}
    asked = {ask.answer: ask.text.strip() for ask in reversed(asks_at(graph, draft.node.id)) if ask.answer}
    for source, edge in _sources(graph, draft.node.id, followed).items():
        stop = None
        if edge is not None and not is_live(edge):
            stop = Stop.RULED_OUT
        elif edge is not None and edge.reinforcing and source in plain:
            # Its own causes are shown where it is reached without the reinforcing edge.
            stop = Stop.CIRCLE
        yield _Draft(graph.nodes[source], edge.id if edge else "", draft.depth + 1, asked.get(source, ""), above, stop)


def _sources(graph: CauseGraph, node: str, followed: frozenset[Relation]) -> dict[str, Edge | None]:
    """What leads to a node, each once: through its edges (a live one before one that is ruled out), then what only
    logic names."""
    edges = [edge for edge in graph.into.get(node, ()) if edge.relation in followed and edge.source != node]
    found: dict[str, Edge | None] = {}
    for edge in sorted(edges, key=lambda each: each.status is Status.REFUTED):
        found.setdefault(edge.source, edge)
    order = {edge.source: place for place, edge in reversed(list(enumerate(edges)))}
    ordered = dict(sorted(found.items(), key=lambda item: order[item[0]]))
    logic = graph.logic_of.get(node)
    open_ones, known = ([logic.id] if logic else []), set[str]()
    while open_ones:
        one = graph.logic[open_ones.pop(0)]
        known.add(one.id)
        for each in (*one.inputs, *((one.condition,) if one.condition else ())):
            if each in graph.nodes and each != node:
                ordered.setdefault(each, None)
            elif each in graph.logic and each not in known:
                open_ones.append(each)
    return ordered


def _reached(graph: CauseGraph, outcome: str, followed: frozenset[Relation]) -> frozenset[str]:
    """What is reached from the top event over live edges that reinforce nothing."""
    found, open_ones = {outcome}, [outcome]
    while open_ones:
        for source, edge in _sources(graph, open_ones.pop(), followed).items():
            passable = edge is None or (is_live(edge) and not edge.reinforcing)
            if passable and source not in found and is_live(graph.nodes[source]):
                found.add(source)
                open_ones.append(source)
    return frozenset(found)


def _frozen(graph: CauseGraph, order: list[_Draft]) -> Step:
    """Steps of the drafts, the lowest first, so that depth is no matter of the interpreter's stack."""
    done: dict[int, Step] = {}
    for draft in reversed(order):
        done[id(draft)] = Step(
            node=draft.node,
            edge=draft.edge,
            depth=draft.depth,
            asked=draft.asked,
            question=asked_at(graph, draft.node),
            stop=draft.stop,
            steps=tuple(done[id(each)] for each in draft.below),
        )
    return done[id(order[0])]
