"""Reads events of Datadog: its event stream (versions 1 and 2 of the API) and webhooks of monitors.

Knows which object is which. Refuses to know their fields: see `events` and `monitors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.datadog.events import read_v1, read_v2, read_webhook, shape_of

LISTS = ("events", "data")
_SINGLE = ("event", "data")
_READ: dict[str, Callable[[Payload], Iterator[Record | Failure]]] = {
    "v1": read_v1, "v2": read_v2, "webhook": read_webhook,
}  # fmt: skip


@dataclass(frozen=True)
class Datadog:
    """The reader of this folder."""

    name: str = "datadog"
    title: str = "Datadog (events, monitor webhooks)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"id":"6","title":"[Triggered on {host:db1}] Pool full","last_updated":"1778595068250","event_type":'
        '"query_alert_monitor","alert_transition":"Triggered","alert_id":"1234"}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is Datadog's."""
        return 0.92 if any(_is_own(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything that each object states."""
        for payload in payloads(source, _is_own, "an event of Datadog", LISTS):
            if isinstance(payload, Failure):
                yield payload
                continue
            for inner in (payload, *(payload.below(key) for key in _SINGLE)):
                if shape := shape_of(inner.value):
                    yield from _READ[shape](inner)
                    break


def _is_own(value: Mapping[str, Any]) -> bool:
    if shape_of(value):
        return True
    return any(isinstance(inner := value.get(key), dict) and bool(shape_of(inner)) for key in _SINGLE)


READER = Datadog()
