"""How loud the pager was before the incident: M31 alert load.

Knows alerts and their acknowledgements by fingerprint. Refuses to call an alert not actionable where no
acknowledgement was recorded of any, and to guess shifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from afteraction.core.findings import DetectionMethod, Metric, State
from afteraction.core.records import Event, EventKind
from afteraction.engine.metrics.figures import Definition, distinct, joined, spoken, unknown
from afteraction.engine.metrics.moments import Moments

M31 = Definition(
    id="M31",
    name="Alert load",
    formula="alerts per hour in the 24 h before impact start (else detection)",
    unit="alerts/h",
)
BEFORE = timedelta(hours=24)
ANSWERED_WITHIN = timedelta(minutes=15)
# Alerts this close to the one that mattered compete with it for the same pair of eyes.
AROUND = timedelta(minutes=15)
_ACKNOWLEDGED = ":acknowledged"


def alert_load(moments: Moments) -> Metric:
    """M31 in alerts per hour. "At least" where the alerts that were imported reach back less than 24 h. Detail:
    `alerts` and `reaches_back_h`, `actionable_share` with `answered` (None where no acknowledgement was recorded),
    `around`: how many other alerts fired within 15 minutes of the one that mattered (None without one), and
    `pages_per_shift`, None until shifts are recorded."""
    start = moments.impact_start or moments.detected
    seen = moments.facts.alerts
    if not seen:
        return unknown(M31, "No source of alerts was imported.")
    if not start:
        return unknown(M31, "Impact start and detection are unknown, so there is no day before it.")
    end = start.instant.utc
    first = min(each.instant.utc for each in seen)
    counted = [each for each in _fired(seen) if end - BEFORE <= each.instant.utc < end]
    reaches = min(max((end - first).total_seconds(), 0.0), BEFORE.total_seconds())
    whole = first <= end - BEFORE
    detail: dict[str, object] = {"alerts": len(counted), "reaches_back_h": reaches / 3600, "pages_per_shift": None}
    answered = _answered(counted, seen)
    detail["answered"] = answered
    detail["actionable_share"] = answered / len(counted) if answered is not None and counted else None
    detail["around"], beside = _around(moments, seen)
    value = len(counted) / (BEFORE.total_seconds() / 3600)
    begin = f"{spoken(reaches)} before it" if reaches else "with it"
    short = "" if whole else f"The alerts that were imported begin {begin}, so this is a lower bound."
    return Metric(
        id=M31.id, name=M31.name, state=State.VALUE if whole else State.AT_LEAST, value=value,
        low=value, high=value if whole else None, unit=M31.unit, clock=M31.clock, formula=M31.formula,
        note=joined(short, _share_in_words(answered, len(counted)), beside),
        inputs=((start.name, start.instant),),
        evidence=distinct((*(each.evidence for each in counted), *start.first.evidence)), detail=detail,
    )  # fmt: skip


def _fired(seen: Sequence[Event]) -> list[Event]:
    """Each firing once, by time: the same alert told by two sources has one fingerprint and moment."""
    fired = [each for each in seen if each.kind is EventKind.DETECTION]
    return sorted({(each.fingerprint or each.id, each.instant.utc): each for each in fired}.values(), key=_at)


def _at(event: Event) -> datetime:
    return event.instant.utc


def _answered(counted: Sequence[Event], seen: Sequence[Event]) -> int | None:
    """How many were acknowledged within 15 minutes; None where no acknowledgement was recorded at all."""
    by_alert: dict[str, list[datetime]] = {}
    for each in seen:
        if each.attributes.get("status", "").lower().startswith("ack") or each.fingerprint.endswith(_ACKNOWLEDGED):
            by_alert.setdefault(each.fingerprint.removesuffix(_ACKNOWLEDGED), []).append(each.instant.utc)
    if not by_alert:
        return None
    return sum(
        any(timedelta(0) <= at - each.instant.utc <= ANSWERED_WITHIN for at in by_alert.get(each.fingerprint, ()))
        for each in counted
    )


def _around(moments: Moments, seen: Sequence[Event]) -> tuple[int | None, str]:
    """(other alerts around the monitor's detection, a sentence)."""
    detections = [one for one in moments.facts.detections if one.method is DetectionMethod.MONITOR]
    if not detections:
        return None, ""
    told = min(detections, key=lambda one: one.at.utc)
    others = [
        each for each in _fired(seen) if abs(each.instant.utc - told.at.utc) <= AROUND and each.id not in told.event_ids
    ]
    if not others:
        return 0, "The alert that mattered stood alone."
    return len(others), f"Within 15 minutes of the alert that mattered {len(others)} other{_s(others)} fired."


def _s(items: Sequence[object]) -> str:
    return "" if len(items) == 1 else "s"


def _share_in_words(answered: int | None, count: int) -> str:
    if not count:
        return "No alert fired in the day before."
    if answered is None:
        return "Which of them were acted on is unknown: no acknowledgement was recorded."
    return f"{answered} of {count} {'was' if count == 1 else 'were'} acknowledged within 15 minutes."
