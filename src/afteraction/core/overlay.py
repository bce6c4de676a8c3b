"""People's edits of a timeline, as values on event ids.

Knows what somebody wanted and why. Refuses to apply it: `engine.timeline.overlay` does that on any run, and an edit
whose event is not in this run waits, it is never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from afteraction.core.instant import Instant
from afteraction.core.records import EventKind


class Verb(StrEnum):
    """What an edit does to its events."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    NOTE = "note"
    PIN = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit. `event_ids` are ids of any member of the events meant; MERGE joins them, SPLIT takes them out of
    whatever they were merged into. EDIT sets the fields that are not None. PIN chooses the account of a milestone:
    the candidate that rests on the event, or `instant` as typed. `at` orders edits (UTC); `author` is an opaque id."""

    id: str
    verb: Verb
    event_ids: tuple[str, ...]
    at: datetime
    author: str = ""
    title: str | None = None
    kind: EventKind | None = None
    instant: Instant | None = None
    text: str = ""
    milestone: str = ""
    reason: str = ""
