"""Minimal cut sets and path sets of a fault tree (SPEC §7.5): the ways it happens, and the ways to prevent it.

Knows bottom-up expansion with absorption, and to stop at an order and say so. Refuses to weigh events: `importance`
does. Some libraries, relibmss among them, use the two names the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from afteraction.engine.causes.families import ALWAYS, ANY, MOST_EVENTS, NONE, Families, TooMuchWork
from afteraction.engine.causes.formula import Gate, Tree
from afteraction.engine.causes.graph import LogicType, natural

MOST_SETS = 20_000
# Steps for the sets of low order, where all sets together were too much work: less than half a second.
SHORT_WORK = 200_000


@dataclass(frozen=True, kw_only=True)
class CutSets:
    """Minimal sets of basic events. Each set is in the order of its ids, the sets by order (how many events they have)
    and then by ids. Where there are too many, `left_out` is True and every set of an order up to `truncated_at_order`
    is here, none of a higher one. `total` counts all of them, those left out too; None where even counting was too
    much; `counted` is how many were. `member_of` says in how many of those each event is."""

    sets: tuple[tuple[str, ...], ...] = ()
    truncated_at_order: int | None = None
    left_out: bool = False
    total: int | None = 0
    counted: int = 0
    member_of: Mapping[str, int] = field(default_factory=dict)

    @property
    def single_points(self) -> tuple[str, ...]:
        """Events that suffice alone: single points of failure, or for path sets, events whose removal suffices."""
        return tuple(each[0] for each in self.sets if len(each) == 1)

    @cached_property
    def marks(self) -> Mapping[str, int]:
        """For each event the sets that it is in, as bits: the first set is the lowest."""
        found: dict[str, bytearray] = {}
        last = len(self.sets) - 1
        for place, each in enumerate(self.sets):
            for event in each:
                found.setdefault(event, bytearray(b"0") * (last + 1))[last - place] = ord("1")
        return {event: int(bits, 2) for event, bits in found.items()}

    def marked(self, bits: int) -> frozenset[tuple[str, ...]]:
        """The sets whose bits are on."""
        on = f"{bits & ((1 << len(self.sets)) - 1):b}"[::-1]
        return frozenset(each for each, bit in zip(self.sets, on, strict=False) if bit == "1")


def cut_sets(tree: Tree, *, without: Collection[str] = (), most: int = MOST_SETS) -> CutSets:
    """The minimal sets of basic events that make the top happen. `without` are ids, developed or basic, that are made
    impossible. A top that always happens has one set, the empty one; a top that cannot happen has none."""
    return _listed(tree, frozenset(without), most)


def path_sets(tree: Tree, *, most: int = MOST_SETS) -> CutSets:
    """The minimal sets of basic events whose removal makes the top impossible: the minimal hitting sets of the cut
    sets, found by expanding the dual tree, so that they are exact where cut sets had to be left out."""
    return _listed(dual(tree), frozenset(), most)


def dual(tree: Tree) -> Tree:
    """The tree of how it does not happen: AND and OR change places, k of n becomes n − k + 1 of n."""
    return replace(tree, gates={each: _turned(gate) for each, gate in tree.gates.items()})


def _turned(gate: Gate) -> Gate:
    needed = len(gate.needs) - gate.threshold + 1
    return Gate(id=gate.id, type=LogicType.VOTE, inputs=gate.needs, k=needed, assumed=gate.assumed)


@dataclass(frozen=True, kw_only=True)
class Expansion:
    """A tree as one family; event number i of the family is `events[i]`."""

    families: Families
    root: int
    events: tuple[str, ...]


def expand(
    tree: Tree, *, without: Collection[str] = (), order: int = ANY, families: Families | None = None
) -> Expansion:
    """The family of all cut sets, or of those up to an order, made in `families` or in new ones. Raises TooMuchWork
    where that outgrows the limits."""
    # Events that are near each other in the tree are near in the diagram, which keeps it small.
    events = tuple(each for each in tree.upwards if each not in tree.gates)
    if len(events) > MOST_EVENTS:
        raise TooMuchWork
    families = families or Families()
    number = {each: place for place, each in enumerate(events)}
    found: dict[str, int] = {}
    for each in tree.upwards:
        gate = tree.gates.get(each)
        if each in without:
            found[each] = NONE
        elif gate is None:
            found[each] = families.event(number[each])
        else:
            found[each] = _combined(families, [found[need] for need in reversed(gate.needs)], gate.threshold, order)
    root = families.at_most(found.get(tree.top, NONE), order)
    return Expansion(families=families, root=root, events=events)


def _combined(families: Families, inputs: list[int], needed: int, order: int) -> int:
    """At least `needed` of the inputs, as one family."""

    def both(one: int, other: int) -> int:
        return families.both(one, other, order)

    if needed == 1:
        return families.together(families.either, inputs, NONE)
    if needed == len(inputs):
        return families.together(both, inputs, ALWAYS)
    # reached[n]: at least n of the inputs seen so far.
    reached = [ALWAYS] + [NONE] * max(needed, 0)
    for each in inputs:
        for n in range(needed, 0, -1):
            reached[n] = families.either(reached[n], both(reached[n - 1], each))
    return reached[max(needed, 0)]


def _listed(tree: Tree, without: frozenset[str], most: int) -> CutSets:
    try:
        return _told(expand(tree, without=without), ANY, most)
    except TooMuchWork:
        return _low_orders(tree, without, most)


def _low_orders(tree: Tree, without: frozenset[str], most: int) -> CutSets:
    """The sets of as high an order as the work allows, one order more at a time."""
    best, reach = None, 0
    families = Families(SHORT_WORK)
    try:
        while best is None or sum(best.families.counts(best.root)) <= most:
            best = expand(tree, without=without, order=reach + 1, families=families)
            reach += 1
    except TooMuchWork:
        pass
    return CutSets(truncated_at_order=0, left_out=True, total=None) if best is None else _told(best, reach, most)


def _told(found: Expansion, order: int, most: int) -> CutSets:
    counts = found.families.counts(found.root)
    reach, many = -1, 0
    for each, count in enumerate(counts):
        if many + count > most:
            break
        reach, many = each, many + count
    whole = order == ANY and many == sum(counts)
    masks = found.families.masks(found.root, reach)
    sets = tuple(sorted((_named(mask, found.events) for mask in masks), key=_by_order))
    members = found.families.members(found.root)
    in_order = sorted(enumerate(found.events), key=lambda placed: natural(placed[1]))
    return CutSets(
        sets=sets,
        truncated_at_order=None if whole else reach if many < sum(counts) else order,
        left_out=not whole,
        total=sum(counts) if order == ANY else None,
        counted=sum(counts),
        member_of=MappingProxyType({each: members.get(number, 0) for number, each in in_order}),
    )


def _named(mask: int, events: tuple[str, ...]) -> tuple[str, ...]:
    names = []
    while mask:
        lowest = mask & -mask
        names.append(events[lowest.bit_length() - 1])
        mask ^= lowest
    return tuple(sorted(names, key=natural))


def _by_order(names: tuple[str, ...]) -> tuple[int, list[tuple[int, str]]]:
    return len(names), [natural(each) for each in names]
