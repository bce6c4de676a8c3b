"""A metric series as a line that keeps its width at any zoom.

Knows how values become heights and how many points are worth drawing. Refuses to draw over a hole: a line that misses
values is interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.safestring import SafeString

from afteraction.web.ui.drawing.scale import PAD, Scale
from afteraction.web.ui.drawing.svg import element, group, percent

MOST_POINTS = 600


@dataclass(frozen=True)
class Line:
    """One series: `times` in UTC seconds, `values` with None for holes; `ceiling` is the value at the top, or None
    for the largest one seen. `threshold` draws a dashed line with its words."""

    times: Sequence[float]
    values: Sequence[float | None]
    ceiling: float | None = None
    threshold: float | None = None
    threshold_label: str = ""
    soft: bool = False


def draw_line(line: Line, scale: Scale, top: float, height: float) -> SafeString:
    """The series in a box of `height` px below `top`, and its threshold."""
    points = list(_within(line, scale))
    if not points:
        return group()
    most = _top_of(line, [value for _, value in points if value is not None])
    parts = []
    if line.threshold is not None and 0 <= line.threshold <= most * 1.001:
        y = top + height - line.threshold / most * height
        parts.append(element("line", class_="limit", x1="0%", x2="100%", y1=y, y2=y))
        parts.append(element("text", line.threshold_label, class_="lt signal", x="0.6%", y=y - 5 if y - top > 9 else
                             y + 12))  # fmt: skip
    paths = [
        element("polyline", class_="series soft" if line.soft else "series", points=" ".join(run))
        for run in _runs(points, most, scale, height)
    ]
    inner = element("svg", *paths, x=percent(PAD), width=percent(100 - 2 * PAD), y=top, height=height,
                    viewBox=f"0 0 1000 {height:g}", preserveAspectRatio="none")  # fmt: skip
    return group(*parts, inner, class_="lane-series")


def _top_of(line: Line, values: list[float]) -> float:
    if line.ceiling is not None:
        return line.ceiling
    most = max(values, default=0.0)
    if line.threshold is not None and line.threshold <= most * 3:
        most = max(most, line.threshold * 1.1)
    return most or 1.0


def _within(line: Line, scale: Scale) -> Iterator[tuple[float, float | None]]:
    start, end = scale.start.timestamp(), scale.end.timestamp()
    inside = [(t, v) for t, v in zip(line.times, line.values, strict=False) if start <= t <= end]
    if len(inside) <= MOST_POINTS:
        yield from inside
        return
    size = -(-len(inside) // (MOST_POINTS // 2))
    for chunk in (inside[at : at + size] for at in range(0, len(inside), size)):
        seen = [(t, v) for t, v in chunk if v is not None]
        if not seen:
            yield chunk[0][0], None
            continue
        # The lowest and the highest of each stretch, in their order, so that no peak is lost.
        yield from sorted({min(seen, key=lambda each: each[1]), max(seen, key=lambda each: each[1])})


def _runs(
    points: Iterable[tuple[float, float | None]], most: float, scale: Scale, height: float
) -> Iterator[list[str]]:
    run: list[str] = []
    for at, value in points:
        if value is None:
            if len(run) > 1:
                yield run
            run = []
            continue
        x = (datetime.fromtimestamp(at, UTC) - scale.start).total_seconds() / scale.seconds * 1000
        y = height - min(max(value / most, 0.0), 1.0) * (height - 1.5) - 0.75
        run.append(f"{x:.0f},{y:.1f}")
    if len(run) > 1:
        yield run
