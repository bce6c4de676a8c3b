"""Reads what a Prometheus server says of itself: its rules, its alerts and its targets.

Knows the answers of `/api/v1/rules`, `/api/v1/alerts` and `/api/v1/targets`. Refuses to call `activeAt` the start of
firing: it is when the rule's condition became true, and only the rule knows how long it has to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.labels import alert_facts, alert_title, as_labels, environment_of, fingerprint_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Document, Event, EventKind, Lane, Record

PARTS = {"groups", "alerts", "activeTargets", "droppedTargets"}


@dataclass(frozen=True)
class PrometheusState:
    """The reader of this folder."""

    name: str = "prometheus_state"
    title: str = "Prometheus rules, alerts and targets"
    kind: EvidenceKind = EvidenceKind.CONFIG_SNAPSHOT
    example: str = (
        '{"status":"success","data":{"groups":[{"name":"ledger","file":"rules.yml","rules":[{"name":"PoolFull",'
        '"query":"pool_free == 0","duration":60,"type":"alerting"}]}]}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when a successful answer holds rule groups, alerts or targets."""
        found = outline(source)
        data = found.get("data") if isinstance(found, dict) and found.get("status") == "success" else None
        if not isinstance(data, dict):
            return 0.0
        if any(isinstance(data.get(part), list) for part in PARTS):
            return 0.95
        return 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """A snapshot per rule group and of all targets; a signal per alert and per target that fails."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
                continue
            for part in root.children():
                for node in part.children() if part.key == "data" else ():
                    yield from _read_part(source, node)


def _read_part(source: Source, part: Node) -> Iterator[Record | Failure]:
    reading = {"groups": _read_group, "alerts": _read_alert, "activeTargets": None}.get(part.key)
    if part.key == "activeTargets":
        yield from _read_targets(source, part)
    elif reading is not None:
        for node in part.children():
            value = node.value()
            if isinstance(value, dict):
                yield from reading(source, node, value)
            elif not node.damaged:
                yield Failure(source.name, "this is no object.", "Correct it or leave it out.", node.locator())


def _read_group(source: Source, node: Node, group: Mapping[str, object]) -> Iterator[Record | Failure]:
    rules = [rule for rule in _list(group.get("rules")) if isinstance(rule, dict)]
    name = str(group.get("name") or "unnamed")
    captured: Instant | Failure | None = None
    if not is_never(group.get("lastEvaluation")):
        captured = read_field_time(source, group["lastEvaluation"], "lastEvaluation", node.locator("lastEvaluation"))
    if isinstance(captured, Failure):
        yield captured
    at = captured if isinstance(captured, Instant) else None
    alerting = [str(rule.get("name")) for rule in rules if rule.get("type", "alerting") == "alerting"]
    yield Document(
        kind=EvidenceKind.CONFIG_SNAPSHOT,
        title=f"Rules {name}",
        captured_at=at,
        captured_from="metadata" if at else "",
        place=str(group.get("file") or ""),
        settings={key: value for rule in rules for key, value in _rule_settings(rule)},
        text="\n".join(f"{rule.get('name')}: {rule.get('query')}" for rule in rules),
        attributes={"interval_s": str(group.get("interval", ""))},
        evidence=node.cite(source.evidence_id),
    )
    if at and alerting:
        yield Event(
            instant=at,
            title=f"{len(alerting)} alert rules of {name} were in force: {', '.join(alerting)}",
            kind=EventKind.NOTE,
            lane=Lane.METRICS,
            evidence=node.cite(source.evidence_id, "lastEvaluation"),
        )
    for rules_node in (child for child in node.children() if child.key == "rules"):
        for rule_node in rules_node.children():
            for alerts in (child for child in rule_node.children() if child.key == "alerts"):
                for alert in alerts.children():
                    value = alert.value()
                    if isinstance(value, dict):
                        yield from _read_alert(source, alert, value)


def _rule_settings(rule: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What matters of a rule, flattened: NAME.expr, NAME.for (seconds), NAME.severity, NAME.state …"""
    name = str(rule.get("name") or "unnamed")
    stated = {
        "expr": rule.get("query"),
        "for": f"{rule['duration']}s" if rule.get("duration") is not None else None,
        "keep_firing_for": f"{rule['keepFiringFor']}s" if rule.get("keepFiringFor") else None,
        "type": rule.get("type"),
        "state": rule.get("state"),
        "health": rule.get("health"),
        "last_error": rule.get("lastError"),
        **{f"label.{key}": value for key, value in as_labels(rule.get("labels")).items() if key != "severity"},
        "severity": as_labels(rule.get("labels")).get("severity"),
        "runbook": as_labels(rule.get("annotations")).get("runbook_url"),
    }
    for key, value in stated.items():
        if value not in (None, ""):
            yield f"{name}.{key}", str(value)


def _read_alert(source: Source, node: Node, alert: Mapping[str, object]) -> Iterator[Record | Failure]:
    labels, notes = as_labels(alert.get("labels")), as_labels(alert.get("annotations"))
    at = read_field_time(source, alert.get("activeAt"), "activeAt", node.locator("activeAt"))
    if isinstance(at, Failure):
        yield at
        return
    state = str(alert.get("state") or "")
    yield Event(
        instant=at,
        title=f"{alert_title(labels, notes)} (condition true{', alert ' + state if state else ''})",
        kind=EventKind.SIGNAL,
        lane=Lane.ALERTS,
        service=service_of(labels),
        environment=environment_of(labels),
        fingerprint=f"{fingerprint_of(labels)}:active",
        attributes=alert_facts(labels, notes, status=state, value=alert.get("value")),
        evidence=node.cite(source.evidence_id, "activeAt"),
    )


def _read_targets(source: Source, part: Node) -> Iterator[Record | Failure]:
    settings: dict[str, str] = {}
    latest: Instant | None = None
    for node in part.children():
        target = node.value()
        if not isinstance(target, dict):
            continue
        labels, health = as_labels(target.get("labels")), str(target.get("health") or "unknown")
        name = f"{labels.get('job') or target.get('scrapePool')}/{labels.get('instance') or target.get('scrapeUrl')}"
        error = str(target.get("lastError") or "")
        settings |= {f"{name}.health": health, **({f"{name}.last_error": error} if error else {})}
        if is_never(target.get("lastScrape")):
            continue
        at = read_field_time(source, target.get("lastScrape"), "lastScrape", node.locator("lastScrape"))
        if isinstance(at, Failure):
            yield at
            continue
        latest = at if latest is None or at.utc > latest.utc else latest
        if health == "down":
            yield Event(
                instant=at,
                title=f"{name} could not be scraped" + (f": {error}" if error else ""),
                kind=EventKind.SIGNAL,
                lane=Lane.METRICS,
                service=service_of(labels),
                environment=environment_of(labels),
                attributes={"status": health},
                evidence=node.cite(source.evidence_id, "lastScrape"),
            )
    yield Document(
        kind=EvidenceKind.CONFIG_SNAPSHOT,
        title=f"{sum(key.endswith('.health') for key in settings)} scrape targets",
        captured_at=latest,
        captured_from="metadata" if latest else "",
        settings=settings,
        evidence=part.cite(source.evidence_id),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


READER = PrometheusState()
