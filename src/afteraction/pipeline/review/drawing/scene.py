"""What every drawing needs of a review: the graph, what is selected, and how its parts are called.

Knows words for kinds, times and evidence. Refuses to lay anything out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property

from afteraction.core.instant import Instant, Precision
from afteraction.engine.causes.graph import CauseGraph, MitigatorKind, Node, NodeKind, Stance, Status, Support
from afteraction.pipeline.review.drawing.text import wrap

Place = tuple[float, float]
# A saved place beyond this is drawn at it, or one slip of a program would make a sheet that nothing opens.
FURTHEST = 100_000.0
# What stands above a box, such as its question, needs this much of the sheet.
ABOVE = 32.0
# A longer citation is cut: two fit into a box.
LABEL = 44.0
# What set it off may be a change; it is drawn as one.
CHANGE_ROLES = frozenset({"trigger", "change"})
STATUS_WORDS = {Status.CONFIRMED: "supported", Status.HYPOTHESIS: "hypothesis", Status.REFUTED: "ruled out"}


@dataclass(frozen=True)
class Kind:
    """How a kind of node is shown: its word, its colour (`m-…`) and its mark."""

    word: str
    tone: str
    mark: str


_KINDS = {
    NodeKind.OUTCOME: Kind("Top event", "m-harm", "dot"),
    NodeKind.EVENT: Kind("Event", "m-people", "dot"),
    NodeKind.CONDITION: Kind("Condition", "m-people", "square"),
    NodeKind.ACTION: Kind("Action", "m-accent", "role"),
    NodeKind.DECISION: Kind("Decision", "m-accent", "role"),
    NodeKind.BARRIER: Kind("Barrier", "m-signal", "bars"),
    NodeKind.MITIGATOR: Kind("Mitigator", "m-hold", "shield"),
    NodeKind.EXTERNAL: Kind("External", "m-comms", "ring"),
}
_CHANGE = Kind("Change", "m-change", "diamond")
_LUCK = Kind("Luck", "m-people", "clover")


@dataclass(frozen=True)
class Scene:
    """One graph as it is to be drawn. `selected` is the id of the node or edge that is open, `places` are saved places
    by node, in pixels; `ends` are words at the end of a path (`systemic, gap 3`), `day` is the day of the incident,
    `zone` the one in which times are said."""

    graph: CauseGraph
    selected: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    ends: Mapping[str, str] = field(default_factory=dict)
    cut: Mapping[str, str] = field(default_factory=dict)
    uncut: Collection[str] = ()
    day: datetime | None = None
    zone: tzinfo = UTC

    @cached_property
    def arranged(self) -> Mapping[str, Place]:
        """The saved places of nodes that there are, each on the sheet."""
        return {
            ident: (min(max(x, 0.0), FURTHEST), min(max(y, ABOVE), FURTHEST))
            for ident, (x, y) in self.places.items()
            if ident in self.graph.nodes
        }

    @property
    def zone_name(self) -> str:
        """What the zone of all times is called: `UTC`, `Europe/Berlin`."""
        return str(self.zone)

    def kind_of(self, node: Node) -> Kind:
        """How a node is shown; an event that is a change is a change."""
        if node.kind is NodeKind.EVENT and CHANGE_ROLES & set(node.roles):
            return _CHANGE
        if node.mitigator is MitigatorKind.LUCK:
            return _LUCK
        return _KINDS[node.kind]

    def labels_of(self, claim: str, most: int = 2) -> list[str]:
        """Citations of what supports a node or an edge, each once; what is beyond `most` is counted."""
        found = [each.label or "note" for each in self.supports_of(claim) if each.stance is Stance.SUPPORTS]
        labels = [wrap(each, LABEL, 11, most=1)[0] for each in dict.fromkeys(found)]
        return labels if len(labels) <= most else [*labels[: most - 1], f"+{len(labels) - most + 1}"]

    def supports_of(self, claim: str) -> tuple[Support, ...]:
        """All evidence on a node or an edge."""
        return self.graph.supports_of.get(claim, ())

    def time_of(self, node: Node) -> str:
        """When it began to hold, as short as it is still clear: a clock on the day itself, else a day or a month."""
        return "" if node.valid_from is None else self.moment(node.valid_from)

    def moment(self, instant: Instant) -> str:
        """A moment in the scene's zone: `14:02` on the incident's day, `11 May` in its year, else `Jan 2025`."""
        at = instant.utc.astimezone(self.zone)
        day = self.day.astimezone(self.zone) if self.day else None
        if day is not None and at.date() == day.date():
            return at.strftime("%H:%M") if instant.precision is not Precision.DAY else at.strftime("%-d %b")
        if day is not None and abs((day - at).days) < 90:
            return at.strftime("%-d %b")
        return at.strftime("%b %Y")
