"""Reads the time that stands in one field of a record, or says as a Failure why it cannot be read.

Knows which values can be times at all and how to tell a person about those that cannot. Refuses to know formats and
to guess zones: that is `core.timestamps`.
"""

from __future__ import annotations

import math

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import Failure, Locator
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.reading import Source
from afteraction.core.timestamps import from_epoch, read_timestamp


def read_field_time(
    source: Source,
    value: object,
    field: str,
    locator: Locator,
    *,
    unit: str = "",
    written_by: TimeSource = TimeSource.MACHINE,
) -> Instant | Failure:
    """The instant that `value` states. A number counts since 1970 in `unit` (told from its size when empty); a text
    without a zone is read in the zone that was declared for the source. `field` names it to people."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        kind = "missing" if value is None else f"{repr(value)[:60]}, which is not a time"
        return Failure(source.name, f'"{field}" is {kind}.', "Correct it or leave the record out.", locator)
    if isinstance(value, float) and not math.isfinite(value):
        return Failure(source.name, f'"{field}" is {value!r}, which is not a time.', "Correct it.", locator)
    try:
        if unit and not isinstance(value, str):
            return from_epoch(value, unit, source=written_by)
        return read_timestamp(value, zone=source.options.zone, year=source.options.year, source=written_by)
    except UnreadableTime as error:
        step = error.next_step or "Correct it or leave the record out."
        return Failure(source.name, f'"{field}": {error.what}', step, locator)


def is_never(value: object) -> bool:
    """Whether a value is one of the ways in which machines write "no time": empty, or Go's year 1."""
    return value is None or value == "" or (isinstance(value, str) and value.startswith("0001-01-01"))
