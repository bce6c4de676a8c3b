"""Hearing that an incident changed.

Knows the signal of the floor below, and brings reviews to its home. Refuses to judge: the verb does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.brought import Brought, bring
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.told import incident_changed


def listen() -> None:
    """Called when the app is ready."""
    bring(_reviews)
    incident_changed.connect(_judge, weak=False, dispatch_uid="reviews.judge_incident")


def _judge(incident: Incident, **_: object) -> None:
    from afteraction.web.reviews.actions.judge_incident import judge_incident

    judge_incident(incident)


def _reviews(user: User, incidents: Sequence[Incident]) -> Mapping[int, Brought]:
    from afteraction.web.reviews.triggering.home import reviews_brought

    return reviews_brought(user, incidents)
