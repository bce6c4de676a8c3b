"""The short way from what set it off to what users felt, with the places where a gate could have caught it.

Knows one path through the graph and where gates stand along it. Refuses to say what a gate could have caught: the
matrix does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.safestring import SafeString

from afteraction.engine.causes.graph import CauseGraph, Node, NodeKind, TopEvent, natural
from afteraction.engine.causes.paths import Paths
from afteraction.engine.gates.chances import Chances, matrix_order
from afteraction.engine.gates.matrix import GateRow
from afteraction.pipeline.review.drawing.marks import kind_mark
from afteraction.pipeline.review.drawing.scene import CHANGE_ROLES, Scene
from afteraction.pipeline.review.drawing.text import said, width_of, wrap

WIDTH, GAP, TOP, LINE = 760.0, 36.0, 36.0, 15.0
MOST = 5
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Gates through which a change goes while it is built; the others stand on its way out, monitoring after it.
_WHILE_BUILT = frozenset({"code_review", "unit_tests", "integration_tests", "staging"})
_BEFORE = frozenset({NodeKind.EVENT, NodeKind.ACTION, NodeKind.DECISION, NodeKind.CONDITION})
_SHORT = {"Code review": "Review", "Integration tests": "Integration", "Production monitoring": "Monitoring"}


@dataclass(frozen=True)
class Flag:
    """Gates that could have caught it between the node at `after` and the next one, and what became of it there."""

    after: int
    gates: tuple[str, ...]
    fates: str


def chain_of(graph: CauseGraph) -> list[Node]:
    """From what set it off (and what led to that) to the first top event, at most five nodes; empty without a way."""
    tops = graph.outcomes(TopEvent.HAPPENED)
    paths = Paths(graph)
    if not tops or not paths.triggers:
        return []
    ways = [way for each in paths.triggers if (way := _way(paths.causes, each.id, tops[0].id))]
    if not ways:
        return []
    way = min(ways, key=len)
    # A long way is told by both of its ends.
    way = way if len(way) <= MOST else [*way[: MOST - 2], *way[-2:]]
    while len(way) < MOST and (earlier := _before(graph, paths, way)):
        way.insert(0, earlier)
    return [graph.nodes[each] for each in way]


def flags_of(chain: list[Node], rows: Mapping[str, GateRow], chances: Chances) -> list[Flag]:
    """Where along a chain it could have been caught, in its order."""
    if len(chain) < 2:
        return []
    trigger = next((at for at, node in enumerate(chain) if CHANGE_ROLES & set(node.roles)), 0)
    last = len(chain) - 2
    at: dict[int, list[GateRow]] = {}
    for row in matrix_order(rows):
        if row.id in chances.could:
            place = 0 if (row.seed or row.id) in _WHILE_BUILT else max(trigger - 1, 0)
            place = min(trigger, last) if (row.seed or row.id) == "monitoring" else place
            at.setdefault(min(place, last), []).append(row)
    return [Flag(place, tuple(_named(row) for row in found), _fates(found, chances)) for place, found in at.items()]


def draw_chain(chain: list[Node], flags: list[Flag], day: datetime | None, graph_url: str) -> SafeString:
    """The chain as a drawing; each node opens in the graph."""
    if not chain:
        return SafeString("")
    scene = Scene(CauseGraph(), day=day, zone=UTC)
    width = (WIDTH - GAP * (len(chain) - 1)) / len(chain)
    lines = [wrap(node.statement, width - 22, most=4) for node in chain]
    tall = 33 + LINE * max(len(each) for each in lines)
    boxes = "".join(_box(scene, node, each, at * (width + GAP), width, tall, graph_url)
                    for at, (node, each) in enumerate(zip(chain, lines, strict=True)))  # fmt: skip
    middle = TOP + tall / 2
    arrows = "".join(
        f'<path class="edge" d="M{at * (width + GAP) + width + 1:.1f} {middle:.1f}h{GAP - 6:.1f}" '
        'marker-end="url(#chain-arr)"/>'
        for at in range(len(chain) - 1)
    )
    flagged = "".join(_flag(flag, flag.after * (width + GAP) + width + GAP / 2, middle, TOP + tall) for flag in flags)
    height = TOP + tall + (2 + max(8 + 14 * len(_gate_lines(flag)) + 50 for flag in flags) if flags else 4)
    words = '<text class="label-t" x="0" y="18">From change to impact</text>' + (
        f'<text class="meta-t" x="{WIDTH:g}" y="18" text-anchor="end">flags: could have been caught here</text>'
        if flags else ""
    )  # fmt: skip
    arrow = (
        '<defs><marker id="chain-arr" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path class="arr" d="M1 1l5 3-5 3"/></marker></defs>'
    )
    label = "Chain from change to impact: " + " → ".join(node.statement for node in chain)
    return SafeString(
        f'<svg class="chain" viewBox="0 0 {WIDTH:g} {height:.0f}" role="group" aria-label="{said(label)}">'
        f"{arrow}{boxes}{arrows}{flagged}{words}</svg>"
    )


def _way(causes: Mapping[str, frozenset[str]], start: str, end: str) -> list[str]:
    """The shortest live way from a cause to an effect, both included; empty without one."""
    came: dict[str, str] = {end: ""}
    waiting = [end]
    for node in waiting:
        if node == start:
            way = [start]
            while came[way[-1]]:
                way.append(came[way[-1]])
            return way
        for cause in sorted(causes.get(node, ()), key=natural):
            if cause not in came:
                came[cause] = node
                waiting.append(cause)
    return []


def _before(graph: CauseGraph, paths: Paths, way: list[str]) -> str:
    """What led to the beginning of a way: the latest cause of it that is known to have begun earlier."""
    begun = graph.nodes[way[0]].valid_from
    found = [
        node
        for each in paths.causes.get(way[0], ())
        if (node := graph.nodes[each]).kind in _BEFORE and node.valid_from and each not in way
        and (begun is None or node.valid_from.utc < begun.utc)
    ]  # fmt: skip
    latest = max(found, key=lambda node: (node.valid_from.utc if node.valid_from else _LONG_AGO, node.id), default=None)
    return latest.id if latest else ""


def _named(row: GateRow) -> str:
    return _SHORT.get(row.title, row.title)


def _fates(rows: list[GateRow], chances: Chances) -> str:
    fates = [(chances.caught, "caught it"), (chances.let_pass, "let it pass"), (chances.not_in_path, "not in its path"),
             (chances.reach_unknown, "nothing shows whether it ran")]  # fmt: skip
    told = [(word, sum(row.id in ids for row in rows)) for ids, word in fates]
    told = [(word, count) for word, count in told if count]
    return told[0][0] if len(told) == 1 else ", ".join(f"{count} {word}" for word, count in told)


def _box(
    scene: Scene, node: Node, lines: list[str], x: float, width: float, tall: float, graph_url: str
) -> str:  # fmt: skip
    kind, time = scene.kind_of(node), scene.time_of(node)
    role = (
        f'<text class="meta" x="{x + width - 9:.1f}" y="53.6" text-anchor="end">trigger</text>'
        if "trigger" in node.roles
        else ""
    )
    text = "".join(
        f'<text x="{x + 10:.1f}" y="{71 + LINE * at:.1f}">{said(line)}</text>' for at, line in enumerate(lines)
    )
    outcome = " outcome" if node.kind is NodeKind.OUTCOME else ""
    return (
        f'<a href="{said(graph_url)}?node={said(node.id)}" class="node{outcome}" aria-label="{said(node.statement)}">'
        f'<rect x="{x + 0.6:.1f}" y="{TOP:g}" width="{width - 1.2:.1f}" height="{tall:.1f}" rx="8"/>'
        f"{kind_mark(kind.mark, kind.tone, x + 13, 50)}"
        f'<text class="kind {kind.tone}" x="{x + 23:.1f}" y="53.6">{said(time or kind.word)}</text>{role}{text}</a>'
    )


def _gate_lines(flag: Flag) -> list[str]:
    return list(_wrapped_names(flag.gates))


def _wrapped_names(names: tuple[str, ...]) -> Iterator[str]:
    line = ""
    for at, name in enumerate(names):
        piece = name + ("," if at < len(names) - 1 else "")
        longer = f"{line} {piece}".strip()
        if line and width_of(longer, 11) > 170:
            yield line
            longer = piece
        line = longer
    yield line


def _flag(flag: Flag, x: float, middle: float, bottom: float) -> str:
    lines = _gate_lines(flag)
    half = max(width_of(each, 11) for each in [*lines, flag.fates]) / 2
    centre = min(max(x, half), WIDTH - half)
    names = "".join(
        f'<text class="flag-t" x="{centre:.1f}" y="{bottom + 46 + 14 * at:.1f}" text-anchor="middle">'
        f"{said(line)}</text>"
        for at, line in enumerate(lines)
    )
    return (
        f'<path class="flagline" d="M{x:.1f} {middle + 3:.1f}V{bottom + 18:.1f}"/>'
        f'<use class="gi m-signal" href="#i-flag" x="{x - 7:.1f}" y="{bottom + 18:.1f}" width="13" height="13"/>{names}'
        f'<text class="meta-t" x="{centre:.1f}" y="{bottom + 46 + 14 * len(lines):.1f}" text-anchor="middle">'
        f"{said(flag.fates)}</text>"
    )
