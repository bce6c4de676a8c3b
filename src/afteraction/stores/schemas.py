"""Arrow schemas, derived from the dataclasses of `core`, so that a new field there needs no edit here.

Knows two ways to lay a record out: *flat* for bulk rows (log lines, samples, spans: one column per scalar, instants
and citations spread over columns, mappings as JSON text) and *nested* for events, changes and documents (structs,
lists and maps, so that every field comes back exactly as it was). Refuses to know files and SQL.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from afteraction.core.evidence import EvidenceRef
from afteraction.core.instant import Instant
from afteraction.core.readplan import Shape
from afteraction.core.records import Change, Document, Event, LogLine, Record, Sample, Span

MICROSECONDS = pa.timestamp("us", tz="UTC")
# Writing a column costs time even where every row says the same, so a bulk file leaves such columns out. Under this
# key its metadata holds their values as a JSON object; a column named in neither is null.
CONSTANTS = "afteraction_constants"

SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "VARCHAR[]", MICROSECONDS: "TIMESTAMPTZ",
}  # fmt: skip

FLAT: dict[type, str] = {LogLine: Shape.LOGS.value, Sample: Shape.SAMPLES.value, Span: Shape.SPANS.value}
NESTED: dict[type, str] = {Event: "events", Change: "changes", Document: "documents"}
KIND_OF: dict[type, str] = {**FLAT, **NESTED}

# An instant and a citation as columns of a flat table. `original_text` and `excerpt` stay empty in bulk rows: the
# line number leads back to them, and they would double the size of the table.
_INSTANT = {
    "instant": MICROSECONDS, "source_tz": pa.string(), "tz_known": pa.bool_(), "precision": pa.string(),
    "flags": pa.list_(pa.string()), "original_text": pa.string(),
}  # fmt: skip
_EVIDENCE = {
    "evidence_id": pa.string(), "line": pa.int64(), "pointer": pa.string(), "byte_start": pa.int64(),
    "byte_end": pa.int64(), "excerpt": pa.string(),
}  # fmt: skip
_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), datetime: MICROSECONDS,
    timedelta: pa.duration("us"),
}  # fmt: skip


Built = TypeVar("Built")


def once(build: Callable[[Any], Built]) -> Callable[[Any], Built]:
    """Builds each type's answer once; typed here, because classes do not count as hashable to mypy."""
    return cache(build)


@once
def flat_schema(record: type) -> pa.Schema:
    """The columns of a bulk table: the time first, the record's own fields, its citation last."""
    columns: dict[str, pa.DataType] = dict(_INSTANT)
    for name, hint in hints_of(record).items():
        if hint not in (Instant, EvidenceRef):
            columns[name] = pa.string() if _is_mapping(hint) else _SCALARS[required(hint)]
    return pa.schema(list((columns | _EVIDENCE).items()))


def flat_row(record: LogLine | Sample | Span) -> dict[str, Any]:
    """A record as one row of its bulk table."""
    at, ref = record.instant, record.evidence
    row: dict[str, Any] = {
        "instant": at.utc, "source_tz": at.source_tz, "tz_known": at.tz_known, "precision": at.precision.value,
        "flags": list(at.flags), "original_text": at.original_text, "evidence_id": ref.evidence_id,
        "line": ref.locator.line, "pointer": ref.locator.pointer, "byte_start": ref.locator.byte_start,
        "byte_end": ref.locator.byte_end, "excerpt": ref.excerpt,
    }  # fmt: skip
    for name, hint in hints_of(type(record)).items():
        if name not in ("instant", "evidence"):
            value = getattr(record, name)
            row[name] = json.dumps(dict(value)) if _is_mapping(hint) else value
    return row


@once
def nested_schema(record: type) -> pa.Schema:
    """The columns of a table whose records come back exactly: one per field."""
    return pa.schema([(name, arrow_type(hint)) for name, hint in hints_of(record).items()])


def nested_row(record: Record) -> dict[str, Any]:
    """A record as one row of its nested table."""
    row: dict[str, Any] = _packing(type(record))(record)
    return row


@once
def hints_of(record: type) -> dict[str, Any]:
    """The types of a record's fields by their names, in their order."""
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record)}


def required(hint: Any) -> Any:
    """The type behind `X | None`."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(choice for choice in get_args(hint) if choice is not type(None))
    return hint


def _is_mapping(hint: Any) -> bool:
    return get_origin(hint) is Mapping


def arrow_type(hint: Any) -> pa.DataType:
    """The type of the nested column that holds such values."""
    hint = required(hint)
    if _is_mapping(hint):
        return pa.map_(pa.string(), pa.string())
    if get_origin(hint) is tuple:
        members = get_args(hint)
        if members[-1] is Ellipsis:
            return pa.list_(arrow_type(members[0]))
        return pa.struct([(f"f{place}", arrow_type(member)) for place, member in enumerate(members)])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return pa.string()
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct([(name, arrow_type(inner)) for name, inner in hints_of(hint).items()])
    return _SCALARS[hint]


@once
def _packing(hint: Any) -> Callable[[Any], Any]:
    """How a value of this type becomes what Arrow takes; built once per type."""
    hint = required(hint)
    if _is_mapping(hint):
        return lambda value: [(text_of(str(name)), text_of(str(inner))) for name, inner in value.items()]
    if get_origin(hint) is tuple:
        members = get_args(hint)
        if members[-1] is Ellipsis:
            each = _optional(_packing(members[0]))
            return lambda value: [each(inner) for inner in value]
        packings = [(f"f{place}", _optional(_packing(member))) for place, member in enumerate(members)]
        return lambda value: {name: pack(inner) for (name, pack), inner in zip(packings, value, strict=True)}
    if is_dataclass(hint):
        parts = [(name, attrgetter(name), _optional(_packing(inner))) for name, inner in hints_of(hint).items()]
        return lambda value: {name: pack(get(value)) for name, get, pack in parts}
    if hint is datetime:
        return lambda value: value.astimezone(UTC)
    if isinstance(hint, type) and issubclass(hint, str):
        return lambda value: text_of(str(value))
    return lambda value: value


def _optional(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else change(value)


def text_of(text: str) -> str:
    """The text with lone surrogates, which no file of text can hold, replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
