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
TWIG, LINE, CAP, SLOPE = 158.0, 14.0, 24.0, 0.16
HEAD_WIDTH = 168.0
# From so many contributors on, a bone has them on both sides.
BOTH_SIDES = 5
EMPTY = 112.0


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


@dataclass(frozen=True)
class _Bone:
    """A bone with its contributors on its left and, where there are many, on its right."""

    bone: Bone
    left: tuple[_Twig, ...] = ()
    right: tuple[_Twig, ...] = ()

    @property
    def height(self) -> float:
        return max(sum(twig.height for twig in side) for side in (self.left, self.right))

    @property
    def before(self) -> float:
        """Room on its left."""
        return TWIG + 14 if self.left else EMPTY

    @property
    def after(self) -> float:
        """Room on its right."""
        return TWIG + 14 if self.right else 22.0


def draw_fishbone(scene: Scene, top: TopEvent | None = None) -> Sheet:
    """The fishbone of both top events, or of one."""
    sides = {
        TopEvent.HAPPENED: _bones(scene, _contributors(scene, TopEvent.HAPPENED)),
        TopEvent.LASTED: _bones(scene, _lasting(scene, top)),
    }
    upper = sides[TopEvent.HAPPENED] if top is not TopEvent.LASTED else {}
    lower = sides[TopEvent.LASTED] if top is not TopEvent.HAPPENED else {}
    above = [_sided(bone, twigs) for bone, twigs in upper.items()]
    below = [_sided(bone, twigs) for bone, twigs in lower.items() if twigs or not above]
    up, down = _tallest(above), _tallest(below)
    spine = up + CAP + 8 if above else 40.0
    length = max(_wide(above) + up * SLOPE, _wide(below) + down * SLOPE, 420.0) + 24
    body = f'<path class="spine-line" d="M0 {n(spine)}H{n(length)}" marker-end="url(#arr-h)"/>'
    body += _side(scene, above, spine, -up, length) + _side(scene, below, spine, down, length)
    if above and below:
        body += f'<text class="meta-t" x="0" y="{n(spine - 8)}">above: it happened</text>'
        body += f'<text class="meta-t" x="0" y="{n(spine + 17)}">below: it lasted</text>'
    head, head_height = _head(scene, top, length + 6, spine)
    bottom = spine + max(down + CAP + 14 if below else 0, head_height / 2 + 10)
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


def _lasting(scene: Scene, top: TopEvent | None) -> list[Node]:
    """What made it last; beside what made it happen, only what is not drawn there."""
    if top is TopEvent.LASTED:
        return _contributors(scene, TopEvent.LASTED)
    happened = {node.id for node in _contributors(scene, TopEvent.HAPPENED)}
    return [node for node in _contributors(scene, TopEvent.LASTED) if node.id not in happened]


def _bones(scene: Scene, nodes: Sequence[Node]) -> dict[Bone, list[_Twig]]:
    found: dict[Bone, list[_Twig]] = {bone: [] for bone in ALWAYS}
    for node in nodes:
        bone = bone_of(node)
        if bone is not None:
            found.setdefault(bone, []).append(_Twig(node, tuple(wrap(node.statement, TWIG - 18, 11.5, most=4))))
    return found


def _sided(bone: Bone, twigs: Sequence[_Twig]) -> _Bone:
    """Contributors of one bone on its sides, in reading order: left, right, left …"""
    if len(twigs) < BOTH_SIDES:
        return _Bone(bone, tuple(twigs))
    return _Bone(bone, tuple(twigs[::2]), tuple(twigs[1::2]))


def _tallest(bones: Sequence[_Bone]) -> float:
    return max(130.0, *(each.height + 44 for each in bones)) if bones else 0.0


def _wide(bones: Sequence[_Bone]) -> float:
    return sum(each.before + each.after for each in bones)


def _side(scene: Scene, bones: Sequence[_Bone], spine: float, reach: float, length: float) -> str:
    """The bones of one side, spread over the whole spine."""
    spare = (length - 24 - abs(reach) * SLOPE - _wide(bones)) / max(len(bones), 1)
    drawn, x = "", 0.0
    for each in bones:
        drawn += _bone(scene, each, x + each.before + spare / 2, spine, reach)
        x += each.before + each.after + spare
    return drawn


def _bone(scene: Scene, each: _Bone, x: float, spine: float, reach: float) -> str:
    """One bone with its contributors; `reach` is how far it stands off the spine, negative above."""
    end = spine + reach
    foot = x + abs(reach) * SLOPE

    def at(y: float) -> float:
        return foot - (foot - x) * abs(y - spine) / abs(reach)

    cap = end - CAP if reach < 0 else end
    name = BONES[each.bone]
    wide = width_of(name, 12.5) + 28
    drawn = (
        f'<path class="bone" d="M{n(x)} {n(end)}L{n(foot)} {n(spine)}"/>'
        f'<rect class="bone-cap" x="{n(x - wide / 2)}" y="{n(cap)}" width="{n(wide)}" height="{CAP:g}" rx="12"/>'
        f'<text class="bone-n" x="{n(x)}" y="{n(cap + 16)}" text-anchor="middle">{name}</text>'
    )
    if not each.left:
        middle = spine + reach / 2
        return drawn + (
            f'<text class="meta-t" x="{n(at(middle) - 10)}" y="{n(middle)}" text-anchor="end">nothing found,</text>'
            f'<text class="meta-t" x="{n(at(middle) - 10)}" y="{n(middle + 14)}" text-anchor="end">or not asked?</text>'
        )
    for side, shift in ((each.left, 0.0), (each.right, TWIG)):
        # What a side does not need stands between its contributors, so that they reach along the whole bone.
        spare = (abs(reach) - 44 - sum(twig.height for twig in side)) / max(len(side), 1)
        y = min(end, spine) + (14 if reach < 0 else 30) + spare / 2
        for twig in side:
            line = y + twig.above
            drawn += _twig(scene, twig, at(line), line, shift)
            y += twig.height + spare
    return drawn


def _twig(scene: Scene, twig: _Twig, x: float, y: float, shift: float) -> str:
    """One contributor; `shift` puts it on the right of the bone, whose x is given."""
    node, left = twig.node, x - TWIG + shift + (6 if shift else 0)
    line = f"M{n(x)} {n(y)}H{n(left + TWIG - 8)}" if shift else f"M{n(left)} {n(y)}H{n(x)}"
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
        f'<path class="twig{dashed}" d="{line}"/>'
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
    kind = scene.kind_of(node)
    labels = scene.labels_of(node.id)
    line = wrap(node.statement, room - 30 - chips_width(labels), 12, most=1)[0]
    return (
        f'<g class="fb" data-part="node:{said(node.id)}" tabindex="0" role="button" '
        f'aria-label="{said(spoken(scene, node))}">{kind_mark(kind.mark, kind.tone, x + 6, y - 4)}'
        f'<text class="fb-t" x="{n(x + 18)}" y="{n(y)}">{said(line)}</text>'
        f"{chips(labels, x + 26 + width_of(line, 11.5), y - 12)}</g>"
    )
