"""Proposals for every milestone of SPEC §3.1, each with its evidence, its reason and how sure it is.

Knows what counts as which milestone and in which order to trust. Refuses to fill a milestone that nothing speaks
for (it stays empty), to let a machine acknowledge, and to put events in an order they did not have (T-4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from afteraction.core.findings import Candidate, Detection, DetectionMethod, ImpactWindow, Milestone
from afteraction.core.instant import Instant
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline import ending, onset
from afteraction.engine.timeline.accounts import (
    HINT,
    INFERRED,
    PUBLISHED,
    SAID,
    SOURCE_NAMES,
    STATED,
    candidate,
    in_order,
    quote,
)  # fmt: skip
from afteraction.engine.timeline.classify import is_automatic, says
from afteraction.engine.timeline.detections import reached_at
from afteraction.engine.timeline.merge import is_human
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.windows import QUIET
from afteraction.engine.timeline.words import Says

SPOKEN = ("", "me_message", "thread_broadcast", "reply_broadcast", "file_share", "file_comment", "message_changed")
_MONITORS = (DetectionMethod.MONITOR, DetectionMethod.SYNTHETIC)
_PRESENT = (DetectionMethod.INTERNAL_PERSON, DetectionMethod.PLANNED_WATCH, DetectionMethod.ACCIDENT)
_BEFORE_HARM = timedelta(minutes=60)
# Changes that no pipeline makes by itself in the middle of an incident.
_BY_HAND = ("rollback", "infrastructure", "flag", "config")
_DOING = frozenset({Says.ACTS, Says.ROLLS_BACK, Says.MITIGATED})
_SILENCES = re.compile(r"silenced? ", re.IGNORECASE)
_NO_ACTION = ("commit", "release", "pipeline")
_KNOWING = (Milestone.DECLARED, Milestone.ACKNOWLEDGED, Milestone.DIAGNOSED)
_DERIVED = (Milestone.IMPACT_START, Milestone.IMPACT_END)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the proposals rest on besides the events."""

    windows: Sequence[ImpactWindow]
    measured: Sequence[ImpactWindow]
    detections: Sequence[Detection]


def propose(scene: Scene, given: Findings) -> dict[Milestone, tuple[Candidate, ...]]:
    """Candidates of every milestone, the chosen one first; unknown ones are empty."""
    begin = onset.begin_of(given.windows, _near(given, None), scene)
    detections = _near(given, begin)
    found: dict[Milestone, list[Candidate]] = {milestone: _stated(scene, milestone) for milestone in Milestone}
    starts = onset.impact_start(scene, given.windows, given.measured, detections)
    near, detections = detections, _of_this_harm(detections, starts, scene)
    kept = {id(detection) for detection in detections}
    passed = [d for d in near if id(d) not in kept]
    found[Milestone.IMPACT_START] = starts
    origin = in_order(starts)[0].instant if starts else begin
    ends = ending.impact_end(scene, given.windows, given.measured)
    found[Milestone.IMPACT_END] = ends
    over = in_order(ends)[0].instant if ends else None
    services = onset.services_involved(scene, given.windows, detections)
    _fill(found, Milestone.TRIGGER, lambda: onset.trigger(scene, origin, services))
    caused = found[Milestone.TRIGGER][0] if found[Milestone.TRIGGER] else None
    _fill(found, Milestone.FIRST_SIGNAL, lambda: onset.first_signal(scene, origin, caused, over.hi if over else None))
    _fill(found, Milestone.LATENT, lambda: _latent(scene))
    _fill(found, Milestone.FIRST_USER_REPORT, lambda: _first_of(scene, detections, (DetectionMethod.CUSTOMER,)))
    _fill(found, Milestone.FIRST_MONITOR, lambda: _first_of(scene, detections, _MONITORS))
    _fill(found, Milestone.DECLARED, lambda: _declared(scene, origin))
    _fill(found, Milestone.DETECTED, lambda: _detected(scene, detections, passed, _known_by(scene, found)))
    found[Milestone.IMPACT_START] = onset.no_later_than_noticed(starts, found[Milestone.DETECTED])
    _fill(found, Milestone.FLAG, lambda: _flag(scene, detections, found))
    flag = in_order(found[Milestone.FLAG])[0].instant if found[Milestone.FLAG] else None
    _fill(found, Milestone.FIRST_ACTION, lambda: _first_action(scene, flag, services))
    _fill(found, Milestone.ACKNOWLEDGED, lambda: _acknowledged(scene, flag, found[Milestone.FIRST_ACTION], detections))
    _fill(found, Milestone.DIAGNOSED, lambda: _diagnosed(scene, flag))
    found[Milestone.MITIGATED] += ending.mitigated(
        scene, given.windows, given.measured, found[Milestone.MITIGATED], flag
    )
    found[Milestone.RESOLVED] += ending.resolved(scene, over, flag)
    return {milestone: in_order(candidates) for milestone, candidates in found.items()}


def is_spoken(event: Event) -> bool:
    """True for what a person said in chat; the channel's own notices and machines are left out."""
    return event.lane is Lane.CHAT and is_human(event) and event.attributes.get("subtype", "") in SPOKEN


def _stated(scene: Scene, milestone: Milestone) -> list[Candidate]:
    if milestone in _DERIVED:
        return []
    return [
        candidate(event, f"{quote(event)} states it.", PUBLISHED if event.lane is Lane.STATUS else STATED)
        for event in scene.stated(milestone.value)
    ]


def _latent(scene: Scene) -> list[Candidate]:
    told = (event for event in scene.events if event.kind is EventKind.LATENT)
    return [candidate(event, f"{quote(event)} names the condition.", SAID) for event in told][:1]


def _fill(
    found: dict[Milestone, list[Candidate]], milestone: Milestone, computed: Callable[[], Iterable[Candidate]]
) -> None:
    """Adds what can be computed where nothing states the milestone."""
    if not found[milestone]:
        found[milestone] = list(computed())


def _near(given: Findings, begin: Instant | None) -> list[Detection]:
    """Detections that can be of this incident: not long before the harm, and none for information only while others
    are there."""
    anchor = given.windows[0].start.utc if given.windows else begin.utc if begin else None
    return [d for d in given.detections if anchor is None or d.at.utc >= anchor - _BEFORE_HARM]


def _of_this_harm(detections: list[Detection], starts: Sequence[Candidate], scene: Scene) -> list[Detection]:
    """Detections without monitors whose alert was over before users were hurt: they fired for something else, unless
    nothing else fired."""
    if not starts or in_order(starts)[0].confidence <= HINT:
        return detections
    start = in_order(starts)[0].instant
    over = {e.id for e in scene.events if e.lane is Lane.ALERTS and e.until is not None and e.until.utc <= start.utc}
    kept = [d for d in detections if not over & set(d.event_ids)]
    return kept if any(d.method in _MONITORS for d in kept) or not detections else detections


def _first_of(scene: Scene, detections: Sequence[Detection], methods: Sequence[DetectionMethod]) -> list[Candidate]:
    first = next((d for d in detections if d.method in methods), None)
    if first is None:
        return []
    what = "detection by a monitor" if methods is _MONITORS else "report of a user"
    return [_noticed(scene, first, first.at, f"“{first.title}” is the earliest {what}.")]


def _noticed(scene: Scene, detection: Detection, moment: Instant, reason: str) -> Candidate:
    """An account that rests on a detection."""
    lane = next((scene.lanes[one] for one in detection.event_ids if one in scene.lanes), Lane.ALERTS)
    return Candidate(moment, reason, detection.evidence[:8], detection.event_ids, SOURCE_NAMES[lane], SAID)


def _detected(
    scene: Scene, detections: Sequence[Detection], passed: Sequence[Detection], known: Candidate | None
) -> list[Candidate]:
    """The first noticing that reached the team and was not left lying; `passed` were over before users were hurt.
    What people stated to know earlier than that shows that it had been noticed by then."""
    reached = [(r, d) for d in detections if d.acted_on is not False and (r := reached_at(d)) is not None]
    reached = _loud(scene, reached)
    moment, first = min(reached, key=lambda pair: (pair[0].utc, pair[1].event_ids), default=(None, None))
    if known is not None and (moment is None or known.instant.hi < moment.utc):
        return [known] if reached or detections else []
    if moment is None or first is None:
        return []
    ignored = [d for d in detections if d.acted_on is False and d.at.utc < moment.utc]
    why = f"“{first.title}” is the first noticing that reached the team ({first.method.value.replace('_', ' ')})."
    if ignored:
        why += f" “{ignored[0].title}” fired earlier and was not acted on."
    if earlier := [d for d in passed if d.at.utc < moment.utc]:
        why += f" “{earlier[0].title}” fired earlier and was over before users were hurt."
    return [_noticed(scene, first, moment, why)]


def _loud(scene: Scene, reached: list[tuple[Instant, Detection]]) -> list[tuple[Instant, Detection]]:
    """The noticings without alerts that wake nobody, while one that does came before anybody did anything."""
    ids = {e.id for e in scene.events if e.lane is Lane.ALERTS and e.attributes.get("severity", "").lower() in QUIET}
    loud = [pair for pair in reached if not ids & set(pair[1].event_ids)]
    if not loud or len(loud) == len(reached):
        return reached
    first = min(moment.utc for moment, _ in loud)
    quiet = min(moment.utc for moment, d in reached if ids & set(d.event_ids))
    answered = any(quiet <= e.instant.utc < first and _acknowledges(e) for e in scene.within())
    return reached if answered else loud


def _known_by(scene: Scene, found: Mapping[Milestone, Sequence[Candidate]]) -> Candidate | None:
    """The earliest stated moment at which people must have known: they declared, acknowledged or had diagnosed it."""
    told = [one for name in _KNOWING for one in found[name] if one.confidence >= SAID]
    told = [one for one in told if scene.low <= one.instant.utc <= scene.high]
    if not told:
        return None
    first = min(told, key=lambda one: one.instant.utc)
    return replace(first, reason=f"{first.reason} It had been noticed by then; how is not told.", confidence=INFERRED)


def _flag(
    scene: Scene, detections: Sequence[Detection], found: Mapping[Milestone, Sequence[Candidate]]
) -> list[Candidate]:
    reached = [(r, d) for d in detections if (r := reached_at(d)) is not None]
    flags = [_noticed(scene, d, r, f"“{d.title}” flagged it to the team.") for r, d in reached]
    for milestone, why in (
        (Milestone.DECLARED, "The incident was declared."),
        (Milestone.DETECTED, "It was detected."),
    ):
        flags += [replace(one, reason=why) for one in found[milestone]]
    return [min(flags, key=lambda c: (c.instant.utc, c.event_ids))] if flags else []


def _declared(scene: Scene, begin: Instant | None) -> list[Candidate]:
    low = begin.utc - _BEFORE_HARM if begin else scene.low
    said = [
        e
        for e in scene.within(Lane.CHAT, Lane.DOCUMENT, Lane.ALERTS)
        if e.instant.utc >= low and Says.DECLARES in says(e)
    ]
    people = [e for e in said if is_spoken(e) or e.lane is Lane.DOCUMENT]
    if people:
        return [candidate(people[0], f"{quote(people[0])} declares it.", SAID)]
    if said:
        return [
            candidate(
                said[0], f"{quote(said[0])}: a machine announced it; no person's declaration was found.", INFERRED
            )
        ]
    return []


def _first_action(scene: Scene, flag: Instant | None, services: frozenset[str]) -> list[Candidate]:
    if flag is None:
        return []
    for event in scene.within():
        if event.instant.hi > flag.lo and _acts(event, flag, services):
            return [candidate(event, f"{quote(event)} is the first action after it was flagged.", SAID)]
    return []


def _acts(event: Event, flag: Instant, services: frozenset[str]) -> bool:
    """True for what somebody did about it, as far as the evidence tells a person from a pipeline."""
    if _only_silences(event) or "step" in event.attributes:
        return False
    if event.lane is Lane.CHANGES:
        return _changes_by_hand(event, services)
    if is_automatic(event):
        return False
    if event.lane is Lane.CHAT:
        return is_spoken(event) and event.kind is not EventKind.DECISION and bool(_DOING & says(event))
    if event.lane is Lane.DOCUMENT:
        told = event.kind is EventKind.MITIGATION or (event.kind is EventKind.ACTION and bool(_DOING & says(event)))
        return told and not event.attributes.get("milestone") and event.instant.utc > flag.utc
    return event.kind in (EventKind.ACTION, EventKind.MITIGATION)


def _changes_by_hand(event: Event, services: frozenset[str]) -> bool:
    what = event.attributes.get("change", "")
    if event.kind is EventKind.MITIGATION or (what in _BY_HAND and not is_automatic(event)):
        return True
    if not what:
        # An operator's own list of actions; an entry of a deployment says nothing about who wanted it.
        return not is_automatic(event) and Says.CHANGES_SOMETHING not in says(event)
    return what not in _NO_ACTION and is_human(event) and event.service in services


def _acknowledged(
    scene: Scene, flag: Instant | None, actions: Sequence[Candidate], detections: Sequence[Detection]
) -> list[Candidate]:
    """A person's acknowledgement after the flag, or a person's action where that came first (M03)."""
    if flag is None:
        return []
    noticed = next((d for d in detections if d.method in _PRESENT and d.seen_at and d.seen_at.utc == flag.utc), None)
    if noticed is not None:
        why = "The person who noticed it was there already: flag and acknowledgement are one moment."
        return [_noticed(scene, noticed, flag, why)]
    ack = next((e for e in scene.within() if e.instant.hi > flag.lo and _acknowledges(e)), None)
    if actions and (ack is None or actions[0].instant.utc < ack.instant.utc):
        first = actions[0]
        why = "The first action of a person came before any acknowledgement."
        return [Candidate(first.instant, why, first.evidence, first.event_ids, first.source, INFERRED)]
    return [candidate(ack, f"{quote(ack)} is the first acknowledgement by a person.", SAID)] if ack else []


def _only_silences(event: Event) -> bool:
    """True where somebody quietened an alert: that shows a person at work, and changes nothing for users."""
    return "silence" in event.attributes or bool(_SILENCES.match(event.title))


def _acknowledges(event: Event) -> bool:
    if event.lane is Lane.ALERTS:
        if "silence" in event.attributes and event.kind is EventKind.ACTION:
            return not is_automatic(event)
        status = event.attributes.get("status", "").lower()
        return status.startswith("ack") and is_human(event) and not is_automatic(event)
    return (is_spoken(event) or event.lane is Lane.DOCUMENT) and Says.ACKNOWLEDGES in says(event)


def _diagnosed(scene: Scene, flag: Instant | None) -> list[Candidate]:
    low = flag.lo if flag else scene.low
    for event in scene.within(Lane.CHAT, Lane.DOCUMENT):
        if (
            event.instant.utc >= low
            and (is_spoken(event) or event.lane is Lane.DOCUMENT)
            and Says.DIAGNOSES in says(event)
        ):
            return [candidate(event, f"{quote(event)} names the cause.", SAID)]
    for event in scene.within(Lane.STATUS):
        if event.instant.utc >= low and event.attributes.get("status", "").lower() == "identified":
            why = f"{quote(event)}: the status page says that the cause was identified by then."
            return [candidate(event, why, HINT)]
    return []


def moment_of(milestones: dict[Milestone, tuple[Candidate, ...]], milestone: Milestone) -> Instant | None:
    """The chosen moment of a milestone, or None."""
    candidates = milestones.get(milestone, ())
    return candidates[0].instant if candidates else None


def utc_of(milestones: dict[Milestone, tuple[Candidate, ...]], milestone: Milestone) -> datetime | None:
    """The chosen moment of a milestone in UTC, or None."""
    instant = moment_of(milestones, milestone)
    return instant.utc if instant else None
