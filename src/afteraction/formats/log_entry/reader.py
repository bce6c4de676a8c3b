"""Reads one line that a responder logged while it happened.

Knows the entry that the application freezes for it. Refuses to know whether it is important: people and the engine
say that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Event, Lane, Record
from afteraction.core.timestamps import read_timestamp

SCHEMA = "afteraction/log-entry/1"
LARGEST = 1024 * 1024
_PRECISIONS = {each.value: each for each in Precision}


class LogEntry:
    """The reader of entries that people log in the application, on the command line or through its API."""

    name = "log_entry"
    title = "Logged entry"
    kind = EvidenceKind.COMMUNICATION
    example = '{"schema": "afteraction/log-entry/1", "at": "2026-05-12T14:05:00+02:00", "text": "rolled back"}'

    def sniff(self, source: Source) -> float:
        """0.99 for its own schema, 0 for anything else."""
        return 0.99 if f'"{SCHEMA}"' in source.head_text()[:200] else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One event, at the time that was typed or at which the line was sent."""
        try:
            entry: Any = json.loads(source.read_bytes(LARGEST).decode("utf-8", "replace"))
            text, at = str(entry["text"]).strip(), str(entry["at"])
        except (ValueError, KeyError, TypeError, RecursionError):
            yield Failure(source.name, "this is no logged entry: it needs `at` and `text`.", "Log the line again.")
            return
        try:
            told = read_timestamp(at)
        except UnreadableTime as error:
            yield Failure(source.name, error.what, error.next_step or "Log the line again.", Locator(pointer="/at"))
            return
        yield Event(
            instant=_instant(entry, told.utc.astimezone(UTC), at),
            title=text,
            evidence=EvidenceRef(source.evidence_id, Locator(pointer="/text"), text[:400]),
            lane=Lane.CHAT,
            actor=_author(entry.get("author")),
            fingerprint=f"log:{entry.get('id') or source.evidence_id}",
            attributes={"channel": "log"},
        )


def _instant(entry: dict[str, Any], utc: Any, at: str) -> Instant:
    return Instant(
        utc=utc,
        original_text=at,
        source_tz=str(entry.get("zone") or "UTC"),
        precision=_PRECISIONS.get(str(entry.get("precision")), Precision.SECOND),
        source=TimeSource.HUMAN if entry.get("is_typed") else TimeSource.CHAT,
    )


def _author(told: Any) -> Actor | None:
    if not isinstance(told, dict) or not told.get("key"):
        return None
    return Actor(key=str(told["key"]), name=str(told.get("name") or ""))


READER = LogEntry()
