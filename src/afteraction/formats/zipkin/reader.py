"""Reads traces as Zipkin's v2 API exports and takes them.

Knows lists of spans, lists of traces and spans on lines. Refuses version 1 (`binaryAnnotations`), and to leave the two
halves of a shared span under one id: the server's half becomes the child of the client's, as Zipkin itself draws them.
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

# Nothing that counts in microseconds lies before 1973; smaller counts have another unit.
_FIRST_MICRO = 10**14
KINDS = ("CLIENT", "SERVER", "PRODUCER", "CONSUMER")
_ENDPOINTS = ("localEndpoint", "remoteEndpoint")
# Stands behind the id of the server's half of a span that two processes share.
SERVER_HALF = ":server"


@dataclass(frozen=True)
class Zipkin:
    """The reader of this folder."""

    name: str = "zipkin"
    title: str = "Zipkin traces (v2 JSON)"
    kind: EvidenceKind = EvidenceKind.TRACE
    example: str = (
        '[{"traceId":"5b8efff798038103","id":"eee19b7ec3c1b174","kind":"SERVER","name":"post /pay","timestamp":'
        '1778594531000000,"duration":1503250,"localEndpoint":{"serviceName":"payments-api"}}]'
    )

    def sniff(self, source: Source) -> float:
        """Sure when the first span names its endpoint as Zipkin does; less where it has only Zipkin's ids and times."""
        first = _innermost(outline(source))
        if not isinstance(first, dict) or not isinstance(first.get("traceId"), str) or "id" not in first:
            return 0.0
        if "binaryAnnotations" in first:
            return 0.0
        if any(isinstance(first.get(name), dict) for name in _ENDPOINTS):
            return 0.95
        is_timed = isinstance(first.get("timestamp"), int) and first["timestamp"] >= _FIRST_MICRO
        return 0.6 if is_timed and (first.get("kind") in KINDS or "duration" in first) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every span with its annotations, in the order of the export."""
        halves = _Halves()
        for root in streamed_documents(source):
            if not isinstance(root, Failure):
                for node in _spans(root):
                    halves.note(node.value())
        for root in streamed_documents(source):
            if isinstance(root, Failure):
                yield root
            else:
                for node in _spans(root):
                    yield from _read_span(source, node, halves)


def _innermost(value: Any) -> Any:
    for _ in range(2):
        value = value[0] if isinstance(value, list) and value else value
    return value


def _spans(root: Node) -> Iterator[Node]:
    """Everything that stands where a span may stand: alone, in a list, in a list of traces."""
    if root.opener != "[":
        yield root
        return
    for child in root.children():
        yield from child.children() if child.opener == "[" else (child,)


@dataclass
class _Halves:
    """Spans that a client and a server report under one id: (trace, id) of each half, the server's with its service."""

    servers: dict[tuple[str, str], str] = field(default_factory=dict)
    others: set[tuple[str, str]] = field(default_factory=set)

    def note(self, span: Any) -> None:
        """Remembers one span."""
        if isinstance(span, dict) and (span_id := _id(span.get("id"))):
            key = (_id(span.get("traceId")), span_id)
            if span.get("shared") is True:
                self.servers[key] = _service(span)
            else:
                self.others.add(key)

    def ids(self, span: Mapping[str, Any]) -> tuple[str, str]:
        """(id, id of the parent) of a span once both halves of a shared one have an id of their own."""
        trace, span_id, parent = _id(span.get("traceId")), _id(span.get("id")), _id(span.get("parentId"))
        if span.get("shared") is True and (trace, span_id) in self.others:
            return f"{span_id}{SERVER_HALF}", span_id
        above = (trace, parent)
        if above in self.others and self.servers.get(above) == _service(span) != "":
            return span_id, f"{parent}{SERVER_HALF}"
        return span_id, parent


def _id(value: Any) -> str:
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if text.strip("0") else ""


def _service(span: Mapping[str, Any], name: str = "localEndpoint") -> str:
    endpoint = span.get(name)
    return str(endpoint.get("serviceName") or "") if isinstance(endpoint, dict) else ""


def _read_span(source: Source, node: Node, halves: _Halves) -> Iterator[Record | Failure]:
    span = node.value()
    if not isinstance(span, dict):
        if not node.damaged:
            yield Failure(source.name, "a span is an object; this is none.", "Leave it out.", node.locator())
        return
    at = _micros(source, span.get("timestamp"), node, "timestamp")
    if isinstance(at, Failure):
        yield at
    else:
        duration = span.get("duration")
        if isinstance(duration, bool) or not isinstance(duration, int | float) or not 0 <= duration < 1e17:
            reason = f'"duration" is {"missing" if duration is None else repr(duration)[:40]}; it is taken as 0.'
            step = "Export it again once the span ended."
            yield Failure(source.name, reason, step, node.locator("duration"), lost=0)
            duration = 0
        tags = _tags(span)
        span_id, parent = halves.ids(span)
        yield Span(
            instant=at,
            trace_id=_id(span.get("traceId")),
            span_id=span_id,
            parent_id=parent,
            service=_service(span),
            name=str(span.get("name") or ""),
            duration_ms=duration / 1000,
            is_error=_failed(tags),
            kind=str(span["kind"]).lower() if span.get("kind") in KINDS else "",
            evidence=node.cite(source.evidence_id, "timestamp"),
            attributes=tags,
        )
    yield from _annotations(source, node, span)


def _tags(span: Mapping[str, Any]) -> dict[str, str]:
    """The span's tags, and its endpoints as `peer.service`, `peer.address` and `resource.address`."""
    stated = span.get("tags")
    tags = {str(key): str(value) for key, value in stated.items()} if isinstance(stated, dict) else {}
    around = {"peer.service": _service(span, "remoteEndpoint")}
    for name, key in (("localEndpoint", "resource.address"), ("remoteEndpoint", "peer.address")):
        endpoint = span.get(name)
        if isinstance(endpoint, dict) and (address := endpoint.get("ipv4") or endpoint.get("ipv6")):
            around[key] = f"{address}:{endpoint['port']}" if endpoint.get("port") else str(address)
    around["shared"] = "true" if span.get("shared") is True else ""
    return {**{key: text for key, text in around.items() if text}, **tags}


def _failed(tags: Mapping[str, str]) -> bool:
    """Zipkin's rule: the tag `error` stands only where something failed, whatever it says; else an HTTP answer of 500
    and above."""
    http = tags.get("http.status_code", "")
    return tags.get("error", "false").lower() != "false" or (http.isdecimal() and 500 <= int(http[:4]) <= 599)


def _annotations(source: Source, node: Node, span: Mapping[str, Any]) -> Iterator[Record | Failure]:
    listed = span.get("annotations")
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        path = ("annotations", str(number))
        if not isinstance(one, dict):
            place = node.locator(*path)
            yield Failure(source.name, "an annotation is an object; this is none.", "Leave it out.", place)
            continue
        at = _micros(source, one.get("timestamp"), node, *path, "timestamp")
        if isinstance(at, Failure):
            yield at
            continue
        yield LogLine(
            instant=at,
            message=str(one.get("value") or ""),
            service=_service(span),
            trace_id=_id(span.get("traceId")),
            evidence=node.cite(source.evidence_id, *path, "timestamp"),
            attributes={"span_id": _id(span.get("id"))},
        )


def _micros(source: Source, value: Any, node: Node, *path: str) -> Instant | Failure:
    is_micro = isinstance(value, int | float) and value >= _FIRST_MICRO
    return read_field_time(source, value, path[-1], node.locator(*path), unit="us" if is_micro else "")


READER = Zipkin()
