"""How much each basic event matters to the top of a fault tree (SPEC §7.5).

Structural importance needs no numbers from anybody. Measures with chances are computed only from rates that people
gave, for every event, and are labelled exploratory: after an incident, "how likely was that" has no sound answer.
Refuses to guess a rate, and to round: structural importance is counted in whole states.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afteraction.engine.causes.cutsets import CutSets, Expansion, cut_sets, expand
from afteraction.engine.causes.families import ALWAYS, NONE, TooMuchWork
from afteraction.engine.causes.formula import Tree
from afteraction.engine.causes.graph import natural


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """One basic event. In `critical` of the `states` of the other events (2 to the power of their number) it decides
    whether the top happens; both are None where the tree is too large to count. `member_of` of `ways` minimal cut sets
    contain it (of those of low order, where all are too many to count)."""

    event: str
    critical: int | None
    states: int | None
    member_of: int
    ways: int

    @property
    def birnbaum(self) -> float | None:
        """Structural Birnbaum importance: the share of states in which it decides, 0 to 1."""
        return None if self.critical is None or self.states is None else self.critical / self.states

    @property
    def share(self) -> float:
        """The share of cut sets that contain it, 0 to 1 (Fussell–Vesely without chances)."""
        return self.member_of / self.ways if self.ways else 0.0


def importance(tree: Tree, ways: CutSets | None = None) -> tuple[Importance, ...]:
    """Every basic event, those that matter most first, and of equal ones in the order of their ids. `ways` are the cut
    sets of the tree where they are known already."""
    ways = ways or cut_sets(tree)
    states = 1 << max(len(tree.basic) - 1, 0)
    # Ways that are too much to count have too many states.
    critical = None if ways.total is None else _critical_states(tree)
    found = [
        Importance(
            event=each,
            critical=None if critical is None else critical.get(each, 0),
            states=None if critical is None else states,
            member_of=ways.member_of.get(each, 0),
            ways=ways.counted,
        )
        for each in tree.basic
    ]
    return tuple(sorted(found, key=lambda one: (-(one.critical or 0), -one.member_of, natural(one.event))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One basic event with the rates that were given. `birnbaum` is ∂P/∂p; `fussell_vesely` the chance that a cut set
    with it has happened, given that the top has; `raw` (risk achievement worth) P with the event certain over P; `rrw`
    (risk reduction worth) P over P without the event, infinite where nothing happens without it."""

    event: str
    rate: float
    birnbaum: float
    fussell_vesely: float
    raw: float
    rrw: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What follows from rates that people gave, if events were independent. Without a rate between 0 and 1 for every
    basic event nothing is computed, and `missing` names those; `probability` is None then, and where the tree is too
    large (`too_large`). Where the top cannot happen at these rates, ratios have no meaning and `events` is empty."""

    label: str = "exploratory"
    probability: float | None = None
    events: tuple[Rated, ...] = ()
    missing: tuple[str, ...] = ()
    too_large: bool = False


def explore(tree: Tree, rates: Mapping[str, float]) -> Exploration:
    """Chances of the top and of each event's part in it, exact for independent events, from rates between 0 and 1.
    Formulas: Birnbaum 1969; Vesely et al., NUREG/CR-3385 (RAW, RRW); Fussell 1975."""
    missing = tuple(each for each in tree.basic if not 0 <= rates.get(each, math.nan) <= 1)
    if missing:
        return Exploration(missing=missing)
    try:
        found = expand(tree)
        chances = [rates[each] for each in found.events]
        probability, slopes = _chance_and_slopes(found, chances)
        through = [_chance(found, found.families.with_event(found.root, n), chances) for n in range(len(chances))]
    except TooMuchWork:
        return Exploration(too_large=True)
    if not probability:
        return Exploration(probability=0.0)
    rated = [
        Rated(
            event=each,
            rate=rate,
            birnbaum=slope,
            fussell_vesely=part / probability,
            raw=(probability + (1 - rate) * slope) / probability,
            rrw=_over(probability, probability - rate * slope),
        )
        for each, rate, slope, part in zip(found.events, chances, slopes, through, strict=True)
    ]
    ordered = sorted(rated, key=lambda one: (-one.birnbaum, natural(one.event)))
    return Exploration(probability=probability, events=tuple(ordered))


def _over(whole: float, rest: float) -> float:
    # What is left of a difference of equal numbers is rounding, not a chance.
    return whole / rest if rest > whole * 1e-12 else math.inf


def _critical_states(tree: Tree) -> Mapping[str, int] | None:
    """In how many states of the others each event decides, counted exactly; None where that is too much."""
    try:
        found = expand(tree)
        below = _decisions(found)
    except TooMuchWork:
        return None
    families, count = found.families, len(found.events)
    # Numbers of states out of 2^count, so that halving stays whole: below event n they are multiples of 2^n.
    so: dict[int, int] = {NONE: 0, ALWAYS: 1 << count}
    for each in reversed(below):
        low, high = families.branches(each)
        so[each] = (so[low] + so[high]) >> 1
    reached: dict[int, int] = dict.fromkeys(below, 0)
    reached[found.root] = 1 << count
    critical = [0] * count
    for each in below:
        low, high = families.branches(each)
        critical[families.parts[each][0]] += reached[each] * (so[high] - so[low])
        for branch in (low, high):
            if branch > ALWAYS:
                reached[branch] += reached[each] >> 1
    return {each: critical[place] >> (count + 1) for place, each in enumerate(found.events)}


def _decisions(found: Expansion) -> Sequence[int]:
    """All decisions below the root (the nodes of its binary decision diagram), each before those it leads to."""
    order = found.families.inner_first(found.root, found.families.branches)
    return [each for each in order if each > ALWAYS][::-1]


def _chance_and_slopes(found: Expansion, chances: Sequence[float]) -> tuple[float, list[float]]:
    below = _decisions(found)
    families, parts = found.families, found.families.parts
    so = _chances(found, below, chances)
    reached: dict[int, float] = {**dict.fromkeys(below, 0.0), found.root: 1.0}
    slopes = [0.0] * len(chances)
    for each in below:
        event = parts[each][0]
        low, high = families.branches(each)
        slopes[event] += reached[each] * (so[high] - so[low])
        for branch, chance in ((low, 1 - chances[event]), (high, chances[event])):
            if branch > ALWAYS:
                reached[branch] += reached[each] * chance
    return so[found.root], slopes


def _chance(found: Expansion, family: int, chances: Sequence[float]) -> float:
    inner = Expansion(families=found.families, root=family, events=found.events)
    return _chances(inner, _decisions(inner), chances)[family]


def _chances(found: Expansion, below: Sequence[int], chances: Sequence[float]) -> dict[int, float]:
    so: dict[int, float] = {NONE: 0.0, ALWAYS: 1.0}
    for each in reversed(below):
        low, high = found.families.branches(each)
        chance = chances[found.families.parts[each][0]]
        so[each] = chance * so[high] + (1 - chance) * so[low]
    return so
