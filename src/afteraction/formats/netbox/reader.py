"""Reads webhooks of NetBox: what was created, changed or deleted in the inventory of a network.

Knows the snapshots before and after. Refuses to name what did not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches, text_of, there
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Change, ChangeKind, Record

_KEPT = ("created", "last_updated")


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an object is such a webhook."""
    return {"event", "timestamp", "model", "request_id", "data"} <= value.keys() and "username" in value


@dataclass(frozen=True)
class NetBox:
    """The reader of this folder."""

    name: str = "netbox"
    title: str = "NetBox (changes to the inventory)"
    kind: EvidenceKind = EvidenceKind.DEPLOYMENT
    example: str = (
        '{"event":"updated","timestamp":"2026-05-12T14:02:11+00:00","model":"ipaddress","username":"ada",'
        '"request_id":"7886","data":{"id":4}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is such a webhook."""
        return 0.93 if any(is_own(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every change."""
        for payload in payloads(source, is_own, "a webhook of NetBox"):
            yield payload if isinstance(payload, Failure) else _read(payload)


def _read(payload: Payload) -> Change | Failure:
    at = payload.instant("timestamp")
    if isinstance(at, Failure):
        return at
    model, event, by = payload.text("model"), payload.text("event"), payload.text("username")
    name = payload.text("data", "display") or payload.text("data", "name") or payload.text("data", "id")
    return Change(
        instant=at,
        kind=ChangeKind.INFRASTRUCTURE,
        title=f"{model or 'object'} {name} {event or 'changed'}".replace("  ", " "),
        reference=name,
        state="success",
        actor=Actor(key=f"netbox:{by}", name=by) if by else None,
        fingerprint=f"netbox:{payload.text('request_id')}:{model}:{payload.text('data', 'id')}",
        diff=_diff(payload.at("snapshots", "prechange"), payload.at("snapshots", "postchange")),
        evidence=payload.cite("timestamp"),
        attributes=there(model=model, number=payload.text("data", "id"), url=payload.text("data", "display_url")),
    )


def _diff(before: object, after: object) -> str:
    """Fields that differ, old and new, one a line; empty for what was created or deleted."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    lines = []
    for key in sorted({*before, *after} - set(_KEPT)):
        if before.get(key) != after.get(key):
            lines += [f"-{key}: {_said(before.get(key))}", f"+{key}: {_said(after.get(key))}"]
    return "\n".join(lines)


def _said(value: object) -> str:
    return text_of(value) or str(value)[:120]


READER = NetBox()
