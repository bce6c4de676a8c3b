"""Walks the JSON of an export down to its records.

Knows the envelopes: the request of an exporter, a line of the collector's file exporter, the answers of Jaeger's and
Tempo's query APIs, which wrap the same. Refuses to know what a record means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.json_text import Node
from afteraction.core.reading import Source
from afteraction.formats.otlp.elements import Element, Signal, attributes_of

ROOTS = {
    "resourceSpans": Signal.SPANS, "resource_spans": Signal.SPANS, "resourceLogs": Signal.LOGS,
    "resource_logs": Signal.LOGS, "resourceMetrics": Signal.METRICS, "resource_metrics": Signal.METRICS,
}  # fmt: skip
# Jaeger's API answers {"result": {"resourceSpans": …}}, Tempo's {"trace": {"resourceSpans": …}} or {"batches": […]}.
WRAPPERS = ("result", "trace")
BATCHES = "batches"
# Exporters before OTLP 0.15 said "instrumentation library" where "scope" stands now.
_SCOPES = {
    Signal.SPANS: ("scopeSpans", "scope_spans", "instrumentationLibrarySpans", "instrumentation_library_spans"),
    Signal.LOGS: ("scopeLogs", "scope_logs", "instrumentationLibraryLogs", "instrumentation_library_logs"),
    Signal.METRICS: (
        "scopeMetrics", "scope_metrics", "instrumentationLibraryMetrics", "instrumentation_library_metrics",
    ),
}  # fmt: skip
_RECORDS = {
    Signal.SPANS: ("spans",),
    Signal.LOGS: ("logRecords", "log_records", "logs"),
    Signal.METRICS: ("metrics",),
}
_SCOPE_NAMES = ("scope", "instrumentationLibrary", "instrumentation_library")


def root_signals(value: Any) -> list[str]:
    """The names under which a decoded value holds an export; empty when it is none."""
    if not isinstance(value, dict):
        return []
    found = [name for name in ROOTS if isinstance(value.get(name), list)]
    inner = [value.get(name) for name in WRAPPERS]
    first = next(iter(value[BATCHES]), None) if isinstance(value.get(BATCHES), list) else None
    if isinstance(first, dict) and any(isinstance(first.get(name), list) for name in _SCOPES[Signal.SPANS]):
        found.append(BATCHES)
    return found or [name for one in inner for name in root_signals(one)]


def elements(source: Source, root: Node, depth: int = 2) -> Iterator[Element | Failure]:
    """Every record of one export, which may stand inside `depth` wrappers."""
    seen = False
    for field in root.children():
        signal = ROOTS.get(field.key) or (Signal.SPANS if field.key == BATCHES else None)
        if signal is not None:
            seen = True
            if field.opener != "[":
                field.finish()
                yield from _odd(source, field, f'"{field.key}" is an array')
            for node in field.children():
                yield from _resource(source, node, signal)
        elif depth and field.key in WRAPPERS and field.opener == "{":
            seen = True
            yield from elements(source, field, depth - 1)
    if not seen and not root.damaged:
        reason = "this holds neither resourceSpans nor resourceLogs nor resourceMetrics."
        yield Failure(source.name, reason, "Leave it out or export it as OTLP.", root.locator())


def _odd(source: Source, node: Node, rule: str) -> Iterator[Failure]:
    if not node.damaged:
        yield Failure(source.name, f"{rule}; this is none.", "Correct it or leave it out.", node.locator())


def _resource(source: Source, node: Node, signal: Signal) -> Iterator[Element | Failure]:
    if node.opener != "{":
        node.finish()
        yield from _odd(source, node, "a group of one resource is an object")
        return
    fields = node.fields()
    resource = _attributes(fields.get("resource"))
    for name in _SCOPES[signal]:
        if name in fields:
            array = fields[name]
            if array.opener != "[":
                yield from _odd(source, array, f'"{name}" is an array')
            for group in array.children():
                yield from _scope(source, group, signal, resource)


def _attributes(node: Node | None) -> dict[str, str]:
    value = node.value() if node is not None else None
    return attributes_of(value.get("attributes")) if isinstance(value, dict) else {}


def _scope(source: Source, node: Node, signal: Signal, resource: Mapping[str, str]) -> Iterator[Element | Failure]:
    if node.opener != "{":
        node.finish()
        yield from _odd(source, node, "a group of one scope is an object")
        return
    fields = node.fields()
    scope_node = next((fields[name] for name in _SCOPE_NAMES if name in fields), None)
    value = scope_node.value() if scope_node is not None else None
    name = str(value.get("name") or "") if isinstance(value, dict) else ""
    scope = _attributes(scope_node)
    for key in _RECORDS[signal]:
        if key not in fields:
            continue
        if fields[key].opener not in ("[", "n"):
            yield from _odd(source, fields[key], f'"{key}" is an array')
            continue
        for record in fields[key].children():
            held = record.value()
            if isinstance(held, dict):
                yield Element(signal, held, record, resource, name, scope)
            else:
                yield from _odd(source, record, f'one of "{key}" is an object')
