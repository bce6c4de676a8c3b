"""How an incident stands, in the few words and figures that lists, counts and home show.

Knows what follows from an analysis and from what people did with it. Refuses to read an analysis for a list: what is
derived here is kept with the incident whenever one of the two changes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from afteraction.pipeline.report import sentences
from afteraction.web.incidents.milestones import milestone_rows
from afteraction.web.incidents.models import FactsVersion, Incident, IncidentService, State, StoredAnalysis
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
# Where an incident stands in time: the first of these that is known.
_DAY = ("t_impact_start", "t_detect", "t_trigger", "t_flag", "t_declared")
HOUR_LONG_MIN = 60


def figures_of(head: Json, events: int) -> Json:
    """Counts and first facts of an analysis; texts are empty where they are unknown."""
    rows = milestone_rows(head)
    states = [row.state for row in rows]
    impact = head["metrics"].get("M10")
    return {
        "events": events,
        "files": len(head["files"]),
        "unread": sum(1 for file in head["files"] if file["state"] in ("unread", "failed") or file["failures_total"]),
        "known": states.count("known"),
        "conflicting": states.count("conflicting"),
        "unknown": states.count("unknown"),
        "disputed": [_dispute(row) for row in rows if row.is_disputed][:3],
        "assumptions": len(head.get("assumptions", ())),
        "day": next((head["milestones"][name][0] for name in _DAY if head["milestones"].get(name)), None),
        "impacted": _figure(head, "M10"),
        "detected": _figure(head, "M01"),
        "impact_min": impact["value"] if impact and impact["state"] in ("value", "at_least") else None,
        "services": _services(head),
        "set_off_by_change": (head.get("gates") or {}).get("change_triggered"),
        "is_mitigated": bool(head["milestones"].get("t_mitigated")),
    }


def _dispute(row: Any) -> Json:
    """A milestone that accounts disagree on, with their different times as text."""
    return {"title": row.title, "times": [f"{at:%H:%M}" for at in row.distinct_times[:3]]}


def _figure(head: Json, key: str) -> str:
    metric = head["metrics"].get(key)
    return sentences.figure(metric) if metric else "unknown"


def _services(head: Json) -> list[str]:
    named = [window["service"] for window in head["impact_windows"] if window["service"]]
    named += [series["service"] for series in head["series"] if series["service"]]
    return list(dict.fromkeys(named))[:5]


def state_of(incident: Incident, head: Json | None, *, is_confirmed: bool) -> State:
    """How far an incident has come; the furthest that its facts and its people's acts show."""
    if incident.published_at is not None:
        return State.PUBLISHED
    if head is None:
        return State.EMPTY
    if is_confirmed:
        return State.CONFIRMED
    found = {name for name, candidates in head["milestones"].items() if candidates}
    if "t_resolved" in found or "t_impact_end" in found:
        return State.RESOLVED
    if "t_mitigated" in found:
        return State.MITIGATED
    return State.OPEN if "t_impact_start" in found else State.UNKNOWN


def happened_at(head: Json | None) -> datetime | None:
    """When the incident began as far as evidence says, None where it does not."""
    for name in _DAY:
        if head and (found := head["milestones"].get(name)):
            return moment(found[0]["value"])
    return None


def take_standing(incident: Incident, analysis: StoredAnalysis | None) -> None:
    """Keeps with the incident what lists show of it. Call it in the transaction that changed one of the two."""
    head = analysis.head if analysis else None
    confirmed = FactsVersion.objects.filter(incident=incident).exists()
    incident.state = state_of(incident, head, is_confirmed=confirmed)
    incident.listed_at = happened_at(head) or incident.created_at
    incident.figures = figures_of(head, analysis.event_count) if head and analysis else {}
    incident.save(update_fields=["state", "listed_at", "figures"])
    take_services(incident)


def take_services(incident: Incident) -> None:
    """Keeps the services of the record as rows, those of the evidence where the record names none."""
    names = [str(name)[:100] for name in incident.services or incident.figures.get("services", ())]
    rows = IncidentService.objects.filter(incident=incident)
    kept = set(rows.values_list("name", flat=True))
    if kept - set(names):
        rows.exclude(name__in=names).delete()
    IncidentService.objects.bulk_create(
        (IncidentService(incident=incident, name=name) for name in dict.fromkeys(names) if name not in kept),
        ignore_conflicts=True,
    )


def lasted_over_an_hour(incident: Incident) -> bool:
    """True when the union of the impact windows is longer than 60 minutes, as far as the newest analysis says."""
    minutes = incident.figures.get("impact_min")
    return isinstance(minutes, int | float) and minutes > HOUR_LONG_MIN
