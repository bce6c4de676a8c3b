"""Windows of impact laid over each other: unions, and sums of what applies at each moment.

Knows boundaries and steps. Refuses to know what a weight means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from afteraction.core.findings import ImpactWindow
from afteraction.core.instant import Duration, Instant, between


def middle(instant: Instant) -> float:
    """The middle of what an instant stands for, in epoch seconds, so that lengths are midpoints too."""
    return (instant.lo.timestamp() + instant.hi.timestamp()) / 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """A closed piece of time between two instants."""

    start: Instant
    end: Instant

    @property
    def length(self) -> Duration:
        """Its length in seconds, never below 0."""
        span = between(self.start, self.end)
        return Duration(max(0.0, span.low), max(0.0, span.high))

    @property
    def seconds(self) -> float:
        """The midpoint of its length."""
        return max(0.0, middle(self.end) - middle(self.start))


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches merged where they touch or overlap."""
    merged: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda stretch: (middle(stretch.start), middle(stretch.end))):
        if merged and middle(stretch.start) <= middle(merged[-1].end):
            if middle(stretch.end) > middle(merged[-1].end):
                merged[-1] = Stretch(merged[-1].start, stretch.end)
        else:
            merged.append(stretch)
    return merged


def minutes_of(stretches: Iterable[Stretch]) -> tuple[float, float, float]:
    """(midpoint, low, high) of the summed length of a union, in minutes."""
    merged = union(stretches)
    return (
        sum(stretch.seconds for stretch in merged) / 60,
        sum(stretch.length.low for stretch in merged) / 60,
        sum(stretch.length.high for stretch in merged) / 60,
    )


def integrate(windows: Sequence[ImpactWindow], amount: Callable[[ImpactWindow], float]) -> float:
    """∫ amount dt in amount × minutes over closed windows: at each moment the largest amount of each stream, added
    across streams (SPEC M11)."""
    streams: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for window in windows:
        if window.end is not None and middle(window.end) > middle(window.start):
            streams[window.stream].append((middle(window.start), middle(window.end), amount(window)))
    total = 0.0
    for pieces in streams.values():
        edges = sorted({edge for start, end, _ in pieces for edge in (start, end)})
        for a, b in pairwise(edges):
            inside = [value for start, end, value in pieces if start <= a and end >= b]
            total += max(inside, default=0.0) * (b - a)
    return total / 60
