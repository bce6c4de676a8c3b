"""What the labels and annotations of an alert or a series say about where something happened.

Knows the names that teams use for services, environments and severities, and the fingerprint by which
Prometheus and Alertmanager name a set of labels. Refuses to know where labels come from.
"""

from __future__ import annotations

from collections.abc import Mapping

SERVICE_LABELS = (
    "service", "service_name", "service.name", "app", "app_kubernetes_io_name", "application", "component", "job",
    "deployment", "container",
)  # fmt: skip
ENVIRONMENT_LABELS = ("environment", "env", "deployment_environment", "deployment.environment", "stage", "tier")
SEVERITY_LABELS = ("severity", "priority", "level")
RUNBOOK_ANNOTATIONS = ("runbook_url", "runbook", "runbookURL")

_FNV_OFFSET = 14695981039346656037
_FNV_PRIME = 1099511628211
_SEPARATOR = b"\xff"


def first_of(labels: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The value of the first of these labels that is there; empty when none is."""
    for name in names:
        if value := labels.get(name):
            return value
    return ""


def service_of(labels: Mapping[str, str]) -> str:
    """The service that labels name, empty when they name none."""
    return first_of(labels, SERVICE_LABELS)


def environment_of(labels: Mapping[str, str]) -> str:
    """The environment that labels name, empty when they name none."""
    return first_of(labels, ENVIRONMENT_LABELS)


def fingerprint_of(labels: Mapping[str, str]) -> str:
    """The fingerprint Alertmanager shows for an alert with these labels: 64-bit FNV-1a over its sorted names and
    values, each ended by 0xFF, as 16 hex digits (prometheus/common, `model.LabelSet.Fingerprint`)."""
    value = _FNV_OFFSET
    for name in sorted(labels):
        for byte in name.encode("utf-8", "replace") + _SEPARATOR + labels[name].encode("utf-8", "replace") + _SEPARATOR:
            value = ((value ^ byte) * _FNV_PRIME) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def alert_title(labels: Mapping[str, str], annotations: Mapping[str, str]) -> str:
    """One line for people: the alert's name and its summary."""
    summary = annotations.get("summary") or annotations.get("title")
    return ": ".join(filter(None, (labels.get("alertname") or "alert", summary)))


def alert_facts(labels: Mapping[str, str], annotations: Mapping[str, str], **more: object) -> dict[str, str]:
    """What labels and annotations state, as attributes of an event: alertname, severity, runbook and every label as
    `label.NAME`, with `more` beside them; only what is there."""
    stated = {
        "alertname": labels.get("alertname", ""),
        "severity": first_of(labels, SEVERITY_LABELS),
        "runbook": first_of(annotations, RUNBOOK_ANNOTATIONS),
        **{name: str(value) for name, value in more.items() if value},
        **{f"label.{name}": value for name, value in labels.items()},
    }
    return {name: value for name, value in stated.items() if value}


def as_labels(value: object) -> dict[str, str]:
    """A JSON object of labels as texts; numbers and booleans are written out, anything else is left out."""
    if not isinstance(value, dict):
        return {}
    return {str(name): str(item) for name, item in value.items() if isinstance(item, str | int | float)}
