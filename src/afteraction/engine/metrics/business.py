"""Durations in working hours (SPEC T-5): a clock of its own, named in every figure that uses it.

Knows weekdays, hours, zones and free days. Refuses to be mixed with wall time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from afteraction.core.findings import Metric, State
from afteraction.core.instant import Duration, Instant


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours: local `opens` to `closes` on `weekdays` (Monday is 0) in `zone` (IANA), but not on `free` days."""

    opens: time
    closes: time
    zone: str = "UTC"
    weekdays: frozenset[int] = frozenset(range(5))
    free: frozenset[date] = frozenset()

    @property
    def name(self) -> str:
        """Its name as part of a metric's clock, e.g. `10:00–17:00 Mon–Fri Europe/London`."""
        days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        listed = sorted(self.weekdays)
        run = listed == list(range(listed[0], listed[-1] + 1)) if listed else False
        named = f"{days[listed[0]]}–{days[listed[-1]]}" if run else ", ".join(days[day] for day in listed)
        return f"{self.opens:%H:%M}–{self.closes:%H:%M} {named} {self.zone}"


@dataclass(frozen=True, slots=True)
class BusinessClock:
    """Measures lengths by a calendar."""

    calendar: Calendar

    @property
    def name(self) -> str:
        """What goes into `Metric.clock`."""
        return f"business({self.calendar.name})"

    def seconds(self, start: datetime, end: datetime) -> float:
        """Working seconds from `start` to `end` (aware); negative when `end` is earlier."""
        if end < start:
            return -self.seconds(end, start)
        zone = ZoneInfo(self.calendar.zone)
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        total = 0.0
        while day <= last:
            if day.weekday() in self.calendar.weekdays and day not in self.calendar.free:
                opens = datetime.combine(day, self.calendar.opens, zone)
                closes = datetime.combine(day, self.calendar.closes, zone)
                total += max(0.0, min(end, closes).timestamp() - max(start, opens).timestamp())
            day += timedelta(days=1)
        return total

    def after(self, start: datetime, seconds: float) -> datetime:
        """The first moment (UTC) by which so many working seconds have passed since `start` (aware): `seconds(start,
        after(start, n)) == n`. Raises ValueError when a year of the calendar has no working time."""
        zone, left = ZoneInfo(self.calendar.zone), seconds
        day = start.astimezone(zone).date()
        idle = 0
        while idle <= 366:
            idle += 1
            if day.weekday() in self.calendar.weekdays and day not in self.calendar.free:
                opens = max(datetime.combine(day, self.calendar.opens, zone).astimezone(UTC), start.astimezone(UTC))
                closes = datetime.combine(day, self.calendar.closes, zone).astimezone(UTC)
                room = (closes - opens).total_seconds()
                if room >= left and room > 0:
                    return opens + timedelta(seconds=left)
                if room > 0:
                    left, idle = left - room, 0
            day += timedelta(days=1)
        raise ValueError(f"the calendar {self.calendar.name} has no working time in a year")

    def between(self, start: Instant, end: Instant) -> Duration:
        """`end` minus `start` in working seconds, as an interval."""
        return Duration(self.seconds(start.hi, end.lo), self.seconds(start.lo, end.hi))

    def restate(self, metric: Metric) -> Metric:
        """The same metric by this clock, named so; only for figures that are one difference of two moments."""
        if metric.state is not State.VALUE or len(metric.inputs) != 2 or metric.unit != "s":
            return replace(metric, clock=self.name)
        (_, start), (_, end) = metric.inputs
        span = self.between(start, end)
        # Midpoint by the stated moments: outside working hours both ends of an interval may collapse onto one.
        value = self.seconds(start.utc, end.utc)
        return replace(
            metric, name=f"{metric.name}, {self.name}", clock=self.name, value=value, low=span.low, high=span.high
        )


def business(calendar: Calendar) -> BusinessClock:
    """The clock of a calendar."""
    return BusinessClock(calendar)


def working_hours(opens: str, closes: str, zone: str = "UTC", free: Iterable[date] = ()) -> Calendar:
    """A Monday-to-Friday calendar from `HH:MM` texts; ValueError when they are not times of day."""
    return Calendar(time.fromisoformat(opens), time.fromisoformat(closes), zone, free=frozenset(free))
