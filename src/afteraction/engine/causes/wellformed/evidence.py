"""Rules about what a claim rests on (W05, W06, W07, W22).

Knows whether evidence is there, speaks of the right time and is more than coincidence. Refuses to weigh what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from afteraction.engine.causes.graph import Edge, Node, Strength, Support, natural
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.wellformed.case import Case, is_confirmed, may, must
from afteraction.engine.review.findings import ReviewFinding

NO_EVIDENCE = frozenset({Strength.GUESS})
COINCIDENCE = frozenset({Strength.CORRELATED, Strength.GUESS})
# From and until; None is open.
Span = tuple[datetime | None, datetime | None]


def check_support(case: Case) -> Iterator[ReviewFinding]:
    """W05: what is supported has evidence. W22: and a step more than the clock."""
    claims: list[Node | Edge] = [*case.nodes(), *case.edges()]
    for claim in claims:
        if not is_confirmed(claim):
            continue
        strengths = {each.strength for each in case.backing(claim)}
        if not strengths - NO_EVIDENCE:
            yield must(
                "W05",
                claim.id,
                f"{case.name(claim)} is called supported, and {_what_is_there(case, claim, strengths)}.",
                "What shows it? Until then it is a hypothesis.",
                "Add evidence",
            )
        elif isinstance(claim, Edge) and not strengths - COINCIDENCE:
            yield must(
                "W22",
                claim.id,
                f"{case.name(claim)} rests on timing alone.",
                "What beside the clock speaks for it: a reproduction, the effect of a rollback, a trace, its absence "
                "elsewhere?",
                "Add evidence",
            )


def check_counter_evidence(case: Case) -> Iterator[ReviewFinding]:
    """W07: a supported step says what would contradict it, or what was looked for."""
    for edge in case.edges():
        if is_confirmed(edge) and not edge.would_contradict.strip() and not edge.looked_for.strip():
            yield may(
                "W07",
                edge.id,
                f"{case.name(edge)} does not say what would contradict it.",
                "What would one see if it were not so? One line is enough, or “looked for: none”.",
                "Write it",
            )


def check_times_of_evidence(case: Case) -> Iterator[ReviewFinding]:
    """W06: evidence speaks of the time in which the claim is said to have held."""
    for support in sorted(case.graph.supports.values(), key=lambda each: natural(each.id)):
        claim = case.graph.nodes.get(support.claim) or case.graph.edges.get(support.claim)
        spoken = _spoken_of(support)
        if claim is None or spoken is None or not is_live(claim):
            continue
        held = _held(case, claim)
        if held is None or _overlap(held, spoken):
            continue
        label = f"[{support.label}]" if support.label else f"a piece of evidence ({support.id})"
        side = "before" if held[0] is not None and spoken[1] <= held[0] else "after"
        yield may(
            "W06",
            support.id,
            f"{label} speaks of a time {side} {case.name(claim)} held.",
            "Does it show this claim, or is the time of one of them another?",
            "Compare the times",
        )


def _what_is_there(case: Case, claim: Node | Edge, strengths: set[Strength]) -> str:
    if strengths:
        return "what stands beside it is a guess"
    gone = [each for each in case.graph.supports_of.get(claim.id, ()) if each.evidence_id and not case.is_there(each)]
    return "its evidence is no longer there" if gone else "no evidence stands beside it yet"


def _spoken_of(support: Support) -> tuple[datetime, datetime] | None:
    if support.at is None:
        return None
    return support.at.lo, (support.until or support.at).hi


def _held(case: Case, claim: Node | Edge) -> Span | None:
    """When a claim held at the widest; for a step, from the start of its cause to the end of its effect. None where
    nobody said."""
    if isinstance(claim, Node):
        first, last = claim, claim
    elif {claim.source, claim.target} <= case.graph.nodes.keys():
        first, last = case.graph.nodes[claim.source], case.graph.nodes[claim.target]
    else:
        return None
    start = first.valid_from.lo if first.valid_from else None
    end = last.valid_to.hi if last.valid_to and not last.still_holds else None
    return None if start is None and end is None else (start, end)


def _overlap(held: Span, spoken: tuple[datetime, datetime]) -> bool:
    start, end = held
    return (start is None or spoken[1] > start) and (end is None or spoken[0] < end)
