"""Which stated moments stand behind each name in the formulas, and what takes their place when they are missing.

Knows milestones, detections and windows. Refuses to compute differences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afteraction.core.analysis import Facts
from afteraction.core.findings import Candidate, Detection, DetectionMethod, ImpactWindow, Milestone
from afteraction.core.instant import Instant
from afteraction.engine.metrics.figures import Moment

MONITORS = frozenset({DetectionMethod.MONITOR, DetectionMethod.SYNTHETIC})
_NAMES = {
    Milestone.LATENT: "condition introduced",
    Milestone.TRIGGER: "trigger",
    Milestone.FIRST_SIGNAL: "first signal",
    Milestone.POTENTIAL: "potential impact",
    Milestone.IMPACT_START: "impact start",
    Milestone.FIRST_USER_REPORT: "first user report",
    Milestone.FIRST_MONITOR: "first monitor detection",
    Milestone.DETECTED: "detection",
    Milestone.FLAG: "flag",
    Milestone.ACKNOWLEDGED: "acknowledgement",
    Milestone.FIRST_ACTION: "first action",
    Milestone.DECLARED: "declaration",
    Milestone.DIAGNOSED: "diagnosis",
    Milestone.MITIGATED: "mitigation",
    Milestone.IMPACT_END: "impact end",
    Milestone.RESOLVED: "resolution",
    Milestone.REVIEWED: "review",
    Milestone.CLOSED: "close",
}


def reached_at(detection: Detection) -> Instant:
    """When a detection reached the responsible team; where nobody says, when it was made."""
    return detection.seen_at or detection.at


@dataclass(frozen=True, slots=True)
class Moments:
    """The incident's moments by their names in SPEC §3.2, each from its milestone, else from what implies it."""

    facts: Facts

    def stated(self, milestone: Milestone) -> Moment:
        """A milestone as it was proposed or picked, nothing in its place."""
        return Moment(_NAMES[milestone], tuple(self.facts.milestones.get(milestone, ())))

    @property
    def impact_start(self) -> Moment:
        """When impact started: the milestone, else the first window's start."""
        stated = self.stated(Milestone.IMPACT_START)
        if stated or not self.facts.windows:
            return stated
        return _from_window(stated.name, min(self.facts.windows, key=lambda w: w.start.utc), "first impact window")

    @property
    def impact_end(self) -> Moment:
        """When impact ended: the milestone, else the last window's end where no window is open."""
        stated = self.stated(Milestone.IMPACT_END)
        closed = [window for window in self.facts.windows if window.end is not None]
        if stated or not closed or len(closed) < len(self.facts.windows):
            return stated
        last = max(closed, key=lambda window: window.end.utc if window.end else window.start.utc)
        return _from_window(stated.name, last, "last impact window", end=True)

    @property
    def detected(self) -> Moment:
        """The first detection, by any method, that reached the responsible team."""
        stated = self.stated(Milestone.DETECTED)
        return stated or _from_detections(stated.name, self.facts.detections, seen=True)

    @property
    def first_monitor(self) -> Moment:
        """The first detection by a monitor or a synthetic check."""
        stated = self.stated(Milestone.FIRST_MONITOR)
        machines = [detection for detection in self.facts.detections if detection.method in MONITORS]
        return stated or _from_detections(stated.name, machines)

    @property
    def first_user_report(self) -> Moment:
        """The first report by a user, at the time it was written."""
        stated = self.stated(Milestone.FIRST_USER_REPORT)
        return stated or _from_detections(stated.name, self.user_reports)

    @property
    def user_reports(self) -> tuple[Detection, ...]:
        """Detections by customers, by the time they were written."""
        reports = [d for d in self.facts.detections if d.method is DetectionMethod.CUSTOMER]
        return tuple(sorted(reports, key=lambda detection: detection.at.utc))

    @property
    def flag(self) -> Moment:
        """The first page, alert, report in a watched channel or declaration, whichever came first."""
        stated = self.stated(Milestone.FLAG)
        if stated:
            return stated
        choices = [moment for moment in (self.detected, self.stated(Milestone.DECLARED)) if moment]
        if not choices:
            return stated
        return Moment(stated.name, min(choices, key=lambda moment: moment.instant.utc).candidates)

    @property
    def last_known(self) -> Instant | None:
        """The latest moment at which an open impact is known to have lasted still."""
        instants = [window.start for window in self.facts.windows]
        instants += [window.end for window in self.facts.windows if window.end is not None]
        instants += [detection.at for detection in self.facts.detections]
        instants += [update.at for update in self.facts.updates if not update.is_resolved_message]
        return max(instants, key=lambda instant: instant.utc, default=None)

    @property
    def anyone_noticed(self) -> bool:
        """Whether anything shows that somebody knew of the incident, even where no detection is known."""
        known = (Milestone.FLAG, Milestone.ACKNOWLEDGED, Milestone.FIRST_ACTION, Milestone.DECLARED,
                 Milestone.DIAGNOSED, Milestone.MITIGATED, Milestone.RESOLVED)  # fmt: skip
        return bool(self.facts.updates) or any(self.facts.milestones.get(milestone) for milestone in known)


def _from_window(name: str, window: ImpactWindow, reason: str, *, end: bool = False) -> Moment:
    instant = window.end if end and window.end is not None else window.start
    return Moment(name, (Candidate(instant, f"the {reason}", window.evidence, source="impact windows"),))


def _from_detections(name: str, detections: Iterable[Detection], *, seen: bool = False) -> Moment:
    """The earliest of the detections; with `seen`, by when it reached the team."""
    moment = reached_at if seen else lambda detection: detection.at
    first = min(detections, key=lambda detection: moment(detection).utc, default=None)
    if first is None:
        return Moment(name)
    reason = f"first {first.method.value.replace('_', ' ')} detection"
    return Moment(name, (Candidate(moment(first), reason, first.evidence, first.event_ids, source="detections"),))
