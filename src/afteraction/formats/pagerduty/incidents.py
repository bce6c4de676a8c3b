"""What PagerDuty states of an incident: its opening, who took it on, whom it was given to, its end.

Knows references, people and the incident object of the REST API and of webhooks. Refuses to take an integration or
the pager itself for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Event, EventKind, Lane

_NUMBERED = re.compile(r"^\[#(\d+)\]\s*")
_HUMAN = ("user", "user_reference")
PAGER = Actor(key="pagerduty", name="PagerDuty", is_bot=True)
# Channels through which nobody acted: the pager's own clockwork and what integrations send.
CLOCKWORK = ("auto", "timeout", "api", "nagios", "email", "events_api", "events_api_v2")


@dataclass(frozen=True)
class Incident:
    """What every event of one incident carries."""

    key: str
    title: str
    service: str
    facts: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """Equal for every sight of this incident; empty where it has no id."""
        return f"pagerduty:incident:{self.key}" if self.key else ""


def incident_of(payload: Payload) -> Incident:
    """The incident that an object is, or refers to."""
    summary = payload.text("summary")
    found = _NUMBERED.match(summary)
    number = payload.text("incident_number") or payload.text("number") or (found[1] if found else "")
    title = payload.text("title") or payload.text("description") or _NUMBERED.sub("", summary)
    facts = there(
        incident=payload.text("id"),
        number=number,
        url=payload.text("html_url"),
        severity=payload.text("priority", "summary") or payload.text("priority", "name") or payload.text("urgency"),
        urgency=payload.text("urgency"),
        policy=payload.text("escalation_policy", "summary"),
    )
    service = payload.text("service", "summary") or payload.text("service", "name")
    return Incident(payload.text("id"), title or "Incident", service, facts)


def actor_of(value: Any, *, by_clockwork: bool = False) -> Actor | None:
    """The user or machine that a reference names; None when there is none."""
    if not isinstance(value, dict) or not (isinstance(value.get("id"), str) and value["id"]):
        return PAGER if by_clockwork else None
    name = value.get("summary") or value.get("name")
    is_human = str(value.get("type") or "user") in _HUMAN
    return Actor(
        key=f"pagerduty:{value['id']}", name=name if isinstance(name, str) else "", is_bot=by_clockwork or not is_human
    )


def mentions(*values: Any) -> str:
    """Keys of the users that these references name, with commas."""
    keys = [f"pagerduty:{one['id']}" for one in values if isinstance(one, dict) and one.get("type") in _HUMAN
            and isinstance(one.get("id"), str)]  # fmt: skip
    return ",".join(dict.fromkeys(keys))


def stated(payload: Payload, *when: str, incident: Incident, **fields: Any) -> Event | Failure:
    """An event of an incident at the time below `when`; a Failure that says what is wrong with that time."""
    at = payload.instant(*when)
    if isinstance(at, Failure):
        return at
    more = there(**fields.pop("attributes", {}))
    return Event(
        instant=at,
        evidence=payload.cite(*when),
        service=incident.service,
        attributes={**incident.facts, **more},
        **{"lane": Lane.ALERTS, **fields},
    )


def opening(payload: Payload, incident: Incident, until: Instant | None = None) -> Event | Failure:
    """The moment at which an incident was opened: what reached the team."""
    found = stated(
        payload, "created_at" if "created_at" in payload.value else "created_on", incident=incident,
        title=incident.title,
        kind=EventKind.DETECTION,
        fingerprint=incident.fingerprint,
        attributes={"status": "triggered", "incident_key": payload.text("incident_key")},
    )  # fmt: skip
    if isinstance(found, Event) and until is not None and until.utc >= found.instant.utc:
        return replace(found, until=until)
    return found


def read_incident(payload: Payload) -> Iterator[Event | Failure]:
    """An incident of the REST API: opening, acknowledgements, assignments and, once resolved, its end."""
    incident = incident_of(payload)
    ending = _ending(payload, incident)
    yield opening(payload, incident, ending.instant if isinstance(ending, Event) else None)
    for step in payload.each("assignments"):
        yield stated(
            step, "at", incident=incident,
            title=f"Assigned: {incident.title}",
            kind=EventKind.NOTE,
            actor=PAGER,
            attributes={"step": "assign", "mentions": mentions(step.at("assignee"))},
        )  # fmt: skip
    for step in payload.each("acknowledgements"):
        yield acknowledged(step, "at", incident=incident, actor=actor_of(step.at("acknowledger")))
    if ending is not None:
        yield ending


def acknowledged(payload: Payload, *when: str, incident: Incident, actor: Actor | None, **more: Any) -> Event | Failure:
    """Somebody, or something, took an incident on."""
    return stated(
        payload, *when, incident=incident,
        title=f"Acknowledged: {incident.title}",
        kind=EventKind.ACTION,
        actor=actor,
        fingerprint=f"{incident.fingerprint}:acknowledged" if incident.key else "",
        attributes={"status": "acknowledged", "step": "acknowledge", **more.pop("attributes", {})},
        **more,
    )  # fmt: skip


def resolved(payload: Payload, *when: str, incident: Incident, actor: Actor | None, **more: Any) -> Event | Failure:
    """An incident was closed in the pager, by a person or because what had opened it said so."""
    return stated(
        payload, *when, incident=incident,
        title=f"Resolved: {incident.title}",
        kind=EventKind.RECOVERY,
        actor=actor,
        fingerprint=f"{incident.fingerprint}:resolved" if incident.key else "",
        attributes={"status": "resolved", **more.pop("attributes", {})},
        **more,
    )  # fmt: skip


def _ending(payload: Payload, incident: Incident) -> Event | Failure | None:
    """The end of a resolved incident; None where it is open."""
    if payload.text("status").lower() != "resolved":
        return None
    names = [name for name in ("resolved_at", "last_status_change_at") if not is_never(payload.at(name))]
    if not names:
        step = "Export its log entries as well."
        return payload.failure("the incident is resolved, but does not say when.", step, "status", lost=0)
    return resolved(payload, names[0], incident=incident, actor=actor_of(payload.at("last_status_change_by")))


def read_alert(payload: Payload) -> Iterator[Event | Failure]:
    """An alert below an incident: what an integration sent."""
    incident = incident_of(payload.below("incident"))
    service = payload.text("service", "summary") or incident.service
    incident = replace(incident, service=service, facts={**incident.facts, **there(severity=payload.text("severity"))})
    ended = payload.text("status") == "resolved"
    yield stated(
        payload, "created_at", incident=incident,
        title=payload.text("summary") or "Alert",
        kind=EventKind.DETECTION,
        fingerprint=f"pagerduty:alert:{payload.text('alert_key') or payload.text('id')}",
        attributes={"status": payload.text("status"), "alertname": payload.text("summary"),
                    "suppressed": "true" if payload.at("suppressed") is True else ""},
    )  # fmt: skip
    if ended and not is_never(payload.at("resolved_at")):
        yield stated(
            payload, "resolved_at", incident=incident,
            title=f"Resolved: {payload.text('summary') or 'Alert'}",
            kind=EventKind.RECOVERY,
            fingerprint=f"pagerduty:alert:{payload.text('alert_key') or payload.text('id')}:resolved",
            attributes={"status": "resolved"},
        )  # fmt: skip
