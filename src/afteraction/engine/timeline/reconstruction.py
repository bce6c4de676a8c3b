"""The order of reconstruction: confirmed clocks, merging, people's edits, kinds, doubts, then proposals.

Knows which step feeds which. Refuses to know how any of them works.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from afteraction.core.analysis import Incident, Timeline
from afteraction.core.digests import Material, Settings
from afteraction.core.findings import Candidate, Milestone
from afteraction.core.overlay import Edit
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine import logs, signals
from afteraction.engine.timeline import episodes, overlay
from afteraction.engine.timeline.classify import classify
from afteraction.engine.timeline.communication import channels_known, find_updates
from afteraction.engine.timeline.conflicts import compare_accounts, compare_durations, compare_late_reports
from afteraction.engine.timeline.detections import find_detections
from afteraction.engine.timeline.gaps import find_gaps
from afteraction.engine.timeline.merge import in_time_order, merge
from afteraction.engine.timeline.milestones import Findings, propose, utc_of
from afteraction.engine.timeline.offsets import estimate_offsets, take_off
from afteraction.engine.timeline.plausibility import judge_times
from afteraction.engine.timeline.responders import find_questions, find_responders, responder_minutes
from afteraction.engine.timeline.scene import Scene, set_scene
from afteraction.engine.timeline.snapshots import captures, is_capture
from afteraction.engine.timeline.windows import begun_when_noticed, find_windows, measured_windows, where_users_are


def reconstruct(material: Material, settings: Settings, incident: Incident, edits: Iterable[Edit] = ()) -> Timeline:
    """The timeline of one incident, independent of the order of its material.

    With `edits` everything is derived from the events as people left them: dismissed events count for nothing, and
    pinned accounts come first. Without, it is what the evidence alone says.
    """
    confirmed = settings.confirmed_offsets
    seen = [*signals.onsets(material.series), *logs.log_events(material.templates, material.minutes)]
    readings = [*take_off(material.events, confirmed), *seen, *captures(material.documents)]
    changes = take_off(material.changes, confirmed, "changes")
    merged = merge(readings, changes, settings)
    singles = tuple(reading for group in merged.groups for reading in group)
    laid = overlay.apply(merged.events, edits, singles)
    shown = [event for event in laid.events if is_capture(event)]
    judged = judge_times(classify([event for event in laid.events if not is_capture(event)]), settings)
    measured = measured_windows(material)
    whole = set_scene(judged.events, judged.doubtful, measured, settings, incident)
    several = episodes.has_several(judged.events)
    told = episodes.of_first(judged.events) if several else judged.events
    scene = set_scene(told, judged.doubtful, measured, settings, incident) if several else whole
    measured = where_users_are(measured, scene)
    windows = find_windows(whole, measured, material)
    own = episodes.windows_of_first(windows, judged.events) if several else windows
    documents = episodes.without_figures_of_others(material.documents, judged.events) if several else material.documents
    detections = find_detections(scene)
    milestones = overlay.choose_pinned(propose(scene, Findings(own, measured, detections)), laid)
    windows = begun_when_noticed(windows, milestones)
    updates, known = find_updates(scene), channels_known(scene.events)
    responders = find_responders(scene)
    low = utc_of(milestones, Milestone.DETECTED) or utc_of(milestones, Milestone.IMPACT_START) or scene.low
    high = utc_of(milestones, Milestone.RESOLVED) or utc_of(milestones, Milestone.IMPACT_END) or scene.high
    conflicts = (
        *judged.conflicts,
        *compare_accounts(milestones),
        *compare_durations(documents, milestones, windows),
        *compare_late_reports(milestones, detections),
        *episodes.tell_of_several(judged.events),
    )
    return Timeline(
        events=tuple(in_time_order(_with_trigger((*judged.events, *shown), milestones))),
        milestones=milestones,
        windows=windows,
        detections=detections,
        updates=updates,
        updates_known=known,
        questions=find_questions(scene, responders),
        conflicts=conflicts,
        gaps=find_gaps(scene, milestones, own, detections, updates, known),
        offsets=estimate_offsets(merged.groups, [r for r in readings if r.fingerprint], confirmed),
        responder_minutes=responder_minutes(scene, responders, low, high),
        tickets=_tickets(scene),
        readings=singles,
        hidden=laid.hidden,
    )


def _with_trigger(events: Iterable[Event], milestones: dict[Milestone, tuple[Candidate, ...]]) -> list[Event]:
    """The events with the chosen trigger shown as one (SPEC R120)."""
    chosen = milestones.get(Milestone.TRIGGER, ())
    ids = set(chosen[0].event_ids) if chosen else set()
    return [replace(e, kind=EventKind.TRIGGER) if e.id in ids and e.lane is Lane.CHANGES else e for e in events]


def _tickets(scene: Scene) -> int | None:
    """Reports of users within the stretch; None when no ticket was imported."""
    if not any(event.lane is Lane.CUSTOMERS for event in scene.events):
        return None
    return sum(1 for _ in scene.within(Lane.CUSTOMERS))
