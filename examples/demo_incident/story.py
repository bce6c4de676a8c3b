"""What happened on 12 May 2026, as curves over time that every file is drawn from.

Knows the physical course of the incident. Refuses to know results: no metric, milestone or conclusion is written here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

DAY = datetime(2026, 5, 12, tzinfo=UTC)
LIMIT = 200
PODS = 12
STEP = 15


def at(clock: str, day: datetime = DAY) -> datetime:
    """The moment of a UTC clock reading on the day, e.g. `14:11:08.214`."""
    hour, minute, second = (*clock.split(":"), "0")[:3]
    return day + timedelta(hours=int(hour), minutes=int(minute), seconds=float(second))


def iso(moment: datetime, digits: int = 0) -> str:
    """ISO 8601 in UTC with Z and so many digits of a second."""
    spec = "milliseconds" if digits == 3 else "seconds"
    return moment.isoformat(timespec=spec).replace("+00:00", "Z")


# (from, to, value): the share of checkouts that fail. Scrapes happen 2 s after each quarter of a minute.
FAILING = (
    ("14:02:00", "14:11:00", 0.355),
    ("14:11:00", "14:43:00", 0.92),
    ("14:43:00", "14:52:00", 0.45),
    ("15:12:00", "15:21:00", 0.205),
)
HEALTHY = 0.004
RAMP = timedelta(seconds=15)


def failing(moment: datetime) -> float:
    """Share of checkouts failing at a moment; the first stretch fills up over some 15 s."""
    for start, end, level in FAILING:
        begin = at(start)
        if begin <= moment < at(end):
            if start == "14:02:00" and moment - begin < RAMP:
                return level * (0.4 + 0.6 * ((moment - begin) / RAMP))
            return level
    return HEALTHY


CONNECTIONS = (
    ("13:00:00", 98), ("13:58:55", 98), ("14:01:00", 200), ("14:43:00", 200), ("14:44:00", 196), ("14:45:02", 181),
    ("14:47:30", 158), ("14:51:10", 121), ("14:53:00", 103), ("14:56:00", 98), ("15:12:00", 98), ("15:13:30", 150),
    ("15:14:30", 197), ("15:19:04", 198), ("15:20:33", 131), ("15:21:31", 99), ("16:00:00", 97),
)  # fmt: skip
POOL_WAIT_MS = (
    ("13:00:00", 4), ("13:58:50", 4), ("13:59:02", 52), ("13:59:32", 78), ("14:00:32", 140), ("14:01:32", 260),
    ("14:02:32", 430), ("14:11:02", 490), ("14:43:02", 495), ("14:46:02", 300), ("14:49:02", 120),
    ("14:51:47", 60), ("14:52:17", 9), ("14:55:00", 4), ("15:11:50", 4), ("15:12:17", 90), ("15:14:02", 340),
    ("15:19:02", 360), ("15:21:02", 20), ("15:21:32", 5), ("16:00:00", 4),
)  # fmt: skip


def between(points: tuple[tuple[str, float], ...], moment: datetime) -> float:
    """The value of a line through points at a moment."""
    before = (at(points[0][0]), float(points[0][1]))
    for clock, value in points:
        here = (at(clock), float(value))
        if moment < here[0]:
            span = (here[0] - before[0]) / timedelta(seconds=1)
            part = (moment - before[0]) / timedelta(seconds=1) / span if span else 0.0
            return before[1] + (here[1] - before[1]) * part
        before = here
    return before[1]


def wobble(random: Random) -> float:
    """Noise between -1 and 1, dense in the middle; sums of `random()` are the same on every Python."""
    return (random.random() + random.random() + random.random()) / 1.5 - 1


def scrapes(start: str = "13:20:02", end: str = "15:45:02") -> list[datetime]:
    """The moments at which Prometheus looked, 15 s apart."""
    moments, moment = [], at(start)
    while moment <= at(end):
        moments.append(moment)
        moment += timedelta(seconds=STEP)
    return moments


def version_at(moment: datetime, pod: int) -> str:
    """The version one of the 12 pods runs: pods change one after the other, traffic moves when all are ready."""
    if moment < at("13:58:04"):
        return "v2.13.4"
    back = at("14:43:30") + timedelta(seconds=40 * pod)
    return "v2.13.4" if moment >= back else "v2.14.0"
