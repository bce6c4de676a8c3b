"""Reads notifications that Alertmanager posted to a webhook (payload versions 4 and 3).

Knows one object, an array and lines or runs of them. Refuses to judge alerts: each firing is a detection, each
resolving a first hint of recovery; a notification seen twice keeps its fingerprint, so that the engine joins them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.labels import alert_facts, alert_title, as_labels, environment_of, fingerprint_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Event, EventKind, Lane, Record


@dataclass(frozen=True)
class AlertmanagerWebhook:
    """The reader of this folder."""

    name: str = "alertmanager_webhook"
    title: str = "Alertmanager webhook notifications"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"receiver":"hook","status":"firing","version":"4","alerts":[{"status":"firing","labels":{"alertname":'
        '"PoolFull"},"startsAt":"2026-05-12T14:11:08Z","endsAt":"0001-01-01T00:00:00Z"}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when a notification's envelope holds an alert with labels and a start."""
        found = outline(source)
        first = found[0] if isinstance(found, list) and found else found
        if not isinstance(first, dict) or not isinstance(first.get("alerts"), list):
            return 0.0
        alerts = first["alerts"]
        if alerts and not (isinstance(alerts[0], dict) and {"labels", "startsAt"} & alerts[0].keys()):
            return 0.0
        marks = {"receiver", "groupKey", "groupLabels", "commonLabels", "externalURL", "truncatedAlerts"} & first.keys()
        return 0.95 if len(marks) > 1 else 0.9 if marks else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every alert of every notification: its start and, once resolved, its end."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                for notification in root.children():
                    yield from _read_notification(source, notification)
            else:
                yield from _read_notification(source, root)


def _read_notification(source: Source, notification: Node) -> Iterator[Record | Failure]:
    if notification.opener != "{":
        if notification.finish() and not notification.damaged:
            yield _odd(source, notification, "a notification is an object")
        return
    receiver, seen = "", False
    for field in notification.children():
        if field.key == "receiver":
            receiver = str(field.value() or "")
        elif field.key == "alerts":
            seen = True
            if field.opener != "[" and not field.damaged:
                yield _odd(source, field, "alerts are an array")
            for alert in field.children():
                yield from _read_alert(source, alert, receiver)
    if not seen and not notification.damaged:
        yield _odd(source, notification, 'a notification has "alerts"')


def _odd(source: Source, node: Node, rule: str) -> Failure:
    return Failure(source.name, f"{rule}; this is none.", "Correct it or leave it out.", node.locator())


def _read_alert(source: Source, node: Node, receiver: str) -> Iterator[Record | Failure]:
    """The events of one alert: a DETECTION where it started, a RECOVERY where it ended."""
    alert = node.value()
    if node.damaged:
        return
    if not isinstance(alert, dict):
        yield _odd(source, node, "an alert is an object")
        return
    labels = as_labels(alert.get("labels"))
    notes = as_labels(alert.get("annotations"))
    name = labels.get("alertname") or "alert"
    fingerprint = str(alert.get("fingerprint") or fingerprint_of(labels))
    start = read_field_time(source, alert.get("startsAt"), "startsAt", node.locator("startsAt"))
    # An alert that fires may carry an end in the future: the moment at which Alertmanager would give it up.
    resolved = str(alert.get("status") or "").lower() == "resolved"
    end: Instant | Failure | None = None
    if resolved and not is_never(alert.get("endsAt")):
        end = read_field_time(source, alert.get("endsAt"), "endsAt", node.locator("endsAt"))
    facts = alert_facts(labels, notes, url=alert.get("generatorURL"), receiver=receiver)
    if isinstance(start, Failure):
        yield start
    else:
        yield Event(
            instant=start,
            until=end if isinstance(end, Instant) else None,
            title=alert_title(labels, notes),
            body=notes.get("description") or notes.get("message") or "",
            kind=EventKind.DETECTION,
            lane=Lane.ALERTS,
            service=service_of(labels),
            environment=environment_of(labels),
            fingerprint=fingerprint,
            evidence=node.cite(source.evidence_id, "startsAt"),
            attributes={**facts, "status": "resolved" if resolved else "firing"},
        )
    if isinstance(end, Failure):
        yield end
    elif end is not None:
        yield Event(
            instant=end,
            title=f"{name} resolved",
            kind=EventKind.RECOVERY,
            lane=Lane.ALERTS,
            service=service_of(labels),
            environment=environment_of(labels),
            fingerprint=f"{fingerprint}:resolved",
            evidence=node.cite(source.evidence_id, "endsAt"),
            attributes={**facts, "status": "resolved"},
        )


READER = AlertmanagerWebhook()
