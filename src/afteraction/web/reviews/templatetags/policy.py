"""What opened a review, or why there is none, as parts of its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import LEAD, WORK, may
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.models.review import Depth
from afteraction.web.reviews.triggering.opening import absence_of, opening_of
from afteraction.web.reviews.triggering.repeats import repeats_shown

register = template.Library()


@register.inclusion_tag("reviews/policy_opening.html", takes_context=True)
def review_opening(context: Context, review: Review) -> dict[str, Any]:
    """What opened the review, how deep it is, and for who leads it another depth or declining."""
    may_lead = may(context["request"].user, LEAD, review.incident)
    return {"opening": opening_of(review), "depths": Depth, "may_lead": may_lead, **_around(context, review.incident)}


@register.inclusion_tag("reviews/policy_absence.html", takes_context=True)
def review_absence(context: Context, incident: Incident) -> dict[str, Any]:
    """Why there is none: declined, or offered and not taken up."""
    may_lead = may(context["request"].user, LEAD, incident)
    return {"absence": absence_of(incident), "may_lead": may_lead, **_around(context, incident)}


def _around(context: Context, incident: Incident) -> dict[str, Any]:
    reader = context["request"].user
    return {
        "incident": incident, "csrf_token": context.get("csrf_token"), "may_work": may(reader, WORK, incident),
        "repeats": repeats_shown(incident, reader),
    }  # fmt: skip
