"""Turns the incidents of a provider's status feed into signals, and its components into a document.

Knows that a provider speaks about itself: nothing here is communication with our own users, and no word of it says
how our own incident stands, which is why it goes into the lane of what was measured. Refuses to call what is reported
as normal a signal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node
from afteraction.core.records import Document, Event, EventKind, Lane, Record
from afteraction.formats.generic_json.fields import plain
from afteraction.formats.generic_json.meanings import UPDATES
from afteraction.formats.generic_json.places import Placed

_FINE = re.compile(r"\b(?:operating[ -]?normally|operational|available|normal|ok|healthy|none|informational)\b", re.I)
_TIMES = ("timestamp", "created_at", "when", "time", "date", "posted_at", "created", "updated_at")
_WORDS = ("body", "text", "message", "description", "detail")


def read_incident(placed: Placed) -> Iterator[Record | Failure]:
    """The start of a provider's incident, its end, and each of its updates."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    end = placed.later("end", at)
    if isinstance(end, Failure):
        yield end
    until = end if isinstance(end, Instant) else None
    text = placed.fields.text
    title, status, who = text("title"), text("status"), _provider(placed)
    fine = bool(_FINE.search(status))
    facts = {"provider": who, "status": status, "severity": text("severity"), "number": text("id"), "url": text("url")}
    common = {key: value for key, value in facts.items() if value}
    yield Event(
        instant=at,
        until=until,
        title=f"{who}: {title}" if who else title,
        body=text("detail"),
        kind=EventKind.NOTE if fine else EventKind.SIGNAL,
        lane=Lane.METRICS,
        service=text("service"),
        evidence=placed.cite("time"),
        attributes=common,
    )
    if until:
        yield Event(
            instant=until,
            title=f"{who}: resolved: {title}" if who else f"Resolved: {title}",
            kind=EventKind.NOTE,
            lane=Lane.METRICS,
            service=text("service"),
            evidence=placed.cite("end"),
            attributes={**common, "status": "resolved"},
        )
    for field in placed.node.children():
        if plain(field.key) in UPDATES and field.opener == "[":
            for node in field.children():
                yield from _read_update(placed, node, f"{who}: {title}" if who else title, common)


def _provider(placed: Placed) -> str:
    around = {plain(key): value for key, value in placed.around.items()}
    named = around.get("provider") or around.get("vendor") or around.get("page") or around.get("source") or ""
    return "" if named.startswith(("http://", "https://")) else named


def _read_update(placed: Placed, node: Node, title: str, facts: dict[str, str]) -> Iterator[Record | Failure]:
    value = node.value()
    if node.damaged:
        return
    if not isinstance(value, dict):
        yield Failure(placed.source.name, "an update is an object; this is none.", "Leave it out.", node.locator())
        return
    names = {plain(key): key for key in reversed(value)}
    key = next((names[name] for name in _TIMES if name in names), _TIMES[0])
    at = read_field_time(placed.source, value.get(key), key, node.locator(key))
    if isinstance(at, Failure):
        yield at
        return
    body = next((str(value[names[name]]) for name in _WORDS if name in names), "")
    status = str(value.get("status") or "")
    yield Event(
        instant=at,
        title=f"{title} ({status or 'update'})",
        body=body,
        kind=EventKind.NOTE,
        lane=Lane.METRICS,
        evidence=node.cite(placed.source.evidence_id, key),
        attributes={**facts, **({"status": status} if status else {})},
    )


def components_document(
    records: Sequence[object], provider: str, at: Instant | None, evidence: EvidenceRef
) -> Document | None:
    """How a provider's components stood when the feed was fetched; None where these are no components."""
    states = {
        str(one["name"]): str(one["status"])
        for one in records
        if isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("status"), str)
    }
    if not states or len(states) * 3 < len(records) * 2:
        return None
    return Document(
        kind=EvidenceKind.COMMUNICATION,
        title=f"{provider or 'Provider'}: {len(states)} components",
        captured_at=at,
        captured_from="metadata" if at else "",
        settings=states,
        evidence=evidence,
    )
