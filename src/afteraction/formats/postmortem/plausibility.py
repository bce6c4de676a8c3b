"""Holds an event's time against the document's other times (SPEC §3.1, T-2).

Knows the patterns of typing mistakes: another year, another month, earlier than the incident. Refuses to correct:
it adds flags and, where one change would put the time among its neighbours, the proposed reading as an alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from afteraction.core.flags import Flag
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Event

FAR = timedelta(days=30)
NEAR_YEAR = timedelta(days=31)
NEAR_MONTH = timedelta(days=3)
BEFORE = timedelta(hours=24)
_NEAR = timedelta(days=14)
_DAY = timedelta(days=1)
# Beside these a day more or less leaves the calendar.
_FIRST_YEAR, _LAST_YEAR = 1, 9999
_BESIDE = timedelta(minutes=30)
_ENTRIES_HELD = 3
_ENDS = ("t_detect", "t_ack", "t_declared", "t_diagnosed", "t_mitigated", "t_impact_end", "t_resolved", "t_closed")
_OLD = ("t_latent", "t_trigger")


def flagged(events: Sequence[Event], day: date | None, collected_at: str | None) -> list[Event]:
    """The events with the flags of T-2. `day` is the day that title or file name state; `collected_at` bounds the
    future, ISO 8601."""
    if not events:
        return []
    reference = _reference(events, day)
    limit = _limit(collected_at)
    times = [event.instant.utc for event in events]
    found = []
    for index, event in enumerate(events):
        codes, proposal = _doubts(event, index, times, reference, day)
        if not codes and (moved := _on_another_day(event, events)):
            codes, proposal = [Flag.IMPLAUSIBLE_DAY], moved
        if limit is not None and event.instant.utc > limit:
            codes.append(Flag.IN_FUTURE)
        instant = _doubted(event.instant, codes, proposal)
        until = event.until
        if until is not None and limit is not None and until.utc > limit:
            until = until.flagged(Flag.IN_FUTURE)
        same = instant is event.instant and until is event.until
        found.append(event if same else replace(event, instant=instant, until=until))
    return found


def _limit(collected_at: str | None) -> datetime | None:
    if not collected_at:
        return None
    try:
        when = datetime.fromisoformat(collected_at)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _reference(events: Sequence[Event], day: date | None) -> datetime:
    """The moment that the others are held against: noon of the stated day, else the middle of all times."""
    if day is not None:
        return datetime.combine(day, time(12), UTC)
    return datetime.fromtimestamp(median(event.instant.utc.timestamp() for event in events), UTC)


def _doubts(
    event: Event, index: int, times: Sequence[datetime], reference: datetime, day: date | None
) -> tuple[list[str], datetime | None]:
    when = event.instant.utc
    codes: list[str] = []
    proposal = None
    if event.attributes.get("milestone") not in _ENDS and abs(when - reference) <= _NEAR and (
        (index and abs(when - times[index - 1]) <= FAR) or len(times) == 1
    ):  # fmt: skip
        # None of what follows can be said of such a time; most are.
        return codes, None
    typed = event.instant.precision is not Precision.DAY and event.attributes.get("milestone") not in _OLD
    if typed and abs(when - reference) > FAR and when.year != reference.year:
        moved = _moved(when, year=reference.year)
        if moved is not None and abs(moved - reference) <= NEAR_YEAR:
            codes.append(Flag.IMPLAUSIBLE_YEAR)
            proposal = moved
    if not codes and (when.year, when.month) != (reference.year, reference.month) and abs(when - reference) > _NEAR:
        moved = _moved(when, year=reference.year, month=reference.month)
        if moved is not None and abs(moved - reference) <= NEAR_MONTH and abs(when - reference) < timedelta(days=300):
            codes.append(Flag.IMPLAUSIBLE_MONTH)
            proposal = moved
    if event.attributes.get("milestone") in _ENDS and _start(reference, day, times, index) - when > BEFORE:
        codes.append(Flag.BEFORE_START)
    beside = [times[i] for i in (index - 1, index + 1) if 0 <= i < len(times)] or [reference]
    if all(abs(when - other) > FAR for other in beside) and (len(times) != 2 or abs(when - reference) > FAR):
        codes.append(Flag.FAR_FROM_NEIGHBOURS)
    return codes, proposal


def _on_another_day(event: Event, events: Sequence[Event]) -> datetime | None:
    """What a stated window may have been meant to begin at: it holds none of the timeline's entries, and a day later
    or earlier it holds at least three."""
    if event.until is None or event.attributes.get("milestone") != "t_impact_start":
        return None
    if not _FIRST_YEAR < event.instant.utc.year <= event.until.utc.year < _LAST_YEAR:
        return None
    start, end = event.instant.utc - _BESIDE, event.until.utc + _BESIDE
    if end - start > _DAY:
        return None
    entries = [
        other.instant.utc
        for other in events
        if other is not event and other.until is None and other.instant.precision is not Precision.DAY
    ]
    if any(start <= moment <= end for moment in entries):
        return None
    held = {by: sum(start + by <= moment <= end + by for moment in entries) for by in (_DAY, -_DAY)}
    best = max(held, key=lambda by: held[by])
    return event.instant.utc + best if held[best] >= _ENTRIES_HELD else None


def _start(reference: datetime, day: date | None, times: Sequence[datetime], index: int) -> datetime:
    if day is not None:
        return datetime.combine(day, time(0), UTC)
    others = [when for i, when in enumerate(times) if i != index] or [reference]
    return min(others)


def _moved(when: datetime, **parts: int) -> datetime | None:
    try:
        return when.replace(**parts)  # type: ignore[arg-type]
    except ValueError:
        return None


def _doubted(instant: Instant, codes: list[str], proposal: datetime | None) -> Instant:
    if not codes:
        return instant
    others = instant.alternatives if proposal is None else tuple(dict.fromkeys((*instant.alternatives, proposal)))
    return replace(instant, alternatives=others, confidence=min(instant.confidence, 0.4)).flagged(*codes)
