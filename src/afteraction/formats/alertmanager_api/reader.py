"""Reads answers of the Alertmanager API: alerts, alert groups, silences and the receipt for a new silence.

Knows API v2, and v1's envelope around the same alerts. Refuses to take the end of an alert that fires for an end: the
API states there when Alertmanager would give it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.labels import alert_facts, alert_title, as_labels, environment_of, fingerprint_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Document, Event, EventKind, Lane, Record

SILENCED = "While a silence lasts Alertmanager sends nothing about the alerts it matches, not even that they resolved."


@dataclass(frozen=True)
class AlertmanagerApi:
    """The reader of this folder."""

    name: str = "alertmanager_api"
    title: str = "Alertmanager API answers (alerts, groups, silences)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '[{"fingerprint":"00c0ffee00c0ffee","startsAt":"2026-05-12T14:11:08Z","endsAt":"2026-05-12T14:15:08Z",'
        '"status":{"state":"active"},"labels":{"alertname":"PoolFull"},"annotations":{}}]'
    )

    def sniff(self, source: Source) -> float:
        """Sure when the first item is an alert with a fingerprint, a group of such, or a silence."""
        found = outline(source)
        if isinstance(found, dict) and isinstance(found.get("data"), list):
            found = found["data"]
        if isinstance(found, dict):
            return 0.9 if "silenceID" in found and len(found) == 1 else 0.0
        first = found[0] if isinstance(found, list) and found else None
        if not isinstance(first, dict):
            return 0.0
        if {"matchers", "startsAt", "createdBy"} <= first.keys():
            return 0.95
        if _is_group(first):
            alerts = first["alerts"]
            first = alerts[0] if isinstance(alerts, list) and alerts and isinstance(alerts[0], dict) else {}
        if {"labels", "startsAt"} <= first.keys() and {"fingerprint", "receivers", "updatedAt"} & first.keys():
            return 0.95
        return 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Alerts as detections, silences as actions of their authors."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                yield from _read_items(source, root)
            else:
                yield from _read_envelope(source, root)


def _is_group(item: Mapping[str, object]) -> bool:
    return "alerts" in item and "labels" in item and "groupKey" not in item


def _read_envelope(source: Source, root: Node) -> Iterator[Record | Failure]:
    known = False
    for field in root.children():
        if field.key == "silenceID":
            known = True
            name = str(field.value() or "")
            yield Document(
                kind=EvidenceKind.ALERT,
                title=f"Silence {name} was created",
                text="The answer states no time; export /api/v2/silences to place it.",
                evidence=field.cite(source.evidence_id),
                attributes={"silence": name},
            )
        elif field.key in ("data", "alerts", "silences") and field.opener == "[":
            known = True
            yield from _read_items(source, field)
    if not known and not root.damaged:
        yield _odd(source, root, "this is no answer of the Alertmanager API")


def _read_items(source: Source, array: Node) -> Iterator[Record | Failure]:
    for node in array.children():
        item = node.value()
        if node.damaged or (isinstance(item, dict) and "alerts" in item):
            # What is left of a broken group are the alerts before the break.
            receiver = _name_of(item.get("receiver")) if isinstance(item, dict) else ""
            alerts = [field for field in node.children() if field.key == "alerts"] if node.opener == "{" else []
            for alert in (alert for field in alerts for alert in field.children()):
                yield from _read_alert(source, alert, receiver)
        elif isinstance(item, dict) and "matchers" in item:
            yield from _read_silence(source, node, item)
        elif isinstance(item, dict) and {"startsAt", "labels"} & item.keys():
            yield from _read_alert(source, node, "")
        else:
            yield _odd(source, node, "this is neither an alert nor a group nor a silence")


def _odd(source: Source, node: Node, what: str) -> Failure:
    return Failure(source.name, f"{what}.", "Correct it or leave it out.", node.locator())


def _name_of(receiver: object) -> str:
    return str(receiver.get("name") or "") if isinstance(receiver, dict) else str(receiver or "")


def _read_alert(source: Source, node: Node, receiver: str) -> Iterator[Record | Failure]:
    alert = node.value()
    if node.damaged:
        return
    if not isinstance(alert, dict):
        yield _odd(source, node, "an alert is an object; this is none")
        return
    labels = as_labels(alert.get("labels"))
    start = read_field_time(source, alert.get("startsAt"), "startsAt", node.locator("startsAt"))
    end = _end_of(source, node, alert)
    yield from (time for time in (start, end) if isinstance(time, Failure))
    until = end if isinstance(end, Instant) else None
    first = start if isinstance(start, Instant) else until
    if first is None:
        return
    event = Event(
        instant=first,
        until=until,
        title=alert_title(labels, as_labels(alert.get("annotations"))),
        body=as_labels(alert.get("annotations")).get("description", ""),
        kind=EventKind.DETECTION,
        lane=Lane.ALERTS,
        service=service_of(labels),
        environment=environment_of(labels),
        fingerprint=str(alert.get("fingerprint") or fingerprint_of(labels)),
        attributes=_facts(alert, labels, receiver),
        evidence=node.cite(source.evidence_id, "startsAt"),
    )
    if isinstance(start, Instant):
        yield event
    if until:
        yield replace(
            event,
            instant=until,
            until=None,
            title=f"{labels.get('alertname') or 'alert'} resolved",
            body="",
            kind=EventKind.RECOVERY,
            fingerprint=f"{event.fingerprint}:resolved",
            attributes={**event.attributes, "status": "resolved"},
            evidence=node.cite(source.evidence_id, "endsAt"),
        )


def _facts(alert: Mapping[str, object], labels: Mapping[str, str], receiver: str) -> dict[str, str]:
    status, receivers = alert.get("status"), alert.get("receivers")
    state = status if isinstance(status, dict) else {"state": status}
    names = [_name_of(one) for one in receivers] if isinstance(receivers, list) else []
    return alert_facts(
        labels,
        as_labels(alert.get("annotations")),
        url=alert.get("generatorURL"),
        receiver=", ".join(names) or receiver,
        status=state.get("state"),
        silenced_by=_joined(state.get("silencedBy")),
        inhibited_by=_joined(state.get("inhibitedBy")),
    )


def _end_of(source: Source, node: Node, alert: Mapping[str, object]) -> Instant | Failure | None:
    """When the alert ended: a stated end that had passed when the alert was last updated; else None."""
    if is_never(alert.get("endsAt")) or is_never(alert.get("updatedAt")):
        return None
    end = read_field_time(source, alert.get("endsAt"), "endsAt", node.locator("endsAt"))
    updated = read_field_time(source, alert.get("updatedAt"), "updatedAt", node.locator("updatedAt"))
    if isinstance(end, Failure) or isinstance(updated, Failure):
        return end if isinstance(end, Failure) else updated
    return end if end.utc <= updated.utc else None


def _joined(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else ""


def _matchers(value: object) -> str:
    """Matchers as Alertmanager writes them: `alertname="PoolFull", env=~"prod.*"`."""
    signs = {(True, False): "=", (True, True): "=~", (False, False): "!=", (False, True): "!~"}
    return ", ".join(
        f'{one.get("name")}{signs[bool(one.get("isEqual", True)), bool(one.get("isRegex"))]}"{one.get("value")}"'
        for one in (value if isinstance(value, list) else [])
        if isinstance(one, dict)
    )


def _read_silence(source: Source, node: Node, silence: Mapping[str, object]) -> Iterator[Record | Failure]:
    status = silence.get("status")
    state = str(status.get("state") or "") if isinstance(status, dict) else ""
    author, comment = str(silence.get("createdBy") or ""), str(silence.get("comment") or "")
    matchers, name = _matchers(silence.get("matchers")) or "unknown matchers", str(silence.get("id") or "")
    facts = {"status": state, "matchers": matchers, "silence": name}
    start, end = (read_field_time(source, silence.get(key), key, node.locator(key)) for key in ("startsAt", "endsAt"))
    yield from (time for time in (start, end) if isinstance(time, Failure))
    until = end if isinstance(end, Instant) else None
    if isinstance(start, Instant):
        yield Event(
            instant=start,
            until=until,
            title=f"Silence for {matchers}" + (f": {comment}" if comment else ""),
            body=SILENCED,
            kind=EventKind.ACTION,
            lane=Lane.ALERTS,
            actor=Actor(key=f"alertmanager:{author}", name=author) if author else None,
            fingerprint=f"silence:{name}" if name else "",
            attributes={key: value for key, value in facts.items() if value},
            evidence=node.cite(source.evidence_id, "startsAt"),
        )


READER = AlertmanagerApi()
