"""Which run of an incident is shown, and which rows it has.

Knows that runs share rows. Refuses to show a run before it was written to its end.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from afteraction.web.accounts.prepared import prepared
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis
from afteraction.web.incidents.queries.times import moment_at

Json = dict[str, Any]


# Large, and many requests ask for events alone: what is needed of these is read when it is.
_LARGE = ("head", "story", "learned", "identities")


def latest_analysis(incident: Incident) -> StoredAnalysis | None:
    """The newest analysis of an incident, None before the first."""
    found = _newest(incident.pk)
    return found[0] if found else None


@prepared
def _newest(incident: int) -> QuerySet[StoredAnalysis]:
    return StoredAnalysis.objects.filter(incident=incident).defer(*_LARGE).order_by("-number")[:1]


def identities_of(incident: Incident) -> dict[str, dict[str, str]]:
    """Roles and names by actor as the newest analysis knows them, to hide names with; empty before the first."""
    rows = StoredAnalysis.objects.filter(incident=incident).order_by("-number")
    known: dict[str, dict[str, str]] | None = rows.values_list("identities", flat=True).first()
    return known or {}


def analysis_of(incident: Incident, fingerprint: str) -> StoredAnalysis | None:
    """The newest analysis if it is of exactly this evidence, code and these parameters, else None."""
    newest = latest_analysis(incident)
    return newest if newest is not None and newest.fingerprint == fingerprint else None


def rows_of_run(analysis: StoredAnalysis, known_by: int | None = None) -> QuerySet[AnalysedEvent]:
    """Every event of a run in no order, hidden ones too; with `known_by` (UTC microseconds) those known by then."""
    rows = AnalysedEvent.objects.filter(
        incident=analysis.incident_id, first_run__lte=analysis.number, last_run__gt=analysis.number
    ).order_by()
    # An event is never known before it happens, so the index by time serves this too.
    return rows if known_by is None else rows.filter(at_us__lte=known_by, known_us__lte=known_by)


def known_head(analysis: StoredAnalysis, known_by: int | None = None) -> Json:
    """The head of an analysis; with `known_by` (UTC microseconds) without what was learned after that."""
    head: Json = analysis.head
    if known_by is None:
        return head
    from afteraction.pipeline.report.learned import Learned, head_as_known_at

    return head_as_known_at(head, Learned.unpacked(analysis.learned), moment_at(known_by))
