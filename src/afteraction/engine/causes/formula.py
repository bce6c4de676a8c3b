"""A fault tree as a value: gates over events, with everything that was said while it was made.

Knows shapes, the nested form of lists, and what a gate means. Refuses to know the cause graph: `trees` reads that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from afteraction.engine.causes.graph import LogicType, natural

DEEPEST = 200
BEFORE = "@before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """How its inputs combine; `id` is that of the node or the logic it stands for. `inputs` are ids of events or other
    gates, in order (PAND). `condition` is for INHIBIT. `assumed` says that nobody wrote the logic: several necessary
    causes are an AND. For a VOTE `k` of the inputs must hold."""

    id: str
    type: LogicType
    inputs: tuple[str, ...] = ()
    k: int = 0
    condition: str = ""
    assumed: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """All that it rests on: its inputs and the condition."""
        return (*self.inputs, self.condition) if self.condition else self.inputs

    @property
    def threshold(self) -> int:
        """How many of `needs` must hold."""
        if self.type is LogicType.OR:
            return 1
        return self.k if self.type is LogicType.VOTE else len(self.needs)


@dataclass(frozen=True, kw_only=True)
class Tree:
    """What leads to `top`. An id in `gates` is developed, every other is a basic event; a shared subtree is there once
    and named by each gate that rests on it. `N3@before` stands for an earlier time of N3.

    `undeveloped` are basic events that were left so on purpose. `contributing` are nodes that made an effect likelier
    without being necessary (or nobody has said yet), by effect: they are shown and never computed with. `aside` are
    edges into the tree that bear on severity or made it less bad, and mitigators. `left_out` are nodes and edges that
    were ruled out, or are not settled where only settled ones count. `unknown` are ids that name nothing. `cuts` say in
    words where a circle was cut, `notes` what else was read differently from how it stands."""

    top: str
    gates: Mapping[str, Gate] = field(default_factory=dict)
    undeveloped: tuple[str, ...] = ()
    contributing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def basic(self) -> tuple[str, ...]:
        """The basic events that the top rests on, in the order of their ids."""
        return tuple(sorted((each for each in self.upwards if each not in self.gates), key=natural))

    @cached_property
    def upwards(self) -> tuple[str, ...]:
        """Everything that the top rests on and the top itself, each once, inputs before what rests on them."""
        if self.top in self.unknown:
            return ()
        return tuple(postorder(self.gates, self.top))

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """The gates that rest on an id directly; more than one makes it a repeated event or a shared subtree."""
        found: dict[str, list[str]] = {}
        for each in self.upwards:
            for need in dict.fromkeys(self.gates[each].needs if each in self.gates else ()):
                found.setdefault(need, []).append(each)
        return {each: tuple(above) for each, above in found.items()}

    @property
    def repeated(self) -> tuple[str, ...]:
        """Ids that more than one gate rests on, in order."""
        return tuple(sorted((each for each, above in self.parents.items() if len(above) > 1), key=natural))

    def holds(self, events: Collection[str]) -> bool:
        """Whether the top happens where exactly these basic events are so."""
        so: dict[str, bool] = {}
        for each in self.upwards:
            gate = self.gates.get(each)
            so[each] = sum(so[need] for need in gate.needs) >= gate.threshold if gate else each in events
        return so.get(self.top, False)


def original(identity: str) -> str:
    """The id of the node that a copy stands for: `N3` for `N3@before`."""
    return identity.removesuffix(BEFORE)


def postorder(gates: Mapping[str, Gate], top: str) -> Iterator[str]:
    """All ids below and with `top`, inputs first; what is on a circle comes once."""
    seen: set[str] = set()
    waiting: list[tuple[str, bool]] = [(top, False)]
    while waiting:
        each, done = waiting.pop()
        if done:
            yield each
        elif each not in seen:
            seen.add(each)
            waiting.append((each, True))
            if each in gates:
                waiting.extend((need, False) for need in reversed(gates[each].needs) if need not in seen)


def read_tree(nested: object) -> Tree:
    """A tree from its nested form: a text is an event, a list a gate: `["AND", …]`, `["OR", …]`, `["VOTE", k, …]`,
    `["PAND", …]`, `["INHIBIT", input, condition]`. Gates are named by their place (`top`, `top.2`).

    Raises ValueError with the place for anything else; there is no NOT, since trees are coherent (SPEC §7.5)."""
    gates: dict[str, Gate] = {}
    return Tree(top=_read(nested, "top", gates), gates=gates)


def _read(nested: object, place: str, gates: dict[str, Gate]) -> str:
    if isinstance(nested, str):
        return nested
    if not isinstance(nested, list | tuple) or not nested or not isinstance(nested[0], str):
        raise ValueError(f'{place}: expected an event or a list such as ["AND", "a", "b"], not {nested!r:.80}')
    if place.count(".") >= DEEPEST:
        raise ValueError(f"{place[:60]}…: more than {DEEPEST} gates stand inside each other; name some of them apart")
    try:
        kind = LogicType(nested[0].lower())
    except ValueError:
        known = ", ".join(each.name for each in LogicType)
        raise ValueError(f"{place}: {nested[0]!r} is not a gate. Use one of {known}") from None
    rest, k = list(nested[1:]), 0
    if kind is LogicType.VOTE:
        if not rest or not isinstance(rest[0], int) or isinstance(rest[0], bool):
            raise ValueError(f'{place}: a VOTE says how many it needs, as in ["VOTE", 2, "a", "b", "c"]')
        k = rest.pop(0)
    needs = [_read(each, f"{place}.{number}", gates) for number, each in enumerate(rest, 1)]
    condition = ""
    if kind is LogicType.INHIBIT:
        if len(needs) != 2:
            raise ValueError(f'{place}: an INHIBIT has one input and one condition, as in ["INHIBIT", "a", "while b"]')
        condition = needs.pop()
    gates[place] = Gate(id=place, type=kind, inputs=tuple(needs), k=k, condition=condition)
    return place
