"""Gives a written time its day, its year and its zone, and says what had to be inferred.

Knows how entries follow each other: a clock that falls far back has passed midnight, a bare clock belongs to the day
above it. Refuses to invent: without any date in the document a clock is not an instant, and what was inferred is
flagged and keeps its other reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from afteraction.core.errors import UnreadableTime
from afteraction.core.flags import Flag
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.timestamps import localise
from afteraction.formats.postmortem.moments import Clock, Day, Written
from afteraction.formats.postmortem.zones import is_zone, zone_called

# A clock this far behind the entry before it has passed midnight; less is taken for an entry out of order.
PAST_MIDNIGHT = timedelta(hours=4)
# Out of order by less than this is how people write; nobody needs to look at it.
SLIP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Almanac:
    """What a document says about its days. `day` is the day of the incident, from title, file name or lead; None when
    it names none. `year` completes dates without one. `month_first` tells the order in 10/12/2024, None when the
    document never shows it. `zone` is the last resort for times that state none."""

    day: date | None = None
    day_stated: bool = False
    year: int | None = None
    month_first: bool | None = None
    zone: str = ""
    zone_from: str = "assumed"
    halves: bool = False
    dial24: bool = False


@dataclass(slots=True)
class Walk:
    """The state of reading entries one after the other: the day they are on and the entry before."""

    almanac: Almanac
    day: date | None = None
    day_stated: bool = False
    base: date | None = None
    last: datetime | None = None
    forward: bool = True
    flags: list[str] = field(default_factory=list)

    def on(self, day: date | None) -> None:
        """A heading or a lone line states the day of what follows."""
        if day is not None:
            self.day, self.base, self.day_stated, self.last = day, day, True, None

    def moved(self, utc: datetime, day: date, *, stated: bool) -> None:
        """An entry was read: the next bare clock belongs to its day, unless it only looked back."""
        looks_back = stated and self.base is not None and day < self.base
        self.day = self.base if looks_back else day
        self.last = None if looks_back else utc
        self.day_stated = self.day_stated or stated


def date_of(day: Day, almanac: Almanac, near: date | None = None) -> tuple[date, tuple[date, ...], tuple[str, ...]]:
    """(date, other readings, flags) of a written date; UnreadableTime when it is none or lacks a year nobody knows."""
    flags: tuple[str, ...] = ()
    year = day.year
    anchor = near or almanac.day
    if day.odd_year:
        year = _proposed_year(day.odd_year, anchor.year if anchor else almanac.year)
        if year is None:
            raise UnreadableTime(f'the year of "{day.text}" has {len(day.odd_year)} digits.')
        flags = (Flag.FIVE_DIGIT_YEAR if len(day.odd_year) == 5 else Flag.IMPLAUSIBLE_YEAR,)
    if year is None:
        year, flags = _missing_year(day, almanac, anchor), (Flag.YEAR_INFERRED,)
    written = _built(year, day.month, day.day)
    if not day.numeric or day.month == day.day:
        if written is None:
            raise UnreadableTime(f'"{day.text}" is not a date.')
        return written, (), flags
    swapped = _built(year, day.day, day.month)
    return _ordered(day, written, swapped, almanac, anchor, flags)


def _ordered(
    day: Day,
    day_first: date | None,
    month_first: date | None,
    almanac: Almanac,
    anchor: date | None,
    flags: tuple[str, ...],
) -> tuple[date, tuple[date, ...], tuple[str, ...]]:
    """The reading of 07/08/2016: the only possible one, else the document's habit, else the nearer to the incident."""
    if day_first is None or month_first is None:
        only = day_first or month_first
        if only is None:
            raise UnreadableTime(f'"{day.text}" is not a date.')
        return only, (), flags
    if almanac.month_first is not None:
        return (month_first if almanac.month_first else day_first), (), flags
    first, second = month_first, day_first
    if anchor is not None and abs(day_first - anchor) < abs(month_first - anchor):
        first, second = day_first, month_first
    return first, (second,), (*flags, Flag.DAY_MONTH_SWAP)


def _missing_year(day: Day, almanac: Almanac, anchor: date | None) -> int:
    if anchor is None:
        if almanac.year is None:
            raise UnreadableTime(
                f'"{day.text}" states no year.', next_step="Say when the incident began with --incident-start."
            )
        return almanac.year
    around = [
        built for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (built := _built(year, day.month, day.day))
    ]
    if not around:
        raise UnreadableTime(f'"{day.text}" is not a date.')
    return min(around, key=lambda built: abs(built - anchor)).year


def _proposed_year(text: str, year: int | None) -> int | None:
    """The document's own year, when one digit too many or too few is all that separates the text from it."""
    if year is None:
        return None
    own = str(year)
    longer, shorter = (text, own) if len(text) > len(own) else (own, text)
    if len(longer) - len(shorter) != 1:
        return None
    return year if any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))) else None


def _built(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def instant_of(written: Written, walk: Walk, zone: str, *, rough: bool = False) -> Instant:
    """The instant behind one written time, as the next entry of a walk. `zone` is what the section or the document
    declares, used when the time states none. Raises UnreadableTime."""
    almanac = walk.almanac
    flags: list[str] = []
    others: list[datetime] = []
    named, known, zone_flags = _zone(written, zone, almanac)
    flags += zone_flags
    where = zone_called(named)
    if written.clock is None:
        if written.day is None:
            raise UnreadableTime(f'"{written.text}" is not a time.')
        day, alternatives, more = date_of(written.day, almanac, walk.day)
        utc, _, _ = localise(datetime(day.year, day.month, day.day), where)  # noqa: DTZ001
        walk.moved(utc, day, stated=True)
        walk.last = None
        return _finished(
            written, utc, named, known, Precision.DAY, [*flags, *more], _midnights(alternatives, where), False
        )
    hour, minute, second, clock_flags = _reading(written.clock, almanac)
    flags += clock_flags
    if written.day is not None:
        day, alternatives, more = date_of(written.day, almanac, walk.day or almanac.day)
        flags += more
        utc = _utc(day, hour, minute, second, written.clock.micro, where, flags, others)
        others += [_utc(other, hour, minute, second, written.clock.micro, where, [], []) for other in alternatives]
        inferred = False
    else:
        utc, inferred = _placed(written, walk, (hour, minute, second), where, flags, others)
    walk.moved(utc, (utc if where is UTC else utc.astimezone(where)).date(), stated=written.day is not None)
    approximate = written.rough or rough
    precision = (
        Precision.APPROXIMATE
        if approximate
        else Precision.SECOND
        if written.clock.second is not None
        else Precision.MINUTE
    )
    if written.clock.bare_hour and not approximate:
        precision = Precision.HOUR
    return _finished(written, utc, named, known, precision, flags, others, inferred)


def end_of(written: Written, start: Instant, walk: Walk, zone: str, *, rough: bool = False) -> Instant:
    """The instant at which a range ends: on its own date, or the first such clock after the start."""
    follow = Walk(walk.almanac, day=start.utc.astimezone(_where(written, zone, walk.almanac)).date(), day_stated=True)
    end = instant_of(written, follow, zone, rough=rough)
    if written.day is not None and end.utc < start.utc:
        # Both dates are written, so this is somebody's slip and not a night in between.
        return replace(end.flagged(Flag.BEFORE_START), confidence=0.4)
    if written.day is None and end.utc < start.utc:
        flags = tuple(dict.fromkeys((*end.flags, Flag.DATE_INFERRED)))
        end = Instant(
            utc=end.utc + timedelta(days=1), original_text=end.original_text, source_tz=end.source_tz,
            tz_known=end.tz_known, precision=end.precision, source=end.source, confidence=min(end.confidence, 0.7),
            inferred=True, flags=flags,
        )  # fmt: skip
    return end


def _where(written: Written, declared: str, almanac: Almanac) -> tzinfo:
    return zone_called(_zone(written, declared, almanac)[0])


def _zone(written: Written, declared: str, almanac: Almanac) -> tuple[str, bool, list[str]]:
    if written.zone and is_zone(written.zone):
        return written.zone, True, []
    name = declared or almanac.zone or "UTC"
    return (name if is_zone(name) else "UTC"), False, [Flag.ZONE_ASSUMED]


def _reading(clock: Clock, almanac: Almanac) -> tuple[int, int, int, list[str]]:
    """(hour, minute, second, flags) of a clock on the 24-hour dial; UnreadableTime when there is no such time."""
    hour, minute, second = clock.hour, clock.minute, clock.second or 0
    flags: list[str] = []
    if clock.dotted:
        flags.append(Flag.DOT_NOTATION)
    if second == 60:
        second = 59
        flags.append(Flag.LEAP_SECOND)
    if clock.half and hour <= 12:
        hour = hour % 12 + (12 if clock.half == "p" else 0)
    elif almanac.halves and not clock.half and 1 <= hour <= 12 and clock.text[:1] != "0":
        flags.append(Flag.AMPM_MISSING)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise UnreadableTime(f'"{clock.text}" is not a time of day.')
    return hour, minute, second, flags


def _utc(
    day: date, hour: int, minute: int, second: int, micro: int, where: tzinfo, flags: list[str], others: list[datetime]
) -> datetime:
    if hour < 24 and where is UTC:
        return datetime(day.year, day.month, day.day, hour, minute, second, micro, UTC)
    naive = datetime(day.year, day.month, day.day) + timedelta(  # noqa: DTZ001
        hours=hour, minutes=minute, seconds=second, microseconds=micro
    )
    try:
        utc, more, codes = localise(naive, where)
    except (OverflowError, ValueError):
        raise UnreadableTime(f'"{naive}" is outside the years this program can hold.') from None
    flags += codes
    others += more
    return utc


def _placed(
    written: Written, walk: Walk, dial: tuple[int, int, int], where: tzinfo, flags: list[str], others: list[datetime]
) -> tuple[datetime, bool]:
    """A clock without a date, put on the day its neighbours tell; (UTC, whether that was inferred)."""
    clock = written.clock
    assert clock is not None
    if walk.day is None:
        raise UnreadableTime(
            f'"{written.text}" has no date, and nothing in the document gives one.',
            next_step="Say when the incident began with --incident-start.",
        )
    day = walk.day + timedelta(days=1) if written.next_day else walk.day
    if written.weekday is not None:
        day = walk.day + timedelta(days=(written.weekday - walk.day.weekday()) % 7)
    utc = _utc(day, *dial, clock.micro, where, flags, others)
    if written.next_day or written.weekday is not None:
        flags.append(Flag.DATE_INFERRED)
        return utc, True
    if not walk.day_stated:
        flags.append(Flag.DATE_INFERRED)
    if walk.last is None or utc >= walk.last or not walk.forward:
        return utc, Flag.DATE_INFERRED in flags
    back = walk.last - utc
    if back < SLIP:
        return utc, Flag.DATE_INFERRED in flags
    tomorrow = utc + timedelta(days=1)
    flags.append(Flag.DATE_INFERRED)
    if (
        clock.hour < 12
        and not (clock.half or walk.almanac.dial24 or clock.text[:1] == "0")
        and utc + timedelta(hours=12) >= walk.last
    ):
        flags.append(Flag.AMPM_MISSING)
        others.append(utc + timedelta(hours=12))
    if back <= PAST_MIDNIGHT:
        others.append(tomorrow)
        return utc, True
    others.append(utc)
    return tomorrow, True


def _midnights(days: tuple[date, ...], where: tzinfo) -> list[datetime]:
    return [_utc(day, 0, 0, 0, 0, where, [], []) for day in days]


def _finished(
    written: Written, utc: datetime, zone: str, known: bool, precision: Precision, flags: list[str],
    others: list[datetime], inferred: bool,
) -> Instant:  # fmt: skip
    doubtful = Flag.FIVE_DIGIT_YEAR in flags or Flag.IMPLAUSIBLE_YEAR in flags
    confidence = 0.3 if doubtful else 0.7 if inferred or Flag.DAY_MONTH_SWAP in flags else 0.9
    return Instant(
        utc=utc if utc.tzinfo is UTC else utc.astimezone(UTC),
        original_text=written.text, source_tz=zone, tz_known=known, precision=precision,
        source=TimeSource.HUMAN, confidence=confidence, inferred=inferred,
        alternatives=tuple(dict.fromkeys(others)) if others else (), flags=_codes(tuple(flags)),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _codes(flags: tuple[str, ...]) -> tuple[str, ...]:
    """Each flag once, as text, in order."""
    return tuple(dict.fromkeys(str(flag) for flag in flags))
