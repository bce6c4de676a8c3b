"""Impact windows: steps of weight with hatch, and the measured series as a line above them.

Knows heights and where a figure may stand. Refuses to join windows: two windows are two shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from afteraction.web.ui.drawing.flags import REFERENCE_WIDTH
from afteraction.web.ui.drawing.svg import Coordinate, element, group, percent, text_width

UNKNOWN_HEIGHT = 0.12


@dataclass(frozen=True)
class Step:
    """One window of one weight: `x` to `to` per cent; `weight` 0 to 1, None is unknown. `group` joins the steps of
    one window; `is_open` when its end is not known."""

    x: float
    to: float
    weight: float | None
    group: int = 0
    is_open: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class Note:
    """Words beside a window: `x` its right end, `from_` its left end."""

    from_: float
    x: float
    text: str


def draw_shades(steps: Sequence[Step], top: int, bottom: int) -> SafeString:
    """Faint bands of every window over all lanes, the fainter the lighter the impact."""
    parts = [
        element("rect", class_=f"window {_shade(step.weight)}", x=percent(step.x), width=percent(step.to - step.x),
                y=top, height=bottom - top)
        for step in steps
    ]  # fmt: skip
    return group(*parts, class_="windows")


def _shade(weight: float | None) -> str:
    if weight is None or weight < 0.4:
        return "w1"
    return "w2" if weight < 0.7 else "w3"


def draw_steps(steps: Sequence[Step], floor: float, height: float, *, size: float = 11) -> list[SafeString]:
    """Hatch, edge and weight of every step."""
    parts: list[SafeString] = []
    taken: list[tuple[float, float, float]] = []
    for step in sorted(steps, key=lambda each: (each.x, -(each.weight or 0))):
        tall = (UNKNOWN_HEIGHT if step.weight is None else step.weight) * height
        place: dict[str, Coordinate] = {
            "x": percent(step.x),
            "width": percent(max(step.to - step.x, 0.15)),
            "y": floor - tall,
            "height": tall,
        }
        edge = "impact-step unsure" if step.weight is None or step.is_open else "impact-step"
        parts += [
            element("rect", class_="impact", **place),
            element("rect", element("title", step.spoken), class_="impact-hatch", **place),
            element("line", class_=edge, x1=percent(step.x), x2=percent(step.to), y1=floor - tall, y2=floor - tall),
        ]
        text = "weight unknown" if step.weight is None else f"{step.weight:.2f}"
        half = (text_width(text, size) + 4) / REFERENCE_WIDTH * 50
        centre = min(max((step.x + step.to) / 2, half), 100 - half)
        box = (centre - half, centre + half, floor - tall)
        if all(box[1] <= left or box[0] >= right or abs(box[2] - y) > 13 for left, right, y in taken):
            taken.append(box)
            parts.append(element("text", text, class_="lt harm strong", x=percent(centre), y=floor - tall - 5,
                                 text_anchor="middle"))  # fmt: skip
    return parts


def draw_notes(notes: Sequence[Note], steps: Sequence[Step], floor: int, height: int) -> list[SafeString]:
    """The length of each window in words, beside its shape."""
    parts: list[SafeString] = []
    taken: list[tuple[float, float]] = [(step.x, step.to) for step in steps]
    for number, note in enumerate(notes):
        width = (text_width(note.text) + 12) / REFERENCE_WIDTH * 100
        after, before = (note.x + 0.4, note.x + width), (note.from_ - width, note.from_ - 0.4)
        y = floor - 8 - (height * 0.4 if number % 2 == 0 else 0)
        for box, anchor in ((after, None), (before, "end")):
            if box[0] >= 0 and box[1] <= 100 and all(box[1] <= left or box[0] >= right for left, right in taken):
                taken.append(box)
                end = note.x if anchor is None else note.from_
                parts.append(element("text", note.text, class_="lt harm", x=percent(end), y=y,
                                     dx=6 if anchor is None else -6, text_anchor=anchor))  # fmt: skip
                break
    return parts
