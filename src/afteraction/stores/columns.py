"""Records as columns of their nested table and back, a whole column at a time.

Knows the same layout as `schemas.nested_row`, for many records at once. Refuses (`Unusual`) what it cannot lay out
exactly as that does for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from typing import Any, get_args, get_origin

import pyarrow as pa

from afteraction.core.records import Record
from afteraction.stores.schemas import arrow_type, hints_of, nested_schema, once, required

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Columns = Sequence[Any]


class Unusual(ValueError):
    """A value that only the way through one record at a time takes."""


def table_of(kind: type, records: Sequence[Record]) -> pa.Table:
    """The records as rows of their nested table. Raises Unusual, and what Arrow raises, where they do not fit."""
    columns = [_packed(hint, [*map(attrgetter(name), records)]) for name, hint in hints_of(kind).items()]
    return pa.Table.from_arrays(columns, schema=nested_schema(kind))


def records_of(kind: type, table: pa.Table) -> list[Any]:
    """The records behind the rows of a nested table."""
    found: list[Any] = []
    hints = hints_of(kind)
    for batch in table.to_batches():
        columns = [_unpacked(hint, batch.column(name)) for name, hint in hints.items()]
        found += map(_maker(kind), *columns)
    return found


def _packed(hint: Any, values: Columns) -> pa.Array:
    hint = required(hint)
    if None in values and (is_dataclass(hint) or get_origin(hint) is not None):
        present = [value for value in values if value is not None]
        places = iter(range(len(present)))
        whole = _packed(hint, present)
        return whole.take(pa.array([None if value is None else next(places) for value in values], pa.int64()))
    if get_origin(hint) is Mapping:
        return _packed_mappings(values)
    if get_origin(hint) is tuple:
        return _packed_tuples(hint, values)
    if is_dataclass(hint):
        parts = [_packed(inner, [*map(attrgetter(name), values)]) for name, inner in hints_of(hint).items()]
        return pa.StructArray.from_arrays(parts, fields=list(arrow_type(hint)))
    if hint is datetime:
        values = [None if value is None else value.astimezone(UTC) for value in values]
    return pa.array(values, arrow_type(hint))


def _packed_mappings(values: Columns) -> pa.Array:
    names = pa.array([name for value in values for name in value], pa.string())
    inner = pa.array([one for value in values for one in value.values()], pa.string())
    if names.null_count or inner.null_count:
        raise Unusual("a mapping of something else than texts")
    return pa.MapArray.from_arrays(_offsets(values), names, inner)


def _packed_tuples(hint: Any, values: Columns) -> pa.Array:
    members = get_args(hint)
    if members[-1] is not Ellipsis:
        parts = [_packed(member, [value[place] for value in values]) for place, member in enumerate(members)]
        return pa.StructArray.from_arrays(parts, fields=list(arrow_type(hint)))
    inner = _packed(members[0], [one for value in values for one in value])
    return pa.ListArray.from_arrays(_offsets(values), inner, type=arrow_type(hint))


def _offsets(values: Columns) -> pa.Array:
    offsets = [0]
    for value in values:
        offsets.append(offsets[-1] + len(value))
    return pa.array(offsets, pa.int32())


def _unpacked(hint: Any, column: pa.Array) -> Columns:
    hint = required(hint)
    if column.null_count == len(column):
        return [None] * len(column)
    if column.null_count and not pa.types.is_string(column.type):
        present = iter(_unpacked(hint, column.drop_null()))
        return [next(present) if there else None for there in column.is_valid().to_pylist()]
    if get_origin(hint) is Mapping:
        names, inner = _texts(column.keys), _texts(column.items)
        return [dict(zip(names[a:b], inner[a:b], strict=True)) for a, b in _spans(column)]
    if get_origin(hint) is tuple:
        return _unpacked_tuples(hint, column)
    if isinstance(hint, type) and is_dataclass(hint):
        parts = [_unpacked(inner, column.field(place)) for place, inner in enumerate(hints_of(hint).values())]
        return [*map(_maker(hint), *parts)]
    if hint is datetime:
        return [_EPOCH + timedelta(0, 0, value) for value in column.cast(pa.int64()).to_numpy().tolist()]
    if hint is timedelta:
        return _each_once(lambda value: timedelta(0, 0, value), column.cast(pa.int64()).to_numpy().tolist())
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _each_once(hint, _texts(column))
    return _texts(column)


def _unpacked_tuples(hint: Any, column: pa.Array) -> Columns:
    members = get_args(hint)
    if members[-1] is not Ellipsis:
        parts = [_unpacked(member, column.field(place)) for place, member in enumerate(members)]
        return [*zip(*parts, strict=True)]
    inner = _unpacked(members[0], column.values)
    return [tuple(inner[a:b]) for a, b in _spans(column)]


def _texts(column: pa.Array) -> list[Any]:
    found: list[Any] = column.to_numpy(zero_copy_only=False).tolist()
    return found


def _spans(column: pa.Array) -> pairwise[tuple[int, int]]:
    offsets = column.offsets.to_numpy().tolist()
    return pairwise(offsets)


def _each_once(change: Callable[[Any], Any], values: Columns) -> Columns:
    """The changed values, equal ones changed once. None stays None."""
    known: dict[Any, Any] = {value: None if value is None else change(value) for value in set(values)}
    return [known[value] for value in values]


@once
def _maker(kind: Any) -> Callable[..., Any]:
    """Makes a record of its fields' values in their order."""
    if not any(field.kw_only for field in fields(kind)):
        made: Callable[..., Any] = kind
        return made
    names = tuple(hints_of(kind))
    return lambda *values: kind(**dict(zip(names, values, strict=True)))
