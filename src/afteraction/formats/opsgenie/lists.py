"""What Opsgenie's API lists: alerts with their report, their log, their notes.

Knows that a report counts milliseconds from the creation. Refuses to place an acknowledgement that the report does
not time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from afteraction.core.alert_events import alert_event, cleared, fired, step_of
from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload
from afteraction.core.records import Event, EventKind
from afteraction.formats.opsgenie.actions import actor_of, facts_of, noted, place_of

_ENTRIES = (
    (re.compile(r"\bunack", re.I), "UnAcknowledge", EventKind.NOTE),
    (re.compile(r"\backnowledged?\b", re.I), "acknowledge", EventKind.ACTION),
    (re.compile(r"\b(?:alert|incident) closed\b|\bclosed (?:via|by|the alert)\b", re.I), "close", EventKind.RECOVERY),
    (re.compile(r"\balert created\b", re.I), "create", EventKind.DETECTION),
    (re.compile(r"\bescalat", re.I), "escalate", EventKind.ESCALATION),
    (re.compile(r"\b(?:notif|sent|sms|voice|email|push)", re.I), "notify", EventKind.NOTE),
)


def read_alert(payload: Payload) -> Iterator[Event | Failure]:
    """An alert with its creation and what its report times."""
    title, key = payload.text("message") or "Alert", payload.text("id")
    print_, facts, place = f"opsgenie:{key}" if key else "", facts_of(payload), place_of(payload)
    created = payload.instant("createdAt")
    if isinstance(created, Failure):
        yield created
        return
    close = _after(payload, created, "closeTime")
    until = close if isinstance(close, Instant) else None
    yield fired(payload, "createdAt", at=created, until=until, title=title, fingerprint=print_, facts=facts, **place)
    acknowledged = _after(payload, created, "ackTime")
    if isinstance(acknowledged, Instant):
        yield alert_event(
            payload, "report", "ackTime", at=acknowledged, title=f"Acknowledged: {title}", kind=EventKind.ACTION,
            facts=facts, fingerprint=f"{print_}:acknowledged" if print_ else "", status="acknowledged",
            actor=actor_of(payload.text("report", "acknowledgedBy")), step="acknowledge", **place,
        )  # fmt: skip
    elif acknowledged is not None:
        yield acknowledged
    elif payload.at("acknowledged") is True:
        yield payload.failure(
            "the alert was acknowledged, but its report does not say when.", "Export its log as well.", "acknowledged",
            lost=0,
        )  # fmt: skip
    if isinstance(close, Instant):
        who = actor_of(payload.text("report", "closedBy"))
        yield cleared(payload, "report", "closeTime", at=close, title=f"Closed: {title}", fingerprint=print_,
                      facts=facts, actor=who, **place)  # fmt: skip
    elif close is not None:
        yield close
    elif payload.text("status") == "closed":
        yield payload.failure(
            "the alert is closed, but its report does not say when.", "Export its log as well.", "status", lost=0
        )


def _after(payload: Payload, created: Instant, field: str) -> Instant | Failure | None:
    """The moment that a report times in milliseconds after the creation; None where it times none."""
    value = payload.at("report", field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        reason = f'"{field}" is {repr(value)[:40]}, which is no number of milliseconds after the creation.'
        return payload.failure(reason, "Correct it.", "report", field)
    utc = created.utc + timedelta(milliseconds=value)
    return replace(created, utc=utc, original_text=f"{created.original_text} + {value} ms")


def read_entry(payload: Payload) -> Iterator[Event | Failure]:
    """One entry of an alert's log."""
    words = payload.text("log")
    who = actor_of(payload.text("owner"))
    step, kind = next(((step, kind) for mark, step, kind in _ENTRIES if mark.search(words)), ("entry", EventKind.NOTE))
    facts = {"via": payload.text("type")} if payload.text("type") else {}
    title = words.split("\n", 1)[0][:200] or "Entry"
    if step == "create":
        yield fired(payload, "createdAt", title=title, fingerprint="", facts=facts, body=words)
    elif step == "close":
        yield cleared(payload, "createdAt", title=title, fingerprint="", facts=facts, body=words, actor=who)
    else:
        status = "acknowledged" if step == "acknowledge" else ""
        yield step_of(
            payload, "createdAt", step=step, title=title, kind=kind, facts=facts, body=words, actor=who, status=status
        )


def read_note(payload: Payload) -> Iterator[Event | Failure]:
    """One note of an alert."""
    who = actor_of(payload.text("owner"))
    said = step_of(payload, "createdAt", step="note", title="Note", facts={}, actor=who)
    yield noted(said, payload.text("note"), "")
