"""PagerDuty's webhooks of version 3, one event each.

Knows what every event type tells, and that the payload also knows when its incident was opened. Refuses to choose
between an event and a status that contradict each other: the event is read and the contradiction is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Change, ChangeKind, Event, EventKind
from afteraction.formats.pagerduty.incidents import (
    Incident,
    acknowledged,
    actor_of,
    incident_of,
    mentions,
    opening,
    resolved,
    stated,
)
from afteraction.formats.pagerduty.log_entries import STEPS, note

SAME = timedelta(seconds=60)
# The status that an incident has once this happened, and where it states the moment itself.
_AFTER = {"triggered": ("triggered", "created_at"), "acknowledged": ("acknowledged", "acknowledged_at"),
          "unacknowledged": ("triggered", ""), "resolved": ("resolved", "resolved_at"),
          "reopened": ("triggered", "reopened_at")}  # fmt: skip


def read_webhook(payload: Payload) -> Iterator[Event | Change | Failure]:
    """The event, the opening of its incident where that was at another time, and contradictions."""
    event = payload.below("event")
    what = event.text("event_type")
    data = event.below("data")
    if not data.value and what != "pagey.ping":
        yield event.failure(f'"{what}" carries no data.', "Receive it again.", "data", lost=0)
    if what.startswith("service."):
        yield _service(event, data, what)
        return
    if what == "pagey.ping":
        yield event.failure("this is PagerDuty's test of the webhook.", "Nothing is to do.", lost=0)
        return
    inner = data.below("incident")
    incident = incident_of(inner if inner.value else data)
    step = what.removeprefix("incident.")
    yield _told(event, data, step, incident)
    if not inner.value and not is_never(data.at("created_at")):
        yield from _opened_before(event, data, step, incident)
    yield from _contradictions(event, data, step)


def _told(event: Payload, data: Payload, step: str, incident: Incident) -> Event | Failure:
    actor = actor_of(event.at("agent"))
    facts = there(delivery=event.text("id"), client=event.text("client", "name"), reopened_at=data.text("reopened_at"))
    if step in ("triggered", "reopened"):
        return stated(
            event, "occurred_at", incident=incident,
            title=incident.title if step == "triggered" else f"Reopened: {incident.title}",
            kind=EventKind.DETECTION, actor=actor, fingerprint=incident.fingerprint,
            attributes={**facts, "status": data.text("status") or "triggered"},
        )  # fmt: skip
    if step == "acknowledged":
        return acknowledged(event, "occurred_at", incident=incident, actor=actor, attributes=facts)
    if step == "resolved":
        facts |= there(reason=data.text("resolve_reason", "type") or data.text("resolve_reason"))
        return resolved(event, "occurred_at", incident=incident, actor=actor, attributes=facts)
    if step == "annotated":
        return note(event, "occurred_at", incident=incident, actor=actor, words=data.text("content"))
    if step == "status_update_published":
        said = note(event, "occurred_at", incident=incident, actor=actor, words=data.text("message"))
        return _with(said, audience="responders") if isinstance(said, Event) else said
    if step == "responder.replied":
        return _reply(event, data, incident)
    word, kind = STEPS.get(step, (step.replace("_", " ").replace(".", " ").capitalize() or "Event", EventKind.NOTE))
    people = data.at("assignees")
    told = [*(people if isinstance(people, list) else ()), data.at("user")]
    return stated(
        event, "occurred_at", incident=incident, title=f"{word}: {incident.title}", body=data.text("message"),
        kind=kind, actor=actor, attributes={**facts, "step": step or "event", "mentions": mentions(*told),
                                 "status": data.text("state") or data.text("status")},
    )  # fmt: skip


def _reply(event: Payload, data: Payload, incident: Incident) -> Event | Failure:
    """What a responder who was asked to join answered; their words are said where responders talk."""
    state, words = data.text("state") or "answered", data.text("message")
    actor = actor_of(data.at("user")) or actor_of(event.at("agent"))
    if words:
        said = note(event, "occurred_at", incident=incident, actor=actor, words=words)
    else:
        said = stated(
            event, "occurred_at", incident=incident, title=f"Asked to join, {state}: {incident.title}",
            kind=EventKind.ACTION if state == "accepted" else EventKind.NOTE, actor=actor, attributes={"step": "reply"},
        )  # fmt: skip
    if isinstance(said, Event):
        # Whoever accepts takes the incident on.
        status = "acknowledged" if state == "accepted" and not words else ""
        said = _with(said, reply=state, status=status)
    return said


def _with(event: Event, **facts: str) -> Event:
    return replace(event, attributes={**event.attributes, **there(**facts)})


def _opened_before(event: Payload, data: Payload, step: str, incident: Incident) -> Iterator[Event | Failure]:
    """The incident's opening, unless the event is that opening."""
    found: Event | Failure | None = opening(data, incident)
    occurred = event.instant("occurred_at")
    if step == "triggered" and isinstance(found, Event) and not isinstance(occurred, Failure):
        found = None if abs(found.instant.utc - occurred.utc) <= SAME else found
    if found is not None:
        yield found


def _contradictions(event: Payload, data: Payload, step: str) -> Iterator[Failure]:
    expected, field = _AFTER.get(step, ("", ""))
    status = data.text("status")
    if expected and status and status != expected:
        yield data.failure(
            f'"{event.text("event_type")}" is told of an incident whose status is "{status}"; the event was read.',
            "Check what came first in PagerDuty.", "status", lost=0,
        )  # fmt: skip
    if not field or is_never(data.at(field)) or (step == "triggered" and field == "created_at"):
        return
    told, occurred = data.instant(field), event.instant("occurred_at")
    if isinstance(told, Failure):
        yield told
    elif not isinstance(occurred, Failure) and abs(told.utc - occurred.utc) > SAME:
        yield data.failure(
            f'"{field}" is {told.original_text}, but the event says {occurred.original_text}; the event was read.',
            "Check both times.", field, lost=0,
        )  # fmt: skip


def _service(event: Payload, data: Payload, what: str) -> Change | Failure:
    """A change to how PagerDuty watches a service."""
    at = event.instant("occurred_at")
    if isinstance(at, Failure):
        return at
    name = data.text("summary") or data.text("name") or "service"
    return Change(
        instant=at,
        kind=ChangeKind.CONFIG,
        title=f"PagerDuty service {what.removeprefix('service.').replace('_', ' ')}: {name}",
        service=name,
        actor=actor_of(event.at("agent")),
        evidence=event.cite("occurred_at"),
        attributes=there(url=data.text("html_url"), delivery=event.text("id")),
    )
