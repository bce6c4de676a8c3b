"""One lane: marks and bars at their moments, with labels where there is room.

Knows shapes, clusters and free space. Refuses to put a label on a mark or on another label; a mark without one keeps
its name as a tooltip and stands in the list below the plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from afteraction.web.ui.drawing.flags import REFERENCE_WIDTH
from afteraction.web.ui.drawing.svg import element, group, percent, text_width

CLUSTER = 2.4
# The end of a longer bar is too far from its start for a label.
LONG_BAR = 9.0


@dataclass(frozen=True)
class Bar:
    """How many events there are between two places (per cent), and what is said of them."""

    x: float
    to: float
    count: int
    spoken: str = ""


@dataclass(frozen=True)
class Mark:
    """Something at a moment (`x` per cent) or lasting until `to`. `shape` is change, alert, customer, comms, person.
    `href` opens it. `hollow` is written but not seen yet; `waits_until` draws the wait for that moment."""

    x: float
    label: str
    spoken: str
    shape: str
    href: str = ""
    to: float | None = None
    hollow: bool = False
    waits_until: float | None = None
    soft: bool = True
    key: str = ""


@dataclass(frozen=True)
class Silence:
    """A stretch without an update, hatched, with its length in words."""

    x: float
    to: float
    label: str


@dataclass(frozen=True)
class Lane:
    """One row. `counted`, where given, is drawn in place of marks: how many events there are in each part."""

    name: str
    sub: str
    marks: Sequence[Mark] = ()
    silences: Sequence[Silence] = ()
    counted: Sequence[Bar] | None = None
    height: int = 42


@dataclass(frozen=True)
class _Cluster:
    marks: tuple[Mark, ...]

    @property
    def left(self) -> float:
        return self.marks[0].x

    @property
    def right(self) -> float:
        return max(max(mark.x, mark.to or 0, mark.waits_until or 0) for mark in self.marks)

    @property
    def label(self) -> str:
        rest = len(self.marks) - 1
        return self.marks[0].label + (f", then {rest} more" if rest else "")


def draw_lane(lane: Lane, top: int) -> SafeString:
    """The lane as SVG with its upper edge at `top` px."""
    middle = top + lane.height // 2 + (5 if lane.silences or _has_bars(lane) else 0)
    if lane.counted is not None:
        return group(*_histogram(lane.counted, top + lane.height - 8, lane.height - 16), class_="lane-bars")
    parts = [part for silence in lane.silences for part in _silence(silence, middle)]
    clusters = _clusters(sorted(lane.marks, key=lambda mark: mark.x))
    for cluster in clusters:
        parts += _marks(cluster, middle)
    parts += _labels(clusters, lane.silences, middle)
    return group(*parts, class_="lane")


def _has_bars(lane: Lane) -> bool:
    return any(mark.to is not None and mark.shape == "alert" for mark in lane.marks)


def _clusters(marks: Sequence[Mark]) -> list[_Cluster]:
    found: list[list[Mark]] = []
    for mark in marks:
        last = found[-1] if found else None
        if last and mark.x - _Cluster(tuple(last)).right < CLUSTER and mark.shape == last[0].shape:
            last.append(mark)
        else:
            found.append([mark])
    return [_Cluster(tuple(marks)) for marks in found]


def _marks(cluster: _Cluster, y: int) -> list[SafeString]:
    parts: list[SafeString] = []
    bars = [mark for mark in cluster.marks if mark.to is not None and mark.to > mark.x]
    if bars:
        kind = "change" if cluster.marks[0].shape == "change" else "signal"
        left, right = min(mark.x for mark in bars), max(mark.to or 0 for mark in bars)
        parts.append(element("rect", class_=f"span-{kind}", x=percent(left), width=percent(right - left), y=y - 3,
                             height=6, rx=3))  # fmt: skip
    for number, mark in enumerate(cluster.marks):
        if mark.waits_until is not None:
            parts.append(element("line", class_="wait", x1=percent(mark.x), x2=percent(mark.waits_until), y1=y, y2=y))
            parts.append(_shape(mark, mark.waits_until, y, hollow=False))
        parts.append(_shape(mark, mark.x, y, hollow=mark.hollow, small=number > 0))
    return parts


def _shape(mark: Mark, x: float, y: int, *, hollow: bool, small: bool = False) -> SafeString:
    name = mark.shape + ("S" if small and mark.shape in ("alert", "customer") else "")
    css = f"mk-{name} hollow" if hollow else f"mk-{name}"
    drawn = element("use", element("title", mark.spoken), href=f"#m-{name}", class_=css, x=percent(x), y=y)
    if not mark.href:
        return drawn
    hit = element("rect", class_="hit", x=percent(x), y=y - 12, width=24, height=24, transform="translate(-12)")
    return element("a", hit, drawn, href=mark.href, aria_label=mark.spoken, class_="mark", data_event=mark.key)


def _labels(clusters: list[_Cluster], silences: Sequence[Silence], y: int) -> list[SafeString]:
    drawn: list[SafeString] = []
    taken = [(cluster.left - 0.9, cluster.right + 0.9) for cluster in clusters]
    taken += [(silence.x, silence.to) for silence in silences]
    above: list[tuple[float, float]] = [_silence_label(silence) for silence in silences]
    below: list[tuple[float, float]] = []
    for cluster in clusters:
        for text in (cluster.label, _shortened(cluster.label)):
            placed = _placed(cluster, text, y, taken, above)
            if placed is None and silences:
                placed = _below(cluster, text, y, below)
            if placed is not None:
                drawn.append(placed)
                break
    return drawn


def _placed(
    cluster: _Cluster, text: str, y: int, taken: list[tuple[float, float]], above: list[tuple[float, float]]
) -> SafeString | None:
    """The label beside its cluster or above it, noted in `taken` or `above`; None when there is no room."""
    width = (text_width(text) + 14) / REFERENCE_WIDTH * 100
    css = f"lt {cluster.marks[0].shape if cluster.marks[0].shape == 'customer' else 'soft'}"
    after = (cluster.right + 0.95, cluster.right + width)
    before = (cluster.left - width, cluster.left - 0.95)
    over = (cluster.left - 0.6, cluster.left - 0.6 + width)
    if cluster.right - cluster.left > LONG_BAR and over[1] <= 100 and _free(over, above):
        above.append(over)
        return element("text", text, class_=css, x=percent(cluster.left), y=y - 9, dx=-5)
    if after[1] <= 100 and _free(after, taken):
        taken.append(after)
        return element("text", text, class_=css, x=percent(cluster.right), y=y + 4, dx=10)
    if cluster.right - cluster.left < CLUSTER and before[0] >= 0 and _free(before, taken):
        taken.append(before)
        return element("text", text, class_=css, x=percent(cluster.left), y=y + 4, dx=-10, text_anchor="end")
    if over[1] <= 100 and _free(over, above):
        above.append(over)
        return element("text", text, class_=css, x=percent(cluster.left), y=y - 9, dx=-5)
    return None


def _below(cluster: _Cluster, text: str, y: int, below: list[tuple[float, float]]) -> SafeString | None:
    """The label under its mark, for lanes that are hatched beside it."""
    half = (text_width(text) + 8) / REFERENCE_WIDTH * 50
    box = (cluster.left - half, cluster.left + half)
    if box[0] < 0 or box[1] > 100 or not _free(box, below):
        return None
    below.append(box)
    return element("text", text, class_="lt soft", x=percent(cluster.left), y=y + 15, text_anchor="middle")


def _free(wanted: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    return all(wanted[1] <= left or wanted[0] >= right for left, right in taken)


def _shortened(text: str, longest: int = 22) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _silence(silence: Silence, y: int) -> list[SafeString]:
    width = silence.to - silence.x
    parts = [element("rect", element("title", silence.label), class_="gap", x=percent(silence.x), width=percent(width),
                     y=y - 3, height=7, rx=2)]  # fmt: skip
    left, right = _silence_label(silence)
    if right > left:
        centre = (left + right) / 2
        parts.append(element("text", silence.label, class_="lt comms strong", x=percent(centre), y=y - 11,
                             text_anchor="middle"))  # fmt: skip
    return parts


def _silence_label(silence: Silence) -> tuple[float, float]:
    """Where the words above a silence stand; nothing where the silence is too short for them."""
    half = (text_width(silence.label) + 10) / REFERENCE_WIDTH * 50
    centre = (silence.x + silence.to) / 2
    if half * 2 > (silence.to - silence.x) + 12:
        return (centre, centre)
    centre = min(max(centre, half), 100 - half)
    return (centre - half, centre + half)


def _histogram(counted: Sequence[Bar], floor: int, height: int) -> list[SafeString]:
    most = max((bar.count for bar in counted), default=1)
    parts = []
    for bar in counted:
        tall = max(2.0, bar.count / most * height)
        words = "1 event" if bar.count == 1 else f"{bar.count:,} events"
        told = element("title", f"{words}, {bar.spoken}" if bar.spoken else words)
        room = 0.18 * (bar.to - bar.x)
        wide = percent(bar.to - bar.x - 2 * room)
        parts.append(
            element("rect", told, class_="chat", x=percent(bar.x + room), width=wide, y=floor - tall, height=tall)
        )
    return parts
