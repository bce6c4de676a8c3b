"""The rule about time: no cause starts after its effect (W09).

Knows what follows for certain from times as precise as they were stated. Refuses to judge where the order is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from afteraction.engine.causes.graph import SEVERITY, Edge, Node, NodeKind, Relation, TopEvent
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.wellformed.case import Case, must
from afteraction.engine.review.findings import ReviewFinding

# These bear on how long and how much: they may begin while the effect lasts, and not once it is over.
_DURING = SEVERITY | {Relation.MITIGATED}


def check_order(case: Case) -> Iterator[ReviewFinding]:
    """W09, for every live step but those that close a circle."""
    for edge in case.edges():
        source = case.graph.nodes[edge.source]
        if edge.reinforcing or not is_live(edge) or source.valid_from is None:
            continue
        latest = _latest_start(case, edge)
        if latest is None or source.valid_from.lo < latest:
            continue
        target = case.graph.nodes[edge.target]
        over = "ended" if _bears_on_length(edge, target) else "began"
        yield must(
            "W09",
            edge.id,
            f"In {case.name(edge)} the cause begins after its effect {over}.",
            "Is a time wrong, does the step go the other way, or does it close a circle?",
            "Compare the times",
        )


def _latest_start(case: Case, edge: Edge) -> datetime | None:
    """The moment from which on a start of the cause would be too late; None where nobody knows."""
    target = case.graph.nodes[edge.target]
    is_top = target.kind is NodeKind.OUTCOME
    if _bears_on_length(edge, target):
        if target.still_holds:
            return None
        if target.valid_to is not None:
            return target.valid_to.hi
        return case.impact[1] if is_top and case.impact else None
    if target.valid_from is not None:
        return target.valid_from.hi
    return case.impact[0] if is_top and case.impact else None


def _bears_on_length(edge: Edge, target: Node) -> bool:
    return edge.relation in _DURING or (target.kind is NodeKind.OUTCOME and target.top is TopEvent.LASTED)
