"""Taking many incidents along at once, without who was in them (SPEC R023).

Knows the report of each as composed for the team, with roles in place of names. Refuses parts of reviews, since those
have account numbers; and an incident whose report would leak: its line says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.narrowing import Asked, matching
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.reports.editions import ReportEdition
from afteraction.web.incidents.reports.openings import EXPORTED, note_opening
from afteraction.web.reviews.in_roles import in_roles
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.report import ReviewReport

Json = dict[str, Any]
MEDIA = "application/x-ndjson"
SCHEMA = "afteraction/export/1"


def export_lines(reader: User, asked: Asked, *, via: str = "page") -> Iterator[bytes]:
    """One JSON line per incident that the reader may see and asked for, newest first. Each that is handed out is
    written down once per person, incident and day, for its members to see."""
    numbers = list(matching(reader, asked).order_by("-listed_at", "-pk").values_list("pk", flat=True))
    for number in numbers:
        # Looked up anew: an incident may be closed while the lines before it are written.
        incident = matching(reader, asked).filter(pk=number).first()
        if incident is not None:
            line = orjson.dumps(_told(incident, reader)) + b"\n"
            note_opening(reader, incident, EXPORTED, via=via)
            yield line


def _told(incident: Incident, reader: User) -> Json:
    shown = in_roles(incident)
    line: Json = {
        "schema": SCHEMA, "incident": incident.key, "title": shown(incident.title), "severity": incident.severity,
        "kind": incident.kind, "environment": incident.environment, "near_miss": incident.is_near_miss,
        "state": incident.state, "happened_at": incident.listed_at, "services": list(incident.services),
        "report": None, "left_out": "",
    }  # fmt: skip
    analysis = latest_analysis(incident)
    if analysis is None:
        return line | {"left_out": "Nothing was analysed yet."}
    told = ReviewReport(ReportEdition(incident, analysis), "internal", reader, review_of(incident))
    try:
        return line | {"report": told.sections()}
    except AfteractionError as problem:
        return line | {"left_out": shown(str(problem))}
