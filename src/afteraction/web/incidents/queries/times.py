"""Moments as the database holds them: microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from afteraction.web.ui.numbers import whole_number

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR_US, DAY_US = 3_600_000_000, 86_400_000_000


def microseconds(at: datetime) -> int:
    """A moment as microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def moment_at(us: int) -> datetime:
    """The moment of so many microseconds since 1970, in UTC."""
    return EPOCH + timedelta(microseconds=us)


def read_moment(text: str) -> int | None:
    """The moment that an address names, ISO 8601 with a zone, as microseconds; None when it names none."""
    try:
        at = datetime.fromisoformat(text.strip().replace(" ", "+"))
        named = microseconds(at) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
    return named if named is not None and 1970 < at.year < 9999 else None


def read_seconds(text: str) -> int | None:
    """The moment that an address names in whole seconds since 1970, as microseconds; None when it names none."""
    seconds = whole_number(text, 11)
    return None if seconds is None else seconds * 1_000_000
