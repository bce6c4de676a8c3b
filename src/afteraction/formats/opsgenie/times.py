"""Times as Opsgenie counts them: `createdAt` in milliseconds, `updatedAt` and `insertedAt` in nanoseconds.

Knows which unit each field is documented to have. Refuses to read a number in a unit that its size contradicts: its
size then tells the unit, the time says so, and the contradiction is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload

UNITS = {"createdAt": "ms", "updatedAt": "ns", "insertedAt": "ns", "snoozedUntil": "ms", "lastOccurredAt": "ms"}
# Counts between these are times from 1973 to 5138.
_SIZES = {"s": (1e8, 1e11), "ms": (1e11, 1e14), "us": (1e14, 1e17), "ns": (1e17, 1e20)}


def unit_of(value: object) -> str:
    """The unit that a count since 1970 must have by its size; empty for anything that is no such count."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return next((unit for unit, (low, high) in _SIZES.items() if low <= abs(value) < high), "")


def read_time(payload: Payload, field: str) -> Instant | Failure:
    """The time in a field of an alert; told from its size, with a flag, where that contradicts the documented unit."""
    fits = unit_of(payload.at(field)) == UNITS.get(field)
    return payload.instant(field, unit=UNITS[field] if fits else "")


def named_units(payload: Payload) -> str:
    """Which of an alert's times count in which unit, where they differ: "createdAt ms, updatedAt ns"."""
    found = {field: unit for field in UNITS if (unit := unit_of(payload.at(field)))}
    return ", ".join(f"{field} {unit}" for field, unit in found.items()) if len(set(found.values())) > 1 else ""


def contradictions(payload: Payload) -> Iterator[Failure]:
    """Times in another unit than documented, and an update before the creation."""
    for field, unit in UNITS.items():
        told = unit_of(payload.at(field))
        if told and told != unit:
            reason = f'"{field}" is documented to count {unit}, but its size says {told}; it was read as {told}.'
            yield payload.failure(reason, "Compare it with Opsgenie's own page.", field, lost=0)
    created, updated = (read_time(payload, field) for field in ("createdAt", "updatedAt"))
    if not isinstance(created, Instant) or not isinstance(updated, Instant):
        return
    # A creation that is told twice may differ by what one of the units cannot hold.
    if (created.utc - updated.utc).total_seconds() >= 1:
        reason = f'"updatedAt" ({updated.utc.isoformat()}) lies before "createdAt" ({created.utc.isoformat()}).'
        yield payload.failure(reason, "Check both times.", "updatedAt", lost=0)
