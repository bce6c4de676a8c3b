"""Reads alerts of Grafana: annotations with state changes, webhooks of the old alerting, and of Grafana OnCall.

Knows which object is which. Refuses to invent when an alert of the old webhook fired: it states no time. Webhooks of
today's alerting are Alertmanager's, and read as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.grafana.annotations import read_annotation
from afteraction.formats.grafana.oncall import read_group


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of Grafana's objects this is; empty when it is none."""
    if isinstance(value.get("alert_group"), dict) and isinstance(value.get("event"), dict):
        return "group"
    if "ruleName" in value and "state" in value and {"evalMatches", "ruleId", "ruleUrl"} & value.keys():
        return "old"
    if "time" in value and {"dashboardId", "dashboardUID", "panelId"} & value.keys():
        return "annotation" if {"newState", "text", "tags"} & value.keys() else ""
    return ""


@dataclass(frozen=True)
class Grafana:
    """The reader of this folder."""

    name: str = "grafana"
    title: str = "Grafana (annotations, old alert webhook, OnCall)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '[{"id":1124,"alertId":7,"alertName":"Pool full","dashboardId":3,"panelId":2,"newState":"alerting",'
        '"prevState":"ok","time":1778595068250,"timeEnd":1778595068250}]'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is Grafana's."""
        return 0.93 if any(shape_of(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything that each object states."""
        for payload in payloads(source, lambda one: bool(shape_of(one)), "an object of Grafana"):
            if isinstance(payload, Failure):
                yield payload
            elif (shape := shape_of(payload.value)) == "old":
                yield _untimed(payload)
            else:
                yield from (read_group if shape == "group" else read_annotation)(payload)


def _untimed(payload: Payload) -> Failure:
    name, state = payload.text("ruleName") or payload.text("title") or "an alert", payload.text("state")
    return payload.failure(
        f'"{name}" is "{state}", but the webhook of Grafana\'s old alerting states no time.',
        "Export the alert's state history: /api/annotations?type=alert&from=…&to=…",
        "state",
    )


READER = Grafana()
