"""The events of one incident as every proposal reads them: classified, judged, and with the stretch it is about.

Knows which events count for computing and which stretch of time the incident fills. Refuses to propose anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from afteraction.core.analysis import Incident
from afteraction.core.digests import Settings
from afteraction.core.findings import ImpactWindow
from afteraction.core.records import Event, EventKind, Lane

QUIET_BETWEEN_INCIDENTS = timedelta(hours=6)
_BEFORE, _AFTER = timedelta(hours=2), timedelta(hours=6)
_NEXT_ENTRY = timedelta(hours=24)
_TELLING = (Lane.ALERTS, Lane.CUSTOMERS, Lane.CHAT, Lane.STATUS, Lane.DOCUMENT)
_ANCHORS = ("t_impact_start", "t_detect", "t_declared", "t_first_monitor", "t_flag", "t_mitigated", "t_impact_end",
            "t_first_user_report", "t_resolved")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """`events` by time, doubtful times left out; `low` and `high` bound the stretch that the incident is about;
    `lanes` names each event's lane by its id."""

    events: tuple[Event, ...]
    settings: Settings
    incident: Incident
    low: datetime
    high: datetime
    lanes: Mapping[str, Lane]

    def within(self, *lanes: Lane) -> Iterator[Event]:
        """Events of the stretch, of these lanes or of all."""
        for event in self.events:
            if self.low <= event.instant.utc <= self.high and (not lanes or event.lane in lanes):
                yield event

    def stated(self, milestone: str) -> list[Event]:
        """Events whose text states this milestone, wherever they lie."""
        return [event for event in self.events if event.attributes.get("milestone") == milestone]

    def stated_bounds(self) -> dict[str, list[Event]]:
        """Stated starts and ends of impact of each original, by time; an end before a start of the same moment, since
        that is where one step gives way to the next."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            if event.attributes.get("milestone") in ("t_impact_start", "t_impact_end"):
                found.setdefault(event.evidence.evidence_id, []).append(event)
        for bounds in found.values():
            bounds.sort(key=lambda e: (e.instant.utc, e.attributes["milestone"] == "t_impact_start", e.id))
        return found


def set_scene(
    events: Sequence[Event], doubtful: frozenset[str], windows: Iterable[ImpactWindow], settings: Settings,
    incident: Incident,
) -> Scene:  # fmt: skip
    """The scene of these events: around the stated milestones, measured windows and the declared start; without
    any, around the busiest stretch of alerts, messages and tickets."""
    plausible = tuple(event for event in events if event.id not in doubtful)
    anchors = [e.instant.utc for e in plausible if e.attributes.get("milestone", "") in _ANCHORS]
    for window in windows:
        anchors.append(window.start.utc)
        anchors.extend([window.end.utc] if window.end else [])
    if settings.incident_start:
        start = datetime.fromisoformat(settings.incident_start)
        anchors.append(start if start.tzinfo else start.replace(tzinfo=UTC))
    anchors = _with_document(anchors or _busiest(plausible), plausible)
    if not anchors:
        anchors = [event.instant.utc for event in plausible] or [datetime(1970, 1, 1, tzinfo=UTC)]
    low, high = _minus(min(anchors), _BEFORE), _plus(max(anchors), _AFTER)
    return Scene(plausible, settings, incident, low, high, {event.id: event.lane for event in plausible})


def _with_document(anchors: list[datetime], events: Sequence[Event]) -> list[datetime]:
    """The anchors widened by the entries of written timelines that follow each other within a day."""
    written = sorted(e.instant.utc for e in events if e.lane is Lane.DOCUMENT)
    if not written or not anchors:
        return anchors
    low, high = min(anchors), max(anchors)
    for moment in written:
        if high < moment <= high + _NEXT_ENTRY:
            high = moment
    for moment in reversed(written):
        if low > moment >= low - _NEXT_ENTRY:
            low = moment
    return [low, high]


def _busiest(events: Sequence[Event]) -> list[datetime]:
    """Moments of the stretch without a quiet of six hours in which most was noticed; the earliest of equals."""
    noticed = (EventKind.DETECTION, EventKind.USER_REPORT, EventKind.DECISION, EventKind.MITIGATION)
    stretches: list[list[Event]] = []
    for event in events:
        if event.lane not in _TELLING:
            continue
        if stretches and event.instant.utc - stretches[-1][-1].instant.utc <= QUIET_BETWEEN_INCIDENTS:
            stretches[-1].append(event)
        else:
            stretches.append([event])
    best = max(stretches, key=lambda s: (sum(e.kind in noticed for e in s), len(s)), default=[])
    return [event.instant.utc for event in best]


def _minus(moment: datetime, by: timedelta) -> datetime:
    return moment - by if moment - datetime.min.replace(tzinfo=UTC) > by else moment


def _plus(moment: datetime, by: timedelta) -> datetime:
    return moment + by if datetime.max.replace(tzinfo=UTC) - moment > by else moment
