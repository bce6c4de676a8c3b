"""Sentry's webhooks: of integrations (issues, event alerts, metric alerts, comments) and of its old plugin.

Knows which of them state a time of their own. Refuses to invent when an issue was resolved or assigned where neither
the payload nor the envelope says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from afteraction.core.alert_events import cleared, fired, lasting, step_of
from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Event, EventKind, Lane

Found = Iterator[Event | Failure]
_HEADER = "sentry-hook-timestamp"
_PROJECT = re.compile(r"/projects/[^/]+/([^/]+)/")
_EVENT_TIMES = ("timestamp", "datetime", "received", "dateCreated")
_ALERT_TIMES = ("date_started", "date_detected", "date_created")


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of Sentry's webhooks this is; empty when it is none."""
    data = value.get("data")
    is_hook = isinstance(value.get("installation"), dict) or isinstance(value.get("actor"), dict)
    if is_hook and isinstance(value.get("action"), str) and isinstance(data, dict):
        kinds = ("metric_alert", "event", "error", "issue", "comment")
        return next((f"hook.{kind}" for kind in kinds if kind in data), "")
    event = value.get("event")
    if isinstance(event, dict) and "event_id" in event and {"culprit", "project", "project_slug"} & value.keys():
        return "plugin"
    return ""


def read_webhook(payload: Payload) -> Found:
    """Everything that a webhook states."""
    shape = shape_of(payload.value)
    if shape == "plugin":
        yield _alerted(payload.below("event"), payload)
    elif shape in ("hook.event", "hook.error"):
        yield _alerted(payload.below("data", shape.removeprefix("hook.")), payload)
    elif shape == "hook.metric_alert":
        yield from _metric_alert(payload)
    elif shape == "hook.comment":
        yield _comment(payload)
    else:
        yield from _issue(payload)


def tags_of(value: object) -> dict[str, str]:
    """Tags by name: pairs, or objects with key and value."""
    found: dict[str, str] = {}
    for tag in value if isinstance(value, list) else ():
        if isinstance(tag, list) and len(tag) == 2 and all(isinstance(part, str) for part in tag):
            found[tag[0]] = tag[1]
        elif isinstance(tag, dict) and isinstance(tag.get("key"), str):
            found[tag["key"]] = str(tag.get("value") or "")
    return found


def project_of(payload: Payload) -> str:
    """The project that an object names, which is what Sentry calls a service; a bare number names none."""
    for keys in (("project_slug",), ("project", "slug"), ("project", "name"), ("project_name",), ("project",)):
        if (name := payload.text(*keys)) and not name.isdecimal():
            return name
    found = _PROJECT.search(payload.text("url"))
    return found[1] if found else ""


def facts_of(payload: Payload, tags: Mapping[str, str]) -> dict[str, str]:
    """What every event of an issue carries. The tag `user` and what else may name people is left out."""
    return there(
        severity=payload.text("level"),
        culprit=payload.text("culprit"),
        url=payload.text("web_url") or payload.text("permalink") or payload.text("url"),
        number=payload.text("shortId") or payload.text("id") or payload.text("event_id"),
        release=payload.text("release") or tags.get("release", ""),
        **{f"label.{name}": value for name, value in tags.items() if not name.startswith("user")},
    )


def actor_of(value: Any) -> Actor | None:
    """A user or application that Sentry names; its own doings are a machine's."""
    if not isinstance(value, dict) or not (value.get("id") or value.get("name")):
        return None
    name = value.get("name") or value.get("username") or ""
    is_bot = value.get("type") == "application" or str(name).lower() == "sentry"
    return Actor(key=f"sentry:{value.get('id') or name}", name=str(name), is_bot=is_bot)


def _alerted(event: Payload, around: Payload) -> Event | Failure:
    """An event by which an alert rule was triggered."""
    tags = tags_of(event.at("tags"))
    title = event.text("title") or around.text("message") or event.text("message") or "Sentry alert"
    issue = event.text("issue_id") or around.text("id") or event.text("event_id")
    when = _first_time(event, _EVENT_TIMES)
    rule = around.text("data", "triggered_rule")
    facts = {
        **facts_of(event, tags),
        **there(rule=rule, alertname=rule, culprit=around.text("culprit") or event.text("culprit")),
    }
    facts |= there(
        severity=event.text("level") or around.text("level"), url=event.text("web_url") or around.text("url")
    )
    words = event.text("logentry", "formatted") or around.text("message") or event.text("message")
    return fired(
        event, when, title=title, fingerprint=f"sentry:issue:{issue}" if issue else "", facts=facts, body=words,
        service=project_of(around) or project_of(event),
        environment=event.text("environment") or tags.get("environment", ""),
    )  # fmt: skip


def _first_time(payload: Payload, fields: tuple[str, ...]) -> str:
    """The first of these fields that holds something, else the first."""
    return next((field for field in fields if not is_never(payload.at(field))), fields[0])


def _metric_alert(payload: Payload) -> Found:
    """A metric alert: when it started and, once over, when it was closed."""
    alert, action = payload.below("data", "metric_alert"), payload.text("action")
    name = (
        alert.text("alert_rule", "name")
        or alert.text("title")
        or payload.text("data", "description_title")
        or "Metric alert"
    )
    print_ = f"sentry:metric_alert:{alert.text('identifier') or alert.text('id')}"
    facts = there(alertname=name, severity="" if action == "resolved" else action, number=alert.text("identifier"),
                  url=payload.text("data", "web_url"))  # fmt: skip
    more: dict[str, Any] = {
        "service": alert.text("projects", "0"), "environment": alert.text("alert_rule", "environment"),
        "body": payload.text("data", "description_text"),
    }  # fmt: skip
    when = _first_time(alert, _ALERT_TIMES)
    start = fired(alert, when, title=name, fingerprint=print_, facts=facts, **more)
    end: Event | Failure | None = None
    if not is_never(alert.at("date_closed")):
        end = cleared(alert, "date_closed", title=f"{name} is over", fingerprint=print_, facts=facts, **more)
    elif action == "resolved":
        end = payload.failure(
            'the alert is resolved, but does not say when ("date_closed").', "Look it up.", "action", lost=0
        )
    yield lasting(start, end)
    if end is not None:
        yield end


def _comment(payload: Payload) -> Event | Failure:
    words = payload.text("data", "comment")
    said = step_of(
        payload, "data", "timestamp", step="comment", title=words.split("\n", 1)[0][:200] or "Comment", body=words,
        facts={}, service=payload.text("data", "project_slug"), actor=actor_of(payload.at("actor")),
    )  # fmt: skip
    if isinstance(said, Failure):
        return said
    number = payload.text("data", "issue_id")
    return replace(said, lane=Lane.CHAT, attributes={"channel": f"sentry-issue-{number}", "number": number})


def _issue(payload: Payload) -> Found:
    """An issue's own first and last sight, and what was done with it, where the delivery says when."""
    issue, action = payload.below("data", "issue"), payload.text("action")
    title = issue.text("title") or "Issue"
    yield from seen(issue)
    if action in ("created", "unresolved") and not is_never(issue.at("firstSeen")):
        return
    at = _delivered(payload)
    if at is None:
        reason = f"that the issue was {action or 'changed'} is told without a time."
        yield payload.failure(
            reason, f'Keep the header "{_HEADER}", or export the issue\'s activity.', "action", lost=0
        )
    elif isinstance(at, Failure):
        yield at
    else:
        yield step_of(payload, "action", at=at, step=action or "action", title=f"{action.capitalize()}: {title}",
                      facts=facts_of(issue, {}), service=project_of(issue),
                      actor=actor_of(payload.at("actor")))  # fmt: skip


def _delivered(payload: Payload) -> Instant | Failure | None:
    """When a delivery was sent, by the header that its envelope kept; None where there is none."""
    whole = payload.node.value() if payload.path else None
    headers = whole.get("headers") if isinstance(whole, dict) else None
    for name, value in headers.items() if isinstance(headers, dict) else ():
        if str(name).lower() == _HEADER:
            return read_field_time(payload.source, value, _HEADER, payload.node.locator("headers", str(name)))
    return None


def seen(issue: Payload) -> Found:
    """An issue: seen first, and last."""
    last = issue.instant("lastSeen") if not is_never(issue.at("lastSeen")) else None
    at = issue.instant("firstSeen")
    if isinstance(at, Failure):
        yield at
        return
    facts = {
        **facts_of(issue, {}),
        **there(status=issue.text("status"), events=issue.text("count"), users=issue.text("userCount")),
    }
    yield Event(
        instant=at,
        until=last if isinstance(last, Instant) and last.utc > at.utc else None,
        title=issue.text("title") or issue.text("culprit") or "Issue",
        kind=EventKind.SIGNAL,
        lane=Lane.LOGS,
        service=project_of(issue),
        fingerprint=f"sentry:issue:{issue.text('id')}:seen" if issue.text("id") else "",
        evidence=issue.cite("firstSeen"),
        attributes=facts,
    )
    if isinstance(last, Failure):
        yield last
