"""Opening an incident.

Knows that who opens it owns it. Refuses to leave a restricted one open for a moment.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.keep_said import keep_said
from afteraction.web.incidents.actions.show_in_lists import show_in_lists
from afteraction.web.incidents.keys import check_key
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.told import tell_change


@transaction.atomic
def open_incident(key: str, owner: User | None = None, **said: Any) -> Incident:
    """The incident of that key, made when it is new; what is `said` about it becomes its record.

    `owner` gets the owner's seat unless they have one; without an owner nobody sees the incident yet.
    Raises NoKey for a word that cannot be a key.
    """
    check_key(key)
    incident, is_new = Incident.objects.update_or_create(key=key, defaults=said, create_defaults={
        **said, "created_by": owner, "restricted": said.get("is_security", False),
    })  # fmt: skip
    if owner is not None:
        IncidentMember.objects.get_or_create(incident=incident, person=owner, defaults={"seat": Seat.OWNER})
    show_in_lists(incident, latest_analysis(incident))
    keep_said(incident, at=timezone.now(), by=owner)
    if is_new:
        record(owner, "open_incident", incident.subject, key=key, **{name: said[name] for name in sorted(said)})
    tell_change(incident)
    return incident
