"""How many incidents a change of one's own set off, of those that a reader may see.

Knows which incidents count: those of production, near misses and milestones aside. Refuses to count what its reader may
not see.
"""

from __future__ import annotations

from django.db.models import Count, Q

from afteraction.engine.metrics.self_inflicted import SelfInflicted
from afteraction.web.accounts.models import User
from afteraction.web.incidents.permissions import visible_to


def set_off_seen_by(reader: User) -> SelfInflicted:
    """M23 as far as the reader sees, by the newest analysis of each incident."""
    rows = visible_to(reader).filter(environment="production", is_near_miss=False).exclude(kind="milestone").order_by()
    counted = rows.aggregate(
        all=Count("pk"),
        by_change=Count("pk", filter=Q(figures__set_off_by_change=True)),
        otherwise=Count("pk", filter=Q(figures__set_off_by_change=False)),
    )
    known = counted["by_change"] + counted["otherwise"]
    return SelfInflicted(counted["by_change"], counted["otherwise"], counted["all"] - known)
