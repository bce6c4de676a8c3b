"""The small shapes that all drawings share: a node's box, its kind mark, its evidence, edges between boxes.

Knows SVG and the class names of the page's style. Refuses to know where a box stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afteraction.engine.causes.graph import Edge, Node, NodeKind, Status
from afteraction.pipeline.review.drawing.scene import STATUS_WORDS, Scene
from afteraction.pipeline.review.drawing.text import said, width_of, wrap

WIDTH, LINE, PAD = 150.0, 15.0, 10.0
HEAD, FOOT = 31.0, 24.0
CHIP = 16.0


@dataclass(frozen=True)
class Box:
    """A box of a drawing: its node, its lines, and where it stands (left, top, in pixels)."""

    node: Node
    lines: tuple[str, ...]
    x: float = 0
    y: float = 0
    width: float = WIDTH

    @property
    def height(self) -> float:
        """What its lines take."""
        return HEAD + LINE * (len(self.lines) - 1) + FOOT + 9

    @property
    def middle(self) -> float:
        """The height at which edges meet it."""
        return self.y + self.height / 2


def box_of(node: Node, width: float = WIDTH) -> Box:
    """The box of a node, not placed yet."""
    return Box(node, tuple(wrap(node.statement, width - 2 * PAD)), width=width)


def draw_box(scene: Scene, box: Box) -> str:
    """A node as a box: kind and time above, the statement, then status and evidence."""
    node, kind, x, y = box.node, scene.kind_of(box.node), box.x, box.y
    time = scene.time_of(node)
    text = "".join(
        f'<text x="{n(x + PAD)}" y="{n(y + HEAD + 2 + LINE * at)}">{said(line)}</text>'
        for at, line in enumerate(box.lines)
    )
    foot = y + box.height - FOOT + 2
    return (
        f'<g class="{" ".join(_classes(scene, node))}" data-part="node:{said(node.id)}" tabindex="0" role="button" '
        f'aria-label="{said(spoken(scene, node))}">'
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(box.width)}" height="{n(box.height)}" rx="8"/>'
        f"{kind_mark(kind.mark, kind.tone, x + 13, y + 13)}"
        f'<text class="kind {kind.tone}" x="{n(x + 22)}" y="{n(y + 17)}">{kind.word}</text>'
        + (
            f'<text class="meta" x="{n(x + box.width - 9)}" y="{n(y + 17)}" text-anchor="end">{time}</text>'
            if time
            else ""
        )
        + text
        + status_mark(node, x + 9, foot + 2.5)
        + chips(scene.labels_of(node.id), x + (25 if node.kind is not NodeKind.OUTCOME else 9), foot)
        + "</g>"
    )


def stub(text: Sequence[str], x: float, y: float, width: float = WIDTH) -> str:
    """A dashed box that says in words what is not drawn twice."""
    lines = "".join(
        f'<text class="meta" x="{n(x + 12)}" y="{n(y + 18 + 14 * at)}">{said(line)}</text>'
        for at, line in enumerate(text)
    )
    height = 14 + 14 * len(text)
    return f'<g class="node stub"><rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{height}" rx="8"/>{lines}</g>'


def spoken(scene: Scene, node: Node) -> str:
    """What a node is called aloud: statement first, as it is seen, then kind, status and evidence."""
    labels = [each.label for each in scene.supports_of(node.id) if each.label]
    evidence = f", evidence {', '.join(dict.fromkeys(labels))}" if labels else ", no evidence yet"
    status = "" if node.kind is NodeKind.OUTCOME else f", {STATUS_WORDS[node.status]}"
    return f"{node.statement}. {scene.kind_of(node).word}{status}{evidence}"


def chips(labels: Sequence[str], x: float, y: float) -> str:
    """Citations side by side."""
    drawn = ""
    for label in labels:
        wide = width_of(label, 11) + 9.4
        drawn += (
            f'<g class="ev"><rect x="{n(x)}" y="{n(y)}" width="{n(wide)}" height="{CHIP:g}" rx="3.5"/>'
            f'<text x="{n(x + 4.5)}" y="{n(y + 11.7)}">{said(label)}</text></g>'
        )
        x += wide + 4
    return drawn


def chips_width(labels: Sequence[str]) -> float:
    """What citations side by side take, in pixels."""
    return sum(width_of(label, 11) + 13.4 for label in labels)


def status_mark(node: Node, x: float, y: float) -> str:
    """The mark of how far a claim is settled; top events have none, they happened."""
    if node.kind is NodeKind.OUTCOME:
        return ""
    return status_icon(node.status, x, y)


def status_icon(status: Status, x: float, y: float) -> str:
    """Tick, question mark or cross, 11 pixels wide."""
    tone, icon = {
        Status.CONFIRMED: ("m-hold", "check"), Status.HYPOTHESIS: ("m-signal", "question"),
        Status.REFUTED: ("m-people", "x"),
    }[status]  # fmt: skip
    return f'<use class="gi {tone}" href="#i-{icon}" x="{n(x)}" y="{n(y)}" width="11" height="11"/>'


def kind_mark(mark: str, tone: str, x: float, y: float) -> str:
    """The shape of a kind, around its middle."""
    shapes = {
        "dot": f"M{n(x - 4.3)} {n(y)}a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0z",
        "ring": f"M{n(x - 3.8)} {n(y)}a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0z",
        "square": f"M{n(x - 4)} {n(y - 4)}h8v8h-8z",
        "diamond": f"M{n(x)} {n(y - 5)}l5 5-5 5-5-5z",
        "bars": f"M{n(x - 4)} {n(y - 5)}h2.6v10h-2.6zM{n(x + 1.4)} {n(y - 5)}h2.6v10h-2.6z",
        "role": f"M{n(x - 5)} {n(y + 4.5)}c0-4 2.2-5 5-5s5 1 5 5zM{n(x - 2.2)} {n(y - 3)}a2.2 2.2 0 1 0 4.4 0"
        "a2.2 2.2 0 1 0-4.4 0z",
        "shield": f"M{n(x)} {n(y - 5)}l4.4 1.6v3c0 2.8-1.8 4.6-4.4 5.6-2.6-1-4.4-2.8-4.4-5.6v-3z",
        "clover": "".join(
            f"M{n(x + dx - 2.4)} {n(y + dy)}a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0z"
            for dx, dy in ((0, -2.8), (-2.7, 1), (2.7, 1))
        ),
    }
    hollow = " hollow" if mark == "ring" else ""
    return f'<path class="kg{hollow} {tone}" d="{shapes[mark]}"/>'


def elbow(left: tuple[float, float], right: tuple[float, float], bend: float) -> str:
    """The path of an edge from left to right that turns at x `bend`, with round corners."""
    (x1, y1), (x2, y2) = left, right
    if abs(y1 - y2) < 1:
        return f"M{n(x1)} {n(y1)}H{n(x2)}"
    r = min(7.0, abs(y2 - y1) / 2)
    way = 1 if y2 > y1 else -1
    return (
        f"M{n(x1)} {n(y1)}H{n(bend - r)}q{n(r)} 0 {n(r)} {n(way * r)}V{n(y2 - way * r)}"
        f"q0 {n(way * r)} {n(r)} {n(way * r)}H{n(x2)}"
    )


def edge_class(scene: Scene, edge: Edge | None, node: Node) -> str:
    """Solid where it is supported, dashed where it is not yet, struck where it is ruled out."""
    settled = edge.status if edge is not None else node.status
    found = ["edge"]
    if Status.REFUTED in (settled, node.status):
        found.append("no")
    elif Status.HYPOTHESIS in (settled, node.status):
        found.append("guess")
    if edge is not None and scene.selected == edge.id:
        found.append("sel")
    return " ".join(found)


def n(value: float) -> str:
    """A coordinate, as short as it is exact to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def _classes(scene: Scene, node: Node) -> list[str]:
    found = ["node"]
    if node.kind is NodeKind.OUTCOME:
        found.append("outcome")
    elif node.status is Status.HYPOTHESIS:
        found.append("hyp")
    elif node.status is Status.REFUTED:
        found.append("ref")
    if node.kind is NodeKind.MITIGATOR:
        found.append("mitig")
    if node.id == scene.selected:
        found.append("sel")
    return found
