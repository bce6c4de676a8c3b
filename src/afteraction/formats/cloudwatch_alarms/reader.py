"""Reads alarms of Amazon CloudWatch: through SNS, EventBridge or a function, and as the API lists them.

Knows which objects are its own. Refuses to know their fields: see `messages` and `states`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.cloudwatch_alarms.messages import read_message, shape_of

LISTS = ("Records", "MetricAlarms", "CompositeAlarms", "AlarmHistoryItems", "events", "entries")


@dataclass(frozen=True)
class CloudWatchAlarms:
    """The reader of this folder."""

    name: str = "cloudwatch_alarms"
    title: str = "CloudWatch alarms (SNS, EventBridge, describe-alarms, alarm history)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"AlarmName":"PoolFull","NewStateValue":"ALARM","OldStateValue":"OK","NewStateReason":"Threshold Crossed",'
        '"StateChangeTime":"2026-05-12T14:11:08.254+0000"}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is an alarm, or a message of SNS."""
        return 0.95 if any(shape_of(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every change of an alarm's state, and what else SNS says."""
        what = "an alarm of CloudWatch or a message of SNS"
        for payload in payloads(source, lambda one: bool(shape_of(one)), what, LISTS):
            if isinstance(payload, Failure):
                yield payload
            else:
                yield from read_message(payload)


READER = CloudWatchAlarms()
