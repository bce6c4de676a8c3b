"""How the pages of a meeting write times and people.

Knows zones and what a field of a browser takes. Refuses to compute.
"""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from afteraction.core.instant import Instant
from afteraction.engine.meeting.content import spoken_time
from afteraction.pipeline.review.meeting.zones import WallTimeUnusable, zone_named
from afteraction.web.reviews.meeting.occasion import Occasion

register = template.Library()


@register.simple_tag
def local_time(at: datetime, zone: str) -> SafeString:
    """`<time>` with day, time and zone as people of that zone say it."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), spoken_time(_in_zone(at, zone)))


@register.simple_tag
def wall_time(at: Instant | None, zone: str) -> str:
    """The same for a field of a form: `2026-05-14T15:00`; "" while there is none."""
    return _in_zone(at.utc, zone).strftime("%Y-%m-%dT%H:%M") if at else ""


@register.simple_tag
def person_named(occasion: Occasion, person: str) -> str:
    """What pages call somebody."""
    return occasion.name(person)


def _in_zone(at: datetime, zone: str) -> datetime:
    # A plan that was imported may name a zone that this machine has no table of.
    try:
        return at.astimezone(zone_named(zone))
    except WallTimeUnusable:
        return at
