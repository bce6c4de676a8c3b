"""Builders for metric tests. All incidents are on invented days; times are UTC unless a zone is written."""

from __future__ import annotations

from afteraction.core.analysis import Facts, Incident
from afteraction.core.digests import Settings
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import (
    Basis,
    Candidate,
    Detection,
    DetectionMethod,
    ImpactWindow,
    Metric,
    Milestone,
    Update,
)
from afteraction.core.instant import Instant
from afteraction.core.records import Event, EventKind, Lane
from afteraction.core.timestamps import read_timestamp
from afteraction.engine.metrics import compute


def at(text: str) -> Instant:
    """`2027-03-02 10:15` in minute precision, `… 10:15:07` to the second."""
    return read_timestamp(text, zone="UTC")


def cite(line: int, evidence: str = "a" * 64) -> EvidenceRef:
    return EvidenceRef(evidence, Locator(line=line))


def said(text: str, *, line: int = 1, source: str = "", chosen_by: str = "", confidence: float = 0.8) -> Candidate:
    return Candidate(at(text), "stated", (cite(line),), source=source, confidence=confidence, chosen_by=chosen_by)


def milestones(**texts: str | tuple[Candidate, ...]) -> dict[Milestone, tuple[Candidate, ...]]:
    """`impact_start="2027-03-02 10:15"`, or candidates in the order of their standing."""
    return {
        Milestone[name.upper()]: (said(value, line=number),) if isinstance(value, str) else value
        for number, (name, value) in enumerate(texts.items(), start=1)
    }


def window(start: str, end: str | None, weight: float | None = None, **more: object) -> ImpactWindow:
    return ImpactWindow(
        start=at(start),
        end=at(end) if end else None,
        weight=weight,
        basis=Basis.MEASURED if weight is not None else Basis.UNKNOWN,
        **more,  # type: ignore[arg-type]
    )


def noticed(method: str, when: str, seen: str | None = None, acted_on: bool | None = None) -> Detection:
    return Detection(
        method=DetectionMethod(method),
        at=at(when),
        seen_at=at(seen) if seen else None,
        acted_on=acted_on,
        evidence=(cite(90),),
    )


def update(when: str, text: str = "", audience: str = "public", promised: str | None = None, **more: object) -> Update:
    return Update(
        at=at(when),
        audience=audience,
        text=text or f"update of {when}",
        promised_next=at(promised) if promised else None,
        **more,  # type: ignore[arg-type]
    )


def fired(when: str, name: str, *, acknowledged: str | None = None, line: int = 0) -> Event:
    """An alert, or with `acknowledged` the acknowledgement of one at that moment."""
    moment = at(acknowledged or when)
    return Event(
        instant=moment, title=name, lane=Lane.ALERTS, evidence=cite(line or moment.utc.hour * 60 + moment.utc.minute),
        kind=EventKind.ACTION if acknowledged else EventKind.DETECTION,
        fingerprint=f"{name}:acknowledged" if acknowledged else name,
        attributes={"status": "acknowledged" if acknowledged else "firing"},
    )  # fmt: skip


def figures(
    kind: str = "outage", *, hard_weight: float = 0.9, environment: str = "production", **facts: object
) -> dict[str, Metric]:
    """All metrics of the facts."""
    incident = Incident(kind=kind, environment=environment)
    return compute(Facts(incident=incident, **facts), Settings(hard_weight=hard_weight))  # type: ignore[arg-type]
