"""Near misses that nobody signed, on the home of those who read them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from afteraction.web.reviews.near_misses import waiting_for

register = template.Library()
SHOWN = 20


@register.inclusion_tag("reviews/near_miss_waiting.html", takes_context=True)
def waiting_near_misses(context: Context) -> dict[str, Any]:
    """Those that wait for the reader."""
    waiting = waiting_for(context["request"].user).select_related("team")[:SHOWN]
    return {"waiting": waiting, "csrf_token": context.get("csrf_token")}
