"""Precision and recall with counts and intervals.

Knows Wilson's interval (1927) at 95 %. Refuses to give a share without its counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Protocol, TypeVar

_Z = 1.959964


def interval(hits: int, of: int) -> tuple[float, float]:
    """Lower and upper bound of a share; (0, 1) where there is nothing to count."""
    if not of:
        return 0.0, 1.0
    share, spread = hits / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def shown(hits: int, of: int) -> str:
    """ "0.86 (57/66, 0.76–0.93)"."""
    if not of:
        return "– (0/0)"
    low, high = interval(hits, of)
    return f"{hits / of:.2f} ({hits}/{of}, {low:.2f}–{high:.2f})"


def agreement(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Cohen's kappa (1960) of two passes over the same rows; 1 where both always said the same one thing."""
    same = sum(one == other for one, other in zip(first, second, strict=True)) / len(first)
    yes, again = sum(first) / len(first), sum(second) / len(second)
    chance = yes * again + (1 - yes) * (1 - again)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


@dataclass(slots=True)
class Counts:
    """What was found of one category: rightly, wrongly and not at all, with the sentences of the latter two."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where nothing is right."""
        return 2 * self.right / (2 * self.right + len(self.wrong) + len(self.missed)) if self.right else 0.0

    def row(self) -> str:
        """Precision and recall as cells of a table."""
        right = self.right
        return f"{shown(right, right + len(self.wrong))} | {shown(right, right + len(self.missed))}"


class Judged(Protocol):
    """A text with what it is, and what it may be called besides."""

    @property
    def text(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def also(self) -> frozenset[str]: ...


Row = TypeVar("Row", bound=Judged)


def score(rows: Iterable[Row], found: Callable[[Row], Iterable[str]], names: Iterable[str]) -> dict[str, Counts]:
    """Counts by category. What a row may be called besides counts neither way."""
    counts = {name: Counts() for name in names}
    for row in rows:
        said = set(found(row))
        for name, count in counts.items():
            if row.label == name and name in said:
                count.right += 1
            elif row.label == name:
                count.missed.append(row.text)
            elif name in said and name not in row.also:
                count.wrong.append(f"[{row.label}] {row.text}")
    return counts
