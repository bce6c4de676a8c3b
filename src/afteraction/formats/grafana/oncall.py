"""Outgoing webhooks of Grafana OnCall: an alert group, and who took it on.

Knows its events. Refuses to take the payload of the alert inside for the group's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.alert_events import alert_event, cleared, fired, step_of
from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Event, EventKind


def read_group(payload: Payload) -> Iterator[Event | Failure]:
    """What happened to the group, and when it had been created."""
    group, what = payload.below("alert_group"), payload.text("event", "type").lower()
    title = group.text("title") or "Alert group"
    key = group.text("id") or payload.text("alert_group_id")
    print_ = f"grafana-oncall:{key}" if key else ""
    name = payload.text("user", "username") or payload.text("user", "name")
    who = Actor(key=f"grafana:{payload.text('user', 'id') or name}", name=name) if name else None
    people = [f"grafana:{one.text('id')}" for one in payload.each("notified_users") if one.text("id")]
    facts = there(number=key, integration=payload.text("integration", "name"), mentions=",".join(people),
                  url=group.text("permalinks", "web"))  # fmt: skip
    if what.startswith("ack"):
        yield alert_event(
            payload, "event", "time", title=f"Acknowledged: {title}", kind=EventKind.ACTION, facts=facts, actor=who,
            fingerprint=f"{print_}:acknowledged" if print_ else "", status="acknowledged", step="acknowledge",
        )  # fmt: skip
    elif what.startswith("resol"):
        yield cleared(payload, "event", "time", title=f"Resolved: {title}", fingerprint=print_, facts=facts, actor=who)
    elif "created" not in what and what not in ("trigger", "firing"):
        kind = EventKind.ESCALATION if what.startswith("escal") else EventKind.NOTE
        yield step_of(payload, "event", "time", step=what or "event", title=f"{what.capitalize() or 'Event'}: {title}",
                      facts=facts, kind=kind, actor=who)  # fmt: skip
    if not is_never(group.at("created_at")):
        yield fired(group, "created_at", title=title, fingerprint=print_, facts=facts)
    elif "created" in what or what in ("trigger", "firing"):
        yield fired(payload, "event", "time", title=title, fingerprint=print_, facts=facts)
