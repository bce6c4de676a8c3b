"""Confirmed versions of the facts: what stands, what is open, and what was changed since.

Knows how a version differs from now. Refuses to write, and to count or name people beyond how many there were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afteraction.core.findings import MILESTONE_TITLES, Milestone
from afteraction.pipeline.report import sentences
from afteraction.web.incidents.actions.visibility import perspectives
from afteraction.web.incidents.milestones import MilestoneRow
from afteraction.web.incidents.models import FactsVersion, Incident, StoredAnalysis, TimelineEdit
from afteraction.web.incidents.standing import Revision, revision_of, seat_words, seats_of

Json = dict[str, Any]


@dataclass(frozen=True)
class FactsStanding:
    """Where the facts stand. `opened` says in words what is open, `since` how many edits came after `version`, and
    `perspectives` how many people had a part in them."""

    version: FactsVersion | None
    by: str
    opened: Sequence[str]
    since: int
    perspectives: int

    @property
    def is_confirmed(self) -> bool:
        """True when nothing was changed after the newest version."""
        return self.version is not None and self.since == 0


def facts_standing(incident: Incident, milestones: Sequence[MilestoneRow], counts: Mapping[str, int]) -> FactsStanding:
    """Where the facts of an incident stand."""
    version = newest_version(incident)
    return FactsStanding(
        version=version,
        by=seat_behind(incident, version) if version else "",
        opened=_opened(milestones, counts),
        since=count_since(incident, version) if version else 0,
        perspectives=len(perspectives(incident)),
    )


def newest_version(incident: Incident) -> FactsVersion | None:
    """The newest confirmed version; None before the first."""
    return FactsVersion.objects.filter(incident=incident).order_by("-number").first()


def seat_behind(incident: Incident, version: FactsVersion) -> str:
    """The seat of who confirmed a version."""
    return seats_of(incident, [version.confirmed_by_id]).get(version.confirmed_by_id, "somebody")


def _opened(milestones: Sequence[MilestoneRow], counts: Mapping[str, int]) -> list[str]:
    states = [row.state for row in milestones]
    told = []
    if conflicting := states.count("conflicting"):
        told.append(f"{conflicting} conflicting milestone" + ("s" if conflicting > 1 else ""))
    if unknown := states.count("unknown"):
        told.append(f"{unknown} unknown milestone" + ("s" if unknown > 1 else ""))
    if to_triage := counts["triage"]:
        told.append(f"{to_triage:,} event" + ("s" if to_triage > 1 else "") + " to triage")
    return told


def _changed_ids(incident: Incident, version: FactsVersion) -> set[str]:
    force = TimelineEdit.objects.filter(incident=incident, withdrawn_at=None).values_list("edit_id", flat=True)
    return set(force) ^ set(version.edit_ids)


def count_since(incident: Incident, version: FactsVersion) -> int:
    """How many edits were laid or undone after a version."""
    return len(_changed_ids(incident, version))


def changes_since(incident: Incident, version: FactsVersion) -> list[Revision]:
    """Edits that were laid or undone after a version, newest first."""
    edits = list(TimelineEdit.objects.filter(incident=incident, edit_id__in=_changed_ids(incident, version)))
    edits.sort(key=lambda edit: edit.pk, reverse=True)
    seats = seat_words(incident, edits)
    return [revision_of(edit, seats) for edit in edits]


@dataclass(frozen=True)
class Difference:
    """One fact as a version has it and as it is now."""

    name: str
    then: str
    now: str


def differences(then: StoredAnalysis, now: StoredAnalysis) -> list[Difference]:
    """The milestones and figures that differ between two analyses."""
    found = []
    for milestone in Milestone:
        sides = [_moment_of(each.head, milestone.value) for each in (then, now)]
        if sides[0] != sides[1]:
            found.append(Difference(str(MILESTONE_TITLES[milestone]), *sides))
    for key in sorted({*then.head["metrics"], *now.head["metrics"]}):
        metrics = [each.head["metrics"].get(key) for each in (then, now)]
        sides = [sentences.figure(metric) if metric else "unknown" for metric in metrics]
        if sides[0] != sides[1]:
            named = next(metric for metric in metrics if metric)
            found.append(Difference(str(named["name"]), *sides))
    return found


def _moment_of(head: Json, milestone: str) -> str:
    chosen = head["milestones"].get(milestone)
    if not chosen:
        return "unknown"
    return f"{chosen[0]['value'][:10]} {sentences.clock(chosen[0])} UTC"
