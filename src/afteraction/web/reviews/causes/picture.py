"""The cause graph of a review as its page shows it: one view drawn, with what the engine says about it.

Knows which facts the engine needs and where they are. Refuses to compute and to draw by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from afteraction.engine.causes.coverage import Coverage, coverage, hits_of
from afteraction.engine.causes.cutsets import CutSets, cut_sets, path_sets
from afteraction.engine.causes.formula import BEFORE, Tree, original
from afteraction.engine.causes.graph import (
    CauseGraph,
    Level,
    MitigatorKind,
    Node,
    NodeKind,
    Status,
    TopEvent,
    natural,
)
from afteraction.engine.causes.humans import unfit_remedies
from afteraction.engine.causes.levels import LeveledNode, gate_of, levels
from afteraction.engine.causes.trees import logic_tree
from afteraction.engine.causes.wellformed import check_graph, stop_hints
from afteraction.engine.causes.whys import Step, whys
from afteraction.engine.review.findings import ReviewFinding, is_set_aside, open_findings
from afteraction.engine.review.known_facts import was_set_off_by_change
from afteraction.pipeline.review.drawing.causal import draw_causal
from afteraction.pipeline.review.drawing.fault_tree import draw_fault_tree, letters
from afteraction.pipeline.review.drawing.fishbone import draw_fishbone
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.whys import draw_whys
from afteraction.web.reviews.workspace import Workspace
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
VIEWS: Mapping[str, tuple[str, str]] = {
    "whys": ("5 Whys", "from each top event back to what made it possible"),
    "fishbone": ("Fishbone", "the same causes, gathered by where they live"),
    "fault-tree": ("Fault tree", "what had to come together, and what else would be enough"),
    "causal": ("Causal graph", "how old each condition is, and when it mattered"),
}
TOPS: Mapping[str, str] = {"both": "Both", "happened": "It happened", "lasted": "It lasted"}
NO_TREE = Tree(top="", unknown=("",))


@dataclass(frozen=True)
class Picture:
    """One view of the cause graph of one review; `selected` is the id of a node or an edge, "" for none."""

    work: Workspace
    view: str = "whys"
    tops: str = "both"
    selected: str = ""

    @property
    def graph(self) -> CauseGraph:
        """The graph itself."""
        return self.work.document.graph

    @property
    def top(self) -> TopEvent | None:
        """The kind of top event that is shown alone, None for both."""
        return None if self.tops == "both" else TopEvent(self.tops)

    @cached_property
    def impact(self) -> tuple[datetime, datetime | None] | None:
        """When users felt it, as the facts have it; None where nobody knows."""
        start, end = self.milestone("t_impact_start"), self.milestone("t_impact_end")
        return (start, end) if start else None

    def milestone(self, name: str) -> datetime | None:
        """A milestone of the facts, in UTC."""
        found = self.work.head.get("milestones", {}).get(name) or ()
        return moment(found[0]["value"]) if found else None

    @cached_property
    def scene(self) -> Scene:
        """What the drawing is made from."""
        layout = self.work.document.layouts.get(self.view)
        return Scene(
            self.graph, selected=self.selected, places=layout.places if layout else {}, ends=self._ends(),
            cut=self._cut(), uncut=self._uncut(), day=self._day(),
        )  # fmt: skip

    @cached_property
    def sheet(self) -> Sheet:
        """The drawing of the view."""
        if self.view == "fishbone":
            return draw_fishbone(self.scene, self.top)
        if self.view == "fault-tree":
            return draw_fault_tree(self.scene, self.tree)
        return draw_causal(self.scene, self.top) if self.view == "causal" else draw_whys(self.scene, self.top)

    @cached_property
    def trees(self) -> list[Step]:
        """The same as a tree of steps, for the list."""
        return [whys(self.graph, outcome.id) for outcome in self.graph.outcomes(self.top)]

    @cached_property
    def tree(self) -> Tree:
        """The fault tree of the first top event that is shown."""
        found = self.graph.outcomes(self.top or TopEvent.HAPPENED) or self.graph.outcomes(self.top)
        chosen = next((each for each in found if each.id == self.selected), found[0] if found else None)
        return logic_tree(self.graph, chosen.id) if chosen else NO_TREE

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The letter of each basic event of the fault tree."""
        return {} if self.tree.unknown and not self.tree.gates else letters(self.tree)

    @cached_property
    def ways(self) -> CutSets:
        """The minimal cut sets: the ways it happens."""
        return cut_sets(self.tree)

    @cached_property
    def preventions(self) -> CutSets:
        """The minimal path sets: what would have kept it from happening."""
        return path_sets(self.tree)

    @cached_property
    def hits(self) -> Mapping[str, tuple[str, ...]]:
        """Which nodes each change works on."""
        return hits_of(self.work.document.changes, self.graph, self.work.document.gates)

    @cached_property
    def coverage(self) -> Coverage:
        """Which of the ways the changes cut."""
        states = {each.id: each.state for each in self.work.document.changes.values()}
        return coverage(self.ways, self.hits, states=states, tree=self.tree)

    @cached_property
    def open_after(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        """The ways that each change alone leaves open."""
        cutting = [each for each, ways in self.coverage.cut_by.items() if ways]
        alone = {each: coverage(self.ways, {each: self.hits[each]}, tree=self.tree) for each in cutting}
        return {each: frozenset(found.remaining) for each, found in alone.items()}

    @cached_property
    def worked_on(self) -> frozenset[str]:
        """Basic events that some change works on, or on what they stand below alone."""
        return frozenset(node for each, nodes in self.hits.items() if each in self.open_after for node in nodes)

    @cached_property
    def levels(self) -> dict[str, LeveledNode]:
        """How deep each cause lies, with the reason."""
        return levels(self.graph, self.impact[0] if self.impact else None, self.work.document.gates)

    @cached_property
    def findings(self) -> tuple[ReviewFinding, ...]:
        """Everything that the rules say about the graph, set aside or not."""
        document = self.work.document
        restore = self.work.head.get("metrics", {}).get("M08") or {}
        found = check_graph(
            self.graph, impact=self.impact, changes=document.changes, gates=document.gates, frame=document.frame,
            change_triggered=was_set_off_by_change(self.graph, self.work.head), restore_s=restore.get("value"),
            uncovered=self.coverage.remaining if self.ways.sets else None,
            check=partial(self.work.checker, field="cause"),
        )  # fmt: skip
        return (*found, *unfit_remedies(self.graph, document.changes))

    @cached_property
    def open(self) -> tuple[ReviewFinding, ...]:
        """What of it is open, what must be met first."""
        return open_findings(self.findings, self.work.document.dismissals)

    @cached_property
    def set_aside(self) -> list[ReviewFinding]:
        """What somebody dismissed or overrode."""
        return [each for each in self.findings if is_set_aside(each, self.work.document.dismissals)]

    @cached_property
    def nodes(self) -> list[Node]:
        """Every node, in the order of ids."""
        return [self.graph.nodes[each] for each in sorted(self.graph.nodes, key=natural)]

    @cached_property
    def helped(self) -> list[Node]:
        """What was designed or practised to make it less bad, and did."""
        return [each for each in self.nodes if _mitigates(each) and each.mitigator is not MitigatorKind.LUCK]

    @cached_property
    def luck(self) -> list[Node]:
        """Where luck made it less bad."""
        return [each for each in self.nodes if _mitigates(each) and each.mitigator is MitigatorKind.LUCK]

    @cached_property
    def ruled_out(self) -> list[Node]:
        """Explanations that did not hold."""
        return [each for each in self.nodes if each.status is Status.REFUTED and not _mitigates(each)]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many causes stand how firmly; top events are no claims."""
        claims = [each for each in self.nodes if each.kind is not NodeKind.OUTCOME and not _mitigates(each)]
        of_status = {each: sum(node.status is each for node in claims) for each in Status}
        return {
            "supported": of_status[Status.CONFIRMED], "hypotheses": of_status[Status.HYPOTHESIS],
            "ruled_out": of_status[Status.REFUTED], "helped": len(self.helped), "luck": len(self.luck),
        }  # fmt: skip

    @cached_property
    def linked(self) -> frozenset[str]:
        """Nodes that stand in a tree of some top event."""
        every = [whys(self.graph, outcome.id) for outcome in self.graph.outcomes()]
        return frozenset(step.node.id for each in every for step in each.walk())

    @cached_property
    def loose(self) -> list[Node]:
        """Causes that lead to no top event yet."""
        apart = {each.id for each in (*self.helped, *self.luck, *self.ruled_out)}
        return [each for each in self.nodes if each.id not in self.linked and each.id not in apart]

    def change_word(self, change: str) -> str:
        """What a change is called: `change 1` for C1."""
        return f"change {change[1:]}" if change[:1] == "C" and change[1:].isdigit() else change

    def _ends(self) -> dict[str, str]:
        """What stands at the end of a path: that it is systemic and which gap it is, or that it goes on."""
        if self.view != "whys":
            return {}
        hints = stop_hints(self.graph, impact=self.impact, gates=self.work.document.gates)
        found = dict.fromkeys(hints, "could go on")
        for ident, leveled in self.levels.items():
            if leveled.level is Level.SYSTEMIC:
                row = gate_of(self.graph.nodes[ident], self.work.document.gates)
                found[ident] = f"systemic, gap: {row.title.lower()}" if row else "systemic"
        return found

    def _cut(self) -> dict[str, str]:
        if self.view != "fault-tree":
            return {}
        by_node: dict[str, list[str]] = {}
        for change, nodes in self.hits.items():
            if change not in self.coverage.cancelled:
                for node in nodes:
                    by_node.setdefault(node, []).append(change)
        return {
            node: (self.change_word(each[0]) if len(each) == 1 else f"{len(each)} changes")
            for node, each in by_node.items()
        }

    def _uncut(self) -> frozenset[str]:
        """What the ways need that no change cuts; with no change at all there is nothing to stand out against."""
        if self.view != "fault-tree" or not self.coverage.cut_by:
            return frozenset()
        return frozenset(each for way in self.coverage.remaining for each in way)

    def _day(self) -> datetime | None:
        day = self.impact[0] if self.impact else None
        known = [each.valid_from.utc for each in self.graph.outcomes() if each.valid_from]
        return day or (min(known) if known else None)


def plain(identity: str) -> str:
    """The id of the node for which an event of a tree stands."""
    return original(identity)


def is_earlier(identity: str) -> bool:
    """Whether an event of a tree is a node at an earlier time."""
    return identity.endswith(BEFORE)


def _mitigates(node: Node) -> bool:
    return node.kind is NodeKind.MITIGATOR
