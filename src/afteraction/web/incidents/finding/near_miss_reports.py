"""Near-miss reports per month, of the incidents that a reader may see.

Knows which incidents count. Refuses to count what its reader may not see, and what nobody took up yet.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone

from afteraction.engine.metrics.near_miss_reports import MONTHS, NearMissReports, near_miss_reports
from afteraction.web.accounts.models import User
from afteraction.web.incidents.permissions import visible_to


def reports_seen_by(reader: User, now: datetime | None = None) -> NearMissReports:
    """M29 over the last twelve months up to `now` (aware), as far as the reader sees."""
    today = (now or timezone.now()).astimezone(UTC).date()
    first = near_miss_reports((), today, MONTHS).months[0].month
    since = datetime(first.year, first.month, 1, tzinfo=UTC)
    rows = visible_to(reader).filter(created_at__gte=since).exclude(kind="milestone").order_by()
    filed = ((at.astimezone(UTC).date(), is_near) for at, is_near in rows.values_list("created_at", "is_near_miss"))
    return near_miss_reports(filed, today)
