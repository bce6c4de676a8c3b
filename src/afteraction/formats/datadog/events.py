"""Datadog's event stream, both versions of its API, and its webhooks.

Knows where each states its time, its words and its tags. Refuses to make an alert of what somebody merely posted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, text_of, there
from afteraction.core.labels import environment_of, service_of
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane
from afteraction.formats.datadog.monitors import labels, monitor_event, split_title, tags_of

Found = Iterator[Event | Change | Failure]
_DEPLOYS = re.compile(r"\bdeploy(?:ed|ment|s|ing)?\b|\brolled out\b|\brollout\b", re.IGNORECASE)
_ROLLBACK = re.compile(r"\broll(?:ed|ing)?[ _-]?back\b|\breverted\b", re.IGNORECASE)
_WEBHOOK = (
    "alert_transition",
    "alert_id",
    "event_type",
    "last_updated",
    "alert_status",
    "aggreg_key",
    "alert_cycle_key",
)
_MONITORS = ("alert", "monitor", "monitor alert")
_MARKUP = re.compile(r"%%%|!\[[^\]]*\]\([^)]*\)")


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of Datadog's objects this is; empty when it is none."""
    attributes = value.get("attributes")
    if isinstance(attributes, dict) and value.get("type") in ("event", "events") and "timestamp" in attributes:
        return "v2"
    if "date_happened" in value and {"title", "text"} & value.keys():
        return "v1"
    if "title" in value and {"date", "last_updated"} & value.keys() and len(set(_WEBHOOK) & value.keys()) >= 2:
        return "webhook"
    return ""


def read_v1(payload: Payload) -> Found:
    """An event of version 1; its time counts seconds."""
    at = payload.instant("date_happened", unit="s")
    yield at if isinstance(at, Failure) else _told(
        payload, "date_happened", at=at, title=payload.text("title"), body=payload.text("text"),
        tags=tags_of(payload.at("tags")), origin=payload.text("source") or payload.text("source_type_name"),
        level=payload.text("alert_type"), key=payload.text("monitor_id") or payload.text("aggregation_key"),
        number=payload.text("id"), url=payload.text("url"), host=payload.text("host"),
    )  # fmt: skip


def read_v2(payload: Payload) -> Found:
    """An event of version 2."""
    outer = payload.below("attributes")
    inner = outer.below("attributes")
    at = outer.instant("timestamp")
    if isinstance(at, Failure):
        yield at
        return
    tags = {**tags_of(outer.at("tags")), **tags_of(inner.at("tags"))}
    name = inner.text("monitor", "name")
    if name:
        state = inner.text("monitor", "transition", "trans_type") or inner.text("status")
        group = inner.text("monitor_groups", "0") or inner.text("monitor", "groups", "0")
        yield monitor_event(
            outer, "timestamp", at=at, state=state, name=name, tags=tags, group=group,
            key=inner.text("monitor", "id") or inner.text("monitor_id"), body=_plain(outer.text("message")),
            facts=there(number=payload.text("id"), severity=inner.text("priority"), host=inner.text("hostname")),
        )  # fmt: skip
        return
    resource = inner.below("changed_resource")
    if resource.value:
        yield _changed(payload, outer, inner, resource, at, tags)
        return
    yield _told(
        outer, "timestamp", at=at, title=inner.text("title"), body=outer.text("message"),
        tags={**tags, **there(service=inner.text("service"))}, level=inner.text("status"),
        origin=inner.text("source_type_name") or inner.text("evt", "type"), key=inner.text("aggregation_key"),
        number=payload.text("id"), url="", host=inner.text("hostname"),
    )  # fmt: skip


def _changed(
    payload: Payload, outer: Payload, inner: Payload, resource: Payload, at: Instant, tags: dict[str, str]
) -> Change:
    """A change that somebody reported to Datadog as one."""
    name, type_ = resource.text("name"), resource.text("type")
    author = inner.text("author", "name")
    kinds = {"feature_flag": ChangeKind.FLAG, "configuration": ChangeKind.CONFIG}
    old, new = inner.at("prev_value"), inner.at("new_value")
    return Change(
        instant=at,
        kind=kinds.get(type_, ChangeKind.DEPLOYMENT if _DEPLOYS.search(type_) else ChangeKind.CONFIG),
        title=inner.text("title") or f"{type_.replace('_', ' ')} {name} changed",
        service=inner.text("service") or service_of(tags) or inner.text("impacted_resources", "0", "name"),
        environment=environment_of(tags),
        reference=name,
        actor=Actor(key=f"datadog:{author}", name=author, is_bot=inner.text("author", "type") == "automation")
        if author
        else None,
        evidence=outer.cite("timestamp"),
        diff=f"-{old}\n+{new}" if old is not None or new is not None else "",
        attributes={**there(number=payload.text("id")), **labels(tags)},
    )


def read_webhook(payload: Payload) -> Found:
    """A webhook with the variables that Datadog's own template sends; its times count milliseconds."""
    when = "last_updated" if payload.text("last_updated") else "date"
    at = payload.instant(when)
    if isinstance(at, Failure):
        yield at
        return
    state, group, name = split_title(payload.text("title") or payload.text("event_title"))
    tags = tags_of(payload.at("tags"))
    state = payload.text("alert_transition") or state or payload.text("alert_status")
    facts = there(
        number=payload.text("id"), severity=payload.text("priority") or payload.text("alert_priority"),
        url=payload.text("link") or payload.text("url"), host=payload.text("hostname"),
        event=payload.text("event_type"),
    )  # fmt: skip
    yield monitor_event(
        payload, when, at=at, state=state, name=payload.text("alert_title") or name or "Datadog alert", tags=tags,
        key=payload.text("alert_id") or payload.text("aggreg_key"), body=_plain(payload.text("body")), facts=facts,
        group=payload.text("alert_scope") or group,
    )  # fmt: skip


def _told(
    payload: Payload, when: str, *, at: Instant, title: str, body: str, tags: dict[str, str], origin: str, level: str,
    key: str, number: str, url: str, host: str,
) -> Event | Change | Failure:  # fmt: skip
    """An event of the stream: a monitor's, a deployment's, or anybody's."""
    state, group, name = split_title(title)
    facts = there(number=number, url=url, host=host, source=origin, level=level)
    title = title or body.strip().split("\n", 1)[0][:200] or "Event"
    if state or origin.lower() in _MONITORS:
        return monitor_event(
            payload, when, at=at, state=state or level, name=name or title, key=key, tags=tags, body=_plain(body),
            facts=facts, group=group,
        )  # fmt: skip
    words = f"{title} {' '.join(tags)} {tags.get('event_type', '')}"
    if _DEPLOYS.search(words) or _ROLLBACK.search(title):
        return Change(
            instant=at, kind=ChangeKind.ROLLBACK if _ROLLBACK.search(title) else ChangeKind.DEPLOYMENT, title=title,
            service=service_of(tags), environment=environment_of(tags), reference=tags.get("version", ""),
            state={"success": "success", "error": "failure"}.get(level, ""), evidence=payload.cite(when),
            attributes={**facts, **labels(tags)},
        )  # fmt: skip
    return Event(
        instant=at, title=title, body=_plain(body), kind=EventKind.SIGNAL if level == "error" else EventKind.NOTE,
        lane=Lane.METRICS, service=service_of(tags), environment=environment_of(tags), evidence=payload.cite(when),
        attributes={**facts, **labels(tags)},
    )  # fmt: skip


def _plain(text: str) -> str:
    """A message without Datadog's marks for Markdown and pictures."""
    return text_of(_MARKUP.sub("", text))
