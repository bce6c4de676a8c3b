"""The plot of a back-test: the series, its threshold, when the alert would have paged and when a page came.

Knows scales and where labels fit. Refuses to know the review, and to draw over a hole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString

from afteraction.engine.metrics.figures import spoken
from afteraction.engine.signals.meaning import print_value
from afteraction.web.ui.drawing.svg import element, percent

Json = dict[str, Any]
HEIGHT, TOP, FLOOR = 326, 60, 286
_BEFORE, _AFTER = timedelta(minutes=12), timedelta(minutes=9)
# From such a ratio on, a line on a plain scale would lie on the floor until it shoots up.
_LOG_FROM = 100.0


@dataclass(frozen=True)
class Moments:
    """What is marked, each None where nobody knows it (UTC)."""

    began: datetime | None = None
    impact: datetime | None = None
    reported: datetime | None = None
    paged: datetime | None = None
    ended: datetime | None = None
    since: datetime | None = None
    fires: datetime | None = None

    @property
    def known(self) -> list[datetime]:
        """Those around which the plot is laid."""
        return [each for each in (self.began, self.impact, self.paged, self.fires) if each]


@dataclass(frozen=True)
class _Axes:
    first: datetime
    last: datetime
    height: Callable[[float], float]

    def x(self, at: datetime) -> float:
        """Per cent of the width."""
        return 100 * (at - self.first) / (self.last - self.first)

    def holds(self, at: datetime | None) -> bool:
        return at is not None and self.first <= at <= self.last


def draw_plot(stored: Json, threshold: float, for_s: float, moments: Moments, caption: str) -> SafeString:
    """The plot as wide as its place, 326 px high. `stored` is a series of the document."""
    points = [
        (datetime.fromtimestamp(at, UTC), value) for at, value in zip(stored["times"], stored["values"], strict=True)
    ]
    first, last = _extent(points, moments)
    points = [(at, value) for at, value in points if first <= at <= last]
    values = [value for _, value in points if value is not None]
    is_log = bool(values) and min(values) > 0 and max(values) / min(values) >= _LOG_FROM and threshold > 0
    axes = _Axes(first, last, _scale([*values, threshold], is_log))
    unit = stored["unit"]
    parts = [
        *_grid(axes, [*values, threshold], unit, is_log), *_clock(axes), *_gain(axes, moments), *_impact(axes, moments),
        element("line", class_="axis", x1="0", x2="100%", y1=FLOOR, y2=FLOOR),
        *_threshold(axes, threshold, for_s, unit), _line(axes, points), *_stems(axes, moments, threshold, unit),
    ]  # fmt: skip
    scaled = ", logarithmic" if is_log else ""
    named = f"{stored['service']} {stored['name']}{scaled}, {first:%H:%M} to {last:%H:%M} UTC. {caption}"
    return element("svg", *parts, class_="bt-plot", width="100%", height=HEIGHT, role="img", aria_label=named)


def _extent(points: Sequence[tuple[datetime, float | None]], moments: Moments) -> tuple[datetime, datetime]:
    begin, end = points[0][0], points[-1][0]
    if moments.known:
        begin, end = max(begin, min(moments.known) - _BEFORE), min(end, max(moments.known) + _AFTER)
    begin, end = begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    return (begin, end) if end > begin else (begin, begin + timedelta(minutes=1))


def _scale(values: Sequence[float], is_log: bool) -> Callable[[float], float]:
    low, high = (min(values), max(values)) if is_log else (min(0.0, *values), max(values))
    if is_log:
        base, reach = math.log10(low) - 0.15, math.log10(high) - math.log10(low) + 0.3
        return lambda value: FLOOR - (FLOOR - TOP) * (math.log10(max(value, low / 2)) - base) / reach
    reach = (high - low) * 1.08 or 1.0
    return lambda value: FLOOR - (FLOOR - TOP) * (value - low) / reach


def _grid(axes: _Axes, values: Sequence[float], unit: str, is_log: bool) -> Iterator[SafeString]:
    if is_log:
        powers = range(math.ceil(math.log10(min(values))), math.floor(math.log10(max(values))) + 1)
        levels = [5 * 10.0**each for each in powers if 5 * 10.0**each <= max(values)] or [10.0**each for each in powers]
    else:
        step = 10 ** math.floor(math.log10(max(values) or 1))
        step = step / 2 if max(values) / step < 3 else step
        levels = [step * at for at in range(1, int(max(values) / step) + 1)]
    for level in levels:
        y = axes.height(level)
        if TOP - 30 < y < FLOOR - 12:
            yield element("line", class_="gridline", x1="0", x2="100%", y1=round(y, 1), y2=round(y, 1))
            yield element("text", print_value(level, unit), class_="tick halo", x="0", y=round(y - 4, 1))


def _clock(axes: _Axes) -> Iterator[SafeString]:
    minutes = (axes.last - axes.first).total_seconds() / 60
    step = next((each for each in (1, 2, 5, 10, 15, 30, 60, 120, 240, 720) if minutes / each <= 9), 1440)
    start = axes.first.replace(second=0, microsecond=0)
    at = start - timedelta(minutes=(start.hour * 60 + start.minute) % step)
    number = 0
    while at <= axes.last:
        if axes.holds(at):
            x = axes.x(at)
            anchor = "start" if x < 3 else "end" if x > 97 else "middle"
            look = "tick hide-s" if number % 2 else "tick"
            yield element("text", f"{at:%H:%M}", class_=look, x=percent(x), y=304, text_anchor=anchor)
            number += 1
        at += timedelta(minutes=step)


def _gain(axes: _Axes, moments: Moments) -> Iterator[SafeString]:
    fires, paged = moments.fires, moments.paged
    if fires and paged and axes.holds(fires) and axes.holds(paged) and fires < paged:
        width = percent(axes.x(paged) - axes.x(fires))
        yield element("rect", class_="bt-gain", x=percent(axes.x(fires)), y=38, width=width, height=FLOOR - 38)


def _impact(axes: _Axes, moments: Moments) -> Iterator[SafeString]:
    if moments.impact and moments.impact < axes.last:
        begin, end = max(moments.impact, axes.first), min(moments.ended or axes.last, axes.last)
        if end > begin:
            place = {"x": percent(axes.x(begin)), "width": percent(axes.x(end) - axes.x(begin))}
            yield element("rect", class_="bt-impact", y=FLOOR - 9, height=9, **place)


def _threshold(axes: _Axes, threshold: float, for_s: float, unit: str) -> Iterator[SafeString]:
    y = round(axes.height(threshold), 1)
    yield element("line", class_="bt-thr", x1="0", x2="100%", y1=y, y2=y)
    rest = element("tspan", f" for {spoken(for_s)}", class_="hide-s")
    yield element("text", print_value(threshold, unit), rest, class_="bt-t signal halo", x="0", y=y - 5)


def _line(axes: _Axes, points: Sequence[tuple[datetime, float | None]]) -> SafeString:
    """The series over 1,000 units that stretch with the page, interrupted where there is no value."""
    runs: list[list[str]] = [[]]
    for at, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{axes.x(at) * 10:.1f},{axes.height(value):.1f}")
    lines = [element("polyline", class_="bt-line still", points=" ".join(each)) for each in runs if each]
    return element("svg", *lines, x="0", y="0", width="100%", height=HEIGHT, viewBox=f"0 0 1000 {HEIGHT}",
                   preserveAspectRatio="none")  # fmt: skip


def _stems(axes: _Axes, moments: Moments, threshold: float, unit: str) -> Iterator[SafeString]:
    fires, paged = moments.fires, moments.paged
    if fires and axes.holds(fires):
        yield from _stem(
            axes, fires, "hold", 22, (f"{fires:%H:%M:%S}", "would have paged"), is_before=axes.x(fires) > 20
        )
    if paged and axes.holds(paged):
        yield from _stem(axes, paged, "signal", 22, (f"{paged:%H:%M:%S}", "paged"), is_before=axes.x(paged) > 85)
    if fires and paged and axes.holds(fires) and axes.holds(paged) and fires < paged:
        yield from _lead(axes, fires, paged)
    if moments.impact and axes.holds(moments.impact):
        yield element("line", class_="bt-stem k-harm", **_upright(axes, moments.impact, 108))
        yield from _labels(axes, moments.impact, (f"{moments.impact:%H:%M}", "impact starts"), "harm", 255)
    if moments.reported and axes.holds(moments.reported):
        upright = _upright(axes, moments.reported, 108)
        yield element("line", class_="bt-stem k-customer", stroke_dasharray="3 3", **upright)
        yield from _labels(axes, moments.reported, (f"{moments.reported:%H:%M}", "first user report"), "customer", 214)
    if moments.since and axes.holds(moments.since):
        y, x = round(axes.height(threshold), 1), percent(axes.x(moments.since))
        yield element("circle", class_="bt-dot", cx=x, cy=y, r=4)
        words = f"passes {print_value(threshold, unit)}"
        yield from _labels(axes, moments.since, (f"{moments.since:%H:%M:%S}", words), "", y - 22, is_before=True)
    if moments.began and axes.holds(moments.began):
        across = axes.x(moments.began)
        yield element("line", class_="bt-stem k-change", **_upright(axes, moments.began, 234))
        word = f"{moments.began:%H:%M} change"
        anchor = "start" if across < 8 else "middle"
        yield element("text", word, class_="bt-t halo", x=percent(across), y=228, text_anchor=anchor)


def _upright(axes: _Axes, at: datetime, top: float) -> dict[str, str | float]:
    x = percent(axes.x(at))
    return {"x1": x, "x2": x, "y1": top, "y2": FLOOR}


def _stem(
    axes: _Axes, at: datetime, tone: str, top: float, words: tuple[str, str], *, is_before: bool
) -> Iterator[SafeString]:  # fmt: skip
    yield element("line", class_=f"bt-stem k-{tone}", **_upright(axes, at, top))
    place = {"x": "-6", "text_anchor": "end"} if is_before else {"x": "6"}
    told = [
        element("text", words[0], class_="bt-t b", y=18, **place),
        element("text", words[1], class_=f"bt-t {tone}", y=33, **place),
    ]
    yield element("svg", *told, x=percent(axes.x(at)), overflow="visible")


def _labels(
    axes: _Axes, at: datetime, words: tuple[str, str], tone: str, y: float, *, is_before: bool = False
) -> Iterator[SafeString]:
    place = {"x": "-9", "text_anchor": "end"} if is_before else {"x": "5"}
    look = f"bt-t {tone} halo".replace("  ", " ")
    told = [
        element("text", words[0], class_=look if tone else "bt-t halo b", y=y, **place),
        element("text", words[1], class_=f"{look} hide-s", y=y + 14, **place),
    ]
    yield element("svg", *told, x=percent(axes.x(at)), overflow="visible")


def _lead(axes: _Axes, fires: datetime, paged: datetime) -> Iterator[SafeString]:
    x1, x2 = axes.x(fires), axes.x(paged)
    seconds = (paged - fires).total_seconds()
    middle = percent((x1 + x2) / 2)
    ends = {"marker_start": "url(#arr-g)", "marker_end": "url(#arr-g)"}
    yield element("line", class_="bt-arrow", x1=percent(x1), x2=percent(x2), y1=52, y2=52, **ends)
    full, short = f"{spoken(seconds)} earlier", f"{int(seconds // 60)} min earlier"
    yield element("text", full, class_="bt-big halo hide-s", x=middle, y=46, text_anchor="middle")
    yield element("text", short, class_="bt-t hold halo only-s", x=middle, y=46, text_anchor="middle")
