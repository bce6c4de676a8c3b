"""Small labelled incidents: metrics by the minute, log templates and changes, built in memory."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from afteraction.core.digests import LogTemplate, Material, MetricSeries
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.core.records import Change, ChangeKind, LogLine
from afteraction.engine.suspects.case import Alert, Case

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
MINUTES = 90


def second(minute: float) -> float:
    """UTC epoch seconds of a minute of the recording."""
    return (START + timedelta(minutes=minute)).timestamp()


def cite(place: str) -> EvidenceRef:
    """A citation of its own."""
    return EvidenceRef("e" * 64, Locator(pointer=place))


def metric(service: str, name: str, base: float, peak: float, at: int, ramp: int = 1) -> MetricSeries:
    """A series that leaves `base` for `peak` at a minute, within `ramp` minutes."""
    luck = random.Random(f"{service}/{name}")
    values = [
        (base + (peak - base) * min(1.0, max(0.0, (minute - at + 1) / ramp))) * luck.uniform(0.96, 1.04)
        for minute in range(MINUTES)
    ]
    times = [second(minute) for minute in range(MINUTES)]
    return MetricSeries(metric=name, service=service, times=times, values=values, evidence=cite(f"/{service}/{name}"))


def log(service: str, message: str, at: int, level: str = "error", lines: int = 40) -> LogTemplate:
    """Lines of one form, from a minute on."""
    return LogTemplate(
        template=message, service=service, level=level, lines=lines, first=second(at), last=second(MINUTES),
        example=message, evidence=cite(f"/{service}/{message}"),
    )  # fmt: skip


def line(service: str, message: str, at: float, level: str) -> LogLine:
    """One line."""
    place = cite(f"/{service}/{at}/{message}")
    return LogLine(instant=at_minute(at), message=message, service=service, level=level, evidence=place)


def commit(key: str, at: float, title: str, file: str, diff: str = "") -> Change:
    """A commit to one file."""
    return Change(
        instant=at_minute(at), kind=ChangeKind.COMMIT, title=title, reference=key, files=(file,), diff=diff,
        evidence=cite(f"/{key}"), attributes={"id": key},
    )  # fmt: skip


def deploy(service: str, at: float, key: str = "") -> Change:
    """A release of a service, which may name its commit."""
    return Change(
        instant=at_minute(at), kind=ChangeKind.DEPLOYMENT, title=f"{service} deployed", service=service,
        reference=f"{service}-{at}", evidence=cite(f"/{service}-{at}"), attributes={"commit": key} if key else {},
    )  # fmt: skip


def case(
    *evidence: MetricSeries | LogTemplate | Change, alert: str = "", fired: float = 70.0, metric_name: str = ""
) -> Case:
    """A case of it all, with an alert on a service where one is named."""
    return Case(
        material=Material(
            series=[one for one in evidence if isinstance(one, MetricSeries)],
            templates=[one for one in evidence if isinstance(one, LogTemplate)],
            changes=[one for one in evidence if isinstance(one, Change)],
        ),
        alert=Alert(fired_at=second(fired), service=alert, metric=metric_name) if alert else None,
    )


def at_minute(minute: float) -> Instant:
    """That minute as an instant."""
    at = START + timedelta(minutes=minute)
    return Instant(utc=at, original_text=at.isoformat())
