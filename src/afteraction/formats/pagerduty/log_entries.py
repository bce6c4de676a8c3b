"""PagerDuty's log of an incident: who was notified, who answered, where it was escalated, and notes.

Knows the types of log entries and what webhooks of version 1 and 2 wrap around them. Refuses to drop a type that it
does not know: such an entry stays a note with its own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload
from afteraction.core.records import Event, EventKind, Lane
from afteraction.formats.pagerduty.incidents import (
    CLOCKWORK,
    PAGER,
    Incident,
    acknowledged,
    actor_of,
    incident_of,
    mentions,
    opening,
    resolved,
    stated,
)

# What a step is called, and what it is in the story. The names are those of log entries and of webhook events.
STEPS: dict[str, tuple[str, EventKind]] = {
    "escalate": ("Escalated", EventKind.ESCALATION),
    "escalated": ("Escalated", EventKind.ESCALATION),
    "delegate": ("Handed to another escalation policy", EventKind.ESCALATION),
    "delegated": ("Handed to another escalation policy", EventKind.ESCALATION),
    "repeat_escalation_path": ("Escalation starts again from its first level", EventKind.ESCALATION),
    "exhaust_escalation_path": ("Nobody is left to escalate to", EventKind.ESCALATION),
    "responder_request": ("Further responders asked for", EventKind.ESCALATION),
    "responder.added": ("A further responder asked for", EventKind.ESCALATION),
    "assign": ("Assigned", EventKind.NOTE),
    "reassigned": ("Assigned to somebody else", EventKind.NOTE),
    "notify": ("Notified", EventKind.NOTE),
    "unacknowledge": ("No longer acknowledged", EventKind.NOTE),
    "unacknowledged": ("No longer acknowledged", EventKind.NOTE),
    "snooze": ("Snoozed", EventKind.NOTE),
    "urgency_change": ("Urgency changed", EventKind.NOTE),
    "priority_change": ("Priority changed", EventKind.DECISION),
    "priority_updated": ("Priority changed", EventKind.DECISION),
    "reach_ack_limit": ("Acknowledged too often to be logged", EventKind.NOTE),
    "reach_trigger_limit": ("Triggered too often to be logged", EventKind.NOTE),
}


def read_log_entry(payload: Payload, about: Incident | None = None) -> Iterator[Event | Failure]:
    """One entry of the log; `about` is the incident that is known around it."""
    within = payload.below("incident")
    incident = incident_of(within) if within.value else about or incident_of(within)
    if about is not None and about.key == incident.key:
        incident = about
    if not incident.service and payload.text("service", "summary"):
        incident = Incident(incident.key, incident.title, payload.text("service", "summary"), incident.facts)
    what = payload.text("type").removesuffix("_reference").removesuffix("_log_entry")
    channel = payload.text("channel", "type")
    actor = actor_of(payload.at("agent"), by_clockwork=channel in CLOCKWORK)
    own = payload.text("summary")
    facts = {"entry": payload.text("id"), "via": channel, "auto": "true" if channel in ("auto", "timeout") else ""}
    if what == "trigger":
        yield stated(
            payload, "created_at", incident=incident, title=incident.title, body=_triggered(payload),
            kind=EventKind.DETECTION, fingerprint=incident.fingerprint, attributes={**facts, "status": "triggered"},
        )  # fmt: skip
    elif what in ("acknowledge", "acknowledgement"):
        yield acknowledged(payload, "created_at", incident=incident, actor=actor, body=own, attributes=facts)
    elif what == "resolve":
        yield resolved(payload, "created_at", incident=incident, actor=actor, body=own, attributes=facts)
    elif what == "annotate":
        yield note(payload, "created_at", incident=incident, actor=actor,
                   words=payload.text("channel", "summary") or payload.text("channel", "content") or own)  # fmt: skip
    else:
        yield _step(payload, what, incident, own, facts)


def _step(payload: Payload, what: str, incident: Incident, own: str, facts: dict[str, str]) -> Event | Failure:
    """An entry that tells how the pager reached people, or anything else with its own words."""
    said, kind = STEPS.get(what, (what.replace("_", " ").capitalize() or "Entry", EventKind.NOTE))
    way = payload.text("channel", "notification", "type").replace("_notification", "").replace("_", " ")
    if what == "notify":
        said = f"Notified by {way}" if way else said
    people = payload.at("assignees")
    told = [*(people if isinstance(people, list) else ()), payload.at("user"), payload.at("assigned_user")]
    return stated(
        payload, "created_at", incident=incident,
        title=f"{said}: {incident.title}",
        body=own,
        kind=kind,
        actor=PAGER if what == "notify" else actor_of(payload.at("agent"), by_clockwork=facts["via"] in CLOCKWORK),
        attributes={**facts, "step": what or "entry", "mentions": mentions(*told),
                    "delivered": payload.text("channel", "notification", "status"),
                    "until": payload.text("changed_actions", "0", "at")},
    )  # fmt: skip


def _triggered(payload: Payload) -> str:
    for keys in (
        ("channel", "summary"),
        ("channel", "description"),
        ("channel", "subject"),
        ("event_details", "description"),
    ):
        if words := payload.text(*keys):
            return words
    return payload.text("summary")


def note(payload: Payload, *when: str, incident: Incident, actor: Any, words: str) -> Event | Failure:
    """What somebody wrote into an incident: said where the responders talk."""
    first = words.strip().split("\n", 1)[0]
    return stated(
        payload, *when, incident=incident,
        title=first[:200] or "Note",
        body=words,
        kind=EventKind.NOTE,
        lane=Lane.CHAT,
        actor=actor,
        attributes={"channel": f"pagerduty-incident-{incident.key}" if incident.key else "pagerduty"},
    )  # fmt: skip


def read_note(payload: Payload) -> Iterator[Event | Failure]:
    """A note of the REST API."""
    incident = incident_of(payload.below("incident"))
    yield note(
        payload, "created_at", incident=incident, actor=actor_of(payload.at("user")), words=payload.text("content")
    )


def read_message(payload: Payload) -> Iterator[Event | Failure]:
    """One message of a webhook of version 2, or 1: its log entries, and the incident as it was then."""
    within = payload.below("incident") if payload.at("incident") else payload.below("data", "incident")
    incident = _old_incident(within)
    entries = list(payload.each("log_entries"))
    event = (payload.text("event") or payload.text("type")).removeprefix("incident.")
    for entry in entries:
        yield from read_log_entry(entry, incident)
    if not entries:
        yield _old_event(payload, event, incident, within)
    opens = "created_at" if "created_at" in within.value else "created_on"
    if not is_never(within.at(opens)) and event != "trigger":
        # Many webhooks are set to acknowledgements alone: those still know when the incident was opened.
        yield opening(within, incident)


def _old_incident(payload: Payload) -> Incident:
    found = incident_of(payload)
    title = (
        payload.text("title")
        or payload.text("trigger_summary_data", "subject")
        or payload.text("trigger_summary_data", "description")
    )
    return Incident(found.key, title or found.title, found.service, found.facts)


def _old_event(payload: Payload, event: str, incident: Incident, within: Payload) -> Event | Failure:
    """The moment of a message that carries no log entry."""
    when = "created_on" if "created_on" in payload.value else "created_at"
    if event == "trigger":
        return stated(
            payload, when, incident=incident, title=incident.title, kind=EventKind.DETECTION,
            fingerprint=incident.fingerprint, attributes={"status": "triggered"},
        )  # fmt: skip
    if event == "acknowledge":
        by = within.at("acknowledgers", "0", "object") or within.at("last_status_change_by")
        return acknowledged(payload, when, incident=incident, actor=actor_of(by))
    if event == "resolve":
        by = within.at("resolved_by_user") or within.at("last_status_change_by")
        return resolved(payload, when, incident=incident, actor=actor_of(by))
    return _step_of(payload, when, event, incident)


def _step_of(payload: Payload, when: str, event: str, incident: Incident) -> Event | Failure:
    said, kind = STEPS.get(event, (event.replace("_", " ").capitalize() or "Message", EventKind.NOTE))
    return stated(
        payload, when, incident=incident, title=f"{said}: {incident.title}", kind=kind,
        attributes={"step": event or "message"},
    )  # fmt: skip
