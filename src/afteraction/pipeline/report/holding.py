"""A holding statement: what may be told to stakeholders while little is known (SPEC R059).

Knows harm, detection and recovery as confirmed facts state them. Refuses to name a trigger, a suspect or any other
guess at why: waiting invites speculation, and this must not feed it.
"""

from __future__ import annotations

from typing import Any

from afteraction.pipeline.report.sentences import clock, day
from afteraction.pipeline.report.summary import degradations

Json = dict[str, Any]


def holding(document: Json, confirmed: str) -> list[str]:
    """Sentences from an analysis document whose facts were confirmed; `confirmed` says when: "12 May 2026, 16:20 UTC".

    A moment that accounts disagree on is given with all its values. Nothing that is unknown is left out silently.
    """
    milestones = document["milestones"]
    start = milestones.get("t_impact_start")
    told = [f"What we know, as confirmed on {confirmed}. Times are UTC."]
    told.append(
        f"It began on {day(start[0])} at {_times(start)}." if start else "When it began is not known yet."
    )  # fmt: skip
    services = list(dict.fromkeys(window["service"] for window in document["impact_windows"] if window["service"]))
    if services:
        told.append(f"Affected: {', '.join(services[:6])}.")
    told += [f"{each.rstrip('.')}." for each in degradations(document["impact_windows"])[:2]]
    if detected := milestones.get("t_detect"):
        told.append(f"We have been aware of it since {_times(detected)}.")
    told.append(_end(milestones))
    told.append("Why it happened is being looked into. We say nothing about it before it is known.")
    return told


def _end(milestones: Json) -> str:
    for name, words in (("t_resolved", "It is resolved since"), ("t_impact_end", "It ended at")):
        if milestones.get(name):
            return f"{words} {_times(milestones[name])}."
    if milestones.get("t_mitigated"):
        return f"Its effects are mitigated since {_times(milestones['t_mitigated'])}; it is not resolved yet."
    return "It is not resolved yet, as far as is known."


def _times(candidates: list[Json]) -> str:
    times = list(dict.fromkeys(clock(each) for each in candidates[:3]))
    return times[0] if len(times) == 1 else f"{' or '.join(times)} (accounts differ)"
