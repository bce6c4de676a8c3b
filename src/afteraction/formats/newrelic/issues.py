"""New Relic's webhooks: issues of today's workflows, and incidents of its older channels.

Knows their states and who acknowledged. Refuses to take the time of an update for the time at which an issue opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.alert_events import alert_event, cleared, fired, step_of
from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Event, EventKind


def shape_of(value: Mapping[str, Any]) -> str:
    """Which webhook this is; empty when it is none."""
    marks = {"issueUrl", "issuePageUrl", "impactedEntities", "totalIncidents", "alertPolicyNames", "workflowName"}
    if {"state", "createdAt"} <= value.keys() and len(marks & value.keys()) >= 2:
        return "issue"
    if {"incident_id", "current_state", "timestamp"} <= value.keys():
        return "incident"
    return ""


def first(payload: Payload, key: str) -> str:
    """The first text of a list, or the text itself: templates write both."""
    return payload.text(key, "0") or payload.text(key)


def read_issue(payload: Payload) -> Iterator[Event | Failure]:
    """An issue: when it was created, acknowledged and closed; a change of its priority as a step."""
    state, title = payload.text("state").upper(), first(payload, "title") or "New Relic issue"
    number = payload.text("id") or payload.text("issueId")
    print_ = f"newrelic:issue:{number}" if number else ""
    service = first(payload, "impactedEntities")
    facts = there(
        number=number,
        severity=payload.text("priority").lower(),
        url=payload.text("issueUrl") or payload.text("issuePageUrl"),
        alertname=first(payload, "alertConditionNames"),
        policy=first(payload, "alertPolicyNames"),
        incidents=payload.text("totalIncidents"),
        workflow=payload.text("workflowName"),
    )
    common: dict[str, Any] = {"facts": facts, "service": service, "unit": "ms"}
    yield fired(payload, "createdAt", title=title, fingerprint=print_, **common)
    if not is_never(payload.at("acknowledgedAt")):
        by = payload.text("acknowledgedBy")
        who = Actor(key=f"newrelic:{by}", name=by) if by else None
        yield alert_event(
            payload, "acknowledgedAt", title=f"Acknowledged: {title}", kind=EventKind.ACTION, actor=who,
            fingerprint=f"{print_}:acknowledged" if print_ else "", status="acknowledged", step="acknowledge", **common,
        )  # fmt: skip
    closed = "closedAt" if not is_never(payload.at("closedAt")) else "updatedAt"
    if state in ("CLOSED", "RESOLVED"):
        yield cleared(payload, closed, title=f"Closed: {title}", fingerprint=print_, **common)
    elif not is_never(payload.at("updatedAt")) and payload.at("updatedAt") != payload.at("createdAt"):
        trigger = payload.text("trigger") or payload.text("triggerEvent") or state
        said = trigger.replace("_", " ").lower() or "updated"
        yield step_of(payload, "updatedAt", step=said, title=f"{said.capitalize()}: {title}", **common)


def read_incident(payload: Payload) -> Iterator[Event | Failure]:
    """A notification of an older channel: one change of an incident's state."""
    state, number = payload.text("current_state").lower(), payload.text("incident_id")
    name = payload.text("condition_name") or payload.text("policy_name") or "New Relic incident"
    print_ = f"newrelic:incident:{number}" if number else ""
    facts = there(number=number, alertname=name, policy=payload.text("policy_name"), url=payload.text("incident_url"),
                  severity=payload.text("severity").lower(), event=payload.text("event_type"))  # fmt: skip
    common: dict[str, Any] = {
        "facts": facts, "service": payload.text("targets", "0", "name"), "unit": "ms", "body": payload.text("details"),
    }  # fmt: skip
    if state == "open":
        yield fired(payload, "timestamp", title=name, fingerprint=print_, **common)
    elif state.startswith("ack"):
        by = payload.text("owner")
        who = Actor(key=f"newrelic:{by}", name=by) if by else None
        yield alert_event(
            payload, "timestamp", title=f"Acknowledged: {name}", kind=EventKind.ACTION, actor=who,
            fingerprint=f"{print_}:acknowledged" if print_ else "", status="acknowledged", step="acknowledge", **common,
        )  # fmt: skip
    elif state == "closed":
        yield cleared(payload, "timestamp", title=f"Closed: {name}", fingerprint=print_, **common)
    else:
        yield step_of(payload, "timestamp", step=state or "state", title=f"{name}: {state or 'no state'}", **common)
