"""The shapes in which CloudWatch tells of alarms.

Knows notifications through SNS, events of EventBridge, what an alarm hands to a function, and what the API lists
(alarms, their history). Refuses to take the delivery's time for the alarm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from afteraction.core.alert_events import step_of
from afteraction.core.evidence import Failure
from afteraction.core.json_payloads import Payload, opened, there
from afteraction.core.records import Actor, Change, ChangeKind, Event
from afteraction.formats.cloudwatch_alarms.states import Alarm, alarm_of, read_state

Found = Iterator[Event | Change | Failure]
_ALARM_TYPES = ("CloudWatch Alarm State Change", "CloudWatch Alarm Configuration Change",
                "CloudWatch Alarm Contributor State Change")  # fmt: skip
_SNS_TYPES = ("Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation")
_FROM_TO = re.compile(r"from (\w+) to (\w+)", re.IGNORECASE)


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of the shapes an object is; empty when it is none."""
    if value.get("Type") in _SNS_TYPES and "TopicArn" in value:
        return "sns"
    if isinstance(sns := value.get("Sns"), dict) and "TopicArn" in sns:
        return "record"
    if value.get("detail-type") in _ALARM_TYPES:
        return "eventbridge"
    if isinstance(data := value.get("alarmData"), dict) and "alarmName" in data:
        return "function"
    if "AlarmName" not in value:
        inner = value.get("Message")
        return "message" if isinstance(inner, dict) and "AlarmName" in inner else ""
    if "HistoryItemType" in value:
        return "history"
    if "NewStateValue" in value:
        return "alarm"
    return "listed" if "StateValue" in value and "AlarmArn" in value else ""


def read_message(payload: Payload) -> Found:
    """Everything that an object of a known shape states."""
    shape = shape_of(payload.value)
    if shape == "record":
        yield from _sns(payload.below("Sns"))
    elif shape == "message":
        yield from _notification(payload.below("Message"))
    else:
        yield from _READ[shape](payload)


def _sns(payload: Payload) -> Found:
    topic = payload.text("TopicArn").rsplit(":", 1)[-1]
    type_ = payload.text("Type") or "Notification"
    if type_ != "Notification":
        what = "confirm the subscription" if type_.startswith("Sub") else "confirm the end of the subscription"
        told = step_of(
            payload, "Timestamp", step="subscription", title=f"SNS asks to {what} to {topic}",
            facts=there(topic=payload.text("TopicArn")), body="Nothing is delivered before that.",
        )  # fmt: skip
        # The text holds the token by which anybody could confirm.
        yield replace(told, evidence=replace(told.evidence, excerpt="")) if isinstance(told, Event) else told
        return
    inner = payload.opened("Message")
    if inner is not None and shape_of(inner.value) in ("alarm", "eventbridge", "function"):
        yield from read_message(inner)
        return
    text = payload.text("Message")
    title = payload.text("Subject") or text.split("\n", 1)[0][:200] or f"Notification of {topic}"
    yield step_of(payload, "Timestamp", step="notification", title=title, body=text, facts=there(topic=topic))


def _notification(payload: Payload) -> Found:
    """What CloudWatch writes into a message of SNS."""
    trigger = payload.below("Trigger")
    metric = trigger if trigger.value else payload
    alarm = alarm_of(payload.text("AlarmName"), payload.text("AlarmArn"), payload.text("AWSAccountId"),
                     payload.text("Region"), metric, payload.text("AlarmDescription"))  # fmt: skip
    new, old = payload.text("NewStateValue"), payload.text("OldStateValue")
    if "StateChangeTime" not in payload.value:
        reason = f'the alarm "{alarm.name}" states no time ("StateChangeTime" is missing).'
        yield payload.failure(reason, "Import the notification as CloudWatch sent it, or the alarm's history.")
        return
    yield from read_state(
        payload, "StateChangeTime", alarm=alarm, new=new, old=old, reason=payload.text("NewStateReason")
    )


def _eventbridge(payload: Payload) -> Found:
    detail = payload.below("detail")
    alarm = _alarm_of_detail(detail, payload.text("resources", "0"), payload.text("account"), payload.text("region"))
    if payload.text("detail-type").endswith("Configuration Change"):
        yield _configured(payload, "time", alarm=alarm, operation=detail.text("operation") or "changed")
        return
    yield from _changed(detail, alarm)


def _function(payload: Payload) -> Found:
    data = payload.below("alarmData")
    yield from _changed(
        data, _alarm_of_detail(data, payload.text("alarmArn"), payload.text("accountId"), payload.text("region"))
    )


def _alarm_of_detail(detail: Payload, arn: str, account: str, region: str) -> Alarm:
    settings = detail.below("configuration")
    return alarm_of(detail.text("alarmName"), arn, account, region, settings, settings.text("description"))


def _changed(detail: Payload, alarm: Alarm) -> Found:
    yield from read_state(
        detail, "state", "timestamp",
        alarm=alarm,
        new=detail.text("state", "value"),
        old=detail.text("previousState", "value"),
        reason=detail.text("state", "reason"),
        since=("previousState", "timestamp"),
    )  # fmt: skip


def _listed(payload: Payload) -> Found:
    """An alarm as the API describes it: the state that it is in, and since when."""
    alarm = alarm_of(
        payload.text("AlarmName"), payload.text("AlarmArn"), "", "", payload, payload.text("AlarmDescription")
    )
    when = "StateTransitionedTimestamp" if "StateTransitionedTimestamp" in payload.value else "StateUpdatedTimestamp"
    new = payload.text("StateValue")
    # An alarm that is listed as OK need not ever have fired.
    old = "INSUFFICIENT_DATA" if new == "OK" else ""
    yield from read_state(payload, when, alarm=alarm, new=new, old=old, reason=payload.text("StateReason"))


def _history(payload: Payload) -> Found:
    """One item of an alarm's history."""
    alarm = alarm_of(payload.text("AlarmName"), payload.text("AlarmArn"), "", "", payload, "")
    kind, summary = payload.text("HistoryItemType"), payload.text("HistorySummary")
    if kind == "ConfigurationUpdate":
        yield _configured(payload, "Timestamp", alarm=alarm, operation=summary or "changed")
        return
    if kind != "StateUpdate":
        title = f"{alarm.name}: {summary or kind}"
        yield step_of(payload, "Timestamp", step="action", title=title, facts=dict(alarm.facts), service=alarm.service)
        return
    data = opened(payload.at("HistoryData")) or {}
    inside = Payload(payload.source, payload.node, data, (*payload.path, "HistoryData"))
    told = _FROM_TO.search(summary)
    old = inside.text("oldState", "stateValue") or (told[1].upper() if told else "")
    new = inside.text("newState", "stateValue") or (told[2].upper() if told else "")
    yield from read_state(
        payload, "Timestamp", alarm=alarm, new=new, old=old, reason=inside.text("newState", "stateReason")
    )


def _configured(payload: Payload, when: str, *, alarm: Alarm, operation: str) -> Change | Failure:
    at = payload.instant(when)
    if isinstance(at, Failure):
        return at
    by = payload.text("detail", "userIdentity", "arn")
    return Change(
        instant=at,
        kind=ChangeKind.CONFIG,
        title=f"Alarm {alarm.name}: {operation}",
        service=alarm.service,
        actor=Actor(key=f"aws:{by}", name=by.rsplit("/", 1)[-1]) if by else None,
        evidence=payload.cite(when),
        attributes=dict(alarm.facts),
    )


_READ = {"sns": _sns, "alarm": _notification, "eventbridge": _eventbridge, "function": _function, "listed": _listed,
         "history": _history}  # fmt: skip
