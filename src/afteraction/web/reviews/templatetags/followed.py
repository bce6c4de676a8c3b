"""Published documents of what somebody follows, on their home."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from afteraction.web.reviews.followed import published_for

register = template.Library()
SHOWN = 20


@register.inclusion_tag("reviews/followed_published.html", takes_context=True)
def published_since_followed(context: Context) -> dict[str, Any]:
    """Those that the reader did not open yet."""
    return {"followed": published_for(context["request"].user)[:SHOWN]}
