"""Turns records of alerts, tickets and noted events into events and changes.

Knows which of their facts the timeline asks for. Refuses to judge what a note means beyond its lane.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.labels import fingerprint_of
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane, Record
from afteraction.formats.generic_json.changes import actor_of
from afteraction.formats.generic_json.places import Placed

_DONE = re.compile(
    r"\b(?:deploy|roll|release|restart|scal|fail(?:ed)? ?over|failover|revert|disabl|enabl|paus|resum|drain|silenc|"
    r"kill|stop|start|block|purg|flush|migrat|promot|switch|increas|decreas|rais|lower)\w*",
    re.IGNORECASE,
)
_ROLLOUT = re.compile(
    r"^(?P<verb>deploy(?:ing|ed|ment)?|roll(?:ing|ed)?[ -]?back|roll(?:ing|ed)?[ -]?out|releas(?:e|ing|ed))\b"
    r"(?:\s+(?:of|to))?(?:\s+(?P<version>v?\d[\w.+-]*|[0-9a-f]{7,40}))?\s*"
    r"(?P<state>start(?:ing|ed|s)|beg(?:ins|an|un)|initiated|finish(?:ed|es)|complete[ds]?|done|succeeded|failed)?\s*$",
    re.IGNORECASE,
)
_STATES = {
    **dict.fromkeys(("starting", "started", "starts", "begins", "began", "begun", "initiated"), "started"),
    **dict.fromkeys(("finished", "finishes", "complete", "completed", "completes", "done", "succeeded"), "success"),
    "failed": "failure",
}


def _there(**stated: str) -> dict[str, str]:
    return {key: value for key, value in stated.items() if value}


def read_alert(placed: Placed) -> Iterator[Record | Failure]:
    """A detection where the alert fired, a recovery where the record states its end."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    end = placed.later("end", at)
    if isinstance(end, Failure):
        yield end
    until = end if isinstance(end, Instant) else None
    text = placed.fields.text
    name, service = text("name"), text("service")
    fingerprint = text("id") or fingerprint_of({"alertname": name, "service": service})
    summary = text("summary")
    facts = _there(
        alertname=name, severity=text("severity"), metric=text("metric"), threshold=text("threshold"),
        observed=text("observed"), url=text("url"), runbook=text("runbook"),
        status=text("status") or ("resolved" if until else "firing"),
    )  # fmt: skip
    yield Event(
        instant=at,
        until=until,
        title=f"{name}: {summary}" if summary else name,
        kind=EventKind.DETECTION,
        lane=Lane.ALERTS,
        service=service,
        environment=text("environment"),
        fingerprint=fingerprint,
        evidence=placed.cite("time"),
        attributes=facts,
    )
    if until:
        yield Event(
            instant=until,
            title=f"{name} resolved",
            kind=EventKind.RECOVERY,
            lane=Lane.ALERTS,
            service=service,
            environment=text("environment"),
            fingerprint=f"{fingerprint}:resolved",
            evidence=placed.cite("end"),
            attributes={**facts, "status": "resolved"},
        )


def read_ticket(placed: Placed) -> Iterator[Record | Failure]:
    """A customer's report at the moment it was created, with the moment somebody first saw it."""
    created = placed.time("time")
    if isinstance(created, Failure):
        yield created
        return
    seen: Instant | Failure | None = None
    if placed.fields.find("seen")[0]:
        seen = placed.time("seen")
    if isinstance(seen, Failure):
        yield seen
    text, requester = placed.fields.text, placed.fields.text("requester")
    number = text("number")
    yield Event(
        instant=created,
        title=text("subject"),
        body=text("body") if text("body") != text("subject") else "",
        kind=EventKind.USER_REPORT,
        lane=Lane.CUSTOMERS,
        service=text("service"),
        actor=Actor(key=f"customer:{requester}", name=requester, role="customer") if requester else None,
        fingerprint=f"ticket:{number}" if number else "",
        evidence=placed.cite("time"),
        attributes=_there(
            created=created.utc.isoformat(), seen=seen.utc.isoformat() if isinstance(seen, Instant) else "",
            number=number, channel=text("channel"), status=text("status"), severity=text("severity"), url=text("url"),
        ),
    )  # fmt: skip


def read_event(placed: Placed) -> Iterator[Record | Failure]:
    """Something that somebody noted: a change when it begins with the word, an action in the lane of changes when its
    words say that something was done, else a note."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    text = placed.fields.text
    what, role = text("what"), text("role")
    actor = actor_of(placed) or (Actor(key=f"role:{role}", role=role) if role else None)
    if rollout := _ROLLOUT.match(what):
        back = rollout["verb"].lower().startswith("roll") and "back" in rollout["verb"].lower()
        yield Change(
            instant=at,
            kind=ChangeKind.ROLLBACK if back else ChangeKind.DEPLOYMENT,
            title=what,
            service=text("service"),
            environment=text("environment"),
            reference=rollout["version"] or "",
            state=_STATES.get((rollout["state"] or "").lower(), ""),
            actor=actor,
            fingerprint=f"{'rollback' if back else 'deploy'}:{text('service')}:{rollout['version'] or ''}",
            evidence=placed.cite("time"),
            attributes=_there(note=text("detail")),
        )
        return
    done = bool(_DONE.search(what))
    yield Event(
        instant=at,
        title=what,
        body=text("detail"),
        kind=EventKind.ACTION if done else EventKind.NOTE,
        lane=Lane.CHANGES if done else Lane.DOCUMENT,
        service=text("service"),
        environment=text("environment"),
        actor=actor,
        evidence=placed.cite("time"),
    )
