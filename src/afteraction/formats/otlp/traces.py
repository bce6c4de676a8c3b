"""Turns spans into spans, and the events inside them into log lines.

Knows OpenTelemetry's span kinds, statuses and the attributes that tell a failed call. Refuses to build traces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import LogLine, Record, Span
from afteraction.formats.otlp.elements import Element, attributes_of, enum_of, get, id_of, is_unset, read_time, whole_of

KINDS = ("", "internal", "server", "client", "producer", "consumer")
STATUSES = ("unset", "ok", "error")
_HTTP = ("http.response.status_code", "http.status_code")


def read_span(source: Source, element: Element) -> Iterator[Record | Failure]:
    """A span with its duration, and one log line for every event in it."""
    value = element.value
    attributes = attributes_of(value.get("attributes"))
    trace_id = id_of(get(value, "traceId"), 16)
    at = read_time(source, element, "startTimeUnixNano")
    if isinstance(at, Failure):
        yield at
    else:
        duration, odd = _duration_ms(source, element, at)
        if odd:
            yield odd
        status = value.get("status")
        said = status if isinstance(status, dict) else {}
        yield Span(
            instant=at,
            trace_id=trace_id,
            span_id=id_of(get(value, "spanId"), 8),
            parent_id=id_of(get(value, "parentSpanId"), 8),
            service=element.service,
            name=str(value.get("name") or ""),
            duration_ms=duration,
            is_error=_failed(said, attributes),
            kind=enum_of(value.get("kind"), "SPAN_KIND_", KINDS),
            evidence=element.place.cite(source.evidence_id, "startTimeUnixNano"),
            attributes={**element.around(), **_beside(element, said), **attributes},
        )
    yield from _read_events(source, element, trace_id)


def _duration_ms(source: Source, element: Element, start: Instant) -> tuple[float, Failure | None]:
    """(duration in milliseconds, what is odd about it): 0 for a span without an end or with one before its start."""
    stated = get(element.value, "endTimeUnixNano")
    place = element.place.locator("endTimeUnixNano")
    if is_unset(stated):
        reason = "the span has no end; its duration is taken as 0."
        return 0.0, Failure(source.name, reason, "Export it again once it ended.", place, lost=0)
    begun, ended = whole_of(get(element.value, "startTimeUnixNano")), whole_of(stated)
    if begun is None or ended is None:
        end = read_time(source, element, "endTimeUnixNano")
        if isinstance(end, Failure):
            return 0.0, Failure(source.name, f"{end.reason} The duration is taken as 0.", end.next_step, place, lost=0)
        return (end.utc - start.utc).total_seconds() * 1000, None
    if ended < begun:
        reason = "the span ends before it begins; its duration is taken as 0."
        return 0.0, Failure(source.name, reason, "Check the clock of its process.", place, lost=0)
    return (ended - begun) / 1e6, None


def _failed(status: Mapping[str, Any], attributes: Mapping[str, str]) -> bool:
    """An error status; where none is set, an answer of 500 and above."""
    code = enum_of(status.get("code", 0), "STATUS_CODE_", STATUSES)
    http = next((attributes[name] for name in _HTTP if attributes.get(name)), "")
    return code == "error" or (code != "ok" and http.isdecimal() and 500 <= int(http[:4]) <= 599)


def _beside(element: Element, status: Mapping[str, Any]) -> dict[str, str]:
    links = [one for one in element.value.get("links") or () if isinstance(one, dict)] if _has_links(element) else []
    stated = {
        "scope": element.scope_name,
        "status.message": str(status.get("message") or ""),
        "links": ", ".join(f"{id_of(get(one, 'traceId'), 16)}:{id_of(get(one, 'spanId'), 8)}" for one in links),
    }
    return {key: text for key, text in stated.items() if text}


def _has_links(element: Element) -> bool:
    return isinstance(element.value.get("links"), list)


def _read_events(source: Source, element: Element, trace_id: str) -> Iterator[Record | Failure]:
    events = element.value.get("events")
    for number, event in enumerate(events if isinstance(events, list) else ()):
        path = ("events", str(number))
        if not isinstance(event, dict):
            place = element.place.locator(*path)
            yield Failure(source.name, "a span event is an object; this is none.", "Leave it out.", place)
            continue
        stated = get(event, "timeUnixNano")
        at = read_time(source, element, "timeUnixNano", *path, value=0 if stated is None else stated)
        if isinstance(at, Failure):
            yield at
            continue
        attributes = attributes_of(event.get("attributes"))
        name = str(event.get("name") or "")
        thrown = [attributes.get("exception.type", ""), attributes.get("exception.message", "")]
        yield LogLine(
            instant=at,
            message=": ".join(filter(None, thrown)) or name,
            level="error" if name == "exception" else "",
            service=element.service,
            logger=element.scope_name,
            trace_id=trace_id,
            evidence=element.place.cite(source.evidence_id, *path, "timeUnixNano"),
            attributes={"event": name, "span_id": id_of(get(element.value, "spanId"), 8), **attributes},
        )
