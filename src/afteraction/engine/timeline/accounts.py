"""Candidates for a milestone from events, in one form: the moment, who says so, and why.

Knows how the lanes are called and how to put several accounts in order. Refuses to drop an account: what disagrees
stays behind the chosen one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from afteraction.core.evidence import EvidenceRef
from afteraction.core.findings import Candidate
from afteraction.core.instant import Instant
from afteraction.core.records import Event, Lane

SOURCE_NAMES = {
    Lane.CHANGES: "deployments",
    Lane.ALERTS: "alerts",
    Lane.CHAT: "chat",
    Lane.CUSTOMERS: "tickets",
    Lane.STATUS: "status page",
    Lane.LOGS: "logs",
    Lane.METRICS: "metrics",
    Lane.DOCUMENT: "document",
}
STATED, MEASURED, SAID, PUBLISHED, INFERRED, HINT = 0.9, 0.85, 0.8, 0.7, 0.5, 0.3
_MOST_EVIDENCE = 8


def candidate(event: Event, reason: str, confidence: float, instant: Instant | None = None) -> Candidate:
    """An account that rests on one event."""
    return Candidate(
        instant=instant or event.instant,
        reason=reason,
        evidence=event.all_sources[:_MOST_EVIDENCE],
        event_ids=(event.id,),
        source=SOURCE_NAMES[event.lane],
        confidence=confidence,
    )


def quote(event: Event, longest: int = 90) -> str:
    """The event's title in quotation marks, cut where it is long."""
    text = " ".join(event.title.split())
    return f"“{text if len(text) <= longest else text[: longest - 1].rstrip() + '…'}”"


def in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Accounts with the surest first; the same moment from the same source once, with all its evidence."""
    merged: dict[tuple[str, str], Candidate] = {}
    for one in sorted(candidates, key=_rank):
        key = (one.source, one.instant.utc.isoformat())
        known = merged.get(key)
        if known is not None:
            ids = tuple(dict.fromkeys((*known.event_ids, *one.event_ids)))
            one = replace(known, evidence=_all((*known.evidence, *one.evidence)), event_ids=ids)
        merged[key] = one
    return tuple(merged.values())


def overlap(one: Instant, other: Instant) -> bool:
    """True when both may stand for the same moment, within their precision."""
    if one.utc == other.utc:
        return True
    return one.lo <= other.hi and other.lo <= one.hi


def _rank(one: Candidate) -> tuple[float, str, str, tuple[str, ...]]:
    return -one.confidence, one.instant.utc.isoformat(), one.source, one.event_ids


def _all(refs: Sequence[EvidenceRef]) -> tuple[EvidenceRef, ...]:
    return tuple(dict.fromkeys(refs))[:_MOST_EVIDENCE]
