"""Changing what people say about an incident.

Knows that a save names the version it was based on. Refuses a stale one and hands back both.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.keep_said import keep_said
from afteraction.web.incidents.finding.listed import take_services
from afteraction.web.incidents.finding.search_index import index_record
from afteraction.web.incidents.kinds import stands_without_evidence
from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis
from afteraction.web.incidents.record import Record, record_of
from afteraction.web.incidents.told import tell_change

# What the engine computes with: a change of these needs the facts computed again.
COMPUTED_WITH = {"title", "severity", "environment", "kind", "services", "zone"}


class StaleRecord(AfteractionError):
    """Somebody saved the record after the version that this save was based on. `theirs` is what stands now."""

    def __init__(self, theirs: Record, version: int) -> None:
        super().__init__("Somebody else changed this record meanwhile.", next_step="Keep yours, or keep theirs.")
        self.theirs = theirs
        self.version = version


@transaction.atomic
def change_record(incident: Incident, said: Record, *, based_on: int, actor: User, via: str = "page") -> Incident:
    """The incident with its new record. Raises SeatMissing, and StaleRecord when `based_on` is not its version.

    A record that becomes a security incident is restricted with it; taking that back is a decision of its own.
    """
    need(actor, WORK, incident)
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    before, after = record_of(incident).values(), said.values()
    changed = sorted(name for name in after if after[name] != before[name])
    if not changed:
        return incident
    if incident.version != based_on:
        raise StaleRecord(record_of(incident), incident.version)
    for name in changed:
        setattr(incident, name, after[name])
    restricts = said.is_security and not before["is_security"] and not incident.is_restricted
    if restricts:
        # An embargo that is over ended another restriction.
        incident.restricted, incident.embargo_until = True, None
    incident.version += 1
    incident.save(update_fields=[*changed, "restricted", "embargo_until", "version"])
    take_services(incident)
    index_record(incident)
    keep_said(incident, at=timezone.now(), by=actor)
    detail = {name: [before[name], after[name]] for name in changed}
    record(actor, "change_record", incident.subject, via=via, changed=detail, restricts=restricts)
    has_facts = stands_without_evidence(incident.kind) or StoredAnalysis.objects.filter(incident=incident).exists()
    if COMPUTED_WITH.intersection(changed) and has_facts:
        ask_for_analysis(incident, actor)
    tell_change(incident)
    return incident
