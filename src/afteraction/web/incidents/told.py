"""Letting apps above hear that an incident changed, and that its report was opened.

Knows the signals. Refuses to know who listens: reviews do, and this floor may not name them.
"""

from __future__ import annotations

from django.dispatch import Signal

from afteraction.web.incidents.models import Incident

# Sent inside the transaction that changed it, with `incident`: a new analysis, a changed record, confirmed facts, a
# posted metric.
incident_changed = Signal()
# Sent with `person` and `incident` whenever somebody got a report, in the browser, as a file or by a program.
report_opened = Signal()


def tell_change(incident: Incident) -> None:
    """Tells whoever listens; what a listener raises undoes the change."""
    incident_changed.send(sender=Incident, incident=incident)
