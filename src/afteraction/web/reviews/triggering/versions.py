"""The versions of the policy with what each changed, for the page and for programs.

Knows rows and how two policies differ. Refuses to say which is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.web.reviews.models import TriggerPolicy
from afteraction.web.reviews.triggering import policy_form
from afteraction.web.reviews.triggering.current import policy_of

MOST_VERSIONS = 50


@dataclass(frozen=True)
class Version:
    """One version and the fields in which it differs from the one before."""

    row: TriggerPolicy
    changed: tuple[dict[str, Any], ...]


def versions_of(most: int = MOST_VERSIONS) -> list[Version]:
    """Newest first. The seed, which is version 0, has no row and is not among them."""
    rows = list(TriggerPolicy.objects.select_related("by").order_by("-number")[: most + 1])
    found = []
    for at, row in enumerate(rows[:most]):
        older = rows[at + 1].number if at + 1 < len(rows) else 0
        changed = policy_form.differences(policy_of(older), policy_of(row.number))
        found.append(Version(row, tuple(changed)))
    return found
