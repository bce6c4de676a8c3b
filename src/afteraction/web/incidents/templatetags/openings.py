"""What the members page calls: who opened the report."""

from __future__ import annotations

from typing import Any

from django import template

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import seat_of
from afteraction.web.incidents.reports.openings import VERBS, openings_for

register = template.Library()


@register.inclusion_tag("incidents/part_openings.html")
def who_opened(incident: Incident, reader: User) -> dict[str, Any]:
    """The list, for members; nothing for who has no seat."""
    if seat_of(reader, incident) is None:
        return {"openings": None}
    found = openings_for(reader, incident)
    for entry in found:
        entry.told = VERBS[entry.verb]  # type: ignore[attr-defined]
    return {"openings": found}
