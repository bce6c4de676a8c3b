"""Reads the audit logs of feature flag services: LaunchDarkly's and Unleash's.

Knows which entry is whose. Refuses the evaluations of flags: those change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.feature_flags import launchdarkly, unleash

LISTS = ("items", "events")


class FeatureFlags:
    """The reader of this folder."""

    name = "feature_flags"
    title = "Feature flag audit logs (LaunchDarkly, Unleash)"
    kind = EvidenceKind.DEPLOYMENT
    example = (
        '{"id": 71, "type": "feature-environment-enabled", "createdBy": "ada", "createdAt": "2026-05-12T14:02:11Z", '
        '"featureName": "fast-pool", "environment": "production"}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is an entry of such a log."""
        return 0.95 if any(_is_own(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every entry: a change where a flag was changed, a note for the rest of the log."""
        for payload in payloads(source, _is_own, "an entry of LaunchDarkly's or Unleash's audit log", LISTS):
            if isinstance(payload, Failure):
                yield payload
            elif launchdarkly.is_entry(payload.value):
                yield launchdarkly.read_entry(payload)
            else:
                yield unleash.read_event(payload)


def _is_own(value: Mapping[str, Any]) -> bool:
    return launchdarkly.is_entry(value) or unleash.is_event(value)


READER = FeatureFlags()
