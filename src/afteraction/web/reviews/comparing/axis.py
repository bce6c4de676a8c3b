"""The timelines of several incidents over each other, each counted from its own start of impact, as one SVG.

Knows the axis, the windows of impact and the milestones. Refuses to place an incident whose start of impact is unknown
or disputed: its lane says so. Places are shares of the width, so that it fits a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from afteraction.core.findings import Milestone
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.review.compare import Column
from afteraction.engine.review.side_by_side import impact_start, offset_s

Json = dict[str, Any]
LANE, HEAD, FOOT = 58, 6, 26
# Where the axis begins and ends, in per cent of the width.
LEFT, RIGHT = 2.0, 98.0
# From this far before impact on, what began it would push everything else together.
BEFORE_S = 2 * 3600
MOST_WINDOWS = 40
MARKS: Mapping[str, tuple[str, str, str]] = {
    Milestone.TRIGGER.value: ("change", "Trigger", "diamond"),
    Milestone.DETECTED.value: ("signal", "Detected", "triangle"),
    Milestone.DECLARED.value: ("ink", "Declared", "square"),
    Milestone.MITIGATED.value: ("hold", "Mitigated", "circle"),
    Milestone.RESOLVED.value: ("hold", "Resolved", "ring"),
}
_STEPS = (60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800)


@dataclass(frozen=True)
class Mark:
    """One milestone of one incident, in seconds from its start of impact."""

    at_s: float
    meaning: str
    title: str
    shape: str


@dataclass(frozen=True)
class Lane:
    """One incident: its marks and windows of impact in seconds from its start of impact; `known` is False where that
    is not known."""

    key: str
    title: str
    marks: tuple[Mark, ...] = ()
    windows: tuple[tuple[float, float | None], ...] = ()
    earlier: int = 0
    known: bool = True


def lane_of(column: Column) -> Lane:
    """One incident as a lane. What lies long before impact is counted in `earlier`, not drawn."""
    document = column.document
    if impact_start(document) is None:
        return Lane(column.key, column.title, known=False)
    marks, earlier = [], 0
    for name, (meaning, title, shape) in MARKS.items():
        found = document["milestones"].get(name) or ()
        at = offset_s(document, found[0]["value"]) if found else None
        if at is None:
            continue
        if at < -BEFORE_S:
            earlier += 1
        else:
            marks.append(Mark(at, meaning, title, shape))
    windows = [
        (offset_s(document, each["start"]["value"]) or 0.0,
         offset_s(document, each["end"]["value"]) if each.get("end") else None)
        for each in (document.get("impact_windows") or ())[:MOST_WINDOWS]
    ]  # fmt: skip
    return Lane(column.key, column.title, tuple(marks), tuple(windows), earlier)


def draw_axis(columns: Sequence[Column]) -> str:
    """The SVG for the page; "" where no start of impact is known."""
    lanes = [lane_of(each) for each in columns]
    placed = [each for each in lanes if each.known]
    if not placed:
        return ""
    low, high, step = _reach(placed)
    height = HEAD + LANE * len(lanes) + FOOT
    body = "".join([*_ticks(low, high, step, height), *_lanes(lanes, low, high)])
    label = escape(f"Timelines of {', '.join(each.key for each in lanes)}, counted from the start of impact")
    return f'<svg class="beside" width="100%" height="{height}" role="img" aria-label="{label}">{body}</svg>'


def _reach(lanes: Sequence[Lane]) -> tuple[float, float, float]:
    moments = [each.at_s for lane in lanes for each in lane.marks]
    moments += [at for lane in lanes for window in lane.windows for at in window if at is not None]
    low, high = min(0.0, *moments, 0.0), max(60.0, *moments, 60.0)
    step = _step(high - low)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _step(length: float) -> float:
    return next((each for each in _STEPS if length / each <= 6), length / 6)


def _x(at: float, low: float, high: float) -> float:
    return LEFT + (RIGHT - LEFT) * (at - low) / (high - low)


def _ticks(low: float, high: float, step: float, height: int) -> Iterator[str]:
    count = round((high - low) / step)
    for number in range(count + 1):
        at = low + number * step
        x = _x(at, low, high)
        zero = abs(at) < 0.5
        anchor = "start" if number == 0 else "end" if number == count else "middle"
        text = "impact" if zero else ("−" if at < 0 else "+") + spoken(abs(at))
        edge = " zero" if zero else "" if number in (0, count) else " mid"
        yield f'<line class="beat{edge}" x1="{x:.2f}%" x2="{x:.2f}%" y1="{HEAD}" y2="{height - FOOT + 4}"/>'
        yield f'<text class="beat{edge}" x="{x:.2f}%" y="{height - 6}" text-anchor="{anchor}">{text}</text>'


def _lanes(lanes: Sequence[Lane], low: float, high: float) -> Iterator[str]:
    for number, lane in enumerate(lanes):
        top = HEAD + LANE * number
        middle = top + 38
        yield f'<text class="whose" x="{LEFT}%" y="{top + 16}">{escape(lane.key)}</text>'
        if not lane.known:
            yield f'<text class="none" x="{LEFT}%" y="{middle + 4}">start of impact unknown or disputed</text>'
            continue
        yield f'<line class="rail" x1="{LEFT}%" x2="{RIGHT}%" y1="{middle}" y2="{middle}"/>'
        for start, end in lane.windows:
            x, until = _x(start, low, high), _x(high if end is None else end, low, high)
            title = "Impact" + (", not over" if end is None else f", {spoken(end - start)}")
            kind = "window open" if end is None else "window"
            yield (
                f'<rect class="{kind}" x="{x:.2f}%" width="{max(until - x, 0.3):.2f}%" y="{middle - 6}" height="12" '
                f'rx="2"><title>{title}</title></rect>'
            )
        for mark in lane.marks:
            yield _mark(mark, _x(mark.at_s, low, high), middle)
        if lane.earlier:
            yield (
                f'<text class="none" x="{RIGHT}%" y="{top + 16}" text-anchor="end">'
                f"{lane.earlier} earlier than shown</text>"
            )


_SHAPES = {
    "circle": '<circle r="6"/>', "ring": '<circle r="5.2" class="ring"/>', "square": '<path d="M-5-5h10v10h-10z"/>',
    "diamond": '<path d="M0-7l7 7-7 7-7-7z"/>', "triangle": '<path d="M0-7l7 12h-14z"/>',
}  # fmt: skip


def _mark(mark: Mark, x: float, y: int) -> str:
    # A nested svg takes a share of the width as its place, which a transform cannot.
    title = f"{mark.title} {'−' if mark.at_s < 0 else '+'}{spoken(abs(mark.at_s))}"
    return (
        f'<svg x="{x:.2f}%" y="{y}" overflow="visible" class="mk {mark.meaning}"><title>{title}</title>'
        f"{_SHAPES[mark.shape]}</svg>"
    )


def legend() -> list[tuple[str, str, str]]:
    """Meaning, title and shape of each mark, as the legend draws it."""
    return [(meaning, title, _SHAPES[shape]) for meaning, title, shape in MARKS.values()]
