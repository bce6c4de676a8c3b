"""The fault-tree drawing: gates over events from a top event down to what nothing stands behind.

Knows the symbols of gates and basic events. Refuses to compute: the tree comes from the engine, and so do its cut sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase

from afteraction.engine.causes.formula import Gate, Tree, original
from afteraction.engine.causes.graph import LogicType, NodeKind, Status
from afteraction.pipeline.review.drawing.marks import chips, n, spoken
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.text import said, wrap

WIDTH, GAP, LINE, RADIUS = 140.0, 12.0, 14.5, 12.0
ROW, STEM, SYMBOL = 112.0, 9.0, 22.0
WORDS = {
    LogicType.AND: "AND", LogicType.OR: "OR", LogicType.INHIBIT: "IF", LogicType.PAND: "AND, in order",
}  # fmt: skip


@dataclass
class _Spot:
    """One box of the drawing. `id` is that of a gate or an event; `again` says that its subtree is drawn elsewhere,
    `stays` that a way which no change cuts goes through it."""

    id: str
    depth: int
    again: bool = False
    stays: bool = False
    below: list[_Spot] = field(default_factory=list)
    room: float = 0
    x: float = 0
    y: float = 0


def letters(tree: Tree) -> Mapping[str, str]:
    """A letter for each basic event, in reading order: A to Z, then A2 …"""
    found: dict[str, str] = {}
    for each in _reading(tree):
        if each not in tree.gates and each not in found:
            turn, at = divmod(len(found), 26)
            found[each] = ascii_uppercase[at] + (str(turn + 1) if turn else "")
    return found


def draw_fault_tree(scene: Scene, tree: Tree) -> Sheet:
    """The tree of one top event. What `scene.uncut` names stands out: no change cuts it yet."""
    if tree.top in tree.unknown or tree.top not in scene.graph.nodes:
        return Sheet("fault-tree", 600, 60, "", "Fault tree: there is no top event yet.")
    every = _laid_out(tree)
    _take_places(scene, every)
    named = letters(tree)
    _mark_what_stays(scene, every)
    body = "".join(_links(scene, tree, each) for each in every)
    body += "".join(_draw(scene, tree, named, each) for each in every)
    width = max(each.x for each in every) + WIDTH / 2 + 110
    height = max(each.y for each in every) + ROW
    top = scene.graph.nodes[tree.top]
    label = f"Fault tree for: {top.statement}. The cut sets below hold the same logic in words."
    return Sheet("fault-tree", max(width, 600), height, body, label)


def _reading(tree: Tree) -> Iterator[str]:
    left, seen = [tree.top], set[str]()
    while left:
        each = left.pop()
        yield each
        if each in tree.gates and each not in seen:
            seen.add(each)
            left.extend(reversed(tree.gates[each].needs))


def _laid_out(tree: Tree) -> list[_Spot]:
    """Every box with its middle: inputs side by side, what rests on them above their middle."""
    first = _Spot(tree.top, 0)
    every, seen = [first], set[str]()
    left = [first]
    while left:
        each = left.pop()
        each.again = each.id in seen and each.id in tree.gates
        if each.id in tree.gates and not each.again:
            seen.add(each.id)
            each.below = [_Spot(need, each.depth + 1) for need in tree.gates[each.id].needs]
            every.extend(each.below)
            left.extend(reversed(each.below))
    for each in sorted(every, key=lambda spot: -spot.depth):
        each.room = max(WIDTH + GAP, sum(below.room for below in each.below))
    first.x = first.room / 2
    for each in sorted(every, key=lambda spot: spot.depth):
        at = each.x - sum(below.room for below in each.below) / 2
        for below in each.below:
            below.x = at + below.room / 2
            at += below.room
    return every


def _lines(scene: Scene, tree: Tree, spot: _Spot) -> list[str]:
    node = scene.graph.nodes.get(original(spot.id))
    if node is None:
        return []
    before = "Earlier: " if spot.id != node.id else ""
    return wrap(before + node.statement, WIDTH - 16, 11.5, most=3)


def _box_height(lines: list[str]) -> float:
    return 15 + LINE * len(lines)


def _take_places(scene: Scene, every: list[_Spot]) -> None:
    """Tops of all boxes, and the places that somebody saved. A gate without a box stands above what it rests on."""
    for each in every:
        each.y = each.depth * ROW + 8
    saved = [each for each in every if original(each.id) in scene.arranged and not each.again]
    if not saved:
        return
    taken: set[str] = set()
    for each in saved:
        if each.id not in taken:
            taken.add(each.id)
            x, y = scene.arranged[original(each.id)]
            each.x, each.y = x + WIDTH / 2, y
    for each in reversed(every):
        if each.below and original(each.id) not in scene.arranged and original(each.id) not in scene.graph.nodes:
            each.x = sum(below.x for below in each.below) / len(each.below)
            each.y = min(below.y for below in each.below) - SYMBOL - 22
    above = min(0.0, *(each.y for each in every))
    for each in every:
        each.y -= above


def _links(scene: Scene, tree: Tree, spot: _Spot) -> str:
    """From a gate to each of its inputs."""
    if not spot.below:
        return ""
    lines = _lines(scene, tree, spot)
    y = spot.y + (_box_height(lines) + STEM if lines else 0) + SYMBOL
    drawn = ""
    for below in spot.below:
        tone = "edge left" if below.stays and spot.stays else "edge"
        bend, end = y + 13, below.y
        if abs(below.x - spot.x) < 1:
            path = f"M{n(spot.x)} {n(y)}V{n(end)}"
        else:
            way = 6 if below.x > spot.x else -6
            path = f"M{n(spot.x)} {n(y)}V{n(bend - 6)}q0 6 {way} 6H{n(below.x - way)}q{way} 0 {way} 6V{n(end)}"
        drawn += f'<path class="{tone}" d="{path}"/>'
    return drawn


def _mark_what_stays(scene: Scene, every: list[_Spot]) -> None:
    """Through which boxes a way goes that no change cuts: the lowest first."""
    for spot in sorted(every, key=lambda each: -each.depth):
        spot.stays = spot.id in scene.uncut or any(below.stays for below in spot.below)


def _draw(scene: Scene, tree: Tree, named: Mapping[str, str], spot: _Spot) -> str:
    lines, gate = _lines(scene, tree, spot), tree.gates.get(spot.id)
    drawn = _box(scene, spot, lines) if lines else ""
    y = spot.y + (_box_height(lines) if lines else 0)
    if spot.again:
        told = f'<text class="meta-t" x="{n(spot.x)}" y="{n(y + 15)}" text-anchor="middle">as drawn beside</text>'
        return _wrapped(scene, spot, drawn + told)
    inner = (
        _gate(gate, spot.x, y + (STEM if lines else 0), bool(lines)) if gate else _basic(scene, tree, named, spot, y)
    )
    return _wrapped(scene, spot, drawn + inner)


def _wrapped(scene: Scene, spot: _Spot, inner: str) -> str:
    node = scene.graph.nodes.get(original(spot.id))
    if node is None:
        return inner
    classes = ["node"]
    classes += ["outcome"] if node.kind is NodeKind.OUTCOME else []
    classes += ["hyp"] if node.status is Status.HYPOTHESIS and node.kind is not NodeKind.OUTCOME else []
    classes += ["left"] if spot.id in scene.uncut else []
    classes += ["sel"] if node.id == scene.selected else []
    return (
        f'<g class="{" ".join(classes)}" data-part="node:{said(node.id)}" tabindex="0" role="button" '
        f'aria-label="{said(spoken(scene, node))}">{inner}</g>'
    )


def _box(scene: Scene, spot: _Spot, lines: list[str]) -> str:
    x, y, height = spot.x - WIDTH / 2, spot.y, _box_height(lines)
    text = "".join(
        f'<text class="ft-t" x="{n(spot.x)}" y="{n(y + 18.8 + LINE * at)}" text-anchor="middle">{said(line)}</text>'
        for at, line in enumerate(lines)
    )
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(WIDTH)}" height="{n(height)}" rx="7"/>{text}'


def _gate(gate: Gate, x: float, y: float, has_stem: bool) -> str:
    """The symbol of a gate with its word; y is its top."""
    stem = f'<path class="edge" d="M{n(x)} {n(y - STEM)}v{STEM:g}"/>' if has_stem else ""
    left, right, low = x - 15, x + 15, y + SYMBOL
    if gate.type is LogicType.OR:
        shape = (
            f"M{n(left)} {n(low)}C{n(left)} {n(y + 8)} {n(x - 8)} {n(y + 2)} {n(x)} {n(y)}"
            f"C{n(x + 8)} {n(y + 2)} {n(right)} {n(y + 8)} {n(right)} {n(low)}Q{n(x)} {n(low - 9)} {n(left)} {n(low)}z"
        )
    elif gate.type is LogicType.INHIBIT:
        shape = f"M{n(x)} {n(y)}L{n(right)} {n(y + 6)}V{n(low - 6)}L{n(x)} {n(low)}L{n(left)} {n(low - 6)}V{n(y + 6)}z"
    else:
        shape = f"M{n(left)} {n(low)}V{n(y + 13)}a15 13 0 0 1 30 0V{n(low)}z"
    word = f"{gate.k} of {len(gate.needs)}" if gate.type is LogicType.VOTE else WORDS[gate.type]
    told = f"{word}, assumed" if gate.assumed else word
    told = told if len(gate.needs) > 1 else "one cause"
    return (
        f'{stem}<path class="lgate" d="{shape}"/><text class="lgate-t" x="{n(right + 8)}" y="{n(y + 15)}">{told}</text>'
    )


def _basic(scene: Scene, tree: Tree, named: Mapping[str, str], spot: _Spot, y: float) -> str:
    """The circle (or the diamond of what was not developed) with its letter, evidence, and what cuts it."""
    x, middle = spot.x, y + STEM + RADIUS
    is_open = spot.id in tree.undeveloped or _is_possible(scene, spot.id)
    r = RADIUS
    shape = (
        f'<path class="basic" d="M{n(x)} {n(middle - r - 2)}l{n(r + 2)} {n(r + 2)} {n(-r - 2)} {n(r + 2)} {n(-r - 2)} '
        f'{n(-r - 2)}z"/>'
        if is_open
        else f'<circle class="basic" cx="{n(x)}" cy="{n(middle)}" r="{r:g}"/>'
    )
    node = original(spot.id)
    labels = scene.labels_of(node)
    words = scene.cut.get(node, "possible" if is_open and not labels else "")
    at = x + r + 7
    told = (
        f'<text class="meta-t" x="{n(at)}" y="{n(middle + (20 if labels else 4))}">{said(words)}</text>'
        if words
        else ""
    )
    return (
        f'<path class="edge" d="M{n(x)} {n(y)}v{n(STEM - (2 if is_open else 0))}"/>{shape}'
        f'<text class="basic-t" x="{n(x)}" y="{n(middle + 4)}" text-anchor="middle">{named[spot.id]}</text>'
        f"{chips(labels, at, middle - 8)}{told}"
    )


def _is_possible(scene: Scene, ident: str) -> bool:
    node = scene.graph.nodes.get(original(ident))
    return node is not None and node.status is Status.HYPOTHESIS
