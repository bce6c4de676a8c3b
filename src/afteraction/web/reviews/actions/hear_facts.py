"""Hearing that facts were confirmed: the review of that incident takes its first step.

Knows when a version of the facts is made. Refuses to open a review.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from afteraction.web.incidents.models import FactsVersion


def listen() -> None:
    """Called when the app is ready."""
    post_save.connect(_take, sender=FactsVersion, weak=False, dispatch_uid="reviews.hear_facts")


def _take(instance: FactsVersion, created: bool, raw: bool = False, **_: Any) -> None:
    from afteraction.web.reviews.actions.move_review import take_facts
    from afteraction.web.reviews.queries import review_of

    review = review_of(instance.incident) if created and not raw else None
    if review is not None:
        take_facts(review, instance, actor=instance.confirmed_by)
