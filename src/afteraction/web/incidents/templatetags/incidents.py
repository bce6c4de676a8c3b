"""Small words and classes for incidents in lists and heads.

Knows how a severity looks and how old something is in words. Refuses to compute facts.
"""

from __future__ import annotations

import re
from datetime import datetime

from django import template
from django.utils import timezone

from afteraction.web.incidents.finding.listed import lasted_over_an_hour
from afteraction.web.incidents.models import Incident

register = template.Library()


@register.filter
def severity_class(severity: str) -> str:
    """The weight of a severity's tag: 1 is filled, 2 tinted, everything milder grey."""
    level = re.search(r"\d", severity or "")
    return {"1": "", "2": "s2"}.get(level.group(), "s3") if level else "s3"


@register.filter
def shown_services(incident: Incident) -> list[str]:
    """Services of the record, else those of the evidence."""
    return list(incident.services or incident.figures.get("services", ()))[:4]


@register.filter
def over_an_hour(incident: Incident) -> bool:
    """Whether its impact windows together lasted longer than 60 minutes."""
    return lasted_over_an_hour(incident)


@register.filter
def age(moment: datetime) -> str:
    """How long ago something was: `just now`, `25 min ago`, `6 h ago`, `3 days ago`."""
    minutes = max(int((timezone.now() - moment).total_seconds() // 60), 0)
    if minutes < 1:
        return "just now"
    if minutes < 90:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // 1440} days ago"


@register.filter
def pairs(text: str) -> list[tuple[str, str]]:
    """`a First, b Second` as pairs of a code and what it is called."""
    return [(code, label) for code, _, label in (each.partition(" ") for each in text.split(","))]
