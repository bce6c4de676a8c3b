"""When evidence is due to go.

Knows which rule counts: a hold before everything, then what was said of the original, then of the incident, then the
policy. Refuses to know a date before the incident was resolved, and to remove anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from afteraction.core.findings import Milestone
from afteraction.web.accounts.models import User
from afteraction.web.evidence.models import (
    EvidenceDue,
    EvidenceFile,
    FileState,
    ResolvedOnce,
    RetentionPolicy,
    RetentionRule,
)
from afteraction.web.incidents import queries
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import worked_on_by

WARN_DAYS = 14


@dataclass(frozen=True)
class Keeping:
    """What holds for the organisation; number 0 is before anybody said anything: for ever."""

    number: int = 0
    keep_days: int | None = None
    warn_days: int = WARN_DAYS


def keeping_now() -> Keeping:
    """The policy that holds."""
    row = RetentionPolicy.objects.order_by("-number").first()
    return Keeping(row.number, row.keep_days, row.warn_days) if row else Keeping()


def rules_of(incident: Incident) -> list[RetentionRule]:
    """What was said of the incident and its originals and stands, newest first."""
    rows = RetentionRule.objects.filter(incident=incident, withdrawn_at=None)
    return list(rows.select_related("file", "person").order_by("-id"))


def resolved_at(incident: Incident) -> datetime | None:
    """When the incident was resolved, as its newest analysis has it; None while nobody knows. Once evidence went it is
    as it was known before that."""
    analysis = queries.latest_analysis(incident)
    found = analysis.head.get("milestones", {}).get(Milestone.RESOLVED.value) if analysis else None
    if EvidenceFile.objects.filter(incident=incident, state=FileState.PURGED).exists():
        known = ResolvedOnce.objects.filter(incident=incident).first()
        if known is not None:
            return known.at
    return datetime.fromisoformat(found[0]["value"]) if found else None


def due_at(
    file: EvidenceFile, rules: Sequence[RetentionRule], policy: Keeping, resolved: datetime | None
) -> datetime | None:
    """When an original that somebody gave goes; None while it stays."""
    mine = [rule for rule in rules if rule.file_id in (None, file.pk)]
    if resolved is None or any(rule.is_hold for rule in mine):
        return None
    own = [rule for rule in mine if rule.file_id == file.pk]
    said = next(iter([*own, *mine]), None)
    days = said.keep_days if said else policy.keep_days
    try:
        return None if days is None else resolved + timedelta(days=days)
    except OverflowError:
        return None


@dataclass(frozen=True)
class DueOfIncident:
    """How many originals of an incident are due to go, and when the first goes."""

    incident: Incident
    count: int
    first: datetime


def due_for(person: User) -> list[DueOfIncident]:
    """What is due to go of the incidents that somebody works on, the earliest first."""
    incidents = Incident.objects.filter(pk__in=worked_on_by(person), deleted_at__isnull=True)
    rows = EvidenceDue.objects.filter(file__incident__in=incidents).order_by().values("file__incident")
    counted = list(rows.annotate(count=Count("pk"), first=Min("due_at")).order_by("first", "file__incident"))
    named = Incident.objects.in_bulk([row["file__incident"] for row in counted])
    return [DueOfIncident(named[row["file__incident"]], row["count"], row["first"]) for row in counted]


def due_in(incident: Incident) -> list[EvidenceDue]:
    """What of an incident is due to go, the earliest first."""
    return list(EvidenceDue.objects.filter(file__incident=incident).select_related("file"))
