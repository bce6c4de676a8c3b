"""Reads traces as Jaeger's UI and query API export them, and spans as its storage keeps them.

Knows traces with their processes, answers of the API, and spans that carry their own process. Refuses to mend clock
skew: times are as each process wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, outline, streamed_documents
from afteraction.core.reading import Source
from afteraction.core.records import LogLine, Record, Span
from afteraction.formats.jaeger.tags import id_of, is_failed, parent_and_links, said_in, tags_of

# Nothing that counts in microseconds lies before 1973; smaller counts have another unit.
_FIRST_MICRO = 10**14


@dataclass(frozen=True)
class Jaeger:
    """The reader of this folder."""

    name: str = "jaeger"
    title: str = "Jaeger traces (JSON of the UI, the query API or the storage)"
    kind: EvidenceKind = EvidenceKind.TRACE
    example: str = (
        '{"data":[{"traceID":"7a","spans":[{"traceID":"7a","spanID":"1","operationName":"GET /","startTime":'
        '1778594531000000,"duration":90,"processID":"p1"}],"processes":{"p1":{"serviceName":"web"}}}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when a trace has spans with an operation's name, as only Jaeger writes it."""
        found = outline(source)
        first = _first(found)
        if isinstance(first, dict) and isinstance(first.get("data"), list):
            first = _first(first["data"])
        if not isinstance(first, dict):
            return 0.0
        first = first.get("_source", first)
        span = _first(first.get("spans")) if isinstance(first, dict) and "spans" in first else first
        if not isinstance(span, dict) or not {"traceID", "spanID", "operationName"} <= span.keys():
            return 0.0
        return 0.95

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every span with its logs, in the order of the export."""
        for root in streamed_documents(source):
            if isinstance(root, Failure):
                yield root
            else:
                yield from _read_any(source, root)


def _first(value: Any) -> Any:
    """The first item of a list that is not empty in its turn; anything else as it is."""
    return value[0] if isinstance(value, list) and value else value


def _read_any(source: Source, node: Node, depth: int = 4) -> Iterator[Record | Failure]:
    """An answer of the API, a trace, a span, or an array of these; `depth` bounds what may hold what."""
    if node.opener == "[" and depth:
        for child in node.children():
            yield from _read_any(source, child, depth - 1)
        return
    if node.opener != "{" or not depth:
        node.finish()
        yield from _odd(source, node, "a trace or span is an object")
        return
    fields = node.fields()
    if "spans" in fields:
        yield from _Trace(source, _processes(fields.get("processes"))).read(node, fields)
    elif "_source" in fields:
        yield from _read_any(source, fields["_source"], depth - 1)
    elif "spanID" in fields:
        yield from _Trace(source, {}).read_span(node)
    elif "data" in fields:
        yield from _answered(source, fields, depth - 1)
    elif not node.damaged:
        yield from _odd(source, node, "a trace or span is an object with spans or a spanID")


def _answered(source: Source, fields: Mapping[str, Node], depth: int) -> Iterator[Record | Failure]:
    if fields["data"].opener in ("[", "{"):
        yield from _read_any(source, fields["data"], depth)
    errors = fields["errors"].value() if "errors" in fields else None
    for number, error in enumerate(errors if isinstance(errors, list) else ()):
        said = error.get("msg") if isinstance(error, dict) else error
        place = fields["errors"].locator(str(number))
        yield Failure(source.name, f"Jaeger answered with an error: {said}.", "Ask it again.", place)


def _odd(source: Source, node: Node, rule: str) -> Iterator[Failure]:
    if not node.damaged:
        yield Failure(source.name, f"{rule}; this is none.", "Correct it or leave it out.", node.locator())


def _processes(node: Node | None) -> dict[str, Any]:
    value = node.value() if node is not None else None
    return value if isinstance(value, dict) else {}


@dataclass
class _Trace:
    """One trace while it is read. `seen` holds span and process of what was read, to name what stands there twice."""

    source: Source
    processes: Mapping[str, Any]
    seen: set[tuple[str, str]] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def read(self, node: Node, fields: Mapping[str, Node]) -> Iterator[Record | Failure]:
        warnings = fields["warnings"].value() if "warnings" in fields else None
        for warning in warnings if isinstance(warnings, list) else ():
            place = fields["warnings"].locator()
            yield Failure(self.source.name, f"Jaeger warns: {warning}.", "Check the trace.", place, lost=0)
        if fields["spans"].opener != "[":
            yield from _odd(self.source, fields["spans"], '"spans" is an array')
        for child in fields["spans"].children():
            yield from self.read_span(child)

    def read_span(self, node: Node) -> Iterator[Record | Failure]:
        value = node.value()
        if not isinstance(value, dict):
            yield from _odd(self.source, node, "a span is an object")
            return
        tags = tags_of(value.get("tags")) | tags_of(value.get("tag"))
        service, process_tags, odd = self._process(node, value)
        yield from odd
        trace_id, span_id = id_of(value.get("traceID")), id_of(value.get("spanID"))
        at = _micros(self.source, value.get("startTime"), "startTime", node, "startTime")
        if isinstance(at, Failure):
            yield at
        else:
            duration = _duration_ms(value.get("duration"))
            if duration is None:
                place = node.locator("duration")
                reason = f'"duration" is {str(value.get("duration"))[:40]}; it is taken as 0.'
                yield Failure(self.source.name, reason, "Export it again once it ended.", place, lost=0)
            yield from self._twice(node, span_id, str(value.get("processID") or service))
            parent, links = parent_and_links(value)
            warnings = value.get("warnings")
            told = ", ".join(map(str, warnings)) if isinstance(warnings, list) else str(warnings or "")
            beside = {"links": links, "warnings": told}
            yield Span(
                instant=at,
                trace_id=trace_id,
                span_id=span_id,
                parent_id=parent,
                service=service,
                name=str(value.get("operationName") or ""),
                duration_ms=duration or 0.0,
                is_error=is_failed(tags),
                kind=tags.get("span.kind", "").lower(),
                evidence=node.cite(self.source.evidence_id, "startTime"),
                attributes={**process_tags, **{key: text for key, text in beside.items() if text}, **tags},
            )
        yield from self._logs(node, value, service, trace_id, span_id)

    def _process(self, node: Node, span: Mapping[str, Any]) -> tuple[str, dict[str, str], list[Failure]]:
        """(service, tags of the process as `resource.*`, what is missing) of a span."""
        key = str(span.get("processID") or "")
        held = span.get("process") if isinstance(span.get("process"), dict) else self.processes.get(key)
        if not isinstance(held, dict):
            if key in self.missing:
                return "", {}, []
            self.missing.add(key)
            reason = f'the trace lists no process "{key}"; the service of its spans is unknown.'
            place = node.locator("processID")
            return "", {}, [Failure(self.source.name, reason, "Export the whole trace.", place, lost=0)]
        tags = tags_of(held.get("tags")) | tags_of(held.get("tag"))
        return str(held.get("serviceName") or ""), {f"resource.{name}": text for name, text in tags.items()}, []

    def _twice(self, node: Node, span_id: str, process: str) -> Iterator[Failure]:
        if (span_id, process) in self.seen:
            reason = f"the span {span_id or '(without an id)'} stands twice in one trace; both were read."
            step, place = "Check which one is meant.", node.locator("spanID")
            yield Failure(self.source.name, reason, step, place, lost=0)
        self.seen.add((span_id, process))

    def _logs(
        self, node: Node, span: Mapping[str, Any], service: str, trace_id: str, span_id: str
    ) -> Iterator[Record | Failure]:
        logs = span.get("logs")
        for number, log in enumerate(logs if isinstance(logs, list) else ()):
            path = ("logs", str(number))
            if not isinstance(log, dict):
                place = node.locator(*path)
                yield Failure(self.source.name, "a log of a span is an object; this is none.", "Leave it out.", place)
                continue
            at = _micros(self.source, log.get("timestamp"), "timestamp", node, *path, "timestamp")
            if isinstance(at, Failure):
                yield at
                continue
            fields = tags_of(log.get("fields"))
            message, level = said_in(fields)
            yield LogLine(
                instant=at,
                message=message,
                level=level,
                service=service,
                trace_id=trace_id,
                evidence=node.cite(self.source.evidence_id, *path, "timestamp"),
                attributes={"span_id": span_id, **fields},
            )


def _micros(source: Source, value: Any, field: str, node: Node, *path: str) -> Instant | Failure:
    is_micro = isinstance(value, int | float) and value >= _FIRST_MICRO
    return read_field_time(source, value, field, node.locator(*path), unit="us" if is_micro else "")


def _duration_ms(micros: Any) -> float | None:
    """Microseconds as milliseconds; None for what is no duration."""
    if isinstance(micros, bool) or not isinstance(micros, int | float) or not 0 <= micros < 1e17:
        return None
    return micros / 1000


READER = Jaeger()
