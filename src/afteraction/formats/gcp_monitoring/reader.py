"""Reads incidents of Google Cloud Monitoring: webhooks (Stackdriver's too), and alerts as its API lists them.

Knows that its times count seconds and that 0 means none. Refuses to place an incident that states no time, and names
a state that its times contradict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.alert_events import cleared, fired, lasting
from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, payloads, sketches, there
from afteraction.core.labels import as_labels, environment_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Event, Record

LISTS = ("alerts", "incidents")
_SERVICE_LABELS = (
    "service_name",
    "function_name",
    "module_id",
    "container_name",
    "database_id",
    "subscription_id",
    "topic_id",
    "url_map_name",
    "backend_target_name",
    "cluster_name",
)
_NAME = re.compile(r"projects/[^/]+/\w+/[^/]+")


def is_incident(value: Mapping[str, Any]) -> bool:
    """Whether an object is an incident, as its webhook holds it."""
    return "incident_id" in value and bool({"policy_name", "condition_name", "scoping_project_id"} & value.keys())


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an object is an incident, holds one, or is an alert of the API."""
    inner = value.get("incident")
    if is_incident(value) or (isinstance(inner, dict) and is_incident(inner)):
        return True
    name = value.get("name")
    return "openTime" in value and "policy" in value and isinstance(name, str) and _NAME.match(name) is not None


@dataclass(frozen=True)
class GcpMonitoring:
    """The reader of this folder."""

    name: str = "gcp_monitoring"
    title: str = "Google Cloud Monitoring incidents (Stackdriver)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"version":"1.2","incident":{"incident_id":"0.mx","state":"open","started_at":1778595068,"ended_at":null,'
        '"policy_name":"Pool","condition_name":"Pool full"}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is such an incident."""
        return 0.95 if any(is_own(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every incident: its start and, once closed, its end."""
        for payload in payloads(source, is_own, "an incident of Cloud Monitoring", LISTS):
            if isinstance(payload, Failure):
                yield payload
            elif "openTime" in payload.value:
                yield from _read_alert(payload)
            else:
                yield from _read_incident(payload if is_incident(payload.value) else payload.below("incident"))


def _is_never(value: object) -> bool:
    return is_never(value) or value in (0, "0")


def _read_incident(incident: Payload) -> Iterator[Event | Failure]:
    name = incident.text("condition_name") or incident.text("policy_name") or "Incident"
    state = incident.text("state").lower()
    if _is_never(incident.at("started_at")):
        reason = f'the incident "{name}" states no time ("started_at" is {incident.at("started_at")!r}).'
        yield incident.failure(reason, "Import the notification as it was sent.", "started_at")
        return
    facts, more = _facts(incident, name), _place(incident)
    print_ = f"gcp:incident:{incident.text('incident_id')}"
    summary = incident.text("summary")
    start = fired(incident, "started_at", unit="s", title=name, body=summary, fingerprint=print_, facts=facts, **more)
    end: Event | Failure | None = None
    if not _is_never(incident.at("ended_at")):
        end = cleared(
            incident, "ended_at", unit="s", title=f"{name} is closed", fingerprint=print_, facts=facts, **more
        )
    yield lasting(start, end)
    if end is not None:
        yield end
    yield from _contradictions(incident, state, start, end)


def _contradictions(
    incident: Payload, state: str, start: Event | Failure, end: Event | Failure | None
) -> Iterator[Failure]:
    if state not in ("open", "closed"):
        yield incident.failure(f'"{state}" is no state of an incident.', "Check the payload.", "state", lost=0)
    elif state == "closed" and end is None:
        yield incident.failure(
            'the incident is closed, but "ended_at" is empty.', "Look its end up.", "ended_at", lost=0
        )
    elif state == "open" and end is not None:
        yield incident.failure('the incident is open, but "ended_at" states an end.', "Check both.", "state", lost=0)
    if isinstance(start, Event) and isinstance(end, Event) and end.instant.utc < start.instant.utc:
        yield incident.failure('"ended_at" lies before "started_at".', "Check both times.", "ended_at", lost=0)


def _facts(incident: Payload, name: str) -> dict[str, str]:
    labels = {
        **as_labels(incident.at("resource", "labels")),
        **as_labels(incident.at("metric", "labels")),
        **as_labels(incident.at("metadata", "user_labels")),
        **as_labels(incident.at("policy_user_labels")),
    }
    return there(
        alertname=name,
        policy=incident.text("policy_name"),
        severity=incident.text("severity") or incident.text("metadata", "system_labels", "severity"),
        metric=incident.text("metric", "type"),
        observed=incident.text("observed_value"),
        threshold=incident.text("threshold_value"),
        resource=incident.text("resource_display_name") or incident.text("resource_name"),
        project=incident.text("scoping_project_id"),
        url=incident.text("url"),
        state=incident.text("state"),
        **{f"label.{key}": value for key, value in labels.items()},
    )


def _place(incident: Payload) -> dict[str, Any]:
    user = {**as_labels(incident.at("policy_user_labels")), **as_labels(incident.at("metadata", "user_labels"))}
    resource = as_labels(incident.at("resource", "labels"))
    service = service_of(user) or next((resource[key] for key in _SERVICE_LABELS if resource.get(key)), "")
    service = service or incident.text("resource_display_name") or incident.text("resource_name").rsplit("/", 1)[-1]
    return {"service": service, "environment": environment_of({**resource, **user})}


def _read_alert(alert: Payload) -> Iterator[Event | Failure]:
    """An alert as the API lists it."""
    name = alert.text("policy", "displayName") or alert.text("name")
    labels = {**as_labels(alert.at("resource", "labels")), **as_labels(alert.at("policy", "userLabels"))}
    facts = there(alertname=name, severity=alert.text("policy", "severity"), metric=alert.text("metric", "type"),
                  state=alert.text("state"), **{f"label.{key}": value for key, value in labels.items()})  # fmt: skip
    service = service_of(labels) or next((labels[key] for key in _SERVICE_LABELS if labels.get(key)), "")
    print_ = f"gcp:incident:{alert.text('name').rsplit('/', 1)[-1]}"
    more: dict[str, Any] = {"service": service, "environment": environment_of(labels)}
    start = fired(alert, "openTime", title=name, fingerprint=print_, facts=facts, **more)
    end: Event | Failure | None = None
    if not is_never(alert.at("closeTime")):
        end = cleared(alert, "closeTime", title=f"{name} is closed", fingerprint=print_, facts=facts, **more)
    yield lasting(start, end)
    if end is not None:
        yield end


READER = GcpMonitoring()
