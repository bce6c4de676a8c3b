"""Reads `alert.json` of a case: what paged, and when.

Knows the one field that it needs, `fired_at`. Refuses to believe it: the engine looks for the onset in the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Event, EventKind, Lane, Record

_TITLES = ("title", "summary", "monitor", "name", "message")
_ENDS = ("resolved_at", "ended_at", "recovered_at")


@dataclass(frozen=True)
class CaseAlert:
    """The reader of this folder."""

    name: str = "case_alert"
    title: str = "Alert of a case (JSON)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = '{"fired_at":"2026-05-12T14:11:08Z","service":"cart","metric":"error_ratio"}'

    def sniff(self, source: Source) -> float:
        """Sure of one object that says when it fired, and little else: alerts with a threshold or a severity are read
        by what their fields mean."""
        found = outline(source)
        if not isinstance(found, dict) or "fired_at" not in found or "alerts" in found:
            return 0.0
        return 0.4 if found.keys() & {"threshold", "severity"} else 0.9

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """A detection, and a recovery where an end is stated."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "{":
                yield from _read(source, root)
            else:
                yield Failure(source.name, "an alert is an object; this is none.", "Leave it out.", root.locator())


def _read(source: Source, node: Node) -> Iterator[Record | Failure]:
    value = node.value()
    if node.damaged or not isinstance(value, dict):
        return
    at = read_field_time(source, value.get("fired_at"), "fired_at", node.locator("fired_at"))
    if isinstance(at, Failure):
        yield at
        return
    plain = {key: str(one) for key, one in value.items() if isinstance(one, str | int | float) and one != ""}
    service, metric = plain.get("service", ""), plain.get("metric", "")
    title = next((plain[key] for key in _TITLES if key in plain), "") or f"{service} {metric}".strip() or "alert"
    fingerprint = f"alert:{plain.get('id') or plain.get('monitor') or f'{service}/{metric}'}"
    yield Event(
        instant=at, title=title, kind=EventKind.DETECTION, lane=Lane.ALERTS, service=service, fingerprint=fingerprint,
        evidence=node.cite(source.evidence_id, "fired_at"),
        attributes={**{key: one for key, one in plain.items() if key != "fired_at"}, "status": "firing"},
    )  # fmt: skip
    end = next((key for key in _ENDS if not is_never(value.get(key))), None)
    if end is None:
        return
    ended = read_field_time(source, value[end], end, node.locator(end))
    if isinstance(ended, Failure):
        yield ended
        return
    yield Event(
        instant=ended, title=f"{title} resolved", kind=EventKind.RECOVERY, lane=Lane.ALERTS, service=service,
        fingerprint=fingerprint, evidence=node.cite(source.evidence_id, end), attributes={"status": "resolved"},
    )  # fmt: skip


READER = CaseAlert()
