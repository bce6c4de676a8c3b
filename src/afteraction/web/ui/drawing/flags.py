"""Milestones on stems above the lanes, each label where it touches nothing.

Knows four rows and two sides of a stem. Refuses to print a label over a mark, a stem or another label: one that fits
nowhere keeps its foot on the axis and stands in the list below the plot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.utils.safestring import SafeString

from afteraction.web.ui.drawing.svg import element, group, percent, text_width

ROWS = (38, 54, 70, 86)
FLOOR = 104
BEAM = 60
# Labels are placed for the narrowest plot that is drawn, so that wider ones only have more room.
REFERENCE_WIDTH = 850.0


@dataclass(frozen=True)
class Flag:
    """One milestone: `x` in per cent, `to` the other end where accounts differ, `at` its time as text, `meaning` one
    of change, people, harm, customer, signal, ink, hold. `weight`: the larger, the sooner it gets its label."""

    x: float
    at: str
    title: str
    meaning: str
    to: float | None = None
    second_line: str = ""
    weight: float = 1.0
    spoken: str = ""

    @cached_property
    def width(self) -> float:
        """Width of the label in per cent of the narrowest plot."""
        first = f"{self.at} {self.title}" if not self.second_line else self.at
        return (max(text_width(first), text_width(self.second_line)) + 10) / REFERENCE_WIDTH * 100


@dataclass(frozen=True)
class Placed:
    """A flag with its row (None: no label) and side."""

    flag: Flag
    row: int | None
    leftwards: bool = False

    @cached_property
    def box(self) -> tuple[float, float]:
        """Left and right end of the label, in per cent."""
        if self.leftwards:
            return self.flag.x - self.flag.width, self.flag.x
        return self.flag.x, self.flag.x + self.flag.width

    @cached_property
    def rows(self) -> range:
        """The rows that the label takes."""
        row = self.row if self.row is not None else len(ROWS)
        return range(row, row + (2 if self.flag.second_line and self.row is not None else 1))


@dataclass(frozen=True)
class _Try:
    cost: float = 0.0
    placed: tuple[Placed, ...] = field(default=())


def place(flags: list[Flag]) -> list[Placed]:
    """Every flag with a row and side, found by a short search that keeps the best few tries at each step."""
    return list(_place(tuple(flags)))


@lru_cache(maxsize=512)
def _place(flags: tuple[Flag, ...]) -> tuple[Placed, ...]:
    """The search; people look at the same stretch again and again, and the lanes move more often than the flags."""
    tries = [_Try()]
    for flag in sorted(flags, key=lambda each: (each.to is None, each.x)):
        longer = [
            _Try(one.cost + cost, (*one.placed, option))
            for one in tries
            for cost, option in _options(flag)
            if option.row is None or _fits(option, one.placed)
        ]
        tries = sorted(longer, key=lambda one: one.cost)[:BEAM]
    return tuple(sorted(tries[0].placed, key=lambda placed: placed.flag.x))


def _options(flag: Flag) -> list[tuple[float, Placed]]:
    rows = range(len(ROWS) - 1) if flag.second_line else range(len(ROWS))
    found = [
        (row * 1.0 + (0.4 if leftwards else 0.0), Placed(flag, row, leftwards))
        for row in rows
        for leftwards in (False, True)
    ]
    return [*found, (30.0 * flag.weight, Placed(flag, None))]


def _fits(new: Placed, placed: tuple[Placed, ...]) -> bool:
    left, right = new.box
    if left < 0 or right > 100:
        return False
    for other in placed:
        if other.row is None:
            continue
        o_left, o_right = other.box
        beside = left < o_right + 0.6 and o_left < right + 0.6
        if beside and new.rows[0] <= other.rows[-1] and other.rows[0] <= new.rows[-1]:
            return False
        # A stem runs from its own row down to the axis and may not cross a label.
        if new.rows[-1] >= other.rows[0] and left - 0.5 < other.flag.x < right + 0.5 and not _same(new, other):
            return False
        if other.rows[-1] >= new.rows[0] and o_left - 0.5 < new.flag.x < o_right + 0.5 and not _same(new, other):
            return False
        if _same(new, other) and new.leftwards == other.leftwards:
            return False
    return True


def _same(one: Placed, other: Placed) -> bool:
    return abs(one.flag.x - other.flag.x) < 0.05


def draw_flags(flags: list[Flag]) -> SafeString:
    """The milestones as SVG, feet on the axis."""
    return group(*[part for placed in place(flags) for part in _drawn(placed)], class_="milestones")


def _drawn(placed: Placed) -> list[SafeString]:
    flag = placed.flag
    top = ROWS[placed.row] - 9 if placed.row is not None else FLOOR - 12
    title = element("title", flag.spoken or f"{flag.at} {flag.title}")
    if flag.to is not None:
        parts = [
            element("rect", title, class_="disputed", x=percent(flag.x), width=percent(flag.to - flag.x), y=62,
                    height=FLOOR - 62),
            *[element("line", class_="disputed-edge", x1=percent(x), x2=percent(x), y1=62, y2=FLOOR)
              for x in (flag.x, flag.to)],
        ]  # fmt: skip
    else:
        parts = [
            element("line", class_=f"stem k-{flag.meaning}", x1=percent(flag.x), x2=percent(flag.x), y1=top, y2=FLOOR),
            element("circle", title, class_=f"stem-foot k-{flag.meaning}", cx=percent(flag.x), cy=FLOOR, r=3.2),
        ]
    return parts + (_label(placed) if placed.row is not None else [])


def _label(placed: Placed) -> list[SafeString]:
    flag, y = placed.flag, ROWS[placed.row or 0]
    side = {"text_anchor": "end", "dx": -6} if placed.leftwards else {"dx": 6}
    if flag.to is not None:
        side = {"text_anchor": "end", "dx": -1} if placed.leftwards else {"dx": 1}
    at = element("tspan", flag.at, class_="at signal" if flag.to is not None else "at")
    if not flag.second_line:
        return [element("text", at, " " + flag.title, class_="ms", x=percent(flag.x), y=y, **side)]
    return [
        element("text", at, class_="ms", x=percent(flag.x), y=y, **side),
        element("text", flag.second_line, class_="ms", x=percent(flag.x), y=y + 16, **side),
    ]
