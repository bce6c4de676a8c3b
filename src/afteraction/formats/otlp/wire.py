"""Decodes protobuf messages by tables of field numbers, into the shape that their JSON has.

Knows the wire format (https://protobuf.dev/programming-guides/encoding/). Refuses to follow lengths out of their
message and nesting without end: such bytes raise `Damaged` with their place.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5
_SIZES = {FIXED64: 8, FIXED32: 4}
_DEEPEST = 32
_LONGEST_VARINT = 10


class Damaged(Exception):
    """Bytes that are no protobuf message: where, counted from the beginning of the original, and why."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at, self.reason = at, reason


class Field(NamedTuple):
    """One field on the wire: its number, its wire type, its value (a whole number, or nothing where `start` and `end`
    enclose its bytes)."""

    number: int
    wire: int
    start: int
    end: int
    value: int = 0


class Named(NamedTuple):
    """What a table says of a field number: its JSON name, its type (a scalar's or a message's), whether it repeats."""

    name: str
    kind: str
    many: bool = False


Table = Mapping[int, Named]
Tables = Mapping[str, Table]


def varint(raw: bytes, at: int, end: int) -> tuple[int, int]:
    """(value, offset behind it) of a base-128 number."""
    value = 0
    for step in range(_LONGEST_VARINT):
        if at + step >= end:
            raise Damaged(at, "the message is cut short")
        byte = raw[at + step]
        value |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at + step + 1
    raise Damaged(at, "a number is longer than ten bytes")


def fields(raw: bytes, at: int, end: int, *, is_cut: bool = False) -> Iterator[Field]:
    """The fields of the message between two offsets, in their order. With `is_cut` a field that the end cuts off is
    given as far as it goes, before the damage is raised."""
    while at < end:
        tag, behind = varint(raw, at, end)
        number, wire = tag >> 3, tag & 7
        if not number or wire not in (VARINT, FIXED64, LENGTH, FIXED32):
            raise Damaged(at, f"there is no field of number {number} and wire type {wire}")
        if wire == VARINT:
            value, stop = varint(raw, behind, end)
            yield Field(number, wire, behind, stop, value)
        else:
            size, start = (_SIZES[wire], behind) if wire != LENGTH else varint(raw, behind, end)
            stop = start + size
            if stop > end:
                if is_cut and wire == LENGTH:
                    yield Field(number, wire, start, end)
                raise Damaged(at, "the message is cut short")
            yield Field(number, wire, start, stop)
        at = stop


def decode(raw: bytes, start: int, end: int, tables: Tables, table: str, depth: int = 0) -> dict[str, Any]:
    """A message as a mapping with the names of its JSON; fields that the table does not know are passed over."""
    if depth > _DEEPEST:
        raise Damaged(start, "messages are nested too deeply")
    known = tables[table]
    found: dict[str, Any] = {}
    for field in fields(raw, start, end):
        named = known.get(field.number)
        if named is None:
            continue
        if named.kind in tables:
            if field.wire != LENGTH:
                raise Damaged(field.start, f'"{named.name}" is no message')
            value: Any = decode(raw, field.start, field.end, tables, named.kind, depth + 1)
            values = [value]
        else:
            values = list(_scalars(raw, field, named))
        if named.many:
            found.setdefault(named.name, []).extend(values)
        elif values:
            found[named.name] = values[-1]
    return found


def _scalars(raw: bytes, field: Field, named: Named) -> Iterator[Any]:
    """The values of one scalar field; more than one where they are packed."""
    if named.kind in ("string", "id", "bytes"):
        if field.wire != LENGTH:
            raise Damaged(field.start, f'"{named.name}" is no text')
        held = raw[field.start : field.end]
        yield (
            held.decode("utf-8", "replace")
            if named.kind == "string"
            else (held.hex() if named.kind == "id" else base64.b64encode(held).decode())
        )
        return
    wire = _WIRES.get(named.kind, VARINT)
    if field.wire == LENGTH and named.many:
        at = field.start
        while at < field.end:
            value, at = _one(raw, at, field.end, wire)
            yield _number(raw, at, value, named.kind)
    elif field.wire == wire:
        yield _number(raw, field.end, field.value, named.kind)
    else:
        raise Damaged(field.start, f'"{named.name}" has the wrong wire type')


def _one(raw: bytes, at: int, end: int, wire: int) -> tuple[int, int]:
    if wire == VARINT:
        return varint(raw, at, end)
    if at + _SIZES[wire] > end:
        raise Damaged(at, "the message is cut short")
    return 0, at + _SIZES[wire]


_WIRES = {"fixed64": FIXED64, "sfixed64": FIXED64, "double": FIXED64, "fixed32": FIXED32}
_FORMATS = {"fixed64": "<Q", "sfixed64": "<q", "double": "<d", "fixed32": "<I"}


def _number(raw: bytes, behind: int, value: int, kind: str) -> int | float | bool:
    """The number that ends before `behind`, or that a varint already gave as `value`."""
    if kind in _FORMATS:
        form = _FORMATS[kind]
        found: int | float = struct.unpack_from(form, raw, behind - struct.calcsize(form))[0]
        return found
    if kind == "bool":
        return bool(value)
    if kind == "sint":
        return (value >> 1) ^ -(value & 1)
    if kind == "int":
        return value - (1 << 64) if value >= 1 << 63 else value
    return value
