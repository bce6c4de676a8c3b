"""Reads one written time into an Instant and never guesses a zone.

Knows the ways machines and people write moments, offsets and zone names, and what clock changes do to local times
(SPEC T-1). Refuses to read running prose, to correct what looks wrong, and a time without a zone unless it is told one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afteraction.core.errors import NaiveTime, UnreadableTime
from afteraction.core.flags import Flag
from afteraction.core.instant import Instant, Precision, TimeSource

# Names with one usual meaning in incident reports; anything else has to be an offset or an IANA name.
ZONE_NAMES: dict[str, float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "ACST": 9.5, "AWST": 8, "NZST": 12, "NZDT": 13, "SGT": 8,
    "HKT": 8, "BRT": -3,
}  # fmt: skip
FAMILIES = {"PT": "America/Los_Angeles", "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
            "PACIFIC": "America/Los_Angeles", "EASTERN": "America/New_York", "LONDON": "Europe/London",
            "BERLIN": "Europe/Berlin"}  # fmt: skip

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_ISO = re.compile(
    r"^(?P<y>[+-]?\d{4,6})(?P<sep>[-/.]?)(?P<mo>\d{2})(?P=sep)(?P<d>\d{2})"
    r"(?:(?:[T_\s]|\s+at\s+|:)\s*(?P<h>\d{1,2})(?::?(?P<mi>\d{2})(?::?(?P<s>\d{2})(?P<f>[.,]\d{1,12})?)?)?)?"
    r"\s*(?P<z>Z|[+-]\d{2}:?\d{0,2}(?::?\d{2})?|\(?[A-Za-z][A-Za-z_]*(?:/[A-Za-z_+\-]+)*\)?|(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?)?$"
)
_CLF = re.compile(r"^(\d{2})/([A-Za-z]{3})/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?\s+([+-]\d{4})$")
_CTIME = re.compile(
    r"^(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3})\s+(\d{1,2})\s+(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:\s+(?P<zone>[A-Z]{1,5}))?(?:\s+(\d{4}))?$"
)
# What most machines write; datetime reads it itself, with the same outcome as the patterns above.
_USUAL = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,12})?(Z|[+-][0-9]{2}:[0-5][0-9])"
).fullmatch
_NUMBER = re.compile(r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$")


@lru_cache(maxsize=1024)
def zone_named(name: str) -> tzinfo:
    """The zone behind an offset (`+01:00`, `UTC+2`), an abbreviation or an IANA name; UnreadableTime when unknown."""
    text = name.strip().strip("()")
    upper = text.upper()
    if upper in ZONE_NAMES:
        return UTC if ZONE_NAMES[upper] == 0 else timezone(timedelta(hours=ZONE_NAMES[upper]), upper)
    if upper in FAMILIES:
        return ZoneInfo(FAMILIES[upper])
    if match := re.fullmatch(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?", upper):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset >= timedelta(hours=24):
            raise UnreadableTime(f'"{name}" is not a time zone offset.')
        return timezone(-offset if match[1] == "-" else offset)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnreadableTime(
            f'"{name}" is not a time zone this program knows.', next_step="Use an IANA name such as Europe/Berlin."
        ) from None


def localise(naive: datetime, zone: tzinfo) -> tuple[datetime, tuple[datetime, ...], tuple[str, ...]]:
    """A wall clock reading in a zone as (UTC, other candidates, flags).

    A reading that happened twice keeps both candidates, the earlier first (flag FOLD). One that never happened is
    read with the offset before the change (flag GAP): callers list it as a conflict.
    """
    if isinstance(zone, timezone):
        return naive.replace(tzinfo=zone).astimezone(UTC), (), ()
    early = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early == late:
        return early, (), ()
    if early.astimezone(zone).replace(tzinfo=None) != naive:
        return early, (late,), (Flag.GAP,)
    return early, (late,), (Flag.FOLD,)


def from_epoch(number: float | int | str, unit: str = "", *, source: TimeSource = TimeSource.MACHINE) -> Instant:
    """An instant from a count since 1970-01-01 UTC; `unit` is s, ms, us or ns. Without a unit the size tells it and
    the flag says so. Raises UnreadableTime outside the years 1970 to 9999."""
    text = str(number).strip()
    if not _NUMBER.match(text) or len(text) > 40:
        raise UnreadableTime(f'"{text[:40]}" is not a number of seconds.')
    value = float(text) if "." in text or "e" in text.lower() else int(text)
    flags: tuple[str, ...] = ()
    if not unit:
        size = abs(value)
        unit = "s" if size < 1e11 else "ms" if size < 1e14 else "us" if size < 1e17 else "ns"
        flags = (Flag.UNIT_GUESSED,) if unit != "s" else ()
    per_second = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[unit]
    try:
        micros = value * 1_000_000 // per_second if isinstance(value, int) else round(value * 1_000_000 / per_second)
        utc = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros))
    except (OverflowError, ValueError):
        raise UnreadableTime(f'"{text}" is not a time between the years 1 and 9999.') from None
    if utc.year < 1970:
        raise UnreadableTime(f'"{text}" lies before 1970.')
    return Instant(utc=utc, original_text=text, source_tz="UTC", source=source, flags=flags)


def read_timestamp(
    text: str | int | float,
    *,
    zone: str | None = None,
    year: int | None = None,
    source: TimeSource = TimeSource.MACHINE,
) -> Instant:
    """One complete written time as an Instant.

    Accepts ISO 8601 and its usual relatives, common log format, RFC 2822, syslog and ctime style and bare epoch
    numbers. `zone` is the declared zone for a text without one (the instant is then flagged `zone_assumed`, with
    `tz_known` False); without it NaiveTime is raised. `year` completes syslog times. Raises UnreadableTime.
    """
    if isinstance(text, int | float):
        return from_epoch(text, source=source)
    stripped = text.strip()
    if (usual := _USUAL(stripped)) and (instant := _usual(stripped, usual[1], source)):
        return instant
    if _NUMBER.match(stripped) and len(stripped) >= 9 and not re.fullmatch(r"\d{14}", stripped):
        return from_epoch(stripped, source=source)
    naive, zone_text, precision, flags = _parts(stripped, year)
    if zone_text is None and zone is None:
        raise NaiveTime(
            f'the time "{stripped}" states no zone.', next_step="Say which one with --zone, e.g. --zone Europe/Berlin."
        )
    where = zone_named(zone_text if zone_text is not None else str(zone))
    try:
        utc, others, more = localise(naive, where)
    except (OverflowError, ValueError):
        raise UnreadableTime(f'"{stripped}" is outside the years this program can hold.') from None
    if zone_text is None:
        flags = (*flags, Flag.ZONE_ASSUMED)
    return Instant(
        utc=utc,
        original_text=stripped,
        source_tz=zone_text if zone_text is not None else str(zone),
        tz_known=zone_text is not None,
        precision=precision,
        source=source,
        alternatives=others,
        flags=(*flags, *more),
    )


def _usual(text: str, zone: str, source: TimeSource) -> Instant | None:
    """The instant of a complete ISO text with its zone; None where it needs a closer look (24:00, leap seconds)."""
    try:
        utc = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Instant(utc=utc, original_text=text, source_tz=zone, source=source)


def _parts(text: str, year: int | None) -> tuple[datetime, str | None, Precision, tuple[str, ...]]:
    """(wall clock reading, stated zone or None, precision, flags) of a written time."""
    if match := _ISO.match(text):
        return _iso_parts(match, text)
    if match := _CLF.match(text):
        day, month, y, h, mi, s, fraction, offset = match.groups()
        return _built(text, int(y), _month(month, text), int(day), int(h), int(mi), int(s), fraction), offset, _S, ()
    if match := _CTIME.match(text):
        month, day, h, mi, s, fraction, name, stated_year = match.groups()
        y = int(stated_year) if stated_year else year
        if y is None:
            raise UnreadableTime(
                f'the time "{text}" states no year.', next_step="Say when the incident began with --incident-start."
            )
        flags = () if stated_year else (Flag.YEAR_INFERRED,)
        return _built(text, y, _month(month, text), int(day), int(h), int(mi), int(s), fraction), name, _S, flags
    try:
        mail = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        raise UnreadableTime(f'"{text[:80]}" is not a time this program can read.') from None
    if mail.tzinfo is None:
        return mail, None, _S, ()
    offset = mail.strftime("%z")
    return mail.replace(tzinfo=None), offset, _S, ()


_S = Precision.SECOND


def _iso_parts(match: re.Match[str], text: str) -> tuple[datetime, str | None, Precision, tuple[str, ...]]:
    year_text = match["y"]
    if len(year_text.lstrip("+-")) != 4 or year_text[0] in "+-":
        raise UnreadableTime(f'"{text}" has a year of {len(year_text)} digits.')
    flags: tuple[str, ...] = ()
    second = int(match["s"] or 0)
    if second == 60:
        second, flags = 59, (Flag.LEAP_SECOND,)
    precision = (
        _S if match["s"] else Precision.MINUTE if match["mi"] else Precision.HOUR if match["h"] else Precision.DAY
    )
    fraction = (match["f"] or "")[1:]
    hour, rolled = int(match["h"] or 0), timedelta()
    if hour == 24 and not int(match["mi"] or 0) and not second:
        hour, rolled = 0, timedelta(days=1)
    reading = _built(
        text, int(year_text), int(match["mo"]), int(match["d"]), hour, int(match["mi"] or 0), second, fraction
    )
    try:
        return reading + rolled, match["z"], precision, flags
    except OverflowError:
        raise UnreadableTime(f'"{text}" is outside the years this program can hold.') from None


def _month(name: str, text: str) -> int:
    try:
        return _MONTHS[name.lower()[:3]]
    except KeyError:
        raise UnreadableTime(f'"{text}" names no month that this program knows.') from None


def _built(text: str, year: int, month: int, day: int, h: int, mi: int, s: int, fraction: str | None) -> datetime:
    try:
        # A wall clock reading: its zone is the caller's next question.
        return datetime(year, month, day, h, mi, s, int(((fraction or "") + "000000")[:6]))  # noqa: DTZ001
    except ValueError as error:
        raise UnreadableTime(f'"{text}" is not a date: {error}.') from None
