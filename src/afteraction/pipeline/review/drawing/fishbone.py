"""The fishbone drawing: the same causes, gathered by where they live; above what made it happen, below what made it
last, mitigators and luck apart.

Knows bones and twigs. Refuses to put a contributor on two bones, and to hide a bone that nobody asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afteraction.engine.causes.bones import bone_of
from afteraction.engine.causes.graph import Bone, MitigatorKind, Node, NodeKind, Status, TopEvent, natural
from afteraction.engine.causes.whys import whys
from afteraction.pipeline.review.drawing.marks import chips, chips_width, kind_mark, n, spoken, status_icon
from afteraction.pipeline.review.drawing.scene import STATUS_WORDS, Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.text import said, width_of, wrap

# The four that everybody asks about are there even when nothing hangs on them.
ALWAYS = (Bone.HUMAN_FACTORS, Bone.PROCESS, Bone.TECHNOLOGY, Bone.EXTERNAL)
BONES = {
    Bone.HUMAN_FACTORS: "Human factors", Bone.PROCESS: "Process", Bone.TECHNOLOGY: "Technology",
    Bone.EXTERNAL: "External", Bone.MONITORING: "Monitoring", Bone.DATA: "Data", Bone.ENVIRONMENT: "Environment",
}  # fmt: skip
COLUMN, TWIG, LINE, CAP, SLOPE = 196.0, 150.0, 14.0, 24.0, 0.2
HEAD_WIDTH = 168.0


@dataclass(frozen=True)
class _Twig:
    node: Node
    lines: tuple[str, ...]

    @property
    def above(self) -> float:
        """What its text takes above its line."""
        return LINE * len(self.lines) + 4

    @property
    def height(self) -> float:
        return self.above + 30


def draw_fishbone(scene: Scene, top: TopEvent | None = None) -> Sheet:
    """The fishbone of both top events, or of one."""
    sides = {
        TopEvent.HAPPENED: _bones(scene, _contributors(scene, TopEvent.HAPPENED)),
        TopEvent.LASTED: _bones(scene, _lasting(scene)),
    }
    upper = sides[TopEvent.HAPPENED] if top is not TopEvent.LASTED else {}
    lower = sides[TopEvent.LASTED] if top is not TopEvent.HAPPENED else {}
    lower = {bone: twigs for bone, twigs in lower.items() if twigs} if upper else lower
    up, down = _tallest(upper), _tallest(lower)
    spine = up + CAP + 34 if upper else 40.0
    length = max(len(upper), len(lower), 2) * COLUMN + 60 + up * SLOPE
    body = f'<path class="spine-line" d="M0 {n(spine)}H{n(length)}" marker-end="url(#arr-h)"/>'
    body += "".join(
        _bone(scene, bone, twigs, at * COLUMN + 96, spine, -up) for at, (bone, twigs) in enumerate(upper.items())
    )
    body += "".join(
        _bone(scene, bone, twigs, at * COLUMN + 96, spine, down) for at, (bone, twigs) in enumerate(lower.items())
    )
    if upper and lower:
        body += f'<text class="meta-t" x="0" y="{n(spine - 8)}">above: it happened</text>'
        body += f'<text class="meta-t" x="0" y="{n(spine + 18)}">below: it lasted</text>'
    head, head_height = _head(scene, top, length + 6, spine)
    bottom = spine + max(down + CAP + 34 if lower else 0, head_height / 2 + 10)
    apart, height = _apart(scene, bottom + 14, length + HEAD_WIDTH)
    label = "Fishbone: the same causes, gathered by where they live. They are below as a list."
    return Sheet("fishbone", length + HEAD_WIDTH + 12, bottom + height + 16, body + head + apart, label)


def _contributors(scene: Scene, top: TopEvent) -> list[Node]:
    """Contributors on a way to the top events of one kind, and those on no way at all with what happened."""
    graph = scene.graph
    led = {step.node.id for each in graph.outcomes(top) for step in whys(graph, each.id).walk()}
    if top is TopEvent.HAPPENED:
        lasting = {step.node.id for each in graph.outcomes(TopEvent.LASTED) for step in whys(graph, each.id).walk()}
        led |= graph.nodes.keys() - lasting
    found = [graph.nodes[each] for each in sorted(led, key=natural)]
    return [node for node in found if bone_of(node) is not None]


def _lasting(scene: Scene) -> list[Node]:
    happened = {node.id for node in _contributors(scene, TopEvent.HAPPENED)}
    return [node for node in _contributors(scene, TopEvent.LASTED) if node.id not in happened]


def _bones(scene: Scene, nodes: Sequence[Node]) -> dict[Bone, list[_Twig]]:
    found: dict[Bone, list[_Twig]] = {bone: [] for bone in ALWAYS}
    for node in nodes:
        bone = bone_of(node)
        if bone is not None:
            found.setdefault(bone, []).append(_Twig(node, tuple(wrap(node.statement, TWIG - 18, 11.5, most=4))))
    return found


def _tallest(bones: dict[Bone, list[_Twig]]) -> float:
    return max((sum(twig.height for twig in twigs) for twigs in bones.values()), default=0) + 24 if bones else 0.0


def _bone(scene: Scene, bone: Bone, twigs: Sequence[_Twig], x: float, spine: float, reach: float) -> str:
    """One bone with its twigs; `reach` is how far it stands off the spine, negative above."""
    end = spine + reach
    foot = x + abs(reach) * SLOPE

    def at(y: float) -> float:
        return foot - (foot - x) * abs(y - spine) / abs(reach)

    cap = end - CAP if reach < 0 else end
    name = BONES[bone]
    wide = width_of(name, 12.5) + 28
    drawn = (
        f'<path class="bone" d="M{n(x)} {n(end)}L{n(foot)} {n(spine)}"/>'
        f'<rect class="bone-cap" x="{n(x - wide / 2)}" y="{n(cap)}" width="{n(wide)}" height="{CAP:g}" rx="12"/>'
        f'<text class="bone-n" x="{n(x)}" y="{n(cap + 16)}" text-anchor="middle">{name}</text>'
    )
    if not twigs:
        middle = spine + reach / 2
        return drawn + (
            f'<text class="meta-t" x="{n(at(middle) - 10)}" y="{n(middle)}" text-anchor="end">nothing found,</text>'
            f'<text class="meta-t" x="{n(at(middle) - 10)}" y="{n(middle + 14)}" text-anchor="end">or not asked?</text>'
        )
    y = min(end, spine) + (14 if reach < 0 else 10)
    for twig in twigs:
        line = y + twig.above
        drawn += _twig(scene, twig, at(line), line)
        y += twig.height
    return drawn


def _twig(scene: Scene, twig: _Twig, x: float, y: float) -> str:
    node, left = twig.node, x - TWIG
    labels = scene.labels_of(node.id)
    tone = " ref" if node.status is Status.REFUTED else ""
    dashed = " guess" if node.status is Status.HYPOTHESIS else ""
    text = "".join(
        f'<text class="fb-t" x="{n(left + 4)}" y="{n(y - twig.above + 10 + LINE * at)}">{said(line)}</text>'
        for at, line in enumerate(twig.lines)
    )
    selected = (
        f'<rect class="fb-sel" x="{n(left - 4)}" y="{n(y - twig.above - 4)}" width="{n(TWIG + 2)}" '
        f'height="{n(twig.above + 28)}" rx="7"/>'
        if node.id == scene.selected
        else ""
    )
    words = "" if node.status is Status.CONFIRMED else STATUS_WORDS[node.status]
    beside = left + 20 + chips_width(labels)
    return (
        f'<g class="fb{tone}" data-part="node:{said(node.id)}" tabindex="0" role="button" '
        f'aria-label="{said(spoken(scene, node))}">{selected}{text}'
        f'<path class="twig{dashed}" d="M{n(left)} {n(y)}H{n(x)}"/>'
        f'<circle class="joint" cx="{n(x)}" cy="{n(y)}" r="2.2"/>'
        f"{status_icon(node.status, left + 4, y + 6.5)}{chips(labels, left + 20, y + 4)}"
        + (f'<text class="meta-t" x="{n(beside)}" y="{n(y + 16)}">{words}</text>' if words else "")
        + "</g>"
    )


def _head(scene: Scene, top: TopEvent | None, x: float, spine: float) -> tuple[str, float]:
    """The head: each top event with its time."""
    outcomes = scene.graph.outcomes(top)
    told = [(node, wrap(node.statement, HEAD_WIDTH - 28, 13, most=4)) for node in outcomes]
    heights = [34 + 16.0 * len(lines) for _, lines in told]
    y = spine - sum(heights) / 2
    drawn = ""
    for (node, lines), height in zip(told, heights, strict=True):
        word = "It lasted" if node.top is TopEvent.LASTED else "It happened"
        time = scene.time_of(node)
        text = "".join(
            f'<text class="head-t" x="{n(x + 14)}" y="{n(y + 38 + 16 * at)}">{said(line)}</text>'
            for at, line in enumerate(lines)
        )
        drawn += (
            f'<g class="node outcome" data-part="node:{said(node.id)}" tabindex="0" role="button" '
            f'aria-label="{said(spoken(scene, node))}">'
            f'<rect x="{n(x)}" y="{n(y)}" width="{n(HEAD_WIDTH)}" height="{n(height)}" rx="8"/>'
            f'<text class="kind m-harm" x="{n(x + 14)}" y="{n(y + 20)}">{word}{f", {time}" if time else ""}</text>'
            f"{text}</g>"
        )
        y += height
    return drawn, sum(heights)


def _apart(scene: Scene, y: float, width: float) -> tuple[str, float]:
    """What helped and where luck had a part, below; with the height they take."""
    helped = [node for node in scene.graph.nodes.values() if node.kind is NodeKind.MITIGATOR]
    if not helped:
        return "", 0
    designed = [node for node in helped if node.mitigator is not MitigatorKind.LUCK]
    lucky = [node for node in helped if node.mitigator is MitigatorKind.LUCK]
    half = width / 2
    drawn = f'<text class="gtitle hold" x="0" y="{n(y + 14)}">What helped</text>' if designed else ""
    for at, node in enumerate(sorted(designed, key=lambda each: natural(each.id))):
        drawn += _helped(scene, node, 0, y + 34 + 24 * at, half - 30)
    if lucky:
        drawn += (
            f'<rect class="luck-box" x="{n(half)}" y="{n(y - 4)}" width="{n(half - 10)}" '
            f'height="{n(34 + 24 * len(lucky))}" rx="8"/>'
            f'<text class="gtitle" x="{n(half + 14)}" y="{n(y + 14)}">Luck</text>'
            f'<text class="meta-t" x="{n(half + 52)}" y="{n(y + 14)}">never counts as a barrier</text>'
        )
    for at, node in enumerate(sorted(lucky, key=lambda each: natural(each.id))):
        drawn += _helped(scene, node, half + 14, y + 34 + 24 * at, half - 40)
    return drawn, 44 + 24 * max(len(designed), len(lucky))


def _helped(scene: Scene, node: Node, x: float, y: float, room: float) -> str:
    labels = scene.labels_of(node.id)
    line = wrap(node.statement, room - 30 - chips_width(labels), 12, most=1)[0]
    return (
        f'<g class="fb" data-part="node:{said(node.id)}" tabindex="0" role="button" '
        f'aria-label="{said(spoken(scene, node))}">{kind_mark("shield", "m-hold", x + 6, y - 4)}'
        f'<text class="fb-t" x="{n(x + 18)}" y="{n(y)}">{said(line)}</text>'
        f"{chips(labels, x + 26 + width_of(line, 11.5), y - 12)}</g>"
    )
