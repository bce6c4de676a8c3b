"""What each event is in the story, from structured facts first and word rules second.

Knows lanes, states and what people announce. Refuses to take a machine for a person, and to overrule a reader that
already said what an event is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline.merge import ROLLBACK
from afteraction.engine.timeline.words import Says, what_it_says

_OPEN_KINDS = (EventKind.NOTE, EventKind.COMMUNICATION)
_ENDING = re.compile(r"\[(?:resolved|ok)\b|\b(?:resolved|recovered|is back)\b", re.IGNORECASE)
_AUTOMATIC = re.compile(
    r"\b(?:auto(?:matic(?:ally)?)?[ -]?(?:ack|acknowledged|reply|response)|bot|automation)\b", re.IGNORECASE
)
_MILESTONE_KINDS = {
    "t_latent": EventKind.LATENT,
    "t_trigger": EventKind.TRIGGER,
    "t_first_signal": EventKind.SIGNAL,
    "t_impact_start": EventKind.SIGNAL,
    "t_first_user_report": EventKind.USER_REPORT,
    "t_first_monitor": EventKind.DETECTION,
    "t_detect": EventKind.DETECTION,
    "t_flag": EventKind.DETECTION,
    "t_first_action": EventKind.ACTION,
    "t_declared": EventKind.DECISION,
    "t_mitigated": EventKind.MITIGATION,
    "t_impact_end": EventKind.RECOVERY,
    "t_resolved": EventKind.RECOVERY,
}
# In this order: what ends something says more than what merely names it.
_BY_WORDS = (
    (Says.DECLARES, EventKind.DECISION),
    (Says.RESOLVES, EventKind.RECOVERY),
    (Says.RECOVERS, EventKind.RECOVERY),
    (Says.MITIGATED, EventKind.MITIGATION),
    (Says.DECIDES, EventKind.DECISION),
    (Says.ROLLS_BACK, EventKind.MITIGATION),
    (Says.REPORTS_USERS, EventKind.USER_REPORT),
    (Says.ESCALATES, EventKind.ESCALATION),
    (Says.ACTS, EventKind.ACTION),
    (Says.WATCHES, EventKind.DETECTION),
)
_WRITTEN_ONLY = (
    (Says.ALERT_FIRES, EventKind.DETECTION),
    (Says.IMPACT_STARTS, EventKind.SIGNAL),
    (Says.NOTICES, EventKind.DETECTION),
    (Says.CHANGES_SOMETHING, EventKind.ACTION),
)


def classify(events: Sequence[Event]) -> list[Event]:
    """The events with their kinds, in the given order."""
    return [event if (kind := kind_of(event)) is event.kind else replace(event, kind=kind) for event in events]


def kind_of(event: Event) -> EventKind:
    """What this event is."""
    if _takes_back(event):
        return EventKind.MITIGATION
    if event.kind not in _OPEN_KINDS:
        return event.kind
    if stated := _MILESTONE_KINDS.get(event.attributes.get("milestone", "")):
        return stated
    if event.lane is Lane.CUSTOMERS:
        return EventKind.USER_REPORT
    if event.lane is Lane.STATUS:
        return EventKind.COMMUNICATION
    if event.lane is Lane.ALERTS and "step" in event.attributes:
        # Whom a pager told, and what became of that, opens and ends nothing.
        return event.kind
    if event.lane is Lane.ALERTS:
        return EventKind.RECOVERY if event.attributes.get("status", "").lower() == "resolved" else EventKind.DETECTION
    if event.lane is Lane.CHAT and is_automatic(event):
        return _machine_kind(event)
    if event.lane in (Lane.CHAT, Lane.DOCUMENT):
        return _told_kind(event)
    return event.kind


def _takes_back(event: Event) -> bool:
    """True for a change told as a rollback; a commit takes nothing back before it is deployed."""
    return (
        event.lane is Lane.CHANGES
        and event.kind is EventKind.ACTION
        and event.attributes.get("change") != "commit"
        and ROLLBACK.search(event.title) is not None
    )


def is_automatic(event: Event) -> bool:
    """True for machines and for acknowledgements that nobody gave by hand."""
    if event.actor is not None and event.actor.is_bot:
        return True
    return bool(
        event.attributes.get("auto") == "true" or _AUTOMATIC.search(event.attributes.get("acknowledged_by", ""))
    )


def words_of(event: Event) -> str:
    """Title and body as one text, the title once."""
    title = event.title.removesuffix("…")
    return event.body if event.body.startswith(title) else f"{event.title}\n{event.body}" if event.body else event.title


def says(event: Event) -> frozenset[Says]:
    """What the words of this event state."""
    return what_it_says(words_of(event))


def _machine_kind(event: Event) -> EventKind:
    told = says(event)
    if Says.DECLARES in told:
        return EventKind.DECISION
    if Says.ALERT_FIRES in told:
        return EventKind.RECOVERY if _ENDING.search(words_of(event)) else EventKind.DETECTION
    return EventKind.NOTE


def _told_kind(event: Event) -> EventKind:
    told = says(event)
    if event.lane is Lane.DOCUMENT and Says.ALERT_FIRES in told and Says.RESOLVES not in told:
        return EventKind.DETECTION
    rules = (*_BY_WORDS, *_WRITTEN_ONLY) if event.lane is Lane.DOCUMENT else _BY_WORDS
    return next((kind for what, kind in rules if what in told), event.kind)
