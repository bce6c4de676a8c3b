"""How deep a cause lies, derived and explained (SPEC §7.6).

Knows the signs of a proximate and of a systemic cause. Refuses to weigh them: each is named, and people may override
the result with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from afteraction.core.instant import Precision
from afteraction.engine.causes.graph import CauseGraph, Factor, Level, Node, NodeKind, Relation
from afteraction.engine.causes.paths import CONTRIBUTING, Paths
from afteraction.engine.gates.matrix import Could, GateRow, Outcome

RECENT = timedelta(days=7)
OLD = timedelta(days=30)
LATENT = frozenset({NodeKind.CONDITION, NodeKind.BARRIER})
# How a gate let it through although it stands in the way, in words after "the gate Canary".
MISSING = {
    Outcome.ABSENT: "was absent",
    Outcome.SKIPPED: "was skipped",
    Outcome.BYPASSED: "was bypassed",
    Outcome.IGNORED: "spoke and was not followed",
    Outcome.FLAKY_IGNORED: "spoke and was taken for a flaky run",
}
_FACTOR = {Factor.PROCESS: "lies in the process", Factor.ORG: "lies in the organisation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeveledNode:
    """The level of one node and why: `because` is the whole label ("systemic: existed 214 days before, appears in
    3 incidents"). `derived` is what the rules say where people said otherwise."""

    node: str
    level: Level
    because: str
    derived: Level

    @property
    def overridden(self) -> bool:
        """Whether people decided it."""
        return self.level is not self.derived or self.because.startswith(f"{self.level}, as decided")


def levels(
    graph: CauseGraph, impact_start: datetime | None, gates: Mapping[str, GateRow] | None = None
) -> dict[str, LeveledNode]:
    """The level of every node that has one, by id: what is no cause (a top event, a mitigator) has none. `impact_start`
    is aware UTC or None where nobody knows it yet: ages are then not looked at. `gates` are the rows of the matrix by
    id."""
    paths = Paths(graph)
    found = {ident: _leveled(paths, node, impact_start, gates or {}) for ident, node in graph.nodes.items()}
    return {ident: leveled for ident, leveled in found.items() if leveled is not None}


def gate_of(node: Node, gates: Mapping[str, GateRow]) -> GateRow | None:
    """The row of the gate that a node stands for, whichever of the two names the other; the first by id."""
    rows = [row for row in gates.values() if row.node == node.id or (node.gate and node.gate in (row.id, row.seed))]
    return min(rows, key=lambda row: row.id, default=None)


def _leveled(
    paths: Paths, node: Node, impact_start: datetime | None, gates: Mapping[str, GateRow]
) -> LeveledNode | None:
    if node.kind not in CONTRIBUTING:
        return None
    derived, signs = _derived(paths, node, impact_start, gates)
    why = ", ".join(signs)
    if node.level is None:
        return LeveledNode(node=node.id, level=derived, because=f"{derived}: {why}", derived=derived)
    reason = node.level_reason.strip().rstrip(".")
    if not reason:
        said = f"{derived}: {why}; {node.level} was chosen without a reason"
        return LeveledNode(node=node.id, level=derived, because=said, derived=derived)
    said = f"{node.level}, as decided: {reason}; derived as {derived}: {why}"
    return LeveledNode(node=node.id, level=node.level, because=said, derived=derived)


def _derived(
    paths: Paths, node: Node, impact_start: datetime | None, gates: Mapping[str, GateRow]
) -> tuple[Level, tuple[str, ...]]:
    if any(trigger.id == node.id for trigger in paths.triggers):
        return Level.PROXIMATE, ("it set this off",)
    # Before the sign of a recent start: a gate that was skipped a minute before impact is a weakness of the gate.
    signs = _systemic_signs(paths, node, impact_start, gates) if node.kind in LATENT else ()
    if signs:
        return Level.SYSTEMIC, signs
    recent = _recent_direct_input(paths, node, impact_start)
    if recent:
        return Level.PROXIMATE, (recent,)
    return Level.INTERMEDIATE, ("neither what set it off nor a lasting weakness",)


def _systemic_signs(
    paths: Paths, node: Node, impact_start: datetime | None, gates: Mapping[str, GateRow]
) -> tuple[str, ...]:
    signs = []
    if impact_start is not None and node.valid_from is not None and impact_start - node.valid_from.hi > OLD:
        signs.append(f"existed {span_in_words(impact_start - node.valid_from.utc, _about(node))} before")
    incidents = len(set(node.incidents)) + 1
    if incidents > 1:
        signs.append(f"appears in {incidents} incidents")
    if node.factor in _FACTOR:
        signs.append(_FACTOR[node.factor])
    gap = _gap(paths, node, gates)
    return (*signs, gap) if gap else tuple(signs)


def _gap(paths: Paths, node: Node, gates: Mapping[str, GateRow]) -> str:
    """In words, that a barrier was missing or blind; "" where it was not."""
    if node.kind is not NodeKind.BARRIER:
        return ""
    row = gate_of(node, gates)
    if row is not None and row.outcome in MISSING:
        return f"the gate {row.title} {MISSING[row.outcome]}"
    if row is not None and row.outcome is Outcome.PASSED and row.could in (Could.YES, Could.PLAUSIBLY):
        return f"the gate {row.title} could have caught it and did not see it"
    if row is not None and row.outcome is not Outcome.UNKNOWN:
        return ""
    blind = {Relation.FAILED_TO_STOP, Relation.DELAYED_DETECTION}
    if any(edge.relation in blind for edge in paths.edges_from.get(node.id, ())):
        return "a barrier that was missing or blind"
    return ""


def _recent_direct_input(paths: Paths, node: Node, impact_start: datetime | None) -> str:
    if impact_start is None or node.valid_from is None or impact_start - node.valid_from.lo >= RECENT:
        return ""
    if not any(node.id in paths.causes.get(top.id, ()) for top in paths.graph.outcomes()):
        return ""
    age = impact_start - node.valid_from.utc
    if age < timedelta():
        return "leads straight to the top event and began after impact did"
    return f"leads straight to the top event and began {span_in_words(age, _about(node))} before"


def _about(node: Node) -> bool:
    return node.valid_from is not None and node.valid_from.precision is Precision.APPROXIMATE


def span_in_words(span: timedelta, about: bool = False) -> str:
    """A span as people say it: "9 min", "5 h", "214 days", "7.5 years"."""
    lead = "about " if about else ""
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{lead}{minutes} min"
    if span < timedelta(days=2):
        return f"{lead}{minutes // 60} h"
    if span < timedelta(days=730):
        return f"{lead}{span.days} days"
    return f"{lead}{span.days / 365.25:.1f} years"
