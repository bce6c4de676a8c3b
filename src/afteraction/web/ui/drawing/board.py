"""The whole picture of an incident: axis, milestones, lanes, impact and metric strips, one below the other.

Knows the order and the heights. Refuses to decide what is worth drawing: `incidents.timeline.picture` does that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from django.utils.safestring import SafeString

from afteraction.web.ui.drawing.flags import FLOOR, Flag, draw_flags
from afteraction.web.ui.drawing.impact import Note, Step, draw_notes, draw_shades, draw_steps
from afteraction.web.ui.drawing.lanes import Lane, draw_lane
from afteraction.web.ui.drawing.scale import Scale
from afteraction.web.ui.drawing.strips import Line, draw_line
from afteraction.web.ui.drawing.svg import element, group, percent

NAME_WIDTH = 112
IMPACT_HEIGHT = 82
STRIP_HEIGHT = 60


@dataclass(frozen=True)
class Strip:
    """One metric below the lanes."""

    name: str
    sub: str
    line: Line


@dataclass(frozen=True)
class Board:
    """Everything to draw. `zone` is the second clock at the foot, None where it would repeat UTC."""

    scale: Scale
    flags: Sequence[Flag] = ()
    lanes: Sequence[Lane] = ()
    steps: Sequence[Step] = ()
    notes: Sequence[Note] = ()
    impact_line: Line | None = None
    impact_name: str = "Impact"
    impact_sub: Sequence[str] = ()
    strips: Sequence[Strip] = ()
    zone: tzinfo | None = None
    zone_name: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Drawn:
    """The names at the left and the plot, both `height` px high."""

    names: SafeString
    plot: SafeString
    height: int


@dataclass(frozen=True)
class _Row:
    top: int
    height: int
    name: str
    subs: tuple[str, ...]


def draw(board: Board) -> Drawn:
    """The board as two SVG: names of the lanes, and the plot."""
    rows = _rows(board)
    foot = rows[-1].top + rows[-1].height if rows else FLOOR
    height = foot + 30 if board.zone else foot + 12
    lanes_end = next((row.top for row in rows[len(board.lanes) :]), foot)
    parts = [draw_shades(board.steps, FLOOR, lanes_end), _axes(board, rows, foot)]
    parts += [draw_lane(lane, row.top) for lane, row in zip(board.lanes, rows, strict=False)]
    below = rows[len(board.lanes) :]
    if _has_impact(board):
        parts.append(_impact(board, below[0]))
        below = below[1:]
    for strip, row in zip(board.strips, below, strict=True):
        floor = row.top + row.height - 2
        parts.append(draw_line(strip.line, board.scale, row.top + 12, row.height - 16))
        parts.append(element("line", class_="axis", x1="0%", x2="100%", y1=floor, y2=floor))
    parts.append(draw_flags(list(board.flags)))
    plot = element("svg", *parts, class_="plot", width="100%", height=height, role="group", aria_label=board.sentence)
    return Drawn(_names(board, rows, foot, height), plot, height)


def _has_impact(board: Board) -> bool:
    return bool(board.steps or board.impact_line)


def _rows(board: Board) -> list[_Row]:
    rows: list[_Row] = []
    top = FLOOR
    for lane in board.lanes:
        rows.append(_Row(top, lane.height, lane.name, (lane.sub,)))
        top += lane.height
    if _has_impact(board):
        rows.append(_Row(top, IMPACT_HEIGHT, board.impact_name, tuple(board.impact_sub)))
        top += IMPACT_HEIGHT
    for strip in board.strips:
        rows.append(_Row(top, STRIP_HEIGHT, strip.name, (strip.sub,)))
        top += STRIP_HEIGHT
    return rows


def _impact(board: Board, row: _Row) -> SafeString:
    floor, tall = row.top + row.height - 2, row.height - 18
    parts: list[SafeString] = list(draw_steps(board.steps, floor, tall))
    if board.impact_line:
        parts.append(draw_line(board.impact_line, board.scale, floor - tall, tall))
    parts += draw_notes(board.notes, board.steps, floor, tall)
    parts.append(element("line", class_="axis", x1="0%", x2="100%", y1=floor, y2=floor))
    return group(*parts, class_="lane-impact")


def _axes(board: Board, rows: list[_Row], foot: int) -> SafeString:
    parts: list[SafeString] = []
    scale = board.scale
    for tick in scale.ticks():
        x = scale.x(tick)
        anchor = None if x < 3 else "end" if x > 97 else "middle"
        parts.append(element("line", class_="gridline", x1=percent(x), x2=percent(x), y1=22, y2=foot))
        parts.append(element("text", scale.clock(tick), class_="tick", x=percent(x), y=14, text_anchor=anchor))
    for tick in scale.ticks(board.zone or UTC) if board.zone else ():
        x = scale.x(tick)
        anchor = None if x < 3 else "end" if x > 97 else "middle"
        parts.append(element("text", scale.clock(tick, board.zone or UTC), class_="tick", x=percent(x), y=foot + 18,
                             text_anchor=anchor))  # fmt: skip
    parts += [
        element("line", class_="gridline", x1="0%", x2="100%", y1=row.top, y2=row.top)
        for row in rows[1 : len(board.lanes) + 1]
    ]
    parts.append(element("line", class_="axis", x1="0%", x2="100%", y1=FLOOR, y2=FLOOR))
    return group(*parts, class_="axes")


def _names(board: Board, rows: list[_Row], foot: int, height: int) -> SafeString:
    parts = [element("text", "UTC", class_="lane-sub", x=16, y=14)]
    if board.zone:
        parts.append(element("text", board.zone_name, class_="lane-sub", x=16, y=foot + 18))
    for number, row in enumerate(rows):
        subs = [sub for sub in row.subs if sub]
        first = row.top + row.height // 2 + 4 - 7 * len(subs)
        parts.append(element("text", row.name, class_="lane-name", x=16, y=first))
        parts += [
            element("text", sub, class_="lane-sub", x=16, y=first + 14 * line) for line, sub in enumerate(subs, start=1)
        ]
        if 0 < number <= len(board.lanes):
            parts.append(element("line", class_="gridline", x1="0%", x2="100%", y1=row.top, y2=row.top))
    return element("svg", *parts, width=NAME_WIDTH, height=height, aria_hidden="true")
