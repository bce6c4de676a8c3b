"""Finds the time of the next update that a message promises.

Knows clock times ("next update by 14:40 UTC") and spans ("another update in 30 minutes"). Refuses to guess a zone: a
clock time without one is read in the page's zone, and left alone where the page states none.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from afteraction.core.errors import UnreadableTime
from afteraction.core.timestamps import localise, zone_named

_PROMISE = re.compile(
    r"\b(?:next|another|further|more)\s+(?:status\s+)?(?:updates?|information|news|details)\b|\bupdate\s+(?:again|you|this)\b"
    r"|\b(?:will|shall|to)\s+(?:provide|post|share|send|give|follow)\b.{0,40}\bupdates?\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:by|at|before|until|around|no later than|:)?\s*\b(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?::[0-5]\d)?\s*"
    r"(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>UTC[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,4}T|UTC|GMT|BST|Z)?\b",
)
_SPAN = re.compile(
    r"\b(?:in|within|every)\s+(?:the\s+)?(?:next\s+|about\s+|approximately\s+)?"
    r"(?P<n>\d{1,3}|an?|half an|one|two|three|four|thirty|sixty|fifteen|twenty)?\s*"
    r"(?P<unit>minutes?|mins?|hours?|hrs?)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "": 1.0, "a": 1.0, "an": 1.0, "one": 1.0, "half an": 0.5, "two": 2.0, "three": 3.0, "four": 4.0, "fifteen": 15.0,
    "twenty": 20.0, "thirty": 30.0, "sixty": 60.0,
}  # fmt: skip


def promised_update(body: str, posted: datetime, zone: str | None) -> datetime | None:
    """When the next update was promised for (UTC), or None. `posted` is the message's own time in UTC; a clock time
    before it is one of the next day. `zone` is the page's, for clock times that state none."""
    for promise in _PROMISE.finditer(body):
        sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n", body[promise.start() : promise.start() + 160])[0]
        if (clock := _CLOCK.search(sentence)) and (found := _clock_time(clock, posted, zone)):
            return found
        if span := _SPAN.search(sentence):
            word = (span["n"] or "").lower()
            amount = float(word) if word.isdigit() else _NUMBERS[word]
            minutes = amount * (60 if span["unit"].lower().startswith("h") else 1)
            return posted + timedelta(minutes=minutes) if posted.year < 9999 else None
    return None


def _clock_time(clock: re.Match[str], posted: datetime, zone: str | None) -> datetime | None:
    named = clock["zone"] or zone
    if named is None:
        return None
    hour, half = int(clock["h"]), (clock["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        where = zone_named(named)
        local = posted.astimezone(where)
        at, _, _ = localise(datetime(local.year, local.month, local.day, hour, int(clock["m"])), where)  # noqa: DTZ001
        return at if at >= posted - timedelta(minutes=1) else (at + timedelta(days=1)).astimezone(UTC)
    except (UnreadableTime, OverflowError, ValueError):
        return None
