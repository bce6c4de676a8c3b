"""Hearing that an incident changed.

Knows the signal of the floor below. Refuses to judge: the verb does.
"""

from __future__ import annotations

from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.told import incident_changed


def listen() -> None:
    """Called when the app is ready."""
    incident_changed.connect(_judge, weak=False, dispatch_uid="reviews.judge_incident")


def _judge(incident: Incident, **_: object) -> None:
    from afteraction.web.reviews.actions.judge_incident import judge_incident

    judge_incident(incident)
