"""Who or what noticed, when it was created and when it reached the people responsible (SPEC §3.1).

Knows monitors, tickets, people and the ways somebody comes across a problem. Refuses to call a detection effective
without a response that followed from it; what it cannot tell stays None.
"""

# ruff: noqa: E501 (a pattern reads better in one piece)
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from afteraction.core.errors import UnreadableTime
from afteraction.core.findings import Detection, DetectionMethod
from afteraction.core.instant import Instant
from afteraction.core.records import Event, EventKind, Lane
from afteraction.core.timestamps import read_timestamp
from afteraction.engine.timeline.classify import is_automatic, says, words_of
from afteraction.engine.timeline.merge import is_human
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.words import Says

RESPONSE_WITHIN = timedelta(minutes=15)
IGNORED_AFTER = timedelta(minutes=30)
_SYNTHETIC = re.compile(
    r"\b(?:synthetic|blackbox|probe\w*|pingdom|uptime[ -]?(?:check|robot)|canary check)\b", re.IGNORECASE
)
_THIRD_PARTY = re.compile(
    r"\b(?:partners?|vendors?|providers?|researchers?|third[ -]part(?:y|ies))\b.{0,40}\b(?:report|inform|notif|told|alert)",
    re.IGNORECASE,
)
_MONITOR = re.compile(
    r"\b(?:alert\w*|alarm\w*|monitor\w*|pag(?:ed?|ing)|pager\w*|pingdom|nagios|prometheus|grafana|datadog|icinga)\b",
    re.IGNORECASE,
)
# "Icinga recoveries start to come in", "GitHub updates their status page", "created to reduce noisy alerts".
_NO_NOTICING = re.compile(
    r"\brecover(?:y|ies)\b.{0,60}\b(?:come|coming|came|arriv\w+|received|start\w*|for|from)\b|\b(?:alerts?|alarms?|checks?|monitors?) (?:\w+ ){0,2}(?:recover\w*|clear\w*|resolv\w+|ceas\w+|stop\w*|silenc\w+|muted)\b"
    r"|\b(?:their|github(?:['’]s)?|vendor['’]s|provider['’]s) (?:\w+ ){0,2}status ?page\b"
    r"|\b(?:reduc\w+|minimi[sz]\w+|silenc\w+|mut(?:e|ed|ing)|disabl\w+|suppress\w*)\b.{0,40}\balerts?\b",
    re.IGNORECASE,
)
_SEEN = (
    "seen_at",
    "seen",
    "first_seen",
    "first_response",
    "first_response_at",
    "first_reply",
    "acknowledged_at",
    "assigned_at",
    "picked_up",
)
_FOR_INFORMATION = ("info", "information", "informational", "none", "debug")
_RESPONDS = frozenset({Says.ACKNOWLEDGES, Says.ACTS, Says.ROLLS_BACK, Says.DECLARES, Says.DIAGNOSES})
_NOTICED = frozenset({Says.REPORTS_USERS, Says.ALERT_FIRES})
_ENDINGS = ("t_mitigated", "t_impact_end", "t_resolved", "t_reviewed", "t_closed")
_ROUTINE = ("commit", "release", "pipeline", "deployment")
_METHODS = {method.value: method for method in DetectionMethod}
_STATED = {
    "t_first_monitor": DetectionMethod.MONITOR,
    "t_first_user_report": DetectionMethod.CUSTOMER,
}


def find_detections(scene: Scene) -> tuple[Detection, ...]:
    """Every noticing within the incident's stretch, by the time it was created."""
    found = [(event, d) for event in scene.within() if (d := _detection_of(event, scene)) is not None]
    loud = [pair for pair in found if pair[0].attributes.get("severity", "").lower() not in _FOR_INFORMATION]
    found = loud or found or [(e, d) for e in scene.within(Lane.DOCUMENT) if (d := _in_passing(e, scene)) is not None]
    responses = [e for e in scene.within(Lane.CHAT, Lane.ALERTS, Lane.CHANGES, Lane.DOCUMENT) if _is_response(e)]
    judged = _judge(found, responses)
    return tuple(sorted(judged, key=lambda d: (d.at.utc, d.event_ids)))


def reached_at(detection: Detection) -> Instant | None:
    """When the responsible team had it: monitors reach them at once, for others only where the evidence says."""
    if detection.seen_at is not None:
        return detection.seen_at
    machines = (DetectionMethod.MONITOR, DetectionMethod.SYNTHETIC)
    return detection.at if detection.method in machines else None


def created_at(event: Event, zone: str = "UTC") -> Instant:
    """When a report was written, where that differs from when it was recorded."""
    return _stated_time(event, "created", zone) or _stated_time(event, "created_at", zone) or event.instant


def _detection_of(event: Event, scene: Scene) -> Detection | None:
    method = _method_of(event)
    if method is None:
        return None
    zone = scene.incident.zone
    at = created_at(event, zone)
    return Detection(
        method=method,
        at=at,
        seen_at=_seen_at(event, at, method, zone),
        fingerprint=event.fingerprint,
        title=event.title,
        evidence=event.all_sources,
        event_ids=(event.id,),
    )


def _in_passing(event: Event, scene: Scene) -> Detection | None:
    """A noticing that a written entry mentions beside what it is about ("Investigation starts after a user report")."""
    told = says(event)
    if event.attributes.get("milestone", "") in _ENDINGS or not told & _NOTICED:
        return None
    by_users = Says.REPORTS_USERS in told
    method = DetectionMethod.CUSTOMER if by_users else DetectionMethod.MONITOR
    return Detection(
        method=method, at=event.instant, seen_at=event.instant if by_users else None, title=event.title,
        evidence=event.all_sources, event_ids=(event.id,),
    )  # fmt: skip


def _method_of(event: Event) -> DetectionMethod | None:
    """How this event is a noticing, or None."""
    if stated := _METHODS.get(event.attributes.get("method", "").lower()):
        return stated
    if stated := _STATED.get(event.attributes.get("milestone", "")):
        return stated
    if event.attributes.get("milestone", "") in _ENDINGS:
        return None
    words = words_of(event)
    if event.lane is Lane.DOCUMENT and "[firing" in words.lower():
        return DetectionMethod.MONITOR
    if event.lane is Lane.DOCUMENT and _NO_NOTICING.search(event.title):
        return None
    if event.lane is Lane.CUSTOMERS or event.kind is EventKind.USER_REPORT:
        return DetectionMethod.THIRD_PARTY if _THIRD_PARTY.search(words) else DetectionMethod.CUSTOMER
    notices = event.lane is Lane.DOCUMENT and event.kind is EventKind.ESCALATION and Says.NOTICES in says(event)
    if (
        event.kind is not EventKind.DETECTION
        and not notices
        and event.attributes.get("milestone", "") not in ("t_detect", "t_flag")
    ):
        return None
    if event.lane in (Lane.ALERTS, Lane.METRICS, Lane.LOGS) or is_automatic(event):
        return DetectionMethod.SYNTHETIC if _SYNTHETIC.search(words) else DetectionMethod.MONITOR
    return _told_method(event, words)


def _told_method(event: Event, words: str) -> DetectionMethod | None:
    """How a person's words say it was noticed; a person otherwise. A bare label ("First detected") does not say."""
    told = says(event)
    if Says.BY_ACCIDENT in told:
        return DetectionMethod.ACCIDENT
    if Says.WATCHES in told:
        return DetectionMethod.PLANNED_WATCH
    if Says.REPORTS_USERS in told:
        return DetectionMethod.CUSTOMER
    if _THIRD_PARTY.search(words):
        return DetectionMethod.THIRD_PARTY
    if _SYNTHETIC.search(words):
        return DetectionMethod.SYNTHETIC
    if event.lane is Lane.DOCUMENT and (Says.ALERT_FIRES in told or _MONITOR.search(words)):
        return DetectionMethod.MONITOR
    labelled = event.lane is Lane.DOCUMENT and event.attributes.get("milestone", "") in ("t_detect", "t_flag")
    return None if labelled and Says.NOTICES not in told else DetectionMethod.INTERNAL_PERSON


def _seen_at(event: Event, at: Instant, method: DetectionMethod, zone: str) -> Instant | None:
    for name in _SEEN:
        if (seen := _stated_time(event, name, zone)) is not None and seen.utc >= at.utc:
            return seen
    if event.instant.utc > at.utc:
        # The record was made when somebody took the report up.
        return event.instant
    if method in (DetectionMethod.MONITOR, DetectionMethod.SYNTHETIC):
        return None
    # What is said where the responders talk has reached them.
    return event.instant if event.lane is Lane.CHAT or method in _SEEN_BY_THEMSELVES else None


_SEEN_BY_THEMSELVES = (DetectionMethod.INTERNAL_PERSON, DetectionMethod.PLANNED_WATCH, DetectionMethod.ACCIDENT)


def _stated_time(event: Event, name: str, zone: str) -> Instant | None:
    text = event.attributes.get(name, "")
    if not text:
        return None
    try:
        return replace(read_timestamp(text, zone=zone), source=event.instant.source)
    except UnreadableTime:
        return None


def _is_response(event: Event) -> bool:
    if event.lane is Lane.CHAT:
        return is_human(event) and bool(_RESPONDS & says(event))
    if event.lane is Lane.ALERTS:
        return event.attributes.get("status", "").lower().startswith("ack") and not is_automatic(event)
    if event.lane is Lane.CHANGES:
        # What pipelines bring is no answer to an alert, unless it takes something back.
        by_hand = is_human(event) and event.attributes.get("change", "") not in _ROUTINE
        return event.kind is EventKind.MITIGATION or (event.kind is EventKind.ACTION and by_hand)
    return event.kind in (EventKind.MITIGATION, EventKind.ACTION)


def _judge(found: Sequence[tuple[Event, Detection]], responses: Sequence[Event]) -> list[Detection]:
    """The detections with whether the response followed from each, as far as that shows.

    The first response within 15 minutes of the latest thing that reached the team followed from that; a monitor that
    had been left without any response for 30 minutes by then was not acted on (SPEC R069).
    """
    reached = sorted(
        ((r.utc, n) for n, (_, d) in enumerate(found) if (r := reached_at(d)) is not None), key=lambda x: x[0]
    )
    if not reached:
        return [d for _, d in found]
    verdict: dict[int, bool] = {}
    first = next((r.instant.utc for r in responses if r.instant.utc >= reached[0][0]), None)
    acted = _set_off(reached, found, first) if first is not None else None
    if first is not None and acted is not None:
        verdict[acted] = True
        for moment, number in reached:
            if moment < first and number != acted and first - moment >= IGNORED_AFTER and _is_monitor(found[number][1]):
                verdict[number] = False
    return [replace(d, acted_on=verdict.get(n)) for n, (_, d) in enumerate(found)]


def _set_off(
    reached: Sequence[tuple[datetime, int]], found: Sequence[tuple[Event, Detection]], response: datetime
) -> int | None:
    """Which detection a response followed from: the first of those that reached the team shortly before it, an alert
    that was over by then only where there is nothing else."""
    recent = [number for moment, number in reached if timedelta() <= response - moment <= RESPONSE_WITHIN]
    standing = [n for n in recent if (until := found[n][0].until) is None or until.utc >= response]
    return next(iter(standing or recent), None)


def _is_monitor(detection: Detection) -> bool:
    return detection.method in (DetectionMethod.MONITOR, DetectionMethod.SYNTHETIC)
