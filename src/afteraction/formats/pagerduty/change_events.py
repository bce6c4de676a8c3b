"""Changes that PagerDuty was told of, and events as integrations send them.

Knows change events (also those related to an incident) and the Events API. Refuses to call a change that names no
kind anything but a deployment: that is what change events are made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Change, ChangeKind, Event, EventKind, Lane

# In this order: what takes something back says more than what it takes back.
_KINDS = (
    (re.compile(r"\b(?:roll(?:ing|ed)?[ _-]?back|revert(?:ed|s|ing)?)\b", re.I), ChangeKind.ROLLBACK),
    (re.compile(r"\b(?:feature[ _-]?)?(?:flag|toggle)\b", re.I), ChangeKind.FLAG),
    (re.compile(r"\b(?:deploy\w*|roll(?:ing|ed)?[ _-]?out|shipped)\b", re.I), ChangeKind.DEPLOYMENT),
    (
        re.compile(r"\b(?:terraform|scal(?:ed|ing)|node pool|instance type|infrastructure|dns)\b", re.I),
        ChangeKind.INFRASTRUCTURE,
    ),
    (re.compile(r"\b(?:config\w*|setting)\b", re.I), ChangeKind.CONFIG),
    (re.compile(r"\b(?:merged?|pull request|commit)\b", re.I), ChangeKind.COMMIT),
    (re.compile(r"\b(?:build|pipeline|workflow|job)\b", re.I), ChangeKind.PIPELINE),
    (re.compile(r"\breleased?\b", re.I), ChangeKind.RELEASE),
)
_VERSION = ("version", "build_version", "image_tag", "tag", "commit", "sha", "revision", "build_number")
_ENDED = ((re.compile(r"\b(?:succe\w+|completed?|finished|passed)\b", re.I), "success"),
          (re.compile(r"\b(?:fail\w*|errored)\b", re.I), "failure"),
          (re.compile(r"\b(?:start\w*|in progress)\b", re.I), "started"))  # fmt: skip


def read_change(payload: Payload) -> Iterator[Change | Failure]:
    """A change event of the REST API."""
    yield _change(payload, payload, "timestamp", payload.text("services", "0", "summary"))


def _change(payload: Payload, said: Payload, when: str, service: str) -> Change | Failure:
    """A change at the time below `when` of `said`, which also holds its words."""
    at = said.instant(when)
    if isinstance(at, Failure):
        return at
    title = said.text("summary") or "Change"
    details = said.below("custom_details")
    version = next((text for name in _VERSION if (text := details.text(name))), "")
    number = payload.text("id")
    return Change(
        instant=at,
        kind=next((kind for pattern, kind in _KINDS if pattern.search(title)), ChangeKind.DEPLOYMENT),
        title=title,
        service=service or details.text("service") or said.text("source"),
        environment=details.text("environment") or details.text("env"),
        reference=version,
        state=next((state for pattern, state in _ENDED if pattern.search(title)), ""),
        fingerprint=f"pagerduty:change:{number}" if number else "",
        evidence=said.cite(when),
        attributes=there(
            number=number, version=version, source=said.text("source"), url=payload.text("links", "0", "href"),
            integration=payload.text("integration", "summary"), related=payload.text("correlation_reason", "reason"),
        ),
    )  # fmt: skip


def read_sent(payload: Payload) -> Iterator[Event | Change | Failure]:
    """An event that an integration sends to the Events API: an alert's start, its end, an acknowledgement, a change."""
    said = payload.below("payload")
    action = payload.text("event_action")
    if is_never(said.at("timestamp")):
        reason = 'an event sent to PagerDuty without "timestamp" counts from when it arrived, which it does not say.'
        yield payload.failure(reason, "Import PagerDuty's own incidents or log entries.", "payload")
        return
    if not action:
        yield _change(payload, said, "timestamp", said.text("component"))
        return
    at = said.instant("timestamp")
    if isinstance(at, Failure):
        yield at
        return
    key = payload.text("dedup_key")
    kind, status = {
        "trigger": (EventKind.DETECTION, "triggered"),
        "acknowledge": (EventKind.ACTION, "acknowledged"),
        "resolve": (EventKind.RECOVERY, "resolved"),
    }.get(action, (EventKind.NOTE, action))
    ending = {"acknowledge": ":acknowledged", "resolve": ":resolved"}.get(action, "")
    yield Event(
        instant=at,
        title=said.text("summary") or "Alert",
        kind=kind,
        lane=Lane.ALERTS,
        service=said.text("component") or said.text("group") or said.text("source"),
        fingerprint=f"pagerduty:alert:{key}{ending}" if key else "",
        evidence=said.cite("timestamp"),
        attributes=there(
            status=status, severity=said.text("severity"), source=said.text("source"), url=payload.text("client_url"),
            step=action if action not in ("trigger", "resolve") else "",
        ),
    )  # fmt: skip
