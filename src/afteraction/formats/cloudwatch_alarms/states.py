"""What a CloudWatch alarm's change of state means.

Knows the three states and where an alarm names its metric and its dimensions. Refuses to call the end of missing data
a recovery: an alarm recovers only from ALARM.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.alert_events import cleared, fired, lasting, step_of
from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, text_of, there
from afteraction.core.records import Event

# Dimensions that name what a service is called, the telling one first; an instance is a host and no service.
_SERVICES = (
    "ServiceName", "FunctionName", "ApiName", "DBInstanceIdentifier", "DBClusterIdentifier", "TableName", "QueueName",
    "CacheClusterId", "LoadBalancer", "LoadBalancerName", "TargetGroup", "StateMachineArn", "StreamName", "TopicName",
    "AutoScalingGroupName", "ClusterName", "BucketName", "DistributionId",
)  # fmt: skip


@dataclass(frozen=True)
class Alarm:
    """An alarm as every payload names it. `arn` is empty in older messages; `facts` are attributes of its events."""

    name: str
    arn: str
    account: str
    service: str
    facts: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """Equal for every sight of this alarm."""
        return self.arn or f"cloudwatch:{self.account}:{self.name}"


def alarm_of(name: str, arn: str, account: str, region: str, metric: Payload, description: str) -> Alarm:
    """The alarm of this name; `metric` holds its metric, dimensions and threshold, in any spelling."""
    parts = arn.split(":")
    dimensions = dimensions_of(metric)
    service = next((dimensions[key] for key in _SERVICES if dimensions.get(key)), "") or metric.text("Application")
    facts = there(
        alertname=name,
        metric=_metric_of(metric),
        threshold=metric.text("Threshold") or metric.text("threshold"),
        comparison=metric.text("ComparisonOperator"),
        region=parts[3] if len(parts) > 6 else region,
        account=account or (parts[4] if len(parts) > 6 else ""),
        description=description,
        host=dimensions.get("InstanceId", ""),
        severity=metric.text("Priority"),
    )
    facts |= {f"label.{key}": value for key, value in dimensions.items()}
    return Alarm(name or "CloudWatch alarm", arn, facts.get("account", ""), service, facts)


def dimensions_of(metric: Payload) -> dict[str, str]:
    """Dimensions by name: as an object, or as a list of names and values in either case."""
    inner = ("metrics", "0", "metricStat", "metric", "dimensions")
    found: Any = metric.at("Dimensions") or metric.at("dimensions") or metric.at(*inner)
    pairs: list[tuple[object, object]] = list(found.items()) if isinstance(found, dict) else []
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            pairs.append((one.get("name", one.get("Name")), one.get("value", one.get("Value"))))
    return {text_of(key): text_of(value) for key, value in pairs if text_of(key) and text_of(value)}


def _metric_of(metric: Payload) -> str:
    space, name = metric.text("Namespace"), metric.text("MetricName")
    if not name:
        inner = metric.below("metrics", "0", "metricStat", "metric")
        space, name = inner.text("namespace"), inner.text("name")
    return "/".join(filter(None, (space, name)))


def read_state(
    payload: Payload, *when: str, alarm: Alarm, new: str, old: str, reason: str, since: tuple[str, ...] = ()
) -> Iterator[Event | Failure]:
    """An alarm went from the state `old` to `new` at the time below `when`. Where an alarm ends and `since` leads to
    the time at which it had begun, the beginning is told as well."""
    common: dict[str, Any] = {
        "fingerprint": alarm.fingerprint,
        "facts": dict(alarm.facts),
        "service": alarm.service,
        "body": reason,
    }
    facts: dict[str, Any] = {"previous": old, "state": new}
    if new == "ALARM":
        yield fired(payload, *when, title=alarm.name, **common, **facts)
    elif new == "OK" and old in ("ALARM", ""):
        end = cleared(payload, *when, title=f"{alarm.name} is OK", **common, **facts)
        if since and not is_never(payload.at(*since)):
            start = fired(payload, *since, title=alarm.name, **{**common, "body": ""}, state="ALARM")
            yield lasting(start, end)
        yield end
    else:
        known = {"INSUFFICIENT_DATA": "has no data", "OK": "is OK"}
        title = f"{alarm.name} {known.get(new, f'is in state {new}' if new else 'states no new state')}"
        yield step_of(payload, *when, step="state", title=title, **{**common, "fingerprint": ""}, **facts)
        if new not in known:
            yield payload.failure(f'"{new}" is not a state of an alarm.', "Check the export.", *when, lost=0)
