"""The 5-Whys drawing: each top event with the tree of what made it possible, from left to right.

Knows how a tree is laid out by hand. Refuses to decide what is on it: the engine's walk does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from afteraction.engine.causes.graph import Node, TopEvent
from afteraction.engine.causes.whys import STOP_WORDS, Step, Stop, whys
from afteraction.pipeline.review.drawing.marks import (
    WIDTH,
    Box,
    box_of,
    draw_box,
    edge_class,
    elbow,
    n,
    stub,
)
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.text import said, width_of, wrap

COLUMN, GAP, QUESTION, END = WIDTH + 27, 14.0, 32.0, 118.0
STUB_HEIGHT = 42.0
TITLES = {TopEvent.HAPPENED: "It happened", TopEvent.LASTED: "It lasted"}


@dataclass
class _Placed:
    """One step with its box. `room` is the height that it and all below it need."""

    step: Step
    box: Box
    below: list[_Placed] = field(default_factory=list)
    room: float = 0
    is_named_only: bool = False

    @property
    def is_stub(self) -> bool:
        return self.is_named_only or self.step.stop in (Stop.SEE_ABOVE, Stop.CIRCLE)

    @property
    def height(self) -> float:
        return STUB_HEIGHT if self.is_stub else self.box.height

    @property
    def middle(self) -> float:
        return self.box.y + self.height / 2


def draw_whys(scene: Scene, top: TopEvent | None = None) -> Sheet:
    """The trees of the top events, one below the other; only of one kind where `top` says so."""
    y, width, body = 0.0, 0.0, ""
    above: set[str] = set()
    for outcome in scene.graph.outcomes(top):
        part, y, right = _draw_tree(scene, outcome, y, above)
        body += part
        y, width = y + 30, max(width, right)
    label = "5 Whys: each top event with what made it possible. The same tree is below as a list."
    return Sheet("whys", max(width, 600), max(y - 20, 60), body, label)


def _draw_tree(scene: Scene, outcome: Node, top: float, above: set[str]) -> tuple[str, float, float]:
    every = _laid_out(scene, whys(scene.graph, outcome.id), top + 26, above)
    above.update(each.step.node.id for each in every)
    title = TITLES[outcome.top or TopEvent.HAPPENED]
    levels = max(each.step.depth for each in every)
    told = f"{len(every) - 1} steps, {levels} deep" if levels else "nothing was asked yet"
    head = (
        f'<text class="gtitle" x="0" y="{n(top + 16)}">{title}</text>'
        f'<text class="meta-t" x="{n(width_of(title, 13.5) + 14)}" y="{n(top + 16)}">{told}</text>'
    )
    drawn = "".join(_edges(scene, each) for each in every) + "".join(_draw(scene, each) for each in every)
    bottom = max(each.box.y + each.height for each in every)
    return head + drawn, bottom, max(each.box.x + WIDTH + _room_of_end(scene, each) for each in every)


def _laid_out(scene: Scene, root: Step, top: float, above: Collection[str]) -> list[_Placed]:
    """Every step, placed: what answers one question stands in the middle beside it. What is drawn `above` already is
    only named. A place that somebody saved wins."""
    first = _Placed(root, box_of(root.node))
    every = [first]
    for each in every:
        if each.step.node.id in above:
            each.step = replace(each.step, stop=Stop.SEE_ABOVE, steps=())
        each.below = [_Placed(step, box_of(step.node)) for step in each.step.steps]
        every.extend(each.below)
    _draw_ruled_out_once(every)
    for each in reversed(every):
        answers = sum(below.room for below in each.below) + (QUESTION if each.below else 0)
        each.room = max(each.height + GAP, answers)
    starts = {id(first): top}
    for each in every:
        start = starts[id(each)]
        spare = each.room - sum(below.room for below in each.below)
        y = start + (each.room - each.height) / 2
        x = each.step.depth * COLUMN
        if not each.is_stub:
            x, y = scene.arranged.get(each.step.node.id, (x, y))
        each.box = replace(each.box, x=x, y=y)
        at = start + (spare + QUESTION) / 2
        for below in each.below:
            starts[id(below)] = at
            at += below.room
    return every


def _draw_ruled_out_once(every: Sequence[_Placed]) -> None:
    """What is ruled out on one way has its box where it holds, or on the first way; elsewhere it is only named."""
    drawn = {each.step.node.id for each in every if each.step.stop is not Stop.RULED_OUT and not each.is_stub}
    for each in every:
        if each.step.stop is Stop.RULED_OUT:
            each.is_named_only = each.step.node.id in drawn
            drawn.add(each.step.node.id)


def _edges(scene: Scene, placed: _Placed) -> str:
    """From a box to each of its answers, with the arrow at the answer."""
    start = (placed.box.x + WIDTH, placed.middle)
    drawn = ""
    for below in placed.below:
        edge = scene.graph.edges.get(below.step.edge)
        part = f' data-part="edge:{said(edge.id)}"' if edge else ""
        path = elbow(start, (below.box.x - 4, below.middle), below.box.x - 13.5)
        drawn += f'<path class="{edge_class(scene, edge, below.step.node)}"{part} d="{path}" marker-end="url(#arr)"/>'
    return drawn


def _draw(scene: Scene, placed: _Placed) -> str:
    node, box = placed.step.node, placed.box
    if placed.is_stub:
        words = wrap(f"{STOP_WORDS[placed.step.stop or Stop.END]}: {node.statement}", WIDTH - 24, 11, most=2)
        return stub([words[0][:1].upper() + words[0][1:], *words[1:]], box.x, box.y)
    return draw_box(scene, box) + _question(placed) + _end(scene, placed)


def _question(placed: _Placed) -> str:
    """What is asked at this box, above its first answer."""
    if not placed.below or not placed.step.question:
        return ""
    above = min(placed.below, key=lambda each: each.box.y)
    lines = wrap(placed.step.question, WIDTH + 10, 11, most=2)
    return "".join(
        f'<text class="why-q" x="{n(above.box.x + 2)}" y="{n(above.box.y - 8 - 13 * (len(lines) - 1 - at))}">'
        f"{said(line)}</text>"
        for at, line in enumerate(lines)
    )


def _end_words(scene: Scene, placed: _Placed) -> str:
    if placed.below or placed.is_stub or not placed.step.stop:
        return ""
    return scene.ends.get(placed.step.node.id, STOP_WORDS[placed.step.stop])


def _room_of_end(scene: Scene, placed: _Placed) -> float:
    """What stands on the right of a box takes, in pixels; never less than usual words do."""
    return max(END, 20 + width_of(_end_words(scene, placed), 11))


def _end(scene: Scene, placed: _Placed) -> str:
    """How a path ends: a bar, and what is known of it in words."""
    words = _end_words(scene, placed)
    if not words:
        return ""
    x, y = placed.box.x + WIDTH, placed.middle
    return (
        f'<path class="stop" d="M{n(x + 1)} {n(y)}h9m0-4.5v9"/>'
        f'<text class="meta-t" x="{n(x + 16)}" y="{n(y + 4)}">{said(words)}</text>'
    )
