"""Reads what Sentry sends and lists: webhooks, issues, events, releases and deploys.

Knows which object is which. Refuses to know their fields: see `webhooks` and `lists`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.sentry import lists, webhooks


@dataclass(frozen=True)
class Sentry:
    """The reader of this folder."""

    name: str = "sentry"
    title: str = "Sentry (webhooks, issues, events, releases)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"id":"46","project_slug":"shop","level":"error","culprit":"pay","event":{"event_id":"a892","title":"Pool '
        'full","timestamp":1778595068.25,"environment":"production"}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is Sentry's."""
        return 0.92 if any(_is_own(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything that each object states."""
        for payload in payloads(source, _is_own, "an object of Sentry"):
            if isinstance(payload, Failure):
                yield payload
            elif webhooks.shape_of(payload.value):
                yield from webhooks.read_webhook(payload)
            else:
                yield from lists.read_listed(payload)


def _is_own(value: Mapping[str, Any]) -> bool:
    return bool(webhooks.shape_of(value) or lists.shape_of(value))


READER = Sentry()
