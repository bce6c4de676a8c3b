"""Time zones in calendar files: when clocks of a zone change, as RFC 5545 writes it.

Knows the zone database of Python. Refuses a wall time that a clock change leaves out.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from afteraction.core.errors import AfteractionError

# No zone changes its clocks twice in a week.
_STEP = timedelta(days=7)
_MICROSECOND = timedelta(microseconds=1)
# Clocks change on whole seconds; finer is not to be found.
_FINEST = timedelta(seconds=1)


class WallTimeUnusable(AfteractionError):
    """A zone that is not known, or a wall time that does not exist in it."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name (`Europe/Berlin`). Raises WallTimeUnusable."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise WallTimeUnusable(
            f"“{name}” is no time zone that is known here.", next_step="Name one such as Europe/Berlin."
        ) from problem


def moment_at(wall: datetime, name: str) -> datetime:
    """The moment (UTC) of a wall time (naive) in a zone. Of a time that comes twice the first is meant, the second
    with `fold=1`. Raises WallTimeUnusable for one that is left out by a clock change."""
    local = wall.replace(tzinfo=zone_named(name))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != wall.replace(fold=0):
        raise WallTimeUnusable(
            f"{wall:%d %b %Y %H:%M} does not exist in {name}: clocks are put forward then.",
            next_step="Choose an hour before or after.",
        )
    return moment


def describe_zone(zone: ZoneInfo, around: datetime) -> Timezone:
    """The zone as VTIMEZONE with all changes from a year before to a year after `around`."""
    start, end = around.astimezone(UTC) - timedelta(days=366), around.astimezone(UTC) + timedelta(days=366)
    described = Timezone()
    described.add("tzid", zone.key)
    described.add_component(_observance(zone, start, _offset(zone, start)))
    for change in _changes(zone, start, end):
        described.add_component(_observance(zone, change, _offset(zone, change - _MICROSECOND)))
    return described


def _observance(zone: ZoneInfo, moment: datetime, before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    """What holds from `moment` on. The onset is written on the clock as it went before (RFC 5545, 3.6.5)."""
    local = moment.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", moment.replace(tzinfo=None) + before)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", _offset(zone, moment))
    part.add("tzname", local.tzname() or zone.key)
    return part


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """Moments (UTC) at which the offset changes."""
    found = []
    here = start
    while here < end:
        there = here + _STEP
        if _offset(zone, here) != _offset(zone, there):
            found.append(_first_with_offset_of(zone, here, there))
        here = there
    return found


def _first_with_offset_of(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    while after - before > _FINEST:
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
