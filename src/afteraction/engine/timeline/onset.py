"""How it began: the change before it, the first deviation in retrospect, and the first harm to users.

Knows how to look backwards from the harm. Refuses to call a change a cause: it is the closest one, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from afteraction.core.findings import Basis, Candidate, Detection, DetectionMethod, ImpactWindow
from afteraction.core.instant import Instant
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline.accounts import (
    HINT,
    INFERRED,
    MEASURED,
    PUBLISHED,
    SAID,
    SOURCE_NAMES,
    STATED,
    candidate,
    quote,
)
from afteraction.engine.timeline.conflicts import print_duration
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.told import change_before, first_harm

_SOON_BEFORE = timedelta(minutes=30)
_LONG_BEFORE = timedelta(hours=2)
_OTHER_CHANGES = 5
# A change to what runs says more than one to what may run later.
_RANK = {"deployment": 0, "flag": 0, "config": 0, "infrastructure": 0, "release": 1, "pipeline": 2, "commit": 3}


def begin_of(windows: Sequence[ImpactWindow], detections: Sequence[Detection], scene: Scene) -> Instant | None:
    """The earliest moment of harm or noticing: what the search backwards starts from."""
    moments = [window.start for window in windows] + [d.at for d in detections]
    moments += [event.instant for event in scene.stated("t_impact_start")]
    return min(moments, key=lambda instant: instant.utc, default=None)


def impact_start(
    scene: Scene, windows: Sequence[ImpactWindow], measured: Sequence[ImpactWindow], detections: Sequence[Detection]
) -> list[Candidate]:
    """Stated and measured beginnings of harm; without either, the first alert or report as the latest it can be."""
    found = [
        candidate(e, f"{quote(e)} states it.", PUBLISHED if e.lane is Lane.STATUS else STATED)
        for e in _first_per_document(scene, "t_impact_start")
    ]
    found += [window_candidate(w, w.start, "The share of failing requests rises.") for w in _first(measured, scene)]
    if found:
        return found
    reports = [d for d in detections if d.method is DetectionMethod.CUSTOMER]
    told = first_harm(scene)
    first = min([*windows[:1]], key=lambda w: w.start.utc, default=None)
    others = [d.at.utc for d in reports[:1]] + [w.start.utc for w in windows[:1]]
    fired = [d for d in detections if d.method in _MONITORS and d.acted_on is not False and _is_written(d, scene)]
    estimates = [*others, *([told.instant.utc] if told else [])]
    if fired and estimates and all(fired[0].at.utc < moment for moment in estimates):
        why = f"“{fired[0].title}”: the first alert that the text tells of. Users may have been hurt earlier or later."
        return [Candidate(fired[0].at, why, fired[0].evidence, fired[0].event_ids, SOURCE_NAMES[Lane.DOCUMENT], HINT)]
    if told is not None and all(told.instant.utc <= moment for moment in others):
        return [told]
    if reports and (first is None or reports[0].at.utc < first.start.utc):
        why = "The first user report: users were hurt by then, perhaps earlier."
        source = SOURCE_NAMES[scene.lanes.get(reports[0].event_ids[0], Lane.CUSTOMERS)]
        return [Candidate(reports[0].at, why, reports[0].evidence, reports[0].event_ids, source, HINT)]
    if first is not None:
        return [window_candidate(first, first.start, "The first alert fired: users may have been hurt earlier.")]
    return []


def no_later_than_noticed(starts: list[Candidate], noticed: Sequence[Candidate]) -> list[Candidate]:
    """The accounts of the beginning, led by the noticing where a written text states no beginning and tells of harm
    only a little later: what was noticed was there."""
    if not starts or not noticed or any(one.confidence > HINT for one in starts):
        return starts
    first = min(starts, key=lambda one: one.instant.utc)
    ahead = first.instant.utc - noticed[0].instant.utc
    if first.source != SOURCE_NAMES[Lane.DOCUMENT] or ahead <= timedelta():
        return starts
    why = f"It was noticed by then: {noticed[0].reason} The text states no start of impact: an estimate."
    return [replace(noticed[0], reason=why, confidence=HINT)]


def window_candidate(window: ImpactWindow, instant: Instant, reason: str) -> Candidate:
    """An account that rests on a window of impact."""
    is_measured = window.basis is Basis.MEASURED
    source, sure = ("metrics", MEASURED) if is_measured else ("alerts", HINT)
    if window.basis is Basis.UNKNOWN:
        source, sure = "document", SAID
    return Candidate(instant, reason, window.evidence[:8], (), source, sure)


def trigger(scene: Scene, begin: Instant | None, services: frozenset[str]) -> list[Candidate]:
    """The change closest before the beginning, preferring services that took part; other changes of the hours before
    follow as candidates (SPEC R030)."""
    told = [e for e in scene.events if e.kind is EventKind.TRIGGER and not e.attributes.get("milestone")]
    found = [candidate(e, f"{quote(e)} is told as the trigger.", SAID) for e in told]
    if begin is None:
        return found
    if not found and (written := change_before(scene, begin)):
        found.append(written)
    hours = scene.settings.changes_before_h
    earliest = begin.utc - timedelta(hours=hours)
    changes = [e for e in scene.events if _may_trigger(e) and earliest <= e.instant.utc <= begin.hi]
    changes.sort(key=lambda e: (_distance(e, services), abs(begin.utc - e.instant.utc), e.id))
    for number, event in enumerate(changes[: _OTHER_CHANGES + 1]):
        before = print_duration(max(0.0, (begin.utc - event.instant.utc).total_seconds()))
        if number == 0:
            why = f"{quote(event)} is the closest change before users were hurt, {before} earlier"
            why += f", on {event.service}, which took part." if event.service in services and event.service else "."
            found.append(candidate(event, why + " A candidate, not a cause.", INFERRED))
        else:
            why = f"{quote(event)} also changed in the {hours:g} h before, {before} earlier."
            why += " A candidate, not a cause."
            found.append(candidate(event, why, round(HINT / (number + 1), 3)))
    return found


def first_signal(
    scene: Scene, begin: Instant | None, caused: Candidate | None, until: datetime | None
) -> list[Candidate]:
    """The earliest deviation of a metric or a log, seen in retrospect: since the change before it, where there is one
    within two hours, else within half an hour before the harm."""
    if begin is None:
        return []
    since = begin.utc - _SOON_BEFORE
    if caused is not None and begin.utc - caused.instant.utc <= _LONG_BEFORE:
        since = min(since, caused.instant.utc) if caused.instant.utc < since else caused.instant.utc
    signals = [
        e
        for e in scene.events
        if e.kind is EventKind.SIGNAL
        and e.lane in (Lane.METRICS, Lane.LOGS)
        and since <= e.instant.utc <= (until or scene.high)
    ]
    if not signals:
        return []
    first = signals[0]
    return [candidate(first, f"{quote(first)}: the earliest deviation visible in retrospect.", MEASURED)]


def services_involved(scene: Scene, windows: Sequence[ImpactWindow], detections: Sequence[Detection]) -> frozenset[str]:
    """Services that the incident names, that were hurt, alerted or deviated."""
    ids = {one for d in detections for one in d.event_ids}
    named = set(scene.incident.services) | {w.service for w in windows}
    for event in scene.within():
        if event.id in ids or event.kind is EventKind.SIGNAL:
            named.add(event.service)
    return frozenset(named - {""})


def _may_trigger(event: Event) -> bool:
    if event.lane is not Lane.CHANGES or event.kind is EventKind.MITIGATION:
        return False
    return event.attributes.get("state") != "failure"


def _distance(event: Event, services: frozenset[str]) -> tuple[int, int, int]:
    elsewhere = event.environment.lower() not in ("", "production", "prod", "live")
    foreign = event.service not in services if event.service and services else bool(services)
    return int(elsewhere), _RANK.get(event.attributes.get("change", ""), 1), int(foreign)


_MONITORS = (DetectionMethod.MONITOR, DetectionMethod.SYNTHETIC)


def _is_written(detection: Detection, scene: Scene) -> bool:
    return all(scene.lanes.get(one) is Lane.DOCUMENT for one in detection.event_ids)


def _first_per_document(scene: Scene, milestone: str) -> list[Event]:
    first: dict[str, Event] = {}
    for event in scene.stated(milestone):
        first.setdefault(event.evidence.evidence_id, event)
    return list(first.values())


def _first(measured: Sequence[ImpactWindow], scene: Scene) -> list[ImpactWindow]:
    return [w for w in measured if w.start.utc >= scene.low][:1]
