"""The policy that holds, and those that held before.

Knows versions by number. Refuses to invent one: without rows the seed policy holds, as version 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from afteraction.engine.review.policy import PRESETS, Policy
from afteraction.engine.review.policy_document import read_policy
from afteraction.web.reviews.models import TriggerPolicy


@dataclass(frozen=True)
class Current:
    """A policy with the number of its version."""

    number: int
    policy: Policy


def policy_now() -> Current:
    """The newest version."""
    row = TriggerPolicy.objects.order_by("-number").first()
    return Current(row.number, read_policy(row.body)) if row else Current(0, PRESETS["seed"])


def policy_of(number: int) -> Policy:
    """The policy of that version; the seed for 0 and for a number that was never given."""
    row = TriggerPolicy.objects.filter(number=number).first() if number else None
    return read_policy(row.body) if row else PRESETS["seed"]
