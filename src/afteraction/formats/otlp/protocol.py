"""The field numbers of OpenTelemetry's protocol, and how its messages are packed into a binary file.

Knows https://github.com/open-telemetry/opentelemetry-proto (v1), requests as exporters send them, and the frames of the
collector's file exporter. Refuses to guess a signal from less than its first record: the three requests look alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.reading import Source
from afteraction.formats.otlp.elements import Element, Signal, attributes_of
from afteraction.formats.otlp.wire import FIXED64, LENGTH, Damaged, Field, Named, Tables, decode, fields, varint

LARGEST = 256 * 1024 * 1024
_KEY_VALUES = Named("attributes", "KeyValue", many=True)
_POINT = {2: Named("startTimeUnixNano", "fixed64"), 3: Named("timeUnixNano", "fixed64")}
_TOTALS = {4: Named("count", "fixed64"), 5: Named("sum", "double")}
_SHAPE = {2: Named("aggregationTemporality", "enum"), 3: Named("isMonotonic", "bool")}
TABLES: Tables = {
    "Resource": {1: _KEY_VALUES},
    "Scope": {1: Named("name", "string"), 2: Named("version", "string"), 3: _KEY_VALUES},
    "KeyValue": {1: Named("key", "string"), 2: Named("value", "AnyValue")},
    "AnyValue": {
        1: Named("stringValue", "string"), 2: Named("boolValue", "bool"), 3: Named("intValue", "int"),
        4: Named("doubleValue", "double"), 5: Named("arrayValue", "ArrayValue"),
        6: Named("kvlistValue", "KeyValueList"), 7: Named("bytesValue", "bytes"),
    },
    "ArrayValue": {1: Named("values", "AnyValue", many=True)},
    "KeyValueList": {1: Named("values", "KeyValue", many=True)},
    Signal.SPANS: {
        1: Named("traceId", "id"), 2: Named("spanId", "id"), 3: Named("traceState", "string"),
        4: Named("parentSpanId", "id"), 5: Named("name", "string"), 6: Named("kind", "enum"),
        7: Named("startTimeUnixNano", "fixed64"), 8: Named("endTimeUnixNano", "fixed64"), 9: _KEY_VALUES,
        11: Named("events", "Event", many=True), 13: Named("links", "Link", many=True), 15: Named("status", "Status"),
    },
    "Event": {1: Named("timeUnixNano", "fixed64"), 2: Named("name", "string"), 3: _KEY_VALUES},
    "Link": {1: Named("traceId", "id"), 2: Named("spanId", "id"), 4: _KEY_VALUES},
    "Status": {2: Named("message", "string"), 3: Named("code", "enum")},
    Signal.LOGS: {
        1: Named("timeUnixNano", "fixed64"), 2: Named("severityNumber", "enum"), 3: Named("severityText", "string"),
        5: Named("body", "AnyValue"), 6: _KEY_VALUES, 9: Named("traceId", "id"), 10: Named("spanId", "id"),
        11: Named("observedTimeUnixNano", "fixed64"), 12: Named("eventName", "string"),
    },
    Signal.METRICS: {
        1: Named("name", "string"), 2: Named("description", "string"), 3: Named("unit", "string"),
        5: Named("gauge", "Gauge"), 7: Named("sum", "Sum"), 9: Named("histogram", "Histogram"),
        10: Named("exponentialHistogram", "ExponentialHistogram"), 11: Named("summary", "Summary"),
    },
    "Gauge": {1: Named("dataPoints", "NumberPoint", many=True)},
    "Sum": {1: Named("dataPoints", "NumberPoint", many=True), **_SHAPE},
    "Histogram": {1: Named("dataPoints", "HistogramPoint", many=True), **_SHAPE},
    "ExponentialHistogram": {1: Named("dataPoints", "ExponentialPoint", many=True), **_SHAPE},
    "Summary": {1: Named("dataPoints", "SummaryPoint", many=True)},
    "NumberPoint": {
        **_POINT, 4: Named("asDouble", "double"), 6: Named("asInt", "sfixed64"), 7: _KEY_VALUES,
        8: Named("flags", "enum"),
    },
    "HistogramPoint": {
        **_POINT, **_TOTALS, 6: Named("bucketCounts", "fixed64", many=True),
        7: Named("explicitBounds", "double", many=True), 9: _KEY_VALUES, 10: Named("flags", "enum"),
        11: Named("min", "double"), 12: Named("max", "double"),
    },
    "ExponentialPoint": {
        1: _KEY_VALUES, **_POINT, **_TOTALS, 6: Named("scale", "sint"), 7: Named("zeroCount", "fixed64"),
        8: Named("positive", "Buckets"), 9: Named("negative", "Buckets"), 10: Named("flags", "enum"),
        12: Named("min", "double"), 13: Named("max", "double"), 14: Named("zeroThreshold", "double"),
    },
    "Buckets": {1: Named("offset", "sint"), 2: Named("bucketCounts", "uint", many=True)},
    "SummaryPoint": {
        **_POINT, **_TOTALS, 6: Named("quantileValues", "Quantile", many=True), 7: _KEY_VALUES,
        8: Named("flags", "enum"),
    },
    "Quantile": {1: Named("quantile", "double"), 2: Named("value", "double")},
}  # fmt: skip
_TRACE_ID, _SPAN_ID = 16, 8
_DATA = (5, 7, 9, 10, 11)


@dataclass(frozen=True)
class BinaryPlace:
    """A record's pointer, as in JSON, and its bytes."""

    pointer: str
    start: int
    end: int

    def locator(self, *path: str) -> Locator:
        """The place of a value below the record."""
        pointer = "/".join((self.pointer, *path))
        return Locator(pointer=pointer, byte_start=self.start, byte_end=self.end)

    def cite(self, evidence_id: str, *path: str) -> EvidenceRef:
        """A citation without an excerpt: the bytes are no text."""
        return EvidenceRef(evidence_id, self.locator(*path))


def signal_in(head: bytes) -> Signal | None:
    """The signal of a binary export as its first record in the first bytes tells it; None for anything else."""
    try:
        start, end = next(_frames(head, is_whole=False))
        return _signal(head, start, end)
    except (Damaged, StopIteration):
        return None


def binary_elements(source: Source) -> Iterator[Element | Failure]:
    """Every record of a binary export; what stands before damage is given."""
    raw = source.read_bytes(LARGEST + 1)
    if len(raw) > LARGEST:
        reason = f"the file is larger than {LARGEST // 2**20} MiB; what lies behind that was not read."
        yield Failure(source.name, reason, "Split it.", Locator(byte_start=LARGEST, byte_end=source.size))
        raw = raw[:LARGEST]
    number = 0
    try:
        for number, (start, end) in enumerate(_frames(raw, is_whole=True)):
            yield from _request(source, raw, start, end, f"/{number}")
    except Damaged as damage:
        place = Locator(pointer=f"/{number}", byte_start=damage.at, byte_end=len(raw))
        reason = f"byte {damage.at}: {damage.reason}; what stands behind that was not read."
        yield Failure(source.name, reason, "Export it again.", place)


def _frames(raw: bytes, is_whole: bool) -> Iterator[tuple[int, int]]:
    """(start, end) of every message: the whole file, or frames with a length before them, of four bytes as the
    collector's file exporter writes it or as a base-128 number. `is_whole` is False for the head of a file."""
    if raw[:1] == b"\x0a" or not raw:
        yield 0, len(raw)
        return
    at = 0
    is_fixed = raw[:1] == b"\0"
    while at < len(raw):
        if is_fixed:
            size, start = int.from_bytes(raw[at : at + 4], "big"), at + 4
        else:
            size, start = varint(raw, at, len(raw))
        if start + size > len(raw) and is_whole:
            yield start, len(raw)
            return
        yield start, min(start + size, len(raw))
        at = start + size


def _inside(raw: bytes, start: int, end: int, number: int, *, is_cut: bool = False) -> Iterator[Field]:
    """The messages in one field of a message."""
    for field in fields(raw, start, end, is_cut=is_cut):
        if field.number == number:
            if field.wire != LENGTH:
                raise Damaged(field.start, f"field {number} is no message")
            yield field


def _opened(raw: bytes, at: int, end: int, number: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the messages in one field, the last of which the end of the bytes may cut off."""
    while at < end:
        tag, behind = varint(raw, at, end)
        if tag & 7 != LENGTH:
            return
        size, start = varint(raw, behind, end)
        if tag >> 3 == number:
            yield start, min(start + size, end)
        at = start + size


def _signal(raw: bytes, start: int, end: int) -> Signal | None:
    for resource in _opened(raw, start, end, 1):
        for scope in _opened(raw, *resource, 2):
            for record in _opened(raw, *scope, 2):
                return _signal_of(raw, *record)
    return None


def _signal_of(raw: bytes, start: int, end: int) -> Signal | None:
    """Which record this is: only log records begin with a time, only spans with two ids of fixed size."""
    seen: dict[int, Field] = {}
    try:
        for field in fields(raw, start, end):
            seen.setdefault(field.number, field)
    except Damaged:
        pass
    first, second = seen.get(1), seen.get(2)
    if (first and first.wire == FIXED64) or (11 in seen and seen[11].wire == FIXED64):
        return Signal.LOGS
    if first is None or first.wire != LENGTH:
        return None
    if first.end - first.start == _TRACE_ID and second and second.end - second.start == _SPAN_ID and 7 in seen:
        return Signal.SPANS if seen[7].wire == FIXED64 else None
    return Signal.METRICS if any(number in seen and seen[number].wire == LENGTH for number in _DATA) else None


def _request(source: Source, raw: bytes, start: int, end: int, pointer: str) -> Iterator[Element | Failure]:
    signal = _signal(raw, start, end)
    for place, resource in enumerate(_inside(raw, start, end, 1, is_cut=True)):
        about = _attributes(raw, resource, "Resource")[1]
        for group, scope in enumerate(_inside(raw, resource.start, resource.end, 2, is_cut=True)):
            name, named = _attributes(raw, scope, "Scope")
            for index, record in enumerate(_inside(raw, scope.start, scope.end, 2)):
                where = BinaryPlace(f"{pointer}/resource/{place}/scope/{group}/{index}", record.start, record.end)
                if signal is None:
                    reason = "the record is neither a span nor a log record nor a metric."
                    yield Failure(source.name, reason, "Export it again as OTLP.", where.locator())
                    continue
                try:
                    value = decode(raw, record.start, record.end, TABLES, signal)
                except Damaged as damage:
                    reason = f"byte {damage.at}: {damage.reason}."
                    yield Failure(source.name, reason, "Export it again.", where.locator())
                    continue
                yield Element(signal, value, where, about, name, named)


def _attributes(raw: bytes, around: Field, table: str) -> tuple[str, dict[str, str]]:
    """(name, attributes) of the resource or scope in the first field of a group."""
    place = next(_opened(raw, around.start, around.end, 1), None)
    value = decode(raw, *place, TABLES, table) if place else {}
    return str(value.get("name") or ""), attributes_of(value.get("attributes"))
