"""The policy of reviews as a versioned value (SPEC §2.0): what opens one, how deep it goes, and when it is due.

Knows rules, terms and presets. Refuses to judge an incident: `triggers` does; and to be changed in place: a change is
the next version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from afteraction.core.errors import AfteractionError


class PolicyUnusable(AfteractionError):
    """A policy that cannot hold; `where` is the dotted path of what does not fit."""


class Depth(StrEnum):
    """How much of a review it is: a note (5 minutes), a light one (25 minutes), or all of it."""

    NOTE = "note"
    LIGHT = "light"
    FULL = "full"


_DEEPENING = (Depth.NOTE, Depth.LIGHT, Depth.FULL)


def deepest(depths: Iterable[Depth]) -> Depth | None:
    """The deepest of some; None of none."""
    return max(depths, key=_DEEPENING.index, default=None)


class Days(StrEnum):
    """What counts: every hour, or the working hours of a calendar."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Term:
    """A time allowed: `amount` of `unit` (h, d or w) by a clock. A calendar day is 24 h, whatever clocks are set to; a
    business day is one day's working hours."""

    amount: float
    unit: str = "h"
    clock: Days = Days.CALENDAR

    @property
    def length(self) -> timedelta:
        """Its length by the calendar clock."""
        return timedelta(**{{"h": "hours", "d": "days", "w": "weeks"}[self.unit]: self.amount})

    @property
    def business_days(self) -> float:
        """How many working days it is: 48 h are two, a week is five."""
        return {"h": self.amount / 24, "d": self.amount, "w": self.amount * 5}[self.unit]

    @property
    def words(self) -> str:
        """As the mark is called: `5 day`, `48 hour`, `5 business day`."""
        unit = {"h": "hour", "d": "day", "w": "week"}[self.unit]
        return f"{self.amount:g} {'business ' if self.clock is Days.BUSINESS else ''}{unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a review is due, from the start of its clock. Commitments are asked for from `commit_from` on. `actions` are
    the terms of priority actions, the second for less critical services where there are two."""

    draft: Term = Term(48)
    publish: Term = Term(5, "d")
    commit_from: Term = Term(24)
    nudges: tuple[Term, ...] = (Term(24), Term(44))
    look_back: tuple[Term, ...] = (Term(30, "d"), Term(60, "d"), Term(90, "d"))
    actions: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One trigger. `threshold` is in `unit`; None where the rule has none. `deeper` is the depth of its grave case.
    `restricted` closes the review to everybody but its members, `offered` asks before it opens one."""

    code: str
    title: str
    depth: Depth
    enabled: bool = True
    threshold: float | None = None
    unit: str = ""
    deeper: Depth | None = None
    restricted: bool = False
    offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRule:
    """One rule of TR5: a posted `metric` on the far side of `threshold` opens a review."""

    id: str
    metric: str
    threshold: float
    is_above: bool = True
    depth: Depth = Depth.FULL
    title: str = ""
    enabled: bool = True

    @property
    def words(self) -> str:
        """The rule in words: `users_affected above 500`."""
        return self.title or f"{self.metric} {'above' if self.is_above else 'below'} {self.threshold:g}"

    def crosses(self, value: float | None) -> bool:
        """Whether a value is beyond the threshold; an unknown one is not."""
        return value is not None and (value > self.threshold if self.is_above else value < self.threshold)


_RULES = (
    Rule(code="TR1", title="Severity reached", depth=Depth.FULL, threshold=2, unit="SEV"),
    Rule(code="TR2", title="Data loss", depth=Depth.FULL),
    Rule(code="TR3", title="Security breach or exposure", depth=Depth.FULL, restricted=True),
    Rule(code="TR4", title="Impact lasted", depth=Depth.FULL, threshold=60, unit="min"),
    Rule(code="TR5", title="Posted metric", depth=Depth.FULL),
    Rule(code="TR6", title="Near miss", depth=Depth.LIGHT),
    Rule(code="TR7", title="Learning value", depth=Depth.LIGHT, threshold=3, unit="of 3"),
    Rule(code="TR8", title="Failed deployment", depth=Depth.LIGHT, threshold=24, unit="h", offered=True),
    Rule(code="TR9", title="Somebody asks, or a milestone", depth=Depth.LIGHT),
    Rule(code="TR10", title="Users noticed first", depth=Depth.LIGHT),
    Rule(code="TR11", title="Repeat", depth=Depth.LIGHT, deeper=Depth.FULL),
)
CODES = tuple(rule.code for rule in _RULES)
# Words that teams use in the place of a number.
_RANKS = MappingProxyType({"critical": 1, "blocker": 1, "major": 2, "high": 2, "minor": 3, "medium": 3, "low": 4})
_NUMBERED = re.compile(r"^(?:sev(?:erity)?|s|p|prio(?:rity)?)?[\s_-]*([0-9])$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of the policy. `timings` are by severity number, the rest have `timing`. `sample` is the share of
    declined incidents that is offered for a light look (R047). Raises PolicyUnusable where SEV-1 would not open."""

    name: str = "seed"
    version: int = 1
    rules: tuple[Rule, ...] = _RULES
    metric_rules: tuple[MetricRule, ...] = ()
    timing: Timing = Timing()
    timings: Mapping[int, Timing] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=lambda: dict(_RANKS))
    sample: float = 0.10

    def __post_init__(self) -> None:
        first = next((rule for rule in self.rules if rule.code == "TR1"), None)
        if first is None or not first.enabled or first.offered or (first.threshold or 0) < 1:
            raise PolicyUnusable(
                "SEV-1 always opens a review", where="rules.TR1", next_step="Keep TR1 on, with a severity of 1 or more."
            )

    def rule(self, code: str) -> Rule | None:
        """The rule of that code where it is there and enabled."""
        return next((rule for rule in self.rules if rule.code == code and rule.enabled), None)

    def rank(self, severity: str) -> int | None:
        """The number of a severity, 1 the gravest; None for words that the policy does not know."""
        text = severity.strip().casefold()
        numbered = _NUMBERED.match(text)
        return int(numbered[1]) if numbered else self.ranks.get(text)

    def timing_for(self, severity: str) -> Timing:
        """When a review of that severity is due."""
        rank = self.rank(severity)
        return self.timing if rank is None else self.timings.get(rank, self.timing)


def _pagerduty() -> Policy:
    # Its own guide: SEV-1 within 3 calendar days, SEV-2 within 5 business days; actions in 15 and 30 days.
    later = Timing(publish=Term(5, "d", Days.BUSINESS), actions=(Term(30, "d"),))
    return Policy(name="PagerDuty", timing=later, timings={1: Timing(publish=Term(3, "d"), actions=(Term(15, "d"),))})


PRESETS: Mapping[str, Policy] = MappingProxyType({
    "seed": Policy(),
    "PagerDuty": _pagerduty(),
    "Atlassian": Policy(name="Atlassian", timing=Timing(actions=(Term(4, "w"), Term(8, "w")))),
})  # fmt: skip
