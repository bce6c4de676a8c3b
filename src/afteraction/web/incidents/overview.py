"""One incident in a few lines, as heads and lists show it.

Knows what to say first. Refuses to rank incidents or people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.engine.review.known_facts import users_were_first
from afteraction.pipeline.report import sentences
from afteraction.web.incidents.finding.listed import lasted_over_an_hour
from afteraction.web.incidents.milestones import milestone_rows
from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.incidents.openness import openness_of

Json = dict[str, Any]


@dataclass(frozen=True)
class Summary:
    """Counts and first facts of an incident; `day` and the figures are empty when they are unknown."""

    incident: Incident
    day: Json | None
    services: tuple[str, ...]
    events: int
    files: int
    unread: int
    known: int
    conflicting: int
    unknown: int
    impacted: str
    detected: str

    @property
    def milestones(self) -> int:
        """How many milestones there are."""
        return self.known + self.conflicting + self.unknown


def summary_of(incident: Incident, analysis: StoredAnalysis | None) -> Summary:
    """The summary of an incident as its newest analysis has it."""
    if analysis is None:
        return Summary(incident, None, tuple(incident.services), 0, 0, 0, 0, 0, 0, "", "")
    head = analysis.head
    states = [row.state for row in milestone_rows(head)]
    return Summary(
        incident=incident,
        day=_day(head),
        services=tuple(incident.services) or _services(head),
        events=analysis.event_count,
        files=len(head["files"]),
        unread=sum(1 for file in head["files"] if file["state"] in ("unread", "failed") or file["failures_total"]),
        known=states.count("known"),
        conflicting=states.count("conflicting"),
        unknown=states.count("unknown"),
        impacted=_figure(head, "M10"),
        detected=_figure(head, "M01"),
    )


def page_context(incident: Incident, analysis: StoredAnalysis | None, tab: str) -> Json:
    """What the head of every incident page shows; `tab` is the page that is open."""
    return {
        "incident": incident,
        "analysis": analysis,
        "head": analysis.head if analysis else None,
        "summary": summary_of(incident, analysis),
        "tab": tab,
        "openness": openness_of(incident),
        "users_first": users_were_first(analysis.head) if analysis else None,
        "over_an_hour": lasted_over_an_hour(incident),
        "place": "incidents",
    }


def _figure(head: Json, key: str) -> str:
    metric = head["metrics"].get(key)
    return sentences.figure(metric) if metric else "unknown"


def _day(head: Json) -> Json | None:
    for name in ("t_impact_start", "t_detect", "t_trigger", "t_flag", "t_declared"):
        if found := head["milestones"].get(name):
            day: Json = found[0]
            return day
    return None


def _services(head: Json) -> tuple[str, ...]:
    named = [window["service"] for window in head["impact_windows"] if window["service"]]
    named += [series["service"] for series in head["series"] if series["service"]]
    return tuple(dict.fromkeys(named))[:5]
