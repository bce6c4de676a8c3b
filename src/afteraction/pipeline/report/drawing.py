"""The impact figure of a report: steps of weight over time, with the moments that matter above them.

Knows SVG without a viewBox: x in per cent and y in pixels, so that text keeps its size at any width. Refuses to know
where the values come from.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from afteraction.pipeline.report.sentences import clock, when

Json = dict[str, Any]

LEFT, RIGHT, TOP, FLOOR, HEIGHT = 5.5, 98.5, 40.0, 144.0, 168
STEMS = (
    ("t_first_user_report", "customer", "first report"),
    ("t_detect", "signal", "detected"),
    ("t_mitigated", "hold", "mitigated"),
    ("t_impact_end", "hold", "impact ends"),
)
_TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200]


def impact_figure(document: Json) -> str:
    """An inline SVG of the impact windows, or nothing when there are none that ended."""
    windows = [w for w in document["impact_windows"] if w["end"] is not None]
    if not windows:
        return ""
    first = min(when(w["start"]["value"]) for w in windows)
    last = max(when(w["end"]["value"]) for w in windows)
    stems = [
        (when(found[0]["value"]), tone, f"{word} {clock(found[0])}")
        for name, tone, word in STEMS
        if (found := document["milestones"].get(name))
    ]
    margin = max((last - first) * 0.06, timedelta(minutes=1))
    start, end = first - margin, last + margin
    near = [stem for stem in stems if start <= stem[0] <= end]

    def x(moment: datetime) -> float:
        return LEFT + (RIGHT - LEFT) * ((moment - start) / (end - start))

    parts = [_frame(), *(_tick(x(at), at) for at in _ticks(start, end)), *(_step(w, x) for w in windows)]
    parts += _stems(near, x)
    label = "Impact over time. " + ". ".join(_words(w) for w in windows[:12])
    return f'<svg class="plot" height="{HEIGHT}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'


def _words(window: Json) -> str:
    weight = "unknown weight" if window["weight"] is None else f"weight {window['weight']:.2f}"
    return f"{clock(window['start'])} to {clock(window['end'])} {weight}"


def _y(weight: float) -> float:
    return FLOOR - (FLOOR - TOP) * max(0.0, min(weight, 1.0))


def _frame() -> str:
    rows = [f'<line class="axis" x1="{LEFT}%" x2="{RIGHT}%" y1="{FLOOR}" y2="{FLOOR}"/>']
    for value in (0.0, 0.5, 1.0):
        if value:
            rows.append(f'<line class="gridline" x1="{LEFT}%" x2="{RIGHT}%" y1="{_y(value)}" y2="{_y(value)}"/>')
        rows.append(f'<text class="tick" x="{LEFT}%" y="{_y(value) + 4}" text-anchor="end" dx="-6">{value:g}</text>')
    return "".join(rows)


def _ticks(start: datetime, end: datetime) -> list[datetime]:
    wanted = (end - start) / timedelta(minutes=1) / 7
    step = timedelta(minutes=next((t for t in _TICKS if t >= wanted), _TICKS[-1]))
    origin = datetime(1970, 1, 1, tzinfo=UTC)
    at = origin + ((start - origin) // step + 1) * step
    found = []
    while at < end:
        found.append(at)
        at += step
    return found


def _tick(x: float, at: datetime) -> str:
    text = f"{at:%H:%M}" if at.hour or at.minute else f"{at.day} {at:%b}"
    return (
        f'<line class="axis" x1="{x:.2f}%" x2="{x:.2f}%" y1="{FLOOR}" y2="{FLOOR + 5}"/>'
        f'<text class="tick" x="{x:.2f}%" y="{FLOOR + 19}" text-anchor="middle">{text}</text>'
    )


def _step(window: Json, x: Any) -> str:
    left, right = x(when(window["start"]["value"])), x(when(window["end"]["value"]))
    known = window["weight"] is not None
    top = _y(window["weight"] if known else 1.0)
    box = f'x="{left:.2f}%" width="{max(right - left, 0.15):.2f}%" y="{top:.1f}" height="{FLOOR - top:.1f}"'
    parts = f'<rect class="impact" {box}/>'
    if known:
        parts += f'<rect class="impact-hatch" {box}/>'
        parts += f'<line class="impact-step" x1="{left:.2f}%" x2="{right:.2f}%" y1="{top:.1f}" y2="{top:.1f}"/>'
    word = f"{window['weight']:.2f}" if known else "weight unknown"
    if right - left > (4 if known else 14):
        parts += (
            f'<text class="lt harm strong" x="{(left + right) / 2:.2f}%" y="{max(top - 6, TOP - 4):.1f}"'
            f' text-anchor="middle">{word}</text>'
        )
    return parts


def _stems(stems: list[tuple[datetime, str, str]], x: Any) -> list[str]:
    """Lines with labels in two rows above the steps; a label goes to the left where there is no room to the right."""
    parts, free = [], [0.0, 0.0]
    for at, tone, word in sorted(stems):
        place, width = x(at), len(word) * 0.85
        row = 0 if free[0] <= place else 1
        turned = place + width > RIGHT
        free[row] = place + (0.5 if turned else width + 1)
        y = 12 + 15 * row
        anchor = 'text-anchor="end" dx="-5"' if turned else 'dx="5"'
        parts.append(f'<line class="stem k-{tone}" x1="{place:.2f}%" x2="{place:.2f}%" y1="{y - 8}" y2="{FLOOR}"/>')
        parts.append(f'<text class="lt {tone}" x="{place:.2f}%" y="{y}" {anchor}>{escape(word)}</text>')
    return parts
