"""Reads Pingdom: webhooks of checks that changed their state, outages, and notifications that it sent.

Knows that such a check is a probe from outside. Refuses to choose silently where the two times of a webhook
contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.alert_events import cleared, fired, lasting, step_of
from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.findings import DetectionMethod
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, payloads, sketches, there, value_at
from afteraction.core.reading import Source
from afteraction.core.records import Event, Record

_DOWN, _UP = ("DOWN", "FAILING", "UNCONFIRMED_DOWN"), ("UP", "SUCCESS")


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of Pingdom's objects this is; empty when it is none."""
    if {"check_id", "current_state"} <= value.keys() and {"state_changed_timestamp", "check_name"} & value.keys():
        return "change"
    if isinstance(states := value_at(value, "summary", "states"), list):
        return "outages" if not states or "timefrom" in (states[0] if isinstance(states[0], dict) else {}) else ""
    return "sent" if isinstance(value_at(value, "actions", "alerts"), list) else ""


@dataclass(frozen=True)
class Pingdom:
    """The reader of this folder."""

    name: str = "pingdom"
    title: str = "Pingdom (webhooks, outages, sent alerts)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"check_id":803318,"check_name":"Shop","current_state":"DOWN","previous_state":"UP",'
        '"state_changed_timestamp":1778595068}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is Pingdom's."""
        return 0.95 if any(shape_of(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every change of a check's state, every outage, every notification."""
        for payload in payloads(source, lambda one: bool(shape_of(one)), "an object of Pingdom"):
            if isinstance(payload, Failure):
                yield payload
            elif (shape := shape_of(payload.value)) == "change":
                yield from _changed(payload)
            else:
                yield from (_outages if shape == "outages" else _sent)(payload)


def _changed(payload: Payload) -> Iterator[Event | Failure]:
    name, new = payload.text("check_name") or "Pingdom check", payload.text("current_state").upper()
    old = payload.text("previous_state").upper()
    facts = there(
        alertname=name, number=payload.text("check_id"), severity=payload.text("importance_level").lower(), state=new,
        previous=old, check=payload.text("check_type"), url=payload.text("check_params", "full_url"),
        probe=payload.text("first_probe", "location"), method=DetectionMethod.SYNTHETIC.value,
    )  # fmt: skip
    more: dict[str, Any] = {
        "facts": facts, "unit": "s", "service": payload.text("check_params", "hostname"),
        "body": payload.text("long_description") or payload.text("description"),
    }  # fmt: skip
    print_ = f"pingdom:{payload.text('check_id')}"
    when = "state_changed_timestamp"
    if new in _DOWN:
        yield fired(payload, when, title=f"{name} is down", fingerprint=print_, **more)
    elif new in _UP:
        yield cleared(
            payload, when, title=f"{name} is up", fingerprint=print_, **{**more, "facts": _without_method(facts)}
        )
    else:
        yield step_of(payload, when, step="state", title=f"{name}: {new or 'no state'}",
                      **{**more, "facts": _without_method(facts)})  # fmt: skip
    yield from _contradictions(payload)


def _without_method(facts: dict[str, str]) -> dict[str, str]:
    """Facts of what is no detection."""
    return {name: fact for name, fact in facts.items() if name != "method"}


def _contradictions(payload: Payload) -> Iterator[Failure]:
    """The same moment stands in a webhook twice: as a number, and as a text in UTC without a zone."""
    written, counted = payload.at("state_changed_utc_time"), payload.instant("state_changed_timestamp", unit="s")
    if is_never(written) or not isinstance(counted, Instant):
        return
    place = payload.place("state_changed_utc_time")
    text = f"{written}Z" if isinstance(written, str) and not written.endswith("Z") else written
    told = read_field_time(payload.source, text, "state_changed_utc_time", place)
    if isinstance(told, Failure):
        yield told
    elif abs((told.utc - counted.utc).total_seconds()) > 1:
        yield payload.failure(
            f'"state_changed_utc_time" says {written}, "state_changed_timestamp" {counted.utc.isoformat()}; the latter '
            "was read.", "Check both times.", "state_changed_utc_time", lost=0,
        )  # fmt: skip


def _outages(payload: Payload) -> Iterator[Event | Failure]:
    """Stretches in which a check was down; the others say that it was not."""
    states = list(payload.each("summary", "states"))
    number = payload.text("checkid")
    down = 0
    for state in states:
        if state.text("status").lower() not in ("down", "unconfirmed_down"):
            continue
        down += 1
        facts = there(number=number)
        start = fired(
            state,
            "timefrom",
            unit="s",
            title="The check is down",
            fingerprint=f"pingdom:{number}",
            facts=facts,
            method=DetectionMethod.SYNTHETIC.value,
        )
        end = cleared(state, "timeto", unit="s", title="The check is up", fingerprint=f"pingdom:{number}", facts=facts)
        yield lasting(start, end)
        yield end
    yield from payload.strangers("a state", "summary", "states")
    if not down:
        yield payload.failure(f"none of {len(states)} stretches was an outage.", "Nothing is to do.", "summary", lost=0)


def _sent(payload: Payload) -> Iterator[Event | Failure]:
    """Notifications that Pingdom sent: whom it told, how, and whether that arrived."""
    yield from payload.strangers("an alert", "actions", "alerts")
    for alert in payload.each("actions", "alerts"):
        way = alert.text("via").replace("_", " ")
        facts = there(number=alert.text("checkid"), via=way, delivered=alert.text("status"),
                      mentions=f"pingdom:{alert.text('userid')}" if alert.text("userid") else "")  # fmt: skip
        yield step_of(
            alert,
            "time",
            unit="s",
            step="notify",
            title=f"Notified by {way or 'Pingdom'}: {alert.text('messageshort')}",
            facts=facts,
            body=alert.text("messagefull"),
        )
    if not payload.at("actions", "alerts"):
        yield payload.failure("no alert was sent.", "Check the period.", "actions", lost=0)


READER = Pingdom()
