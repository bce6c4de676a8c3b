"""`{% load retention %}{% evidence_due_to_go %}`: what goes soon of the incidents that the reader works on."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from afteraction.web.evidence.retention import due_for

register = template.Library()
SHOWN = 20


@register.inclusion_tag("evidence/due_to_go.html", takes_context=True)
def evidence_due_to_go(context: Context) -> dict[str, Any]:
    """The earliest first."""
    return {"due_to_go": due_for(context["request"].user)[:SHOWN]}
