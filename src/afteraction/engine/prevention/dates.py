"""When a change is due: by its size, and no later than the incident's severity allows (SPEC R084–R086, R139, §2.0).

Knows the presets and working days. Refuses to know what day it is: every date is counted from one it is given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from afteraction.engine.prevention.changes import Change, ChangeState, DoneWhen, Size

# The longest that a first phase of architecture work may take (R086).
FIRST_PHASE_DAYS = 56
# What somebody took on and nothing was seen of yet.
HELD = (ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.CLAIMED)
_SPOKEN = {Size.S: "size S", Size.M: "size M", Size.L: "size L", Size.XL: "size XL"}
_LEVEL = re.compile(r"(?<!\d)([0-9])(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePolicy:
    """Days by size and by severity level (1 is the worst). With `working_days` they are counted as weeks of five
    working days: 14 days are ten of them. `overridden_because` is the team's reason for days of its own."""

    name: str
    sizes: Mapping[Size, int] = field(default_factory=lambda: {Size.S: 14, Size.M: 28, Size.L: 56})
    floors: Mapping[int, int] = field(default_factory=lambda: {1: 15, 2: 30})
    working_days: bool = False
    overridden_because: str = ""


PRESETS: Mapping[str, DuePolicy] = {
    "seed": DuePolicy(name="seed"),
    "PagerDuty": DuePolicy(name="PagerDuty", sizes={}),
    # Priority actions there have four or eight weeks.
    "Atlassian": DuePolicy(name="Atlassian", floors={1: 28, 2: 56}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A proposed date. `because` says where it comes from. `first_phase_by` asks for a first phase by then, because
    the size needs longer than the severity allows, or because the work is done in phases; `prompt` says so."""

    day: date | None
    because: str = ""
    first_phase_by: date | None = None
    prompt: str = ""


def severity_level(severity: str | int | None) -> int | None:
    """`SEV-2`, `sev2`, `P2` and `2` as 2; None where no single digit is stated. A number is one already: a policy of
    reviews ranks words such as "major" (`engine.review.policy.Policy.rank`)."""
    if severity is None or isinstance(severity, int):
        return severity
    found = _LEVEL.search(severity)
    return int(found[1]) if found else None


def propose_due(
    created: date, size: Size | None, severity: str | int | None, policy: DuePolicy, *, free: Collection[date] = ()
) -> Due:
    """The earlier of the date that the size gives and the one that the severity allows, counted from `created`.
    `free` are holidays, used only where the policy counts working days."""
    level = severity_level(severity)
    floor_days = policy.floors.get(level) if level is not None else None
    floor = _after(created, floor_days, policy, free) if floor_days is not None else None
    floor_because = f"prevents SEV-{level} recurrence: {_days(floor_days, policy)}" if floor_days is not None else ""
    if size is Size.XL:
        return _phased(created, floor, floor_because, policy, free)
    size_days = policy.sizes.get(size) if size is not None else None
    by_size = _after(created, size_days, policy, free) if size_days is not None else None
    size_because = f"{_SPOKEN[size]}: {_days(size_days, policy)}" if size is not None and size_days is not None else ""
    if by_size is None:
        return Due(day=floor, because=floor_because or "choose a size and a date follows")
    if floor is None or by_size <= floor:
        return Due(day=by_size, because=size_because)
    return Due(
        day=floor,
        because=f"{floor_because}, {size_because} would be {by_size.isoformat()}",
        first_phase_by=floor,
        prompt=f"What is done by {floor.isoformat()} as a first phase?",
    )


def _phased(created: date, floor: date | None, because: str, policy: DuePolicy, free: Collection[date]) -> Due:
    first = _after(created, FIRST_PHASE_DAYS, policy, free)
    by = first if floor is None else min(first, floor)
    reason = because if floor is not None and floor <= first else f"first phase: {_days(FIRST_PHASE_DAYS, policy)}"
    return Due(
        day=by,
        because=f"size XL is done in phases; {reason}",
        first_phase_by=by,
        prompt=f"Which phase is done by {by.isoformat()}, and what shows it? Later phases end with a quarter.",
    )


def phase_ladder(created: date, severity: str | int | None, policy: DuePolicy, *, steps: int = 3) -> tuple[date, ...]:
    """Days for the phases of architecture work (R086): the first within 56 days or the severity's floor, the others at
    the ends of the quarters that follow it by at least four weeks, each on a working day."""
    first = propose_due(created, Size.XL, severity, policy).first_phase_by or created
    days = [first]
    for _ in range(steps - 1):
        after = days[-1] + timedelta(days=28)
        quarter = 3 * ((after.month - 1) // 3) + 3
        end = date(after.year + quarter // 12, quarter % 12 + 1, 1) - timedelta(days=1)
        while end.weekday() >= 5:
            end -= timedelta(days=1)
        days.append(end)
    return tuple(days)


def day_off(day: date, free: Mapping[date, str]) -> str:
    """Why nobody works on that day: `a Saturday`, or the holiday's name; "" on a working day."""
    if day in free:
        return free[day] or "a holiday"
    return {5: "a Saturday", 6: "a Sunday"}.get(day.weekday(), "")


def lines_to_audit(changes: Iterable[Change]) -> Iterator[tuple[Change, DoneWhen]]:
    """Every line that can be audited of every commit, in the order of their ids."""
    for each in sorted(changes, key=lambda one: (len(one.id), one.id)):
        if each.state in HELD:
            yield from ((each, line) for line in each.done_when if is_auditable(line))


def is_auditable(line: DoneWhen) -> bool:
    """Whether a line of a definition of done names a check or somebody who looks."""
    return bool(line.text.strip()) and bool(line.check.strip() or line.auditor.strip())


def _after(start: date, days: int, policy: DuePolicy, free: Collection[date]) -> date:
    if not policy.working_days:
        return start + timedelta(days=days)
    left, day = _working(days), start
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in free
    return day


def _working(days: int) -> int:
    return round(days * 5 / 7)


def _days(days: int | None, policy: DuePolicy) -> str:
    return f"{_working(days or 0)} working days" if policy.working_days else f"{days} days"
