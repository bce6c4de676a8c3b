"""What a devil's advocate asks of a cause graph (SPEC R031): where a claim stands on little.

Knows which claims have no evidence, weak evidence or a single source, and which explanations were ruled out on nothing.
Refuses to say that a claim is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from afteraction.engine.causes.graph import CauseGraph, Edge, Node, Stance, Status, Strength, Support, natural

# SPEC R031: more than this nobody prepares.
MOST_PREPARED = 7


class Weakness(IntEnum):
    """Why a claim is challenged, the most pressing first."""

    CONFIRMED_WITHOUT_EVIDENCE = 0
    RULED_OUT_WITHOUT_EVIDENCE = 1
    WITHOUT_EVIDENCE = 2
    WEAK_EVIDENCE = 3
    SINGLE_SOURCE = 4
    NOTHING_LOOKED_FOR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One question to one claim; `subject` is the id of its edge or node."""

    subject: str
    weakness: Weakness
    claim: str
    question: str

    @property
    def line(self) -> str:
        """The claim and the question in one line."""
        return f"{self.claim} {self.question}"


_WEAK = frozenset({Strength.STATED, Strength.GUESS})
_QUESTIONS: dict[Weakness, str] = {
    Weakness.CONFIRMED_WITHOUT_EVIDENCE: "Which evidence shows it?",
    Weakness.RULED_OUT_WITHOUT_EVIDENCE: "Which evidence rules it out?",
    Weakness.WITHOUT_EVIDENCE: "What would show it, and what would speak against it?",
    Weakness.WEAK_EVIDENCE: "What would one see if it were otherwise?",
    Weakness.SINGLE_SOURCE: "What does a second source say?",
    Weakness.NOTHING_LOOKED_FOR: "What would contradict it, and was it looked for?",
}


def challenges(graph: CauseGraph) -> tuple[Challenge, ...]:
    """Every link that is open to challenge and every explanation ruled out on nothing, ranked: by weakness, links of
    supported claims first, then by id. A link is open when it has no supporting evidence or is supported; one that is
    ruled out is not argued for any more."""
    found = [_of_edge(graph, edge) for edge in graph.edges.values() if _is_whole(graph, edge)]
    found += [_of_node(graph, node) for node in graph.nodes.values() if node.status is Status.REFUTED]
    return tuple(sorted((each for each in found if each), key=lambda each: (each.weakness, natural(each.subject))))


def prompt_sheet(graph: CauseGraph) -> tuple[Challenge, ...]:
    """The private sheet before the meeting: at most seven."""
    return challenges(graph)[:MOST_PREPARED]


def _is_whole(graph: CauseGraph, edge: Edge) -> bool:
    return edge.source in graph.nodes and edge.target in graph.nodes


def _of_edge(graph: CauseGraph, edge: Edge) -> Challenge | None:
    weakness = _weakness(edge, _speaking(graph, edge.id, Stance.SUPPORTS))
    if edge.status is Status.REFUTED or weakness is None:
        return None
    source, target = graph.nodes[edge.source].statement, graph.nodes[edge.target].statement
    claim = f"“{source}” leads to “{target}”."
    return Challenge(subject=edge.id, weakness=weakness, claim=claim, question=_QUESTIONS[weakness])


def _of_node(graph: CauseGraph, node: Node) -> Challenge | None:
    if node.ruled_out_by.strip() or _speaking(graph, node.id, Stance.CONTRADICTS):
        return None
    weakness = Weakness.RULED_OUT_WITHOUT_EVIDENCE
    claim = f"“{node.statement}” is ruled out."
    return Challenge(subject=node.id, weakness=weakness, claim=claim, question=_QUESTIONS[weakness])


def _weakness(edge: Edge, supports: tuple[Support, ...]) -> Weakness | None:
    confirmed = edge.status is Status.CONFIRMED
    if not supports:
        return Weakness.CONFIRMED_WITHOUT_EVIDENCE if confirmed else Weakness.WITHOUT_EVIDENCE
    if not confirmed:
        return None
    if all(each.strength in _WEAK for each in supports):
        return Weakness.WEAK_EVIDENCE
    if len({each.evidence_id or each.label or each.id for each in supports}) == 1:
        return Weakness.SINGLE_SOURCE
    return None if edge.looked_for.strip() else Weakness.NOTHING_LOOKED_FOR


def _speaking(graph: CauseGraph, claim: str, stance: Stance) -> tuple[Support, ...]:
    return tuple(each for each in graph.supports_of.get(claim, ()) if each.stance is stance)
