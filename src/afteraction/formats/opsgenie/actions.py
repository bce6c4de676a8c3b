"""What an Opsgenie webhook tells: an alert, and what was done with it.

Knows the actions. Refuses to drop one that it does not know: it stays a step with its own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from afteraction.core.alert_events import alert_event, cleared, fired, step_of
from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.labels import environment_of, service_of
from afteraction.core.records import Actor, Event, EventKind, Lane
from afteraction.formats.opsgenie.times import contradictions, named_units, read_time

_MACHINES = ("", "system", "alert api", "opsgenie", "api", "policy")
_BY_MACHINE = ("api", "policy", "system", "integration", "automation", "heartbeat", "escalation")
_ESCALATIONS = ("Escalate", "EscalateToNext", "EscalateNext", "AddTeam", "AddRecipient", "AddResponder", "NotifyTeam")
_TITLES = {
    "UnAcknowledge": "No longer acknowledged", "AssignOwnership": "Assigned", "TakeOwnership": "Taken on",
    "Snooze": "Snoozed", "SnoozeEnded": "No longer snoozed", "Escalate": "Escalated", "EscalateToNext": "Escalated",
    "EscalateNext": "Escalated", "AddTeam": "A team added", "AddRecipient": "A person added",
    "AddResponder": "A responder added", "AddTags": "Tags added", "RemoveTags": "Tags removed", "Delete": "Deleted",
    "UpdatePriority": "Priority changed", "UpdateMessage": "Message changed",
    "UpdateDescription": "Description changed",
}  # fmt: skip


def actor_of(name: str, key: str = "", *, via: str = "") -> Actor | None:
    """Who acted, as far as the payload says; machines where it says so."""
    if not name and not key:
        return None
    is_bot = name.lower() in _MACHINES or via.lower() in _BY_MACHINE
    return Actor(key=f"opsgenie:{key or name}", name=name, is_bot=is_bot)


def facts_of(alert: Payload) -> dict[str, str]:
    """What every event of an alert carries."""
    details = alert.at("details")
    labels = {str(k): v for k, v in details.items() if isinstance(v, str)} if isinstance(details, dict) else {}
    tags = alert.at("tags")
    return there(
        alertname=alert.text("alias"),
        number=alert.text("tinyId"),
        severity=_priority(alert),
        entity=alert.text("entity"),
        # Where somebody created it by hand, the source is that person.
        source="" if "@" in alert.text("source") else alert.text("source"),
        tags=",".join(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else "",
        **{f"label.{name}": value for name, value in labels.items()},
    )


def _priority(alert: Payload) -> str:
    value = alert.text("priority")
    return f"P{value}" if value.isdecimal() else value


def place_of(alert: Payload) -> dict[str, Any]:
    """Service and environment: by details, else the entity that the alert is about."""
    details = alert.at("details")
    labels = {str(k): v for k, v in details.items() if isinstance(v, str)} if isinstance(details, dict) else {}
    return {"service": service_of(labels) or alert.text("entity"), "environment": environment_of(labels)}


def read_webhook(payload: Payload) -> Iterator[Event | Failure]:
    """What was done, and when the alert had been created where that is another moment."""
    alert, action = payload.below("alert"), payload.text("action")
    title, key = alert.text("message") or "Alert", alert.text("alertId")
    print_ = f"opsgenie:{key}" if key else ""
    facts = {**facts_of(alert), **there(units=named_units(alert), integration=payload.text("integrationName"))}
    created = read_time(alert, "createdAt")
    yield from contradictions(alert)
    if action == "Create" or is_never(alert.at("updatedAt")):
        if action != "Create":
            yield alert.failure(
                f'"{action}" states no time ("updatedAt" is missing).', "Check the webhook.", "updatedAt"
            )
        yield _created(alert, created, title, print_, facts, body=alert.text("description"))
        return
    at = read_time(alert, "updatedAt")
    who = actor_of(alert.text("username"), alert.text("userId"), via=payload.text("source", "type"))
    yield at if isinstance(at, Failure) else _done(payload, alert, action, at, title, print_, facts, who)
    yield _created(alert, created, title, print_, facts)


def _created(
    alert: Payload, created: Instant | Failure, title: str, print_: str, facts: dict[str, str], body: str = ""
) -> Event | Failure:
    if isinstance(created, Failure):
        return created
    return fired(
        alert, "createdAt", at=created, title=title, fingerprint=print_, facts=facts, body=body, **place_of(alert)
    )


def _done(
    payload: Payload, alert: Payload, action: str, at: Instant, title: str, print_: str, facts: dict[str, str],
    who: Actor | None,
) -> Event | Failure:  # fmt: skip
    place = place_of(alert)
    if action == "Acknowledge":
        return alert_event(
            alert, "updatedAt", at=at, title=f"Acknowledged: {title}", kind=EventKind.ACTION, facts=facts, actor=who,
            fingerprint=f"{print_}:acknowledged" if print_ else "", status="acknowledged", step="acknowledge", **place,
        )  # fmt: skip
    if action == "Close":
        return cleared(
            alert, "updatedAt", at=at, title=f"Closed: {title}", fingerprint=print_, facts=facts, actor=who, **place
        )
    if action == "AddNote":
        said = step_of(alert, "updatedAt", at=at, step="note", title=title, facts=facts, actor=who, **place)
        words = alert.text("note") or payload.text("note")
        return noted(said, words, alert.text("tinyId") or alert.text("alertId"))
    kind = EventKind.ESCALATION if action in _ESCALATIONS else EventKind.NOTE
    told = payload.text("escalationName") or alert.text("note")
    return step_of(
        alert, "updatedAt", at=at, step=action or "unknown", kind=kind, facts=facts, actor=who, body=told,
        title=f"{_TITLES.get(action, action or 'Action')}: {title}",
        mentions=f"opsgenie:{alert.text('owner')}" if alert.text("owner") else "", **place,
    )  # fmt: skip


def noted(event: Event | Failure, words: str, number: str) -> Event | Failure:
    """A note: said where the responders talk."""
    if isinstance(event, Failure):
        return event
    title = words.split("\n", 1)[0][:200] or "Note"
    channel = f"opsgenie-alert-{number}" if number else "opsgenie"
    kept = {name: fact for name, fact in event.attributes.items() if name != "step"}
    return replace(event, lane=Lane.CHAT, title=title, body=words, attributes={**kept, "channel": channel})
