"""The causal drawing: every node on a time axis, so that one sees how old a condition is and when it mattered.

Knows two stretches of one axis: the age of what was there before, and the minutes of the incident. Refuses to place
what has no time: it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from afteraction.engine.causes.graph import (
    CauseGraph,
    Edge,
    MitigatorKind,
    Node,
    NodeKind,
    Status,
    TopEvent,
    natural,
)
from afteraction.engine.causes.whys import whys
from afteraction.pipeline.review.drawing.marks import (
    chips,
    chips_width,
    edge_class,
    kind_mark,
    n,
    spoken,
    status_icon,
)
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.text import said, width_of, wrap

WIDTH, LATENT, ROW, AXIS, LEFT = 1080.0, 330.0, 27.0, 54.0, 12.0
SIZE = 12.0
# Bold words take about this much more.
BOLD = 1.12
# What held longer than this before the incident is drawn by its age.
RECENT = timedelta(hours=6)
MARGIN = timedelta(minutes=4)
RELATIONS = {
    "enabled": "enabled", "triggered": "triggered", "contributed": "contributed", "amplified": "amplified",
    "failed_to_stop": "failed to stop", "delayed_detection": "delayed detection",
    "delayed_recovery": "delayed recovery", "mitigated": "reduced it",
}  # fmt: skip


@dataclass(frozen=True)
class _Axis:
    """The two stretches: `oldest` to `start` on the left by age, `start` to `end` on the right."""

    oldest: datetime
    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        if moment >= self.start:
            share = (min(moment, self.end) - self.start) / (self.end - self.start)
            return LATENT + (WIDTH - LATENT) * share
        return LEFT + (LATENT - LEFT - 14) * ((max(moment, self.oldest) - self.oldest) / (self.start - self.oldest))


@dataclass(frozen=True)
class _Row:
    node: Node
    y: float
    at: float | None
    until: float | None


def draw_causal(scene: Scene, top: TopEvent | None = None) -> Sheet:
    """All nodes by section, causes above what they led to, with an edge for each link."""
    axis = _axis_of(scene.graph)
    y, body = AXIS, ""
    rows: dict[str, _Row] = {}
    for title, nodes in _sections(scene.graph, top):
        body += f'<text class="gtitle{" hold" if title == "What helped" else ""}" x="0" y="{n(y + 18)}">{title}</text>'
        y += 28
        # Where somebody arranged them, they stand in that order.
        for node in sorted(nodes, key=lambda each: scene.arranged.get(each.id, (0.0, 0.0))[1]):
            rows[node.id] = _row(axis, node, y)
            y += ROW
        y += 8
    height = y + 6
    body = _ground(scene, axis, rows, height) + body
    edges = [scene.graph.edges[each] for each in sorted(scene.graph.edges, key=natural)]
    met = {each.target for each in edges if _goes_round(scene, rows, each)}
    body += "".join(_link(scene, rows, each, met) for each in edges)
    body += "".join(_draw(scene, row) for row in rows.values())
    label = "Causal graph on a time axis: how old each condition is, and when it mattered. It is below as a list."
    return Sheet(
        "causal",
        max([WIDTH + 30, *(_words_end(scene, row) + 30 for row in rows.values())]),
        max(height, 120),
        body,
        label,
    )


def _sections(graph: CauseGraph, top: TopEvent | None) -> Iterator[tuple[str, list[Node]]]:
    shown: set[str] = set()
    for title, kind in (("It happened", TopEvent.HAPPENED), ("It lasted", TopEvent.LASTED)):
        if top not in (None, kind):
            continue
        nodes: list[Node] = []
        for outcome in graph.outcomes(kind):
            # Causes first: a path is read downwards to what it led to.
            for step in reversed(list(whys(graph, outcome.id).walk())):
                if step.node.id not in shown and step.node.status is not Status.REFUTED:
                    shown.add(step.node.id)
                    nodes.append(step.node)
        if nodes:
            yield title, nodes
    left = [
        node for ident, node in sorted(graph.nodes.items(), key=lambda each: natural(each[0])) if ident not in shown
    ]
    helped = [node for node in left if node.kind is NodeKind.MITIGATOR and node.mitigator is not MitigatorKind.LUCK]
    lucky = [node for node in left if node.kind is NodeKind.MITIGATOR and node.mitigator is MitigatorKind.LUCK]
    ruled_out = [node for node in left if node.status is Status.REFUTED and node.kind is not NodeKind.MITIGATOR]
    known = {node.id for node in (*helped, *lucky, *ruled_out)}
    loose = [node for node in left if node.id not in known] if top is None else []
    for title, nodes in (
        ("Not linked yet", loose), ("Ruled out", ruled_out), ("What helped", helped),
        ("Luck, never a barrier", lucky),
    ):  # fmt: skip
        if nodes:
            yield title, nodes


def _axis_of(graph: CauseGraph) -> _Axis | None:
    known = [node.valid_from.utc for node in graph.nodes.values() if node.valid_from]
    if not known:
        return None
    tops = [node.valid_from.utc for node in graph.outcomes() if node.valid_from]
    first = min(tops) if tops else max(known)
    near = [moment for moment in known if moment >= first - RECENT]
    ends = [node.valid_to.utc for node in graph.nodes.values() if node.valid_to and node.valid_to.utc >= first - RECENT]
    start = min(near, default=first) - MARGIN
    oldest = min(min(known), start - timedelta(days=1))
    return _Axis(oldest, start, max([*near, *ends]) + MARGIN)


def _row(axis: _Axis | None, node: Node, y: float) -> _Row:
    if axis is None or node.valid_from is None:
        return _Row(node, y, None, None)
    at = axis.x(node.valid_from.utc)
    if node.valid_to is not None:
        return _Row(node, y, at, axis.x(node.valid_to.utc))
    return _Row(node, y, at, LATENT - 6 if at < LATENT else (WIDTH if node.still_holds else None))


def _ground(scene: Scene, axis: _Axis | None, rows: dict[str, _Row], height: float) -> str:
    """The axis with its ticks, the line between its stretches, and the time of impact as a veil."""
    if axis is None:
        return '<text class="meta-t" x="0" y="16">No node has a time yet, so there is no axis.</text>'
    day = (scene.day or axis.start).astimezone(scene.zone)
    drawn = (
        '<text class="zone-t" x="0" y="16">Before, by age</text>'
        f'<text class="zone-t" x="{LATENT:g}" y="16">{day.strftime("%-d %B")}, minutes, {scene.zone_name}</text>'
        f'<path class="zone" d="M{n(LATENT - 7)} 24V{n(height)}"/>'
    )
    for outcome in scene.graph.outcomes():
        row = rows.get(outcome.id)
        if row and row.at is not None and row.until is not None and row.until > row.at:
            drawn += f'<rect class="veil" x="{n(row.at)}" y="{AXIS - 12:g}" width="{n(row.until - row.at)}" ' \
                     f'height="{n(height - AXIS + 8)}"/>'  # fmt: skip
    taken = -99.0
    moments = sorted(
        {row.node.valid_from.utc: row.node.valid_from for row in rows.values() if row.node.valid_from}.items()
    )
    for moment, instant in moments:
        x, words = axis.x(moment), scene.moment(instant)
        if x - taken > width_of(words, 11) + 12 and x > LEFT - 1:
            drawn += f'<text class="meta-t" x="{n(x)}" y="36">{words}</text>' \
                     f'<path class="gridline" d="M{n(x)} 42V{n(height)}"/>'  # fmt: skip
            taken = x
    return drawn


def _link(scene: Scene, rows: dict[str, _Row], edge: Edge, met: Collection[str]) -> str:
    """From the end of a cause's row to the mark of its effect, from above or below; where the cause's words reach
    beyond that mark, round them to the end of the effect's row. `met` are rows that are reached so: what leaves them
    begins a little further on."""
    cause, effect = rows.get(edge.source), rows.get(edge.target)
    if cause is None or effect is None:
        return ""
    start, y1 = _words_end(scene, cause) + (18 if cause.node.id in met else 0), cause.y + 12
    mark = _mark(effect)
    way = 1 if effect.y > cause.y else -1
    word = RELATIONS[edge.relation]
    if cause is effect:
        path, room = "h12q6 0 6 -5.5q0 -5.5 -6 -5.5h-9", 0.0
    elif mark is not None and not _goes_round(scene, rows, edge):
        y2 = effect.y + (4 if way > 0 else 20)
        path = f"H{n(mark - 6)}q6 0 6 {6 * way}V{n(y2)}"
        room = mark - start
    else:
        end, y2 = _words_end(scene, effect) + 2, effect.y + 12
        turn = max(start, end) + 12
        path = f"H{n(turn)}q6 0 6 {6 * way}V{n(y2 - 6 * way)}q0 {6 * way} -6 {6 * way}H{n(end + 4)}"
        room = turn - start
    told = ""
    if room > width_of(word, 11) + 22:
        told = f'<text class="rel" x="{n(start + 6)}" y="{n(y1 + 4)}">{word}</text>'
        start += width_of(word, 11) + 12
    tone = edge_class(scene, edge, cause.node) + (" mit" if edge.relation == "mitigated" else "")
    return (
        f'<path class="{tone}" data-part="edge:{said(edge.id)}" d="M{n(start)} {n(y1)}{path}" '
        f'marker-end="url(#arr{"-s" if edge.id == scene.selected else ""})"/>{told}'
    )


def _mark(row: _Row) -> float | None:
    """Where the mark of a row stands, None where it has none."""
    return row.at if row.at is not None and row.at >= LATENT else None


def _goes_round(scene: Scene, rows: dict[str, _Row], edge: Edge) -> bool:
    cause, effect = rows.get(edge.source), rows.get(edge.target)
    if cause is None or effect is None:
        return False
    mark = _mark(effect)
    return mark is None or mark - _words_end(scene, cause) <= 8


def _words(row: _Row) -> str:
    """The statement, as much of it as fits."""
    room = LATENT - LEFT - 30 if row.at is not None and row.at < LATENT else 420
    return wrap(row.node.statement, room, SIZE, most=1)[0]


def _wide(row: _Row) -> float:
    """How wide its words are; those of a top event are bold."""
    return width_of(_words(row), SIZE) * (BOLD if row.node.kind is NodeKind.OUTCOME else 1)


def _words_start(row: _Row) -> float:
    """Where the words of a row begin: up to its mark or to the end of its bar where there is room, else after it."""
    wide = _wide(row) + 18
    if row.at is None:
        return LATENT + 12
    if row.at < LATENT:
        return max(0.0, LATENT - 10 - wide)
    before = row.at - 12 - wide
    return before if before > LATENT - 60 else row.at + 12


def _words_end(scene: Scene, row: _Row) -> float:
    """Where a row's own words, mark, bar and evidence end."""
    end = _words_start(row) + _wide(row) + 18
    if row.at is None:
        end += 76
    elif row.at < LATENT:
        end = max(end, LATENT - 4)
    else:
        end = max(end, row.at + 10, row.until if row.until is not None and row.until < WIDTH - 80 else 0)
    return end + 6 + chips_width(scene.labels_of(row.node.id))


def _draw(scene: Scene, row: _Row) -> str:
    node, kind = row.node, scene.kind_of(row.node)
    x, y = _words_start(row), row.y
    words = _words(row)
    wide = _wide(row) + 18
    bar = ""
    if row.at is not None and row.until is not None and row.until - row.at > 2:
        is_below = row.at < LATENT or _words_start(row) > row.at
        low = y + 20.5 if is_below else y + 9
        shape = "lat" if row.at < LATENT else "span"
        span = f'x="{n(row.at)}" y="{n(low)}" width="{n(row.until - row.at)}"'
        bar = f'<rect class="{shape} {kind.tone}" {span} height="{3.5 if is_below else 5}" rx="2"/>'
    mark = kind_mark(kind.mark, kind.tone, row.at, y + 12) if row.at is not None and row.at >= LATENT else ""
    unknown = f'<text class="meta-t" x="{n(x + wide)}" y="{n(y + 16)}">time unknown</text>' if row.at is None else ""
    labels = scene.labels_of(node.id)
    end = _words_end(scene, row) - chips_width(labels)
    strong = " strong" if node.kind is NodeKind.OUTCOME else ""
    icon = "" if node.kind is NodeKind.OUTCOME else status_icon(node.status, x, y + 6.5)
    selected = f'<rect class="fb-sel" x="{n(x - 6)}" y="{n(y)}" width="{n(wide + 8)}" height="24" rx="7"/>' \
        if node.id == scene.selected else ""  # fmt: skip
    return (
        f'<g class="cg{" ref" if node.status is Status.REFUTED else ""}" data-part="node:{said(node.id)}" tabindex="0" '
        f'role="button" aria-label="{said(spoken(scene, node))}">{selected}{bar}{icon}'
        f'<text class="cg-t{strong}" x="{n(x + 15)}" y="{n(y + 16)}">{said(words)}</text>{mark}{unknown}'
        f"{chips(labels, end, y + 4)}</g>"
    )
