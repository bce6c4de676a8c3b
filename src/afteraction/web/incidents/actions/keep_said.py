"""Keeping how grave an incident was and whether data was lost, each time that somebody says something else.

Knows the newest row of each. Refuses to write what was said before.
"""

from __future__ import annotations

from datetime import datetime

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import DataLoss, DataLossSaid, Incident, SeverityReached


def keep_said(incident: Incident, *, at: datetime | None, by: User | None) -> None:
    """Adds to both histories what the record says now, where that is new; call it in the transaction that changed it.

    `at` is when it was said, None where nobody knows.
    """
    severity = SeverityReached.objects.filter(incident=incident).last()
    if incident.severity != (severity.severity if severity else ""):
        SeverityReached.objects.create(incident=incident, severity=incident.severity, at=at, by=by)
    loss = DataLossSaid.objects.filter(incident=incident).last()
    before = (loss.state, loss.reason) if loss else (DataLoss.NONE, "")
    if (incident.data_loss, incident.data_loss_because) != before:
        DataLossSaid.objects.create(
            incident=incident, state=incident.data_loss, reason=incident.data_loss_because, at=at, by=by
        )
