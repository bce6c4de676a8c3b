"""Events of alerts, made the same way whichever tool tells of them.

Knows that a firing is a detection, an end a recovery with `:resolved` behind the fingerprint, and that a step of
handling an alert opens and ends nothing. Refuses to know tools.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Event, EventKind, Lane


def alert_event(
    payload: Payload,
    *when: str,
    title: str,
    kind: EventKind,
    facts: dict[str, str],
    fingerprint: str = "",
    unit: str = "",
    at: Instant | None = None,
    until: Instant | None = None,
    body: str = "",
    service: str = "",
    environment: str = "",
    actor: Actor | None = None,
    **attributes: object,
) -> Event | Failure:
    """An event in the lane of alerts at the time below `when` (read in `unit`; `at` where it is known already); a
    Failure that says what is wrong with that time."""
    moment: Instant | Failure = at if at is not None else payload.instant(*when, unit=unit)
    if isinstance(moment, Failure):
        return moment
    return Event(
        instant=moment,
        until=until if until is not None and until.utc >= moment.utc else None,
        title=title,
        body=body,
        kind=kind,
        lane=Lane.ALERTS,
        service=service,
        environment=environment,
        actor=actor,
        fingerprint=fingerprint,
        evidence=payload.cite(*when),
        attributes={**facts, **there(**attributes)},
    )


def fired(
    payload: Payload, *when: str, title: str, fingerprint: str, facts: dict[str, str], **more: Any
) -> Event | Failure:
    """An alert began to fire: a detection with status `firing`."""
    return alert_event(
        payload, *when, title=title, kind=EventKind.DETECTION, fingerprint=fingerprint, facts=facts,
        **{"status": "firing", **more},
    )  # fmt: skip


def cleared(
    payload: Payload, *when: str, title: str, fingerprint: str, facts: dict[str, str], **more: Any
) -> Event | Failure:
    """An alert is over: a recovery with status `resolved`."""
    return alert_event(
        payload, *when, title=title, kind=EventKind.RECOVERY, facts=facts,
        fingerprint=f"{fingerprint}:resolved" if fingerprint else "", **{"status": "resolved", **more},
    )  # fmt: skip


def step_of(payload: Payload, *when: str, step: str, title: str, facts: dict[str, str], **more: Any) -> Event | Failure:
    """Something was done with an alert, or said of it, that opens and ends nothing for users."""
    return alert_event(
        payload, *when, title=title, facts=facts, **{"kind": EventKind.NOTE, "step": step, **more},
    )  # fmt: skip


def lasting(start: Event | Failure, end: Event | Failure | None) -> Event | Failure:
    """A start that knows its end, where both could be read and stand in that order."""
    if isinstance(start, Event) and isinstance(end, Event) and end.instant.utc >= start.instant.utc:
        return replace(start, until=end.instant)
    return start
