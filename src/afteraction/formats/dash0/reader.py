"""Reads webhooks of Dash0: a check that failed, and its end.

Knows the labels of OpenTelemetry that an issue carries. Refuses to make an end of an issue that only says that it is
over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.alert_events import cleared, fired, lasting
from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, payloads, sketches, text_of, there, value_at
from afteraction.core.labels import environment_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Event, Record


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an object is such a webhook."""
    issue = value_at(value, "data", "issue")
    type_ = value.get("type")
    return isinstance(type_, str) and isinstance(issue, dict) and bool({"issueIdentifier", "checkrules"} & issue.keys())


@dataclass(frozen=True)
class Dash0:
    """The reader of this folder."""

    name: str = "dash0"
    title: str = "Dash0 (failed checks)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"type":"alert.ongoing","data":{"issue":{"id":"b9","issueIdentifier":"68","start":"2026-05-12T14:11:08Z",'
        '"status":"critical","summary":"Pool full"}}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is such a webhook."""
        return 0.95 if any(is_own(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every issue: its start and, once over, its end."""
        for payload in payloads(source, is_own, "a webhook of Dash0"):
            if isinstance(payload, Failure):
                yield payload
            else:
                yield from _read(payload.below("data", "issue"), payload.text("type"))


def _labels(issue: Payload) -> dict[str, str]:
    """Labels as OpenTelemetry writes attributes: a key, and a value of one type or another."""
    found: dict[str, str] = {}
    labels = issue.at("labels")
    for one in labels if isinstance(labels, list) else ():
        if isinstance(one, dict) and isinstance(one.get("key"), str):
            value = one.get("value")
            inner = next(iter(value.values()), "") if isinstance(value, dict) else value
            found[one["key"]] = text_of(inner)
    return {key: value for key, value in found.items() if value}


def _read(issue: Payload, type_: str) -> Iterator[Event | Failure]:
    labels = _labels(issue)
    rule = issue.text("checkrules", "0", "name")
    title = ": ".join(filter(None, (rule, issue.text("summary")))) or "Failed check"
    print_ = f"dash0:{issue.text('issueIdentifier') or issue.text('id')}"
    facts = there(
        alertname=rule, number=issue.text("id"), url=issue.text("url"), state=issue.text("status"),
        expression=issue.text("checkrules", "0", "expression"), **{f"label.{key}": one for key, one in labels.items()},
    )  # fmt: skip
    more: dict[str, Any] = {"facts": facts, "service": service_of(labels), "environment": environment_of(labels)}
    start = fired(issue, "start", title=title, fingerprint=print_, body=issue.text("description"), **more)
    over = type_.endswith("resolved") or issue.text("status") in ("resolved", "closed")
    end: Event | Failure | None = None
    if over and not is_never(issue.at("end")):
        end = cleared(issue, "end", title=f"{title} (over)", fingerprint=print_, **more)
    elif over:
        end = issue.failure('the issue is over, but does not say since when ("end").', "Look it up.", "status", lost=0)
    yield lasting(start, end if isinstance(end, Event) else None)
    if end is not None:
        yield end


READER = Dash0()
