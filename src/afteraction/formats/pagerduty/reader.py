"""Reads what PagerDuty sends and lists: webhooks of every version, incidents, log entries, notes, alerts, changes.

Knows which object is read by which part. Refuses objects without PagerDuty's marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.pagerduty.change_events import read_change, read_sent
from afteraction.formats.pagerduty.incidents import read_alert, read_incident
from afteraction.formats.pagerduty.log_entries import read_log_entry, read_message, read_note
from afteraction.formats.pagerduty.shapes import LISTS, SINGLE, Shape, shape_of
from afteraction.formats.pagerduty.webhooks import read_webhook

_READ: dict[Shape, Callable[[Payload], Iterator[Record | Failure]]] = {
    Shape.V3: read_webhook,
    Shape.MESSAGE: read_message,
    Shape.INCIDENT: read_incident,
    Shape.LOG_ENTRY: read_log_entry,
    Shape.NOTE: read_note,
    Shape.CHANGE: read_change,
    Shape.ALERT: read_alert,
    Shape.SENT: read_sent,
}


@dataclass(frozen=True)
class PagerDuty:
    """The reader of this folder."""

    name: str = "pagerduty"
    title: str = "PagerDuty (webhooks, incidents, log entries, notes, alerts, change events)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"event":{"event_type":"incident.acknowledged","resource_type":"incident","occurred_at":'
        '"2026-05-12T14:15:02Z","data":{"id":"PA1","type":"incident"}}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects bears PagerDuty's marks."""
        return 0.95 if any(shape_of(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything that each object states."""
        for payload in payloads(source, lambda one: bool(shape_of(one)), "an object of PagerDuty", LISTS):
            if isinstance(payload, Failure):
                yield payload
            else:
                yield from _read(payload)


def _read(payload: Payload) -> Iterator[Record | Failure]:
    shape = shape_of(payload.value)
    if shape is not Shape.SINGLE:
        yield from _READ[shape](payload)
        return
    for key in SINGLE:
        inner = payload.below(key)
        found = shape_of(inner.value)
        if found not in (Shape.NONE, Shape.SINGLE):
            yield from _READ[found](inner)


READER = PagerDuty()
