"""Everything that a report is told from: the review, the analysis beside it, and what the record says of the people.

Knows which engine answers which question. Refuses to read a database and to know the time: whoever asks brings both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from afteraction.engine.causes.coverage import Coverage, coverage, hits_of
from afteraction.engine.causes.cutsets import cut_sets
from afteraction.engine.causes.formula import Tree
from afteraction.engine.causes.graph import TopEvent
from afteraction.engine.causes.levels import LeveledNode, levels
from afteraction.engine.causes.trees import logic_tree
from afteraction.engine.causes.ways import coverage_in_words, statements
from afteraction.engine.gates.chances import Chances, count_chances
from afteraction.engine.language.actions.changes import Verdict, classify
from afteraction.engine.language.actions.properties import NAMES
from afteraction.engine.review.document import Review
from afteraction.pipeline.report.sentences import when
from afteraction.pipeline.report.story import Story, tell

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class StepTaken:
    """One step of a review: its title, when (UTC), by which seat, what was open then and why it was taken all the
    same."""

    title: str
    at: datetime
    by: str
    still_open: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What the replay of a proposed signal on the incident's own series said, and whether it could be replayed."""

    sentence: str
    is_tested: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """The sources. `document` is as much of the analysis as its story tells, empty without evidence. `record` is the
    incident's own (`key`, `title`, `severity`, `kind`). `seats` are seats with the roles in them, `disclosures`
    sentences about conflicts that are printed and `not_checked` those about what was not checked, for the team;
    `disclosed` says the conflicts by role alone, for everybody else. `published` says when it was published and whether
    that was in time, "" while it is a draft. `stretches` say where the time went: (what, how long, share of all).
    `edition` names which facts it rests on."""

    review: Review
    document: Json = field(default_factory=dict)
    record: Json = field(default_factory=dict)
    seats: tuple[tuple[str, str], ...] = ()
    disclosures: tuple[str, ...] = ()
    disclosed: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    steps: tuple[StepTaken, ...] = ()
    published: str = ""
    edition: str = "draft"
    notes: tuple[str, ...] = ()
    stretches: tuple[tuple[str, str, float], ...] = ()
    replays: Mapping[str, Replay] = field(default_factory=dict)

    @cached_property
    def story(self) -> Story | None:
        """The story of the evidence; None without any."""
        return tell(self.document) if self.document else None

    @cached_property
    def impact_start(self) -> datetime | None:
        """When users first felt it."""
        found = self.document.get("milestones", {}).get("t_impact_start")
        return when(found[0]["value"]) if found else None

    @cached_property
    def day(self) -> datetime | None:
        """The day that times are told from."""
        known = [each.valid_from.utc for each in self.review.graph.outcomes() if each.valid_from]
        return self.impact_start or (min(known) if known else None)

    @cached_property
    def chances(self) -> Chances:
        """What became of it at each gate."""
        return count_chances(self.review.gates)

    @cached_property
    def levels(self) -> dict[str, LeveledNode]:
        """How deep each cause lies."""
        return levels(self.review.graph, self.impact_start, self.review.gates)

    @cached_property
    def judged(self) -> Mapping[str, Verdict]:
        """What each change really is."""
        return {
            ident: classify(each.text, {name: value for name, value in each.properties.items() if name in NAMES})
            for ident, each in self.review.changes.items()
        }

    @cached_property
    def trees(self) -> Mapping[TopEvent, Tree]:
        """The fault tree of each top event that there is."""
        graph = self.review.graph
        return {top: logic_tree(graph, found[0].id) for top in TopEvent if (found := graph.outcomes(top))}

    @cached_property
    def coverages(self) -> Mapping[TopEvent, Coverage]:
        """Which of the ways the changes cut, for each top event that has a way."""
        hits = hits_of(self.review.changes, self.review.graph, self.review.gates)
        states = {each.id: each.state for each in self.review.changes.values()}
        found = {top: coverage(cut_sets(tree), hits, states=states, tree=tree) for top, tree in self.trees.items()}
        return {top: each for top, each in found.items() if each.ways}

    @cached_property
    def coverage_words(self) -> tuple[str, ...]:
        """`3 of 4 ways … one is left`, for each top event."""
        names = statements(self.review.graph)
        return tuple(
            coverage_in_words(each, names, lasting=top is TopEvent.LASTED) for top, each in self.coverages.items()
        )
