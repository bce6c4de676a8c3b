"""When users were hurt: what documents state, else what series measure, else while alerts were firing.

Knows the order of trust between these and joins their steps. Refuses to estimate how bad it was: only a measured or
stated weight is a weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from afteraction.core.digests import Material
from afteraction.core.evidence import EvidenceRef
from afteraction.core.findings import Basis, Candidate, ImpactWindow, Milestone
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine import signals
from afteraction.engine.timeline.accounts import HINT, SOURCE_NAMES
from afteraction.engine.timeline.ending import resolved
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.told import told_window

QUIET = (
    "info",
    "information",
    "informational",
    "warning",
    "warn",
    "none",
    "low",
    "p4",
    "p5",
    "ticket",
    "debug",
)
_PAGING = ("page", "critical", "high", "emergency", "p1", "p2", "sev1", "sev2")
_COARSE = timedelta(minutes=5)
_IMPACT_NAMES = ("impact", "degradation", "user_impact", "customer_impact")


def measured_windows(material: Material) -> tuple[ImpactWindow, ...]:
    """Windows that series of failing requests show."""
    return tuple(signals.impact_windows(material.series, material.minutes))


def where_users_are(measured: Sequence[ImpactWindow], scene: Scene) -> tuple[ImpactWindow, ...]:
    """The measured windows of the stretch. Where several services failed at once, the one that people were paged for,
    that tickets name or that the incident is about shows what users saw; the others failed behind it. Where nothing
    names one, series go before counts per minute."""
    inside = [w for w in measured if w.start.utc <= scene.high and (w.end is None or w.end.utc >= scene.low)]
    named = set(scene.incident.services)
    for event in scene.within(Lane.ALERTS, Lane.CUSTOMERS):
        if event.lane is Lane.CUSTOMERS or event.attributes.get("severity", "").lower() in _PAGING:
            named.add(event.service)
    facing = [w for w in inside if w.service in named - {""}]
    # Without a name for it, a series tells the moment better than counts of whole minutes do.
    facing = facing or [w for w in inside if w.start.precision is not Precision.MINUTE]
    return tuple(w for w in inside if w in facing or not any(_at_once(w, other) for other in facing))


def _at_once(one: ImpactWindow, other: ImpactWindow) -> bool:
    """True when two windows overlap, or lie closer together than minute-wise counts can tell."""
    one_end, other_end = one.end.utc if one.end else None, other.end.utc if other.end else None
    return (one_end is None or other.start.utc <= one_end + _COARSE) and (
        other_end is None or one.start.utc <= other_end + _COARSE
    )


def find_windows(scene: Scene, measured: Sequence[ImpactWindow], material: Material) -> tuple[ImpactWindow, ...]:
    """The windows of impact from the best account there is, each with a sentence where somebody said what failed."""
    windows = _stated(scene) or list(measured)
    if not windows:
        windows = _from_alerts(scene) or told_window(scene)
    windows = _with_service(windows, scene)
    return tuple(_with_degradation(window, scene, material) for window in windows)


def begun_when_noticed(
    windows: tuple[ImpactWindow, ...], milestones: Mapping[Milestone, Sequence[Candidate]]
) -> tuple[ImpactWindow, ...]:
    """The one estimated window of a written text begins where the chosen estimate of its start lies."""
    chosen = next(iter(milestones.get(Milestone.IMPACT_START, ())), None)
    if chosen is None or len(windows) != 1 or windows[0].basis is not Basis.ESTIMATED or chosen.confidence > HINT:
        return windows
    if chosen.source != SOURCE_NAMES[Lane.DOCUMENT] or chosen.instant.utc >= windows[0].start.utc:
        return windows
    evidence = tuple(dict.fromkeys((*chosen.evidence, *windows[0].evidence)))
    return (replace(windows[0], start=chosen.instant, evidence=evidence),)


def _with_service(windows: Sequence[ImpactWindow], scene: Scene) -> list[ImpactWindow]:
    """Measured windows whose series name no service take the only one that people were alerted about meanwhile."""
    if any(window.service or window.basis is not Basis.MEASURED for window in windows):
        return list(windows)
    ends = [w.end.utc for w in windows if w.end is not None]
    over = max(ends) if windows and len(ends) == len(windows) else scene.high
    begun = min((w.start.utc for w in windows), default=scene.low)
    firing = [e for e in scene.within(Lane.ALERTS) if e.kind is EventKind.DETECTION and begun <= e.instant.utc <= over]
    named = {event.service for event in firing} - {""}
    return [replace(window, service=next(iter(named))) for window in windows] if len(named) == 1 else list(windows)


def _stated(scene: Scene) -> list[ImpactWindow]:
    """Windows from stated starts and ends, paired in their order inside each document."""
    written = [(len(events), key, events) for key, events in scene.stated_bounds().items() if _is_written(events)]
    for _, _, events in sorted(written, key=lambda item: (-item[0], item[1])):
        if windows := _paired(events, scene):
            return windows
    return []


def _is_written(events: Sequence[Event]) -> bool:
    # A status page dates its start when it is told, not when users were hurt.
    return all(event.lane is not Lane.STATUS for event in events)


def _paired(events: Sequence[Event], scene: Scene) -> list[ImpactWindow]:
    windows: list[ImpactWindow] = []
    start: Event | None = None
    for event in events:
        if event.attributes["milestone"] == "t_impact_start":
            start = start or event
            if event.until is not None and event is start:
                windows.append(_window(event, event.until, (event,), len(windows)))
                start = None
        elif start is not None:
            windows.append(_window(start, event.instant, (start, event), len(windows)))
            start = None
    if start is not None and not windows:
        windows.append(_without_end(start, scene))
    # A text that states its window twice means one.
    once = {(w.start.utc, w.end.utc if w.end else None, w.weight): w for w in reversed(windows)}
    return sorted(once.values(), key=lambda w: (w.start.utc, w.group))


def _without_end(start: Event, scene: Scene) -> ImpactWindow:
    """A stated start without a stated end: until users were served again, as the text says, else open."""
    for milestone in ("t_mitigated", "t_resolved"):
        ends = [e for e in scene.stated(milestone) if e.instant.utc >= start.instant.utc]
        if ends:
            return replace(_window(start, ends[0].instant, (start, ends[0]), 0), basis=Basis.ESTIMATED)
    over = _called_over(start, scene)
    basis = Basis.ESTIMATED if over else Basis.UNKNOWN
    return replace(_window(start, over, (start,), 0), basis=basis)


def _window(start: Event, end: Instant | None, events: Sequence[Event], group: int) -> ImpactWindow:
    return ImpactWindow(
        start=start.instant,
        end=end,
        service=start.service,
        stream=start.attributes.get("stream", ""),
        weight=_share(start.attributes.get("weight", "")),
        basis=Basis.MEASURED if start.attributes.get("weight") else Basis.UNKNOWN,
        users=_number(start.attributes.get("users", "")),
        evidence=_refs(events),
        group=group,
    )


# A storm of alerts is one window; its first citations are enough to verify it.
_MOST_CITED = 20


def _from_alerts(scene: Scene) -> list[ImpactWindow]:
    """While alerts that wake people were firing; overlapping ones are one window of unknown weight."""
    alerts = [e for e in scene.within(Lane.ALERTS) if e.kind is EventKind.DETECTION]
    loud = [e for e in alerts if e.attributes.get("severity", "").lower() not in QUIET]
    windows: list[ImpactWindow] = []
    cited_enough = False
    ended = [e for e in loud if e.until is not None]
    for event in ended or loud:
        last = windows[-1] if windows else None
        if last is not None and (last.end is None or event.instant.utc <= last.end.utc):
            end = event.until if last.end and event.until and event.until.utc > last.end.utc else last.end
            service = last.service if last.service == event.service else ""
            evidence = last.evidence if cited_enough else _most((*last.evidence, *event.all_sources))
            cited_enough = len(evidence) == _MOST_CITED
            if end is not last.end or service != last.service or evidence is not last.evidence:
                windows[-1] = replace(last, end=end, service=service, evidence=evidence)
        else:
            cited_enough = False
            windows.append(
                ImpactWindow(
                    start=event.instant,
                    end=event.until or _called_over(event, scene),
                    service=event.service,
                    basis=Basis.ESTIMATED,
                    evidence=event.all_sources,
                    group=len(windows),
                )
            )
    return windows


def _called_over(start: Event, scene: Scene) -> Instant | None:
    """When something whose end no evidence has was over at the latest: when it was called resolved."""
    told = scene.stated("t_mitigated") + scene.stated("t_resolved")
    said = [candidate.instant for candidate in resolved(scene, start.instant, None)]
    after = [instant for instant in ([e.instant for e in told] or said) if instant.utc > start.instant.utc]
    return after[0] if after else None


def _with_degradation(window: ImpactWindow, scene: Scene, material: Material) -> ImpactWindow:
    """The window with what did not work and for whom: measured, else in the words of a document, else as told by
    an entry, else in those of the first public update."""
    if window.degradation and window.basis is Basis.MEASURED:
        return window
    stated = [
        (text, ref)
        for document in sorted(material.documents, key=lambda d: (d.evidence.evidence_id, str(d.evidence.locator)))
        for name, text, ref in document.stated
        if name in _IMPACT_NAMES and len(text.split()) >= 3
    ]
    if stated:
        text, _ = min(stated, key=lambda one: _distance(one[1], window))
        return replace(window, degradation=_sentence(text))
    if window.degradation:
        return window
    public = next((e for e in scene.within(Lane.STATUS) if e.body and len(e.body.split()) >= 4), None)
    return replace(window, degradation=_sentence(public.body)) if public else window


def _distance(stated: EvidenceRef, window: ImpactWindow) -> int:
    """How many lines a statement stands from the window in the same original; statements elsewhere are equal."""
    own = [ref.locator.line for ref in window.evidence if ref.evidence_id == stated.evidence_id and ref.locator.line]
    return min((abs(line - (stated.locator.line or 0)) for line in own), default=1_000_000)


def _sentence(text: str) -> str:
    first = text.strip().split("\n", 1)[0]
    end = first.find(". ")
    return first if end < 0 else first[: end + 1]


def _refs(events: Sequence[Event]) -> tuple[EvidenceRef, ...]:
    return tuple(dict.fromkeys(ref for event in events for ref in event.all_sources))


def _most(refs: Sequence[EvidenceRef]) -> tuple[EvidenceRef, ...]:
    return tuple(dict.fromkeys(refs))[:_MOST_CITED]


def _share(text: str) -> float | None:
    number = _number(text.rstrip("% "))
    if number is None:
        return None
    number = number / 100 if text.rstrip().endswith("%") else number
    return number if 0 <= number <= 1 else None


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
