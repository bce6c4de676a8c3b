"""Reads records of AWS CloudTrail: writes as changes, what people did on machines as actions, questions as log lines.

Knows how records are packed: trail files, arrays, lines, events of EventBridge, answers of `lookup-events`. Refuses
to put questions into the timeline: there are thousands of them, and they change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, opened, payloads, sketches, there
from afteraction.core.reading import Source
from afteraction.core.records import Change, Event, EventKind, Lane, LogLine, Record
from afteraction.formats.cloudtrail.calls import Call, about, kind_of_call, kind_of_change
from afteraction.formats.cloudtrail.identities import actor_of

LISTS = ("Records", "Events")


def is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object is a record of CloudTrail."""
    return {"eventName", "eventTime", "eventSource"} <= value.keys() and bool(
        {"userIdentity", "eventID", "eventVersion", "awsRegion", "insightDetails"} & value.keys()
    )


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an object is such a record, or carries one."""
    if is_record(value):
        return True
    if isinstance(detail := value.get("detail"), dict) and "detail-type" in value:
        return is_record(detail)
    return "CloudTrailEvent" in value and "EventName" in value


@dataclass(frozen=True)
class CloudTrail:
    """The reader of this folder."""

    name: str = "cloudtrail"
    title: str = "AWS CloudTrail records"
    kind: EvidenceKind = EvidenceKind.DEPLOYMENT
    example: str = (
        '{"Records":[{"eventVersion":"1.08","eventTime":"2026-05-12T14:02:11Z","eventSource":"lambda.amazonaws.com",'
        '"eventName":"UpdateFunctionCode20150331v2"}]}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is such a record."""
        return 0.95 if any(is_own(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every record, once each."""
        for payload in payloads(source, is_own, "a record of CloudTrail", LISTS):
            if isinstance(payload, Failure):
                yield payload
                continue
            record = _record_of(payload)
            if record is None:
                yield payload.failure("its record is not JSON.", "Export it again.", "CloudTrailEvent")
            else:
                yield _read(record)


def _record_of(payload: Payload) -> Payload | None:
    if is_record(payload.value):
        return payload
    if isinstance(payload.at("detail"), dict):
        return payload.below("detail")
    inner = opened(payload.at("CloudTrailEvent"))
    return None if inner is None else Payload(payload.source, payload.node, inner, (*payload.path, "CloudTrailEvent"))


def _read(record: Payload) -> Record | Failure:
    at = record.instant("eventTime")
    if isinstance(at, Failure):
        return at
    call = kind_of_call(record)
    if call is Call.INSIGHT:
        return _insight(record, at)
    service, name = about(record)
    source, event = record.text("eventSource").split(".")[0], record.text("eventName") or "a call"
    error = record.text("errorCode")
    title = f"{event}: {name}" if name else event
    title += f" ({source})" + (f", refused: {error}" if error else "")
    facts = there(
        call=event, api=source, region=record.text("awsRegion"), account=record.text("recipientAccountId"), error=error,
        agent=record.text("userAgent")[:120], number=record.text("eventID"),
        answer=record.text("responseElements", "ConsoleLogin"),
    )  # fmt: skip
    if call is Call.LINE:
        said = "; ".join(filter(None, (title, record.text("errorMessage")[:300])))
        return LogLine(
            instant=at, message=said, level="error" if error else "info", service=service,
            logger=f"cloudtrail.{source}", evidence=record.cite("eventTime"), attributes=facts,
        )  # fmt: skip
    actor, print_ = actor_of(record), f"cloudtrail:{record.text('eventID')}" if record.text("eventID") else ""
    if call is Call.CHANGE:
        return Change(
            instant=at, kind=kind_of_change(record), title=title, service=service, reference=name, actor=actor,
            state="failure" if error else "success", fingerprint=print_, evidence=record.cite("eventTime"),
            attributes=facts,
        )  # fmt: skip
    did = call is Call.ACT and not error
    return Event(
        instant=at, title=title, kind=EventKind.ACTION if did else EventKind.NOTE, lane=Lane.CHANGES, service=service,
        actor=actor, fingerprint=print_, evidence=record.cite("eventTime"), attributes=facts,
    )  # fmt: skip


def _insight(record: Payload, at: Instant) -> Event:
    """CloudTrail found that calls, or errors, came more often than usual."""
    what = record.below("insightDetails")
    name, type_ = what.text("eventName"), what.text("insightType")
    ended = what.text("state") == "End"
    rate = what.text("insightContext", "statistics", "insight", "average")
    usual = what.text("insightContext", "statistics", "baseline", "average")
    return Event(
        instant=at,
        title=f"Unusual {'errors' if 'Error' in type_ else 'rate'} of {name or 'calls'}{' ended' if ended else ''}",
        body=f"{rate} a minute instead of {usual}" if rate and usual else "",
        kind=EventKind.NOTE if ended else EventKind.SIGNAL,
        lane=Lane.METRICS,
        evidence=record.cite("eventTime"),
        attributes=there(call=name, insight=type_, state=what.text("state"), error=what.text("errorCode")),
    )


READER = CloudTrail()
