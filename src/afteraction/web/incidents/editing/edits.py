"""The one mapping between an edit as the engine takes it and as its row holds it.

Knows both shapes. Refuses to apply an edit: the engine lays edits over whatever run there is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.overlay import Edit, Verb
from afteraction.core.records import EventKind
from afteraction.web.incidents.models import Incident, TimelineEdit

Json = dict[str, Any]


def packed_edit(edit: Edit) -> Json:
    """What of an edit has no column of its own, without what it leaves as it is."""
    value: Json = {name: getattr(edit, name) for name in ("title", "text", "milestone", "reason")}
    value["kind"] = edit.kind.value if edit.kind else None
    if edit.instant:
        value["instant"] = {
            "utc": edit.instant.utc.isoformat(),
            "original_text": edit.instant.original_text,
            "source_tz": edit.instant.source_tz,
            "tz_known": edit.instant.tz_known,
            "precision": edit.instant.precision.value,
        }
    return {name: each for name, each in value.items() if each not in (None, "")}


def edits_of(incident: Incident) -> tuple[Edit, ...]:
    """Every edit of the incident's timeline that was not withdrawn, oldest first."""
    rows = TimelineEdit.objects.filter(incident=incident, withdrawn_at=None).order_by("at", "id")
    return tuple(_unpacked(row) for row in rows)


def _unpacked(row: TimelineEdit) -> Edit:
    value: Json = row.value
    kind = value.get("kind")
    return Edit(
        id=row.edit_id,
        verb=Verb(row.verb),
        event_ids=tuple(row.named),
        at=row.at,
        author=row.author,
        title=value.get("title"),
        kind=EventKind(kind) if kind else None,
        instant=_instant(value["instant"]) if "instant" in value else None,
        text=value.get("text", ""),
        milestone=value.get("milestone", ""),
        reason=value.get("reason", ""),
    )


def _instant(stored: Json) -> Instant:
    return Instant(
        utc=datetime.fromisoformat(stored["utc"]),
        original_text=stored["original_text"],
        source_tz=stored["source_tz"],
        tz_known=stored["tz_known"],
        precision=Precision(stored["precision"]),
        source=TimeSource.HUMAN,
    )
