"""How often near misses are reported: M29, per month and beside incidents.

Knows months and counts. Refuses to judge: more reports are good news, and no other figure is worse for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ReportedMonth:
    """One calendar month, by its first day, and how many near misses and incidents were filed in it."""

    month: date
    near_misses: int
    incidents: int


@dataclass(frozen=True, slots=True)
class NearMissReports:
    """M29: the months, oldest first; the last one is still going on."""

    months: tuple[ReportedMonth, ...]

    @property
    def near_misses(self) -> int:
        """How many near misses were filed in all of them."""
        return sum(each.near_misses for each in self.months)

    @property
    def incidents(self) -> int:
        """How many incidents that were no near miss."""
        return sum(each.incidents for each in self.months)

    @property
    def ratio(self) -> float | None:
        """Near misses to incidents; None where there was no incident to hold them against."""
        return self.near_misses / self.incidents if self.incidents else None


def near_miss_reports(filed: Iterable[tuple[date, bool]], today: date, months: int = MONTHS) -> NearMissReports:
    """The last `months` months up to that of `today`, months without any too. `filed` has the day (UTC) on which each
    incident was filed and whether it is a near miss; milestones are no incidents and do not belong in it."""
    counted = Counter((day.replace(day=1), is_near) for day, is_near in filed)
    firsts = [_months_before(today, back) for back in range(months - 1, -1, -1)]
    return NearMissReports(tuple(ReportedMonth(each, counted[each, True], counted[each, False]) for each in firsts))


def _months_before(day: date, back: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, 1)
