"""Fault trees of sixty events and twenty thousand ways, against relibmss (a compiled library of decision diagrams).

Knows the trees and the clock. Both sides start from the nested form and end at a list of every minimal set.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import relibmss

from afteraction.engine.causes.cutsets import cut_sets, path_sets
from afteraction.engine.causes.importance import importance
from afteraction.engine.causes.trees import read_tree

HEADING = "## Fault trees"


@dataclass(frozen=True)
class Timed:
    """Medians in seconds of processor time; `reference` is relibmss from the same tree to the same sets."""

    name: str
    events: int
    ways: int
    ours: float
    reference: float
    prevention: float
    weights: float


def report(rounds: int = 5) -> str:
    """The section of the results."""
    rows = [
        f"| {one.name} | {one.events} | {one.ways:,} | **{one.ours:.2f} s** | {one.reference:.3f} s |"
        f" **{one.ours / one.reference:.1f}×** | {one.prevention:.2f} s | {one.weights:.2f} s |"
        for one in (measured(name, tree, rounds) for name, tree in TREES)
    ]
    return "\n".join(
        [
            HEADING,
            "",
            f"Every minimal cut set, against relibmss; medians of {rounds} rounds, processor time (aim: under 2 s).",
            "",
            "| tree | events | ways | ours | relibmss | ratio | path sets | importance |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _choices() -> Any:
    """Four causes with 12, 12, 12 and 11 alternatives, and 13 events that are needed besides: 19,008 ways."""
    groups = [["OR", *[f"g{group}_{number}" for number in range(size)]] for group, size in enumerate((12, 12, 12, 11))]
    return ["AND", *groups, *[f"needed_{number}" for number in range(13)]]


def _votes() -> Any:
    """Three of fifty, besides ten events of their own: 19,610 ways."""
    return ["OR", ["VOTE", 3, *[f"e{number}" for number in range(50)]], *[f"alone_{number}" for number in range(10)]]


def _shared() -> Any:
    """Alternatives that share events, so that most of what is expanded is absorbed."""

    def rows(start: int) -> list[Any]:
        return [["OR", *[f"e{(start + 11 * row + 3 * n) % 60}" for n in range(10)]] for row in range(4)]

    return ["OR", *[["AND", *rows(start)] for start in (0, 1)]]


def _tangled() -> Any:
    """Gates of every sort over events that are named all over the tree: no part of it stands alone."""
    chance = random.Random(2)

    def grown(left: int) -> Any:
        if not left:
            return f"e{chance.randrange(60)}"
        kind = chance.choice(["AND", "OR", "VOTE"])
        needs = [grown(left - 1) for _ in range(chance.randint(2, 4))]
        return [kind, 2, *needs] if kind == "VOTE" else [kind, *needs]

    return grown(5)


TREES = (
    ("alternatives", _choices()),
    ("three of fifty", _votes()),
    ("shared events", _shared()),
    ("tangled", _tangled()),
)


def measured(name: str, tree: Any, rounds: int) -> Timed:
    """Times both and stops where they disagree."""
    known = read_tree(tree)
    found, theirs = cut_sets(known), reference(tree)
    if found.left_out or {frozenset(each) for each in found.sets} != {frozenset(each) for each in theirs}:
        raise SystemExit(f"{name}: {found.total} ways here, {len(theirs)} in relibmss")
    return Timed(
        name=name,
        events=len(known.basic),
        ways=len(found.sets),
        ours=_seconds(lambda: cut_sets(read_tree(tree)), rounds),
        reference=_seconds(lambda: reference(tree), rounds),
        prevention=_seconds(lambda: path_sets(known), rounds),
        weights=_seconds(lambda: importance(known), rounds),
    )


def reference(tree: Any) -> list[list[str]]:
    """The same sets by relibmss, which calls what makes the function true a path."""
    diagrams = relibmss.BDD()
    top = _in_relibmss(diagrams, tree)
    family = top.minpath()
    return list(family.extract())


def _in_relibmss(diagrams: relibmss.BDD, tree: Any) -> relibmss.BddNode:
    if isinstance(tree, str):
        return diagrams.defvar(tree)
    if tree[0] == "VOTE":
        return diagrams.kofn(tree[1], [_in_relibmss(diagrams, each) for each in tree[2:]])
    inputs = [_in_relibmss(diagrams, each) for each in tree[1:]]
    return diagrams.Or(inputs) if tree[0] == "OR" else diagrams.And(inputs)


def _seconds(act: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return median(taken)
