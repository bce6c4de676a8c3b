"""Every write about an incident, one verb per file.

Each verb is one transaction that asks for the permission first and writes the audit trail last.
"""

from afteraction.web.incidents.actions.keep_edit import keep_edit
from afteraction.web.incidents.actions.open_incident import open_incident
from afteraction.web.incidents.actions.storable import storable
from afteraction.web.incidents.actions.store_analysis import store_analysis

__all__ = ["keep_edit", "open_incident", "storable", "store_analysis"]
