"""Reads OpenTelemetry exports (OTLP): logs, metrics and traces.

Knows the envelope that exporters send and the collector's file exporter writes. Refuses to sample, to build traces
and to judge: a failed span is a fact, what it means is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_text import Node, outline, streamed_documents
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.otlp.elements import Element, Signal
from afteraction.formats.otlp.exports import elements, root_signals
from afteraction.formats.otlp.logs import read_log
from afteraction.formats.otlp.metrics import read_metric
from afteraction.formats.otlp.protocol import binary_elements, signal_in
from afteraction.formats.otlp.traces import read_span

BUILDERS: dict[Signal, Callable[[Source, Element], Iterator[Record | Failure]]] = {
    Signal.SPANS: read_span,
    Signal.LOGS: read_log,
    Signal.METRICS: read_metric,
}


@dataclass(frozen=True)
class Otlp:
    """The reader of this folder."""

    name: str = "otlp"
    title: str = "OpenTelemetry export (OTLP, JSON or protobuf): logs, metrics, traces"
    kind: EvidenceKind = EvidenceKind.TRACE
    example: str = (
        '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1778594531000000000","severityNumber":17,'
        '"body":{"stringValue":"pool exhausted"}}]}]}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when the first value groups records by resource, as only OTLP does."""
        if _is_binary(source):
            return 0.95
        found = outline(source)
        first = found[0] if isinstance(found, list) and found else found
        return 0.95 if root_signals(first) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Spans, log lines and samples, in the order of the export."""
        if _is_binary(source):
            for element in binary_elements(source):
                yield from _built(source, element)
            return
        for root in streamed_documents(source):
            if isinstance(root, Failure):
                yield root
                continue
            for export in root.children() if root.opener == "[" else (root,):
                yield from _read_export(source, export)


def _read_export(source: Source, export: Node) -> Iterator[Record | Failure]:
    if export.opener != "{":
        export.finish()
        if not export.damaged:
            yield Failure(source.name, "an export is an object; this is none.", "Leave it out.", export.locator())
        return
    for element in elements(source, export):
        yield from _built(source, element)


def _built(source: Source, element: Element | Failure) -> Iterator[Record | Failure]:
    if isinstance(element, Failure):
        yield element
    else:
        yield from BUILDERS[element.signal](source, element)


def _is_binary(source: Source) -> bool:
    return source.head.lstrip()[:1] not in (b"{", b"[") and signal_in(source.head) is not None


READER = Otlp()
