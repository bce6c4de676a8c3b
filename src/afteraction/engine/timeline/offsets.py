"""How far the clocks of two sources seem to be apart, from moments that both saw.

Knows medians and their spread. Refuses to move anything by itself: only an offset that a person confirmed is taken
off, before anything else is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import TypeVar

from afteraction.core.findings import ClockOffset
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.records import Change, Event

Record = TypeVar("Record", Event, Change)

# A clock further off than this is a broken time, not an offset; whole time zones lie within.
_FARTHEST = timedelta(hours=15)
_STEADY_S = 30.0


def clock_of(event: Event) -> str:
    """Whose clock wrote this event's time."""
    return event.instant.clock_id or event.lane.value


def take_off(records: Iterable[Record], confirmed: Mapping[str, float], clock: str = "") -> list[Record]:
    """The records with confirmed offsets of their clocks taken off; `clock` names the clock of records whose times
    carry none."""
    if not confirmed:
        return list(records)
    moved: list[Record] = []
    for record in records:
        name = record.instant.clock_id or clock or (clock_of(record) if isinstance(record, Event) else "changes")
        offset = confirmed.get(name)
        if offset is None or record.instant.source is TimeSource.HUMAN:
            moved.append(record)
            continue
        until = record.until.shifted(offset) if record.until is not None else None
        moved.append(replace(record, instant=record.instant.shifted(offset), until=until))
    return moved


def estimate_offsets(
    groups: Sequence[Sequence[Event]], readings: Sequence[Event], confirmed: Mapping[str, float]
) -> tuple[ClockOffset, ...]:
    """One offset per pair of clocks that saw the same moments, in seconds: median, spread (median distance from it)
    and number of pairs. Moments are merged readings, and single ones of one fingerprint further apart when at least
    two such pairs agree within 30 s."""
    pairs: dict[tuple[str, str], list[float]] = {}
    for group in groups:
        _collect(group, pairs)
    far: dict[tuple[str, str], list[float]] = {}
    for group in _same_fingerprint(readings):
        _collect(group, far)
    for clocks, differences in far.items():
        middle = median(differences)
        spread = median(abs(d - middle) for d in differences)
        if clocks not in pairs and len(differences) >= 2 and spread <= _STEADY_S:
            pairs[clocks] = differences
    found = [_offset(clocks, differences, confirmed) for clocks, differences in sorted(pairs.items())]
    listed = {offset.clock_id for offset in found}
    for clock, seconds in sorted(confirmed.items()):
        if clock not in listed:
            found.append(
                ClockOffset(clock_id=clock, reference="", offset_s=seconds, spread_s=0.0, pairs=0, confirmed=True)
            )
    return tuple(found)


def _collect(group: Sequence[Event], pairs: dict[tuple[str, str], list[float]]) -> None:
    """Adds how far each clock's first reading of a moment is from the reference's."""
    first: dict[str, Instant] = {}
    for event in group:
        if event.instant.source is not TimeSource.HUMAN:
            clock = clock_of(event)
            if clock not in first or event.instant.utc < first[clock].utc:
                first[clock] = event.instant
    if len(first) < 2:
        return
    # Machines that act are the reference for those that tell of it.
    ranked = sorted(first, key=lambda clock: (first[clock].source is not TimeSource.MACHINE, clock))
    reference = ranked[0]
    for clock in ranked[1:]:
        difference = (first[clock].utc - first[reference].utc).total_seconds()
        pairs.setdefault((clock, reference), []).append(difference)


def _same_fingerprint(readings: Sequence[Event]) -> list[list[Event]]:
    """Readings of one fingerprint that each of at least two clocks has exactly once."""
    by_print: dict[str, list[Event]] = {}
    for reading in readings:
        if reading.fingerprint:
            by_print.setdefault(reading.fingerprint, []).append(reading)
    found = []
    for group in by_print.values():
        clocks = {clock_of(reading) for reading in group}
        if len(clocks) >= 2 and len(clocks) == len(group):
            moments = [reading.instant.utc for reading in group]
            if max(moments) - min(moments) <= _FARTHEST:
                found.append(group)
    return found


def _offset(clocks: tuple[str, str], differences: Sequence[float], confirmed: Mapping[str, float]) -> ClockOffset:
    clock, reference = clocks
    already = confirmed.get(clock, 0.0) - confirmed.get(reference, 0.0)
    middle = median(differences)
    return ClockOffset(
        clock_id=clock,
        reference=reference,
        offset_s=round(middle + already, 3),
        spread_s=round(median(abs(d - middle) for d in differences), 3),
        pairs=len(differences),
        confirmed=clock in confirmed,
    )
