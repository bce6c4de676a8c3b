"""What a devil's advocate would ask of the graph (SPEC R031) and how many explanations were weighed (§9.4).

Knows where a claim is called settled with little under it. Refuses to doubt a hypothesis: that is a question already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from afteraction.engine.causes.graph import (
    CauseGraph,
    Edge,
    Node,
    Relation,
    Stance,
    Status,
    Strength,
    Support,
    TopEvent,
    natural,
)
from afteraction.engine.causes.paths import CONTRIBUTING
from afteraction.engine.causes.wording import quoted
from afteraction.engine.review.findings import ReviewFinding, Severity

MOST_CHALLENGES = 7
ENOUGH_ALTERNATIVES = 2
_STRENGTH_WORDS = {
    Strength.GUESS: "a guess",
    Strength.STATED: "what was said",
    Strength.CORRELATED: "timing alone",
}
_WEAKEST_FIRST = (Strength.GUESS, Strength.STATED, Strength.CORRELATED, Strength.OBSERVED, Strength.REPRODUCED)


class Ground(IntEnum):
    """Why something is challenged; the lowest number is asked first."""

    NO_EVIDENCE = 1
    WEAK_EVIDENCE = 2
    REJECTED_WITHOUT_EVIDENCE = 3
    SINGLE_SOURCE = 4


_QUESTIONS = {
    Ground.NO_EVIDENCE: "What shows it? And what would show that it is not so?",
    Ground.WEAK_EVIDENCE: "What else happened at that time that would explain it as well?",
    Ground.REJECTED_WITHOUT_EVIDENCE: "What would one have seen if it had been so?",
    Ground.SINGLE_SOURCE: "Which second source would have to agree, and does it?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One question of the sheet. `subject` is the id of the node or edge it is about."""

    subject: str
    ground: Ground
    sentence: str
    question: str


def challenges(graph: CauseGraph, limit: int = MOST_CHALLENGES) -> tuple[Challenge, ...]:
    """The sheet, the weakest ground first: supported claims without evidence, then with weak evidence, explanations
    ruled out without evidence, and claims that rest on one source. Steps come before nodes, each claim once."""
    claims: list[Node | Edge] = [
        *(edge for edges in graph.into.values() for edge in edges),
        *(node for node in graph.nodes.values() if node.kind in CONTRIBUTING),
    ]
    found = [(rank, each) for claim in claims for rank, each in _against(graph, claim)]
    ordered = sorted(found, key=lambda pair: (*pair[0], natural(pair[1].subject)))
    return tuple(each for _, each in ordered[:limit])


def alternatives(graph: CauseGraph, outcome: str) -> tuple[Node, ...]:
    """Explanations of a top event that were weighed beside the supported ones: ruled out, or still open beside a
    supported cause of the same effect; in the order of their ids."""
    linked = _linked(graph, outcome)
    found = [
        node
        for node in graph.nodes.values()
        if node.id in linked and node.kind in CONTRIBUTING and _is_alternative(graph, node)
    ]
    return tuple(sorted(found, key=lambda node: natural(node.id)))


def first_plausible_answer(graph: CauseGraph, severity: str) -> tuple[ReviewFinding, ...]:
    """For an incident of the first severity ("SEV-1", "sev1", "1"): a cause called supported before two other
    explanations were considered; code `B01`, subject the top event (SPEC §9.4)."""
    if re.sub(r"\D", "", severity) != "1":
        return ()
    found = []
    for top in graph.outcomes(TopEvent.HAPPENED):
        weighed = len(alternatives(graph, top.id))
        settled = [
            node
            for node in graph.nodes.values()
            if node.kind in CONTRIBUTING and node.status is Status.CONFIRMED and node.id in _linked(graph, top.id)
        ]
        if not settled or weighed >= ENOUGH_ALTERNATIVES:
            continue
        count = "no other explanation was" if weighed == 0 else "one other explanation was"
        found.append(
            ReviewFinding(
                code="B01",
                severity=Severity.MAY,
                subject=top.id,
                sentence=f"The cause of {quoted(top)} is called supported, and {count} considered.",
                question="What else could have led to it, and what speaks against that?",
                next_step="Add an alternative",
            )
        )
    return tuple(found)


Rank = tuple[int, int, bool]


def _against(graph: CauseGraph, claim: Node | Edge) -> Iterator[tuple[Rank, Challenge]]:
    """At most one challenge of a claim, with its rank."""
    supports = graph.supports_of.get(claim.id, ())
    if claim.status is Status.REFUTED and not _why_rejected(claim, supports):
        ground, strength = Ground.REJECTED_WITHOUT_EVIDENCE, 0
        said = "was ruled out, and nothing says how"
    elif claim.status is Status.CONFIRMED:
        weakness = _weakness([each for each in supports if each.stance is Stance.SUPPORTS])
        if weakness is None:
            return
        ground, strength, said = weakness
    else:
        return
    sentence = f"{_name(graph, claim)} {said}."
    challenge = Challenge(subject=claim.id, ground=ground, sentence=sentence, question=_QUESTIONS[ground])
    yield (ground, strength, isinstance(claim, Node)), challenge


def _weakness(pro: list[Support]) -> tuple[Ground, int, str] | None:
    """What is thin about the evidence of a supported claim; None where it holds."""
    if not pro:
        return Ground.NO_EVIDENCE, 0, "is called supported, and no evidence stands beside it"
    best = max(_WEAKEST_FIRST.index(each.strength) for each in pro)
    strength = _WEAKEST_FIRST[best]
    if strength in _STRENGTH_WORDS:
        return Ground.WEAK_EVIDENCE, best, f"rests on {_STRENGTH_WORDS[strength]}"
    if strength is not Strength.REPRODUCED and len({_source(each) for each in pro}) == 1:
        return Ground.SINGLE_SOURCE, best, "rests on one source"
    return None


def _why_rejected(claim: Node | Edge, supports: tuple[Support, ...]) -> bool:
    if isinstance(claim, Node) and claim.ruled_out_by.strip():
        return True
    if isinstance(claim, Edge) and claim.looked_for.strip():
        return True
    return any(each.stance is Stance.CONTRADICTS for each in supports)


def _source(support: Support) -> str:
    """What two pieces of evidence have in common where they come from one place."""
    return support.evidence_id or support.label or support.id


def _name(graph: CauseGraph, claim: Node | Edge) -> str:
    if isinstance(claim, Node):
        return quoted(claim)
    return f"The step from {quoted(graph.nodes[claim.source])} to {quoted(graph.nodes[claim.target])}"


def _linked(graph: CauseGraph, outcome: str) -> frozenset[str]:
    """Whatever is linked to a top event by any chain of steps, those that were ruled out among them."""
    found, open_ones = {outcome}, [outcome]
    while open_ones:
        for edge in graph.into.get(open_ones.pop(), ()):
            if edge.source not in found and edge.relation is not Relation.MITIGATED:
                found.add(edge.source)
                open_ones.append(edge.source)
    return frozenset(found)


def _is_alternative(graph: CauseGraph, node: Node) -> bool:
    """Ruled out, alone or by its steps; or still open beside a supported cause of the same effect."""
    steps = graph.out_of.get(node.id, ())
    if node.status is Status.REFUTED or all(edge.status is Status.REFUTED for edge in steps):
        return True
    beside = (graph.nodes[other.source] for edge in steps for other in graph.into[edge.target])
    return node.status is Status.HYPOTHESIS and any(other.status is Status.CONFIRMED for other in beside)
