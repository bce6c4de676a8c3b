"""From moments to places on the time axis, and which moments get a tick.

Knows spans of time and round steps. Refuses to know what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

PAD = 1.2
STEPS = [
    timedelta(seconds=seconds)
    for seconds in (1, 5, 10, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800,
                    604800, 2592000, 7776000, 31536000)
]  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """A stretch of time [start, end] (UTC) laid over 0 to 100 % with a little room at both sides."""

    start: datetime
    end: datetime

    @property
    def seconds(self) -> float:
        """Length of the stretch in seconds, never 0."""
        return max((self.end - self.start).total_seconds(), 1.0)

    def x(self, at: datetime) -> float:
        """Place of a moment in per cent, kept inside the plot."""
        share = (at - self.start).total_seconds() / self.seconds
        return PAD + min(max(share, -PAD / 100), 1 + PAD / 100) * (100 - 2 * PAD)

    def holds(self, at: datetime) -> bool:
        """True when the moment lies in the stretch."""
        return self.start <= at <= self.end

    def touches(self, start: datetime, end: datetime) -> bool:
        """True when any part of [start, end] lies in the stretch."""
        return start <= self.end and end >= self.start

    @property
    def step(self) -> timedelta:
        """The distance of ticks: the first round step that needs at most eight of them."""
        return next((step for step in STEPS if self.seconds / step.total_seconds() <= 8), STEPS[-1])

    def ticks(self, zone: tzinfo = UTC) -> Iterator[datetime]:
        """Round moments of the stretch, round on the clock of `zone`."""
        local = self.start.astimezone(zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        behind = (local - midnight) // self.step * self.step
        tick = (midnight + behind).astimezone(UTC)
        while tick <= self.end:
            if tick >= self.start:
                yield tick
            tick += self.step

    def clock(self, at: datetime, zone: tzinfo = UTC) -> str:
        """A tick's label: the time of day, or the day where steps are that long."""
        local = at.astimezone(zone)
        if self.step >= timedelta(days=1):
            return f"{local.day} {local:%b}" if self.step < timedelta(days=90) else f"{local:%b %Y}"
        if self.step < timedelta(minutes=1):
            return f"{local:%H:%M:%S}"
        return f"{local:%H:%M}"


def spanning(moments: list[datetime], *, room: float = 0.08) -> Scale:
    """A scale over all moments with some room at both sides, ending on round minutes. Needs at least one moment."""
    first, last = min(moments), max(moments)
    around = max((last - first) * room, timedelta(minutes=2))
    start, end = first - around, last + around
    step = Scale(start, end).step
    if step <= timedelta(hours=1):
        start = _floor(start, step / 2)
        end = _floor(end, step / 2) + step / 2
    return Scale(start, end)


def _floor(at: datetime, step: timedelta) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + (at - epoch) // step * step
