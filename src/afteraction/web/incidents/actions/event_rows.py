"""From an event of the analysis document to the row that holds it.

Knows columns. Refuses to write them, and to change what the document says but for what databases refuse.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from afteraction.web.incidents.queries.times import DAY_US, HOUR_US, microseconds
from afteraction.web.incidents.standing import decision_on
from afteraction.web.ui.storable import storable

Json = dict[str, Any]
# What carries the story by itself. In a chat anything may be said, so there only these kinds do.
SAID_AND_DONE = {"trigger", "user_report", "escalation", "decision", "action", "mitigation", "recovery"}
COLUMNS = (
    "event_id", "at_us", "until_us", "known_us", "lasting", "kind", "lane", "title", "is_key", "is_left_out", "triage",
    "digest", "value",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of one event, in the order of COLUMNS."""

    event_id: str
    at_us: int
    until_us: int | None
    known_us: int
    lasting: int | None
    kind: str
    lane: str
    title: str
    is_key: bool
    is_left_out: bool
    triage: str
    digest: int
    value: str

    @property
    def values(self) -> tuple[object, ...]:
        """The columns as a tuple."""
        return (
            self.event_id, self.at_us, self.until_us, self.known_us, self.lasting, self.kind, self.lane, self.title,
            self.is_key, self.is_left_out, self.triage, self.digest, self.value,
        )  # fmt: skip


def rows_of(document: Json, decided: Mapping[str, str]) -> Iterator[Row]:
    """A row for each event of the document, hidden ones last; `decided` comes from `standing.decisions`."""
    cited = set(cited_events(document))
    for event in document["events"]:
        yield _row(event, cited, decided, is_left_out=False)
    for event in document.get("hidden", ()):
        yield _row(event, cited, decided, is_left_out=True)


def _row(event: Json, cited: set[str], decided: Mapping[str, str], *, is_left_out: bool) -> Row:
    event, value = _packed(event)
    at_us = microseconds_of(event["value"])
    until = event["until"]
    until_us = microseconds_of(until["value"]) if until else None
    known_us = max(at_us, microseconds_of(event["known_at"])) if event.get("known_at") else at_us
    is_key = event["id"] in cited or tells(event)
    mark = f"{known_us}|{is_key}|{is_left_out}|".encode()
    return Row(
        event["id"], at_us, until_us, known_us, _lasting(at_us, until_us), event["kind"], event["lane"],
        event["title"], is_key, is_left_out, decision_on(event, decided), digest_of(mark + value), value.decode(),
    )  # fmt: skip


def _packed(event: Json) -> tuple[Json, bytes]:
    """The event and its JSON, without what a database refuses."""
    try:
        value = orjson.dumps(event)
        if b"\\u0000" not in value:
            return event, value
    except TypeError:
        pass
    event = storable(event)
    return event, json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(content: bytes) -> int:
    """A number of 64 bits that names the content."""
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big", signed=True)


def _lasting(at_us: int, until_us: int | None) -> int | None:
    if until_us is None or until_us <= at_us:
        return None
    length = until_us - at_us
    return 1 if length <= HOUR_US else 2 if length <= DAY_US else 3


def tells(event: Json) -> bool:
    """True when an event carries the story by its kind."""
    return event["kind"] in SAID_AND_DONE if event["lane"] == "chat" else event["kind"] != "note"


def cited_events(document: Json) -> Iterable[str]:
    """Ids of events that a milestone, a detection or an update rests on."""
    for candidates in document["milestones"].values():
        for candidate in candidates:
            yield from candidate["event_ids"]
    for finding in (*document["detections"], *document["updates"]):
        yield from finding["event_ids"]


def microseconds_of(text: str) -> int:
    """A time of the document, ISO 8601 with Z, in microseconds since 1970."""
    return microseconds(datetime.fromisoformat(text))
