"""What was changed and taken back, as the newest run tells it.

Knows the lane of changes. Refuses to read more of it than a release has.
"""

from __future__ import annotations

from typing import Any

from afteraction.core.records import Lane
from afteraction.web.incidents.models import StoredAnalysis, Triage
from afteraction.web.incidents.queries.runs import rows_of_run

Json = dict[str, Any]
MOST_CHANGES = 1_000


def changes_of(analysis: StoredAnalysis) -> list[Json]:
    """Events of the lane of changes that nobody hid, by time, the first thousand."""
    rows = rows_of_run(analysis).filter(lane=Lane.CHANGES, is_left_out=False).exclude(triage=Triage.HIDDEN)
    return list(rows.order_by("at_us", "event_id").values_list("value", flat=True)[:MOST_CHANGES])
