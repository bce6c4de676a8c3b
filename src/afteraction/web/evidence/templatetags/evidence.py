"""`{% load evidence %}{% log_box incident %}`: one line to log what happens, for who works on the incident."""

from __future__ import annotations

from typing import Any

from django import template

from afteraction.web.evidence.page import waiting_entries
from afteraction.web.incidents.models import Incident, State
from afteraction.web.incidents.permissions import WORK, may

register = template.Library()
# Who logs now writes afterwards: the box steps back behind a button.
_OVER = (State.RESOLVED, State.CONFIRMED, State.PUBLISHED)


@register.inclusion_tag("evidence/part_log_box.html", takes_context=True)
def log_box(context: template.Context, incident: Incident) -> dict[str, Any]:
    """The box and the lines that are not on the timeline yet; nothing for who only reads."""
    request = context["request"]
    return {
        "incident": incident,
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "may_log": may(request.user, WORK, incident),
        "is_over": incident.state in _OVER,
        "entries": waiting_entries(incident),
    }
