"""Turns log records into log lines.

Knows severity numbers, bodies of every shape and events with a name. Refuses to read a message for what it means.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.labels import first_of
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS
from afteraction.core.records import LogLine, Record
from afteraction.formats.otlp.elements import (
    Element,
    attributes_of,
    get,
    id_of,
    is_unset,
    read_time,
    text_of,
    whole_of,
)

# Severity numbers 1 to 24 come in ranges of four: trace, debug, info, warn, error, fatal.
LEVELS = ("trace", "debug", "info", "warning", "error", "critical")
_HOSTS = ("host.name", "k8s.pod.name", "k8s.node.name", "container.id")
_WORDS = {**dict(LEVEL_WORDS), **{level: level for level in LEVELS}}


def read_log(source: Source, element: Element) -> Iterator[Record | Failure]:
    """One log line; its time is its own, else the moment at which it was observed."""
    value = element.value
    name = "timeUnixNano"
    if is_unset(get(value, name)) and not is_unset(get(value, "observedTimeUnixNano")):
        name = "observedTimeUnixNano"
    at = read_time(source, element, name)
    if isinstance(at, Failure):
        yield at
        return
    attributes = attributes_of(value.get("attributes"))
    event = str(get(value, "eventName") or attributes.get("event.name") or "")
    stated = {
        "event": event,
        "severity_text": str(get(value, "severityText") or ""),
        "span_id": id_of(get(value, "spanId"), 8),
        "time_from": "" if name == "timeUnixNano" else "the moment at which it was observed",
    }
    status = attributes.get("http.response.status_code") or attributes.get("http.status_code") or ""
    yield LogLine(
        instant=at,
        message=text_of(value.get("body")) or event,
        level=_level(get(value, "severityNumber"), str(get(value, "severityText") or "")),
        service=element.service,
        host=first_of(element.resource, _HOSTS),
        logger=element.scope_name,
        status=int(status) if status.isdecimal() and len(status) == 3 else None,
        trace_id=id_of(get(value, "traceId"), 16),
        evidence=element.place.cite(source.evidence_id, name),
        attributes={**element.around(), **{key: text for key, text in stated.items() if text}, **attributes},
    )


def _level(number: object, word: str) -> str:
    """The level of a severity number (or its name, `SEVERITY_NUMBER_WARN2`), else of the severity's own word."""
    if isinstance(number, str) and not number.isdecimal():
        word = word or number.upper().removeprefix("SEVERITY_NUMBER_").rstrip("234")
    elif (whole := whole_of(number)) is not None and 1 <= whole <= 24:
        return LEVELS[(whole - 1) // 4]
    return _WORDS.get(word.lower(), "")
