"""The way of the release through the gates as a drawing: from the first record of it to the failure.

Knows rows and where each stands. Refuses to know the review: what it draws stands in the table below it, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.web.ui.drawing.svg import element

FIRST, LAST, BEGIN, END, ROAD, BYPASS = 222.0, 1110.0, 122.0, 1244.0, 66.0, 26.0
_OFF = frozenset({Outcome.SKIPPED, Outcome.BYPASSED})
_QUIET = frozenset({Outcome.PASSED, Outcome.CAUGHT})
_CLOCK = re.compile(r"\d{1,2}:\d{2}$")
_LONGEST = 24


@dataclass(frozen=True)
class PathEnds:
    """What stands at both ends, each in two short lines."""

    began: str
    began_when: str
    ended: str
    ended_when: str


def is_off_path(row: GateRow) -> bool:
    """Whether the release went past this gate instead of through it."""
    return row.reached is Reached.NO or row.outcome in _OFF


def draw_path(rows: Sequence[GateRow], ends: PathEnds, caption: str) -> SafeString:
    """The drawing; gates that do not apply are left out."""
    shown = [row for row in rows if row.reached is not Reached.NOT_APPLICABLE]
    step = (LAST - FIRST) / max(len(shown) - 1, 1)
    places = [FIRST + at * step for at in range(len(shown))]
    last = places[-1] if places else BEGIN
    parts = [
        element("path", class_="path-line", d=_road(shown, places, step)),
        element("path", class_="path-line harm", d=f"M{last:g} {ROAD:g}H{END:g}"),
        element("path", class_="path-line harm", d=f"M{END - 6:g} {ROAD - 5:g}l6 5-6 5"),
        element("path", class_="path-mark", d=f"M{BEGIN - 8:g} {ROAD - 6:g}l6 6-6 6-6-6z"),
        *_two_lines(0, ends.began, ends.began_when),
        *[part for row, x in zip(shown, places, strict=True) for part in _gate(row, x, step)],
        *_two_lines(END + 12, ends.ended, ends.ended_when, "path-t harm"),
    ]  # fmt: skip
    return element("svg", *parts, viewBox="0 0 1360 130", role="img", aria_label=caption)


def _road(rows: Sequence[GateRow], places: Sequence[float], step: float) -> str:
    """The line through the gates, above those that it goes past."""
    drawn, high, turn = f"M{BEGIN:g} {ROAD:g}", False, min(32.0, step / 4)
    for row, x in zip(rows, places, strict=True):
        off = is_off_path(row)
        if off != high:
            corner = x - step / 2 - turn / 2
            bend, rise = turn / 2, BYPASS - ROAD if off else ROAD - BYPASS
            drawn += f"H{corner:g}c{bend:g} 0 {bend:g} {rise:g} {turn:g} {rise:g}"
            high = off
        drawn += f"H{x:g}"
    if high:
        drawn += f"h{turn / 2:g}c{turn / 2:g} 0 0 {ROAD - BYPASS:g} {turn / 2:g} {ROAD - BYPASS:g}"
    return drawn


def _gate(row: GateRow, x: float, step: float) -> list[SafeString]:
    marks = f"gate-bar{' off' if is_off_path(row) else ''}{_could_class(row)}"
    if is_off_path(row):
        bars = [element("rect", class_=marks, x=x - 6, y=36, width=12, height=58, rx=3)]
    else:
        bars = [
            element("path", class_=marks, d=f"M{x - 6:g} 39a3 3 0 0 1 3-3h6a3 3 0 0 1 3 3v20h-12z"),
            element("path", class_=marks, d=f"M{x - 6:g} 73h12v18a3 3 0 0 1-3 3h-6a3 3 0 0 1-3-3z"),
        ]
    tone = "m-people" if row.outcome in _QUIET or row.outcome is Outcome.UNKNOWN else "m-signal"
    word = "not known" if row.outcome is Outcome.UNKNOWN else row.outcome.value.replace("_", " ")
    return [
        *bars,
        element("text", fitted(row.title, int(step / 7.2)), class_="path-t", x=x, y=14, text_anchor="middle"),
        element("text", word, class_=f"path-s m {tone}", x=x, y=110, text_anchor="middle"),
        element("text", _small_print(row, int(step / 6)), class_="path-s", x=x, y=124, text_anchor="middle"),
    ]


def _could_class(row: GateRow) -> str:
    return " could" if row.could in (Could.YES, Could.PLAUSIBLY) else " no" if row.could is Could.NO else ""


def _small_print(row: GateRow, most: int) -> str:
    """When it was, or in a few words what the record says."""
    if row.reached is Reached.NO:
        return "not in the path"
    last = row.record.rsplit(", ", 1)[-1]
    return last if _CLOCK.search(last) and len(last) <= most else fitted(last, min(most, _LONGEST))


def _two_lines(x: float, first: str, second: str, look: str = "path-t") -> list[SafeString]:
    return [
        element("text", fitted(first, 15), class_=look, x=x, y=62),
        element("text", fitted(second, 19), class_="path-s", x=x, y=78),
    ]


def fitted(text: str, most: int) -> str:
    """A text of at most so many characters, cut at a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[: max(most - 1, 1)]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"
