"""Reads alerts of Graylog: notifications of events, and of the stream alerts before version 3.1, with their messages.

Knows where each keeps its time and the messages that led to it. Refuses to take a test or an unmet condition for an
alert.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.alert_events import fired, step_of
from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches, text_of, there
from afteraction.core.labels import as_labels, environment_of, service_of
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS, SYSLOG_LEVELS
from afteraction.core.records import Event, LogLine, Record

_LEVELS = {**dict(LEVEL_WORDS), **dict(SYSLOG_LEVELS)}
_PRIORITIES = {"1": "low", "2": "normal", "3": "high"}


def shape_of(value: Mapping[str, Any]) -> str:
    """Which notification this is; empty when it is none."""
    result = value.get("check_result")
    if isinstance(result, dict) and {"triggered_condition", "triggered_at", "matching_messages"} & result.keys():
        return "stream"
    event = value.get("event")
    if isinstance(event, dict) and ("event_definition_id" in value or "event_definition_id" in event):
        return "event"
    return ""


@dataclass(frozen=True)
class Graylog:
    """The reader of this folder."""

    name: str = "graylog"
    title: str = "Graylog alerts"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"event_definition_id":"5e7a","event_definition_title":"Pool full","event":{"id":"01","timestamp":'
        '"2026-05-12T14:11:08.250Z","alert":true,"message":"Pool full"},"backlog":[]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is such a notification."""
        return 0.95 if any(shape_of(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every alert, and the messages that it brings along."""
        for payload in payloads(source, lambda one: bool(shape_of(one)), "a notification of Graylog"):
            if isinstance(payload, Failure):
                yield payload
            elif shape_of(payload.value) == "event":
                yield _event(payload)
                yield from _messages(payload, ("backlog",))
            else:
                yield _stream(payload)
                yield from _messages(payload, ("check_result", "matching_messages"))


def _event(payload: Payload) -> Event | Failure:
    event = payload.below("event")
    title = payload.text("event_definition_title") or event.text("message") or "Graylog event"
    labels = as_labels(event.at("fields"))
    key = payload.text("event_definition_id") or event.text("event_definition_id")
    priority = event.text("priority")
    facts = there(
        alertname=title,
        number=event.text("id"),
        severity=_PRIORITIES.get(priority, priority),
        key=event.text("key"),
        **{f"label.{name}": value for name, value in labels.items()},
    )
    more: dict[str, Any] = {
        "title": title, "body": event.text("message"), "facts": facts, "service": service_of(labels),
        "environment": environment_of(labels),
    }  # fmt: skip
    if event.at("alert") is False:
        return step_of(event, "timestamp", step="event", **more)
    return fired(event, "timestamp", fingerprint=f"graylog:{key}:{event.text('key')}", **more)


def _stream(payload: Payload) -> Event | Failure:
    result, stream = payload.below("check_result"), payload.below("stream")
    condition = result.below("triggered_condition")
    what = condition.text("title") or condition.text("type_string").replace("_", " ").lower() or "alert"
    title = f"{stream.text('title') or 'Stream'}: {what}"
    facts = there(
        alertname=title, stream=stream.text("title"), condition=condition.text("description"),
        threshold=condition.text("parameters", "threshold"), number=condition.text("id"),
    )  # fmt: skip
    more: dict[str, Any] = {"title": title, "body": result.text("result_description"), "facts": facts}
    if result.at("triggered") is False:
        return step_of(result, "triggered_at", step="check", **more)
    return fired(result, "triggered_at", fingerprint=f"graylog:{condition.text('id') or title}", **more)


def _messages(payload: Payload, path: tuple[str, ...]) -> Iterator[LogLine | Failure]:
    """The messages that an alert brings along, each as a line of a log."""
    yield from payload.strangers("a message", *path)
    for message in payload.each(*path):
        at = message.instant("timestamp")
        if isinstance(at, Failure):
            yield at
            continue
        fields = message.at("fields")
        rest = {str(k): text for k, v in fields.items() if (text := text_of(v))} if isinstance(fields, dict) else {}
        level = rest.get("level", "").lower()
        words = message.text("message")
        yield LogLine(
            instant=at,
            message=words,
            level=_LEVELS.get(level, level) or _leading_level(words),
            host=message.text("source"),
            service=service_of(rest),
            trace_id=rest.get("trace_id", ""),
            evidence=message.cite("timestamp"),
            attributes={**rest, **there(message_id=message.text("id"))},
        )


def _leading_level(words: str) -> str:
    """The level that a message begins with ("ERROR: …"), empty when it begins with none."""
    first = words.split(":", 1)[0].strip().lower()
    return _LEVELS.get(first, first if first in ("trace", "debug", "info", "warning", "error", "critical") else "")


READER = Graylog()
