"""How it ended: when users were served again, when the last harm was over, and when it was called resolved.

Knows that these are three moments, told by different sources. Refuses to settle between chat and status page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from afteraction.core.findings import Basis, Candidate, ImpactWindow
from afteraction.core.instant import Instant
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline.accounts import HINT, INFERRED, PUBLISHED, SAID, STATED, candidate, quote
from afteraction.engine.timeline.classify import is_automatic, says
from afteraction.engine.timeline.merge import is_human
from afteraction.engine.timeline.onset import window_candidate
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.told import first_harm, last_recovery
from afteraction.engine.timeline.words import Says

# Below a quarter of full loss, user impact has substantially ended.
SUBSTANTIAL = 0.25
_EARLY = timedelta(minutes=5)


def impact_end(scene: Scene, windows: Sequence[ImpactWindow], measured: Sequence[ImpactWindow]) -> list[Candidate]:
    """The last end that each document states, and the last end that series measure; else the last alert's end."""
    found = [
        candidate(event, f"{quote(event)} states it.", PUBLISHED if event.lane is Lane.STATUS else STATED)
        for event in _stated_ends(scene)
    ]
    inside = [w for w in measured if scene.low <= w.start.utc <= scene.high]
    if inside and all(w.end is not None for w in inside):
        closing = max((w for w in inside if w.end), key=lambda w: w.end.utc if w.end else w.start.utc)
        if closing.end is not None:
            found.append(window_candidate(closing, closing.end, "The share of failing requests is back to normal."))
    if found:
        return found
    if (start := first_harm(scene)) and (told := last_recovery(scene, start.instant)):
        return [told]
    ends = [w for w in windows if w.end is not None]
    if ends and len(ends) == len(windows):
        final = max(ends, key=lambda w: w.end.utc if w.end else w.start.utc)
        estimated = "The last alert ended or was called over; what users saw was not measured."
        if scene.stated("t_impact_start"):
            estimated = "It was called over by then; the text states a start of impact but no end."
        why = estimated if final.basis is Basis.ESTIMATED else "The last stated window ends."
        return [window_candidate(final, final.end, why)] if final.end else []
    return []


def _stated_ends(scene: Scene) -> list[Event]:
    """Every stated end of the last stretch of each document: two ends without a start between them are two accounts
    of one end."""
    found: list[Event] = []
    for bounds in scene.stated_bounds().values():
        last: list[Event] = []
        for event in bounds:
            last = [] if event.attributes["milestone"] == "t_impact_start" else [*last, event]
        found += last
    return found


def mitigated(
    scene: Scene, windows: Sequence[ImpactWindow], measured: Sequence[ImpactWindow], stated: Sequence[Candidate],
    flag: Instant | None,
) -> list[Candidate]:  # fmt: skip
    """When user impact substantially ended: measured beside what is stated; else as said in chat, else when the
    rollback was complete."""
    inside = [w for w in measured if scene.low <= w.start.utc <= scene.high]
    if stated and not inside:
        return []
    step = _last_substantial(
        inside or [w for w in windows if w.basis is not Basis.ESTIMATED], scene.settings.hard_weight
    )
    if step is not None and step.end is not None:
        return [window_candidate(step, step.end, "The last step of substantial impact ends.")]
    if stated:
        return []
    low = flag.utc if flag else scene.low
    told = [e for e in scene.within(Lane.CHAT, Lane.DOCUMENT) if e.instant.utc > low and _is_told(e)]
    for says_so, why in ((Says.RECOVERS, "says that it works again"), (Says.MITIGATED, "says that it was mitigated")):
        if event := next((e for e in told if says_so in says(e)), None):
            return [candidate(event, f"{quote(event)} {why}; what users saw was not measured.", SAID)]
    for event in scene.within(Lane.CHANGES):
        if (
            event.instant.utc > low
            and event.kind is EventKind.MITIGATION
            and event.attributes.get("state") != "failure"
        ):
            moment = event.until or event.instant
            return [
                candidate(event, f"{quote(event)} was complete; what users saw was not measured.", INFERRED, moment)
            ]
    ends = [w for w in windows if w.end is not None]
    if ends and len(ends) == len(windows) and ends[-1].end:
        told_over = bool(scene.stated("t_impact_start"))
        why = "It was called over by then." if told_over else "The last alert ended."
        return [window_candidate(ends[-1], ends[-1].end, why)]
    return []


def resolved(scene: Scene, over: Instant | None, flag: Instant | None) -> list[Candidate]:
    """What chat, status page and, where nobody says anything, the last alert have to say."""
    low = (over.lo - _EARLY) if over else flag.utc if flag else scene.low
    found: list[Candidate] = []
    said = [e for e in scene.within(Lane.CHAT) if _is_told(e) and Says.RESOLVES in says(e)]
    after = [e for e in said if e.instant.utc >= low]
    if chosen := after[:1] or said[-1:]:
        found.append(candidate(chosen[0], f"{quote(chosen[0])} says so in chat.", SAID))
    public = [e for e in scene.within(Lane.STATUS) if is_resolved_status(e) and not e.attributes.get("milestone")]
    if public:
        found.append(candidate(public[-1], f"{quote(public[-1])}: the status page says so.", PUBLISHED))
    if found or scene.stated("t_resolved"):
        return found
    told = [e for e in scene.within(Lane.DOCUMENT) if Says.RESOLVES in says(e) and e.instant.utc >= low]
    if told:
        return [candidate(told[-1], f"{quote(told[-1])} says so.", SAID)]
    quiet = [e for e in scene.within(Lane.ALERTS) if e.kind is EventKind.RECOVERY and e.instant.utc >= low]
    return [candidate(quiet[-1], f"{quote(quiet[-1])}: nobody said so, the last alert ended.", HINT)] if quiet else []


def is_resolved_status(event: Event) -> bool:
    """True for a status page entry that closes the incident."""
    status = event.attributes.get("status", "").lower()
    return status in ("resolved", "completed", "closed", "operational") or (not status and Says.RESOLVES in says(event))


def _last_substantial(windows: Sequence[ImpactWindow], hard: float) -> ImpactWindow | None:
    """The step after which less than a quarter of full loss is left, in the stretch that was worst; with unknown
    weights the last step."""
    known = [w for w in windows if w.weight is not None]
    if not windows:
        return None
    if not known:
        return max(windows, key=lambda w: w.end.utc if w.end else w.start.utc)
    worst = max(known, key=lambda w: (min(w.weight or 0.0, hard), w.start.utc))
    stretch = [w for w in known if w.group == worst.group and w.service == worst.service]
    heavy = [w for w in stretch if (w.weight or 0.0) >= min(SUBSTANTIAL, worst.weight or 0.0)]
    return max(heavy, key=lambda w: w.end.utc if w.end else w.start.utc)


def _is_told(event: Event) -> bool:
    return event.lane is Lane.DOCUMENT or (is_human(event) and not is_automatic(event))
