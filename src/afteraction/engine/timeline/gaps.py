"""Stretches in which what should have been there is missing, each with a sentence.

Knows six of them: not detected, not taken up, not diagnosed, silent, silenced, and not told. Refuses to say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from afteraction.core.findings import Candidate, Detection, DetectionMethod, Gap, ImpactWindow, Milestone, Update
from afteraction.core.instant import Instant, between
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline.conflicts import print_duration
from afteraction.engine.timeline.scene import Scene

Candidates = Mapping[Milestone, Sequence[Candidate]]


def find_gaps(
    scene: Scene,
    milestones: Candidates,
    windows: Sequence[ImpactWindow],
    detections: Sequence[Detection],
    updates: Sequence[Update],
    known: Mapping[str, bool],
) -> tuple[Gap, ...]:
    """All gaps, by start."""
    found = [
        *_between(milestones),
        *_triage(detections),
        *_silences(scene, windows),
        *_silenced(scene),
        *_untold(scene, milestones, updates, known),
    ]
    return tuple(sorted(found, key=lambda gap: (gap.start.utc, gap.kind, gap.audience)))


def _between(milestones: Candidates) -> Iterator[Gap]:
    """Detection gap and diagnosis gap, where their order is certain."""
    wanted = (
        ("detection", Milestone.IMPACT_START, Milestone.DETECTED, "passed between the first harm and its detection"),
        ("diagnosis", Milestone.DETECTED, Milestone.DIAGNOSED, "passed between detection and diagnosis"),
    )
    for kind, first, last, words in wanted:
        start, end = _chosen(milestones, first), _chosen(milestones, last)
        if start is None or end is None:
            continue
        length = between(start.instant, end.instant)
        if length.low > 0 or (length.value > 0 and not length.order_unknown):
            sentence = f"{print_duration(_seconds(start.instant, end.instant))} {words}."
            evidence = (*start.evidence[:1], *end.evidence[:1])
            yield Gap(kind=kind, start=start.instant, end=end.instant, sentence=sentence, evidence=evidence)


def _silenced(scene: Scene) -> Iterator[Gap]:
    """Silences over an alert whose end nothing tells: Alertmanager sends no `resolved` while one lasts."""
    alerts = [e for e in scene.within(Lane.ALERTS) if e.kind is EventKind.DETECTION and e.until is None]
    for silence in scene.within(Lane.ALERTS):
        matchers = silence.attributes.get("matchers", "") if "silence" in silence.attributes else ""
        if not matchers or silence.until is None:
            continue
        hit = [e for e in alerts if _is_matched(e, matchers) and e.instant.utc <= silence.until.utc]
        if hit:
            name = hit[0].attributes.get("alertname", "") or hit[0].title
            held = f"{silence.instant.utc:%H:%M:%S} UTC to {silence.until.utc:%H:%M:%S} UTC"
            sentence = f"When {name} ended is unknown: it was silenced from {held}, and nothing is sent meanwhile."
            evidence = (*silence.all_sources[:1], *hit[0].all_sources[:1])
            yield Gap(kind="silenced", start=silence.instant, end=silence.until, sentence=sentence, evidence=evidence)


def _is_matched(alert: Event, matchers: str) -> bool:
    name = alert.attributes.get("alertname", "")
    return bool(name) and f'alertname="{name}"' in matchers


def _triage(detections: Sequence[Detection]) -> Iterator[Gap]:
    """From the first user report to the moment somebody responsible saw it."""
    reports = [d for d in detections if d.method is DetectionMethod.CUSTOMER]
    first = min(reports, key=lambda d: (d.at.utc, d.event_ids), default=None)
    if first is not None and first.seen_at is not None and _seconds(first.at, first.seen_at) >= 60:
        length = print_duration(_seconds(first.at, first.seen_at))
        sentence = f"The first user report waited {length} until somebody responsible saw it."
        yield Gap(kind="triage", start=first.at, end=first.seen_at, sentence=sentence, evidence=first.evidence[:2])


def _silences(scene: Scene, windows: Sequence[ImpactWindow]) -> Iterator[Gap]:
    """Stretches of a window without any event that a person or a monitor left at the time."""
    least = timedelta(minutes=scene.settings.quiet_gap_min)
    told = [event.instant for event in scene.events if event.lane not in (Lane.METRICS, Lane.LOGS)]
    for start, end in _unions(windows):
        inside = [moment for moment in told if start.utc < moment.utc < end.utc]
        points = [start, *inside, end]
        for before, after in pairwise(points):
            if after.utc - before.utc >= least:
                length = print_duration(_seconds(before, after))
                sentence = f"No event for {length} while impact was open, {_span(before, after)}."
                yield Gap(kind="silence", start=before, end=after, sentence=sentence)


def _unions(windows: Sequence[ImpactWindow]) -> list[tuple[Instant, Instant]]:
    """The stretches that closed windows cover together."""
    closed = sorted(((w.start, w.end) for w in windows if w.end is not None), key=lambda pair: pair[0].utc)
    covered: list[tuple[Instant, Instant]] = []
    for start, end in closed:
        if covered and start.utc <= covered[-1][1].utc:
            covered[-1] = (covered[-1][0], max(covered[-1][1], end, key=lambda instant: instant.utc))
        else:
            covered.append((start, end))
    return covered


def _untold(
    scene: Scene, milestones: Candidates, updates: Sequence[Update], known: Mapping[str, bool]
) -> Iterator[Gap]:
    """Stretches without an update for an audience whose channel was imported, longer than the policy or past a
    promise; from the declaration (else detection) to the end of impact."""
    begin = _chosen(milestones, Milestone.DECLARED) or _chosen(milestones, Milestone.DETECTED)
    over = _chosen(milestones, Milestone.IMPACT_END) or _chosen(milestones, Milestone.RESOLVED)
    if begin is None or over is None or begin.instant.utc >= over.instant.utc:
        return
    policy = timedelta(minutes=scene.settings.update_policy_min)
    for audience in sorted(name for name, imported in known.items() if imported):
        told = [u for u in updates if u.audience == audience and begin.instant.utc <= u.at.utc <= over.instant.utc]
        if over.instant.utc - begin.instant.utc <= policy and told:
            continue
        points: list[tuple[Instant, Update | None]] = [(begin.instant, None), *((u.at, u) for u in told)]
        ends = [*(u.at for u in told), over.instant]
        for (start, update), end in zip(points, ends, strict=True):
            promise = update.promised_next if update else None
            late = end.utc > promise.utc + timedelta(minutes=1) if promise else end.utc - start.utc > policy
            if late:
                yield _communication_gap(audience, start, end, promise, update)


def _communication_gap(
    audience: str, start: Instant, end: Instant, promise: Instant | None, update: Update | None
) -> Gap:
    whom = "public update" if audience == "public" else f"update for {audience}"
    sentence = f"No {whom} for {print_duration(_seconds(start, end))}, {_span(start, end)}."
    if promise is not None:
        sentence += f" Promise was {promise.utc:%H:%M}."
    evidence = update.evidence[:2] if update else ()
    return Gap(kind="communication", start=start, end=end, sentence=sentence, audience=audience, evidence=evidence)


def _chosen(milestones: Candidates, milestone: Milestone) -> Candidate | None:
    candidates = milestones.get(milestone, ())
    return candidates[0] if candidates else None


def _seconds(start: Instant, end: Instant) -> float:
    return (end.utc - start.utc).total_seconds()


def _span(start: Instant, end: Instant) -> str:
    shape = "%H:%M UTC" if start.utc.date() == end.utc.date() else "%d %b %H:%M UTC"
    return f"{start.utc:{shape}} to {end.utc:{shape}}"
