"""Every write about an incident, one verb per file.

Each verb is one transaction that asks for the permission first and writes the audit trail last.
"""

from afteraction.web.incidents.actions.confirm_facts import FactsMoved, confirm_facts
from afteraction.web.incidents.actions.correct_event import correct_event, stated_instant
from afteraction.web.incidents.actions.keep_edit import keep_edit
from afteraction.web.incidents.actions.laying import StaleEdit, Unusable, Wish
from afteraction.web.incidents.actions.note_event import note_event
from afteraction.web.incidents.actions.open_incident import open_incident
from afteraction.web.incidents.actions.pin_milestone import pin_milestone
from afteraction.web.incidents.actions.place_events import merge_events, split_event
from afteraction.web.incidents.actions.return_to_version import return_to_version
from afteraction.web.incidents.actions.store_analysis import store_analysis
from afteraction.web.incidents.actions.sweep_events import SweepMoved, sweep_events
from afteraction.web.incidents.actions.triage_events import hide_events, keep_events
from afteraction.web.incidents.actions.withdraw_edit import restore_edit, withdraw_edit
from afteraction.web.ui.storable import storable

__all__ = [
    "FactsMoved", "StaleEdit", "SweepMoved", "Unusable", "Wish", "confirm_facts", "correct_event", "hide_events",
    "keep_edit", "keep_events", "merge_events", "note_event", "open_incident", "pin_milestone",
    "restore_edit", "return_to_version", "split_event", "stated_instant", "storable", "store_analysis", "sweep_events",
    "withdraw_edit",
]  # fmt: skip
