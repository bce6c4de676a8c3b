"""Facts of invented incidents for tests of opening and timing. Times are UTC unless a zone is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.engine.review.triggers import SeverityAt, TriggerFacts

NOW = datetime(2031, 5, 14, 22, 0, tzinfo=UTC)
START = datetime(2031, 5, 14, 19, 0, tzinfo=UTC)


def cite(line: int) -> EvidenceRef:
    return EvidenceRef("c" * 64, Locator(line=line))


def impact(start_min: float, length_min: float | None) -> tuple[Instant, Instant | None]:
    """Impact from so many minutes after 19:00, so many minutes long; None is still open."""
    start = START + timedelta(minutes=start_min)
    return Instant(utc=start), None if length_min is None else Instant(utc=start + timedelta(minutes=length_min))


def reached(severity: str, minute: int = 0) -> SeverityAt:
    return SeverityAt(severity=severity, at=START + timedelta(minutes=minute), evidence=(cite(minute + 1),))


def facts(**known: object) -> TriggerFacts:
    return TriggerFacts(**{"now": NOW, **known})  # type: ignore[arg-type]
