"""Circles in a fault tree: where a chain of causes comes back to itself, and how it is cut so that a tree remains.

A circle is cut at an edge that people marked as reinforcing. Where none is marked, the effect is drawn a second time as
it was before (`N3@before`), with the causes that lie outside the circle. Knows gates and edges of the circle; refuses
to cut without saying so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from afteraction.engine.causes.formula import BEFORE, DEEPEST, Gate, postorder
from afteraction.engine.causes.graph import LogicType

Gates = dict[str, Gate]
Words = Callable[[str], str]


def circles(gates: Mapping[str, Gate], top: str) -> dict[str, str]:
    """The circle that each id below `top` is on, named by one of its members; ids on none are absent (Kosaraju)."""
    order = list(postorder(gates, top))
    above: dict[str, list[str]] = {}
    for each in order:
        for need in gates[each].needs if each in gates else ():
            above.setdefault(need, []).append(each)
    found: dict[str, str] = {}
    for start in reversed(order):
        waiting = [start]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = start
                waiting.extend(above.get(each, ()))
    members: dict[str, int] = {}
    for circle in found.values():
        members[circle] = members.get(circle, 0) + 1
    own = {each for each in found if each in gates and each in gates[each].needs}
    return {each: circle for each, circle in found.items() if members[circle] > 1 or each in own}


def cut_marked(
    gates: Gates, top: str, marked: Collection[tuple[str, str]], owners: Mapping[str, Collection[str]], words: Words
) -> list[str]:
    """Takes out the marked edges (cause, effect) that lie on a circle, also where nested logic of the effect names the
    cause; says which, in words. `owners` are the effects of each logic."""
    said = []
    on = circles(gates, top)
    for cause, effect in marked:
        if on.get(cause, "") != on.get(effect, " "):
            continue
        here = [
            each for each, gate in gates.items()
            if cause in gate.needs and (each == effect or effect in owners.get(each, ()))
        ]  # fmt: skip
        for each in here:
            gates[each] = without_inputs(gates[each], {cause})
        if here:
            said.append(
                f"{words(cause)} reinforces {words(effect)}: the circle is cut there, so the tree does not go round it."
            )
    return said


def without_inputs(gate: Gate, gone: Collection[str]) -> Gate:
    """The gate less those inputs; a VOTE never asks for more inputs than are left."""
    inputs = tuple(each for each in gate.inputs if each not in gone)
    condition = "" if gate.condition in gone else gate.condition
    return replace(gate, inputs=inputs, condition=condition, k=min(gate.k, len(inputs)))


def copy_before(gates: Gates, top: str, logic: Collection[str], words: Words) -> list[str]:
    """Replaces each input that leads back to what is being developed by its copy at an earlier time; says which, in
    words. The walk follows the order of inputs, so the same graph is always cut at the same places."""
    on = circles(gates, top)
    whole = dict(gates)
    said = []
    for effect, cause in _ways_back(gates, top):
        copied = cause + BEFORE
        said.append(
            f"{words(cause)} comes back to itself by way of {words(effect)}: {copied} is the same at an earlier time."
        )
        gates[effect] = _with_copy(gates[effect], cause, copied)
        if copied not in gates:
            _develop_before(gates, whole, cause, {each for each in on if on[each] == on[cause]}, logic)
    return said


def _with_copy(gate: Gate, cause: str, copied: str) -> Gate:
    inputs = tuple(copied if each == cause else each for each in gate.inputs)
    return replace(gate, inputs=inputs, condition=copied if gate.condition == cause else gate.condition)


def _ways_back(gates: Mapping[str, Gate], top: str) -> list[tuple[str, str]]:
    """The pairs (effect, cause) at which a walk from the top meets something that it is just inside of."""
    found: list[tuple[str, str]] = []
    open_now: set[str] = set()
    closed: set[str] = set()
    waiting: list[tuple[str, bool]] = [(top, False)]
    while waiting:
        each, done = waiting.pop()
        if done:
            open_now.discard(each)
            closed.add(each)
            continue
        if each in closed or each in open_now:
            continue
        open_now.add(each)
        waiting.append((each, True))
        needs = dict.fromkeys(gates[each].needs if each in gates else ())
        found.extend((each, need) for need in needs if need in open_now)
        waiting.extend((need, False) for need in reversed(needs) if need not in closed and need not in open_now)
    return found


def _develop_before(
    gates: Gates, whole: Mapping[str, Gate], cause: str, circle: Collection[str], logic: Collection[str]
) -> None:
    """Gives the earlier time of `cause` its gate from what lies outside the circle; without any it is a basic event."""

    def earlier(each: str, strict: bool, inside: tuple[str, ...]) -> str:
        """The id to use for an input at the earlier time; "" where it was not yet so."""
        if each not in circle:
            return each
        if each not in logic or each in inside or len(inside) > DEEPEST:
            return ""
        return develop(each, strict, (*inside, each))

    def develop(each: str, strict: bool, inside: tuple[str, ...]) -> str:
        gate = whole[each]
        # Below an OR an alternative that needs the circle cannot have started it; elsewhere what is on the circle came
        # later and is left away.
        below = strict or gate.type is LogicType.OR
        kept = {need: earlier(need, below, inside) for need in gate.needs}
        inputs = tuple(kept[need] for need in gate.inputs if kept[need])
        condition = kept[gate.condition] if gate.condition else ""
        if strict and gate.type not in (LogicType.OR, LogicType.VOTE) and not all(kept.values()):
            return ""
        if not (inputs or condition) or (strict and len(inputs) < gate.k):
            return ""
        # Logic that several effects share may look different before each of them.
        copied, number = each + BEFORE, 1
        while copied in gates:
            number += 1
            copied = f"{each}.{number}{BEFORE}"
        gates[copied] = replace(gate, id=copied, inputs=inputs, condition=condition, k=min(gate.k, len(inputs)))
        return copied

    develop(cause, False, (cause,))
