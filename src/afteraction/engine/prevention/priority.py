"""Which change comes first: impact × urgency, and beside it the expected loss averted per effort (R077, R078, M16).

Knows the 3 × 3 grid, its defaults and Poisson intervals. Refuses to mix the two figures: effort never moves a priority.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from afteraction.engine.prevention.changes import Change, Grade, Size
from afteraction.engine.prevention.dates import severity_level

_POINTS = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2}
_FROM_SUM = (Grade.LOW, Grade.LOW, Grade.MEDIUM, Grade.HIGH, Grade.HIGH)
_DAYS_A_YEAR = 365.25
# Person-days (low, usual, high) by size, where nobody estimated them.
EFFORT_DAYS: Mapping[Size, tuple[float, float, float]] = {
    Size.S: (1, 2, 4), Size.M: (4, 8, 15), Size.L: (10, 20, 40), Size.XL: (30, 60, 120),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with the bounds it may have."""

    low: float
    value: float
    high: float

    def __mul__(self, other: Span) -> Span:
        return Span(self.low * other.low, self.value * other.value, self.high * other.high)

    def over(self, other: Span) -> Span:
        """The quotient with its widest bounds; both are positive."""
        return Span(self.low / other.high, self.value / other.value, self.high / other.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How often the same key came: `events` in `exposure_days`."""

    events: int
    exposure_days: float

    def per(self, days: float) -> Span:
        """Expected events in so many days, with the exact 95 % Poisson interval (Garwood 1936)."""
        low, high = poisson_interval(self.events)
        scale = days / self.exposure_days
        return Span(low * scale, self.events * scale, high * scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A priority with what it rests on. `impact` and `urgency` are people's where they set them."""

    impact: Grade
    urgency: Grade
    priority: Grade
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Averted:
    """Expected loss averted per year and person-day. `unit` is the currency or unit of the loss. None of it changes a
    priority. `note` is a sentence about acting at all."""

    per_day: Span
    loss_a_year: Span
    effort: Span
    unit: str
    note: str = ""


def priority_of(impact: Grade, urgency: Grade) -> Grade:
    """The 3 × 3 grid: two highs, or a high and a medium, are high; a high and a low, or two mediums, are medium."""
    return _FROM_SUM[_POINTS[impact] + _POINTS[urgency]]


def suggest_priority(
    change: Change,
    *,
    severity: str | int | None = None,
    coverage: float | None = None,
    recurrence: Recurrence | None = None,
) -> Suggestion:
    """The priority of a change. Impact by default from the severity, moved by `coverage`: the share (0 to 1) of all
    ways this can happen again that the change cuts. Urgency by default from the rate of recurrence over 90 days."""
    impact, because_impact = _impact(severity_level(severity), coverage)
    urgency, because_urgency = _urgency(recurrence)
    if change.impact is not None:
        impact, because_impact = change.impact, f"impact {change.impact.value}: set by people"
    if change.urgency is not None:
        urgency, because_urgency = change.urgency, f"urgency {change.urgency.value}: set by people"
    reasons = (because_impact, because_urgency)
    return Suggestion(impact=impact, urgency=urgency, priority=priority_of(impact, urgency), reasons=reasons)


def _impact(level: int | None, coverage: float | None) -> tuple[Grade, str]:
    points = {1: 2, 2: 1}.get(level, 0) if level is not None else 1
    said = f"SEV-{level}" if level is not None else "severity unknown"
    if coverage is not None:
        points += (coverage >= 0.5) - (coverage <= 0)
        said += f", cuts {coverage:.0%} of the ways it can happen again"
    grade = _FROM_SUM[0] if points <= 0 else (Grade.MEDIUM if points == 1 else Grade.HIGH)
    return grade, f"impact {grade.value}: {said}"


def _urgency(recurrence: Recurrence | None) -> tuple[Grade, str]:
    if recurrence is None:
        return Grade.MEDIUM, "urgency medium: recurrence unknown"
    rate = recurrence.per(90)
    grade = Grade.HIGH if rate.value >= 1 else Grade.MEDIUM if rate.value >= 0.25 else Grade.LOW
    return grade, f"urgency {grade.value}: {_rate(rate)} expected in 90 days"


def loss_averted(
    change: Change,
    *,
    recurrence: Recurrence | None,
    loss: Span | None,
    coverage: float = 1.0,
    unit: str = "",
) -> Averted | None:
    """The second figure: events a year × loss of one event × share averted, per person-day. `loss` is the median loss
    of one event with its bounds, in `unit`. A `loss_averted` (a year) or `effort_days` that people wrote on the change
    counts instead. None where loss, rate or size is unknown."""
    effort = effort_of(change)
    if effort is None:
        return None
    if change.loss_averted is not None:
        yearly = Span(change.loss_averted, change.loss_averted, change.loss_averted)
    elif recurrence is not None and loss is not None:
        yearly = recurrence.per(_DAYS_A_YEAR) * loss * Span(coverage, coverage, coverage)
    else:
        return None
    return Averted(
        per_day=yearly.over(effort), loss_a_year=yearly, effort=effort, unit=unit, note=advise(change, recurrence)
    )


def effort_of(change: Change) -> Span | None:
    """Person-days: what people estimated, else what its size usually takes; None for neither."""
    if change.effort_days is not None and change.effort_days > 0:
        return Span(change.effort_days, change.effort_days, change.effort_days)
    return Span(*EFFORT_DAYS[change.size]) if change.size is not None else None


def advise(change: Change, recurrence: Recurrence | None) -> str:
    """What a rare event and a large effort suggest (R078): not to over-engineer a one-off. "" when nothing does."""
    if recurrence is None:
        return ""
    years = recurrence.exposure_days / _DAYS_A_YEAR
    yearly = recurrence.per(_DAYS_A_YEAR)
    is_rare = recurrence.events <= 1 and years >= 1
    if not is_rare or change.size not in (Size.L, Size.XL):
        return ""
    seen = "Seen once" if recurrence.events == 1 else "Never seen"
    return (
        f"{seen} in {_plain(years)} {'year' if _plain(years) == '1' else 'years'}, so {_plain(yearly.value)} a year "
        f"({_plain(yearly.low)} to {_plain(yearly.high)}); effort {change.size.value}. "
        "Consider mitigation only, or accept the risk with a date to look again."
    )


def figure_line(averted: Averted) -> str:
    """`412 GBP a year per person-day (18 to 2,310)`."""
    unit = f" {averted.unit}" if averted.unit else ""
    return (
        f"{_plain(averted.per_day.value)}{unit} a year per person-day "
        f"({_plain(averted.per_day.low)} to {_plain(averted.per_day.high)})"
    )


def poisson_interval(events: int, level: float = 0.95) -> tuple[float, float]:
    """Bounds of the mean of a Poisson count: χ²(α/2; 2n)/2 and χ²(1 − α/2; 2n + 2)/2 (SPEC M16), found by bisection of
    the exact tails. Nothing seen has the lower bound 0 and an upper one all the same."""
    if events < 0:
        raise ValueError("a count of events is not negative")
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else _root(lambda mean: 1 - _at_most(events - 1, mean) - tail, events)
    return low, _root(lambda mean: tail - _at_most(events, mean), events)


def _at_most(events: int, mean: float) -> float:
    """P(X ≤ events) for a Poisson mean."""
    if mean <= 0:
        return 1.0
    return math.fsum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(events + 1))


def _root(rising: Callable[[float], float], events: int) -> float:
    low, high = 0.0, events + 10 * math.sqrt(events + 1) + 10
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def _rate(rate: Span) -> str:
    return f"{rate.value:.2f} ({rate.low:.2f} to {rate.high:.2f})"


def _plain(value: float) -> str:
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 or rounded == int(rounded) else f"{rounded:g}"
