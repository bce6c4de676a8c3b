"""Which edition of a report somebody asks for: of the newest analysis or of confirmed facts, as known at some moment.

Knows what its readers must be told first. Refuses to hide that something is a draft, or one person's view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest

from afteraction.web.incidents import queries
from afteraction.web.incidents.models import FactsVersion, Incident, StoredAnalysis
from afteraction.web.incidents.openness import embargo_told
from afteraction.web.ui.numbers import whole_number

Json = dict[str, Any]


@dataclass(frozen=True)
class ReportEdition:
    """One edition: an analysis, the version of the facts it is (None for a draft), and `known` in UTC microseconds."""

    incident: Incident
    analysis: StoredAnalysis
    version: FactsVersion | None = None
    known: int | None = None

    @property
    def words(self) -> str:
        """What it is, for the head of the report."""
        if self.version is None:
            return "Draft, facts not confirmed"
        return f"Facts confirmed, version {self.version.number}, {written_day(self.version.confirmed_at)}"

    @property
    def notes(self) -> list[str]:
        """What its readers should know first."""
        incident, told = self.incident, []
        if self.known is not None:
            at = queries.moment_at(self.known)
            told.append(f"As it was known on {written_moment(at)}. What was learned later is left out.")
        if incident.published_alone:
            told.append("One perspective: nobody but its publisher corrected the timeline or confirmed the facts.")
        if incident.is_restricted:
            told.append("Restricted to its members. Do not pass it on.")
            if embargo := embargo_told(incident):
                told.append(embargo)
        elif incident.narrowed_because:
            told.append(f"For members only: {incident.narrowed_because}")
        return told

    def document(self) -> Json:
        """As much of the analysis as the report tells, with what this edition is."""
        short = f"facts version {self.version.number}" if self.version else "draft"
        edition = {"words": self.words, "short": short, "notes": self.notes}
        return {**queries.report_document(self.analysis, self.known), "edition": edition}

    def written(self) -> Iterator[bytes]:
        """The whole document as JSON, piece by piece."""
        return queries.written_document(self.analysis, self.known)


def written_day(at: datetime) -> str:
    """`12 May 2026`."""
    return f"{at.day} {at:%b %Y}"


def written_moment(at: datetime) -> str:
    """`12 May 2026, 14:20 UTC`."""
    return f"{written_day(at)}, {at:%H:%M} UTC"


def edition_asked(request: HttpRequest, incident: Incident) -> ReportEdition | None:
    """The edition that the address names (`facts=2`, `known_at=…`), else the draft; None before the first analysis.

    Raises Http404 for a version that is not there, BadRequest for a moment that is none: it would tell too much.
    """
    known = known_by(request)
    number = request.GET.get("facts", "")
    if number:
        versions = FactsVersion.objects.filter(incident=incident).select_related("analysis")
        asked = whole_number(number, 8)
        version = None if asked is None else versions.filter(number=asked).first()
        if version is None:
            raise Http404("These facts have no such version.")
        return ReportEdition(incident, version.analysis, version, known)
    analysis = queries.latest_analysis(incident)
    return ReportEdition(incident, analysis, None, known) if analysis else None


def known_by(request: HttpRequest) -> int | None:
    """The moment in UTC microseconds that the report is asked for (`known_at`, ISO 8601 with a zone, or `known`, in
    seconds since 1970), None for everything known; BadRequest when it is none."""
    asked = request.GET
    for text, read in (
        (asked.get("known_at", ""), queries.read_moment),
        (asked.get("known", ""), queries.read_seconds),
    ):
        if text:
            known = read(text)
            if known is None:
                raise BadRequest(f'"{text[:40]}" is no moment. Write known_at=2026-05-12T14:20:00Z.')
            return known
    return None
