"""Reads what Opsgenie sends and lists: webhooks, alerts, their logs and notes.

Knows which object is which. Refuses to know their fields: see `actions` and `lists`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.opsgenie.actions import read_webhook
from afteraction.formats.opsgenie.lists import read_alert, read_entry, read_note

LISTS = ("data",)
_ALERT = {"tinyId", "alias", "isSeen", "acknowledged", "snoozed", "lastOccurredAt", "integration", "report"}
_READ: dict[str, Callable[[Payload], Iterator[Record | Failure]]] = {
    "webhook": read_webhook, "alert": read_alert, "entry": read_entry, "note": read_note,
}  # fmt: skip


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of Opsgenie's objects this is; empty when it is none."""
    alert = value.get("alert")
    if isinstance(value.get("action"), str) and isinstance(alert, dict) and "alertId" in alert:
        return "webhook"
    if {"message", "createdAt", "tinyId"} <= value.keys() and len(_ALERT & value.keys()) >= 3:
        return "alert"
    if {"owner", "createdAt", "offset"} <= value.keys():
        return "entry" if "log" in value else "note" if "note" in value else ""
    return ""


@dataclass(frozen=True)
class Opsgenie:
    """The reader of this folder."""

    name: str = "opsgenie"
    title: str = "Opsgenie (webhooks, alerts, alert logs, notes)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"action":"Acknowledge","alert":{"alertId":"052652ac","message":"Pool full","createdAt":1778595068250,'
        '"updatedAt":1778595331764002246,"username":"ada@example.test"}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is Opsgenie's."""
        return 0.95 if any(shape_of(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything that each object states; an alert that is answered alone stands below `data`."""
        for payload in payloads(source, _is_own, "an object of Opsgenie", LISTS):
            if isinstance(payload, Failure):
                yield payload
                continue
            inner = payload if shape_of(payload.value) else payload.below("data")
            yield from _READ[shape_of(inner.value)](inner)


def _is_own(value: Mapping[str, Any]) -> bool:
    data = value.get("data")
    return bool(shape_of(value)) or (isinstance(data, dict) and bool(shape_of(data)))


READER = Opsgenie()
