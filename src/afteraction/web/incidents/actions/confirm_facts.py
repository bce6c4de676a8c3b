"""Confirming the facts: this analysis with these edits, as a version that stays.

Knows that later edits make a later version and leave this one alone. Refuses to confirm what is being computed anew:
nobody has seen it yet.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.laying import LONGEST_TEXT, Unusable, newest
from afteraction.web.incidents.actions.show_in_lists import show_in_lists
from afteraction.web.incidents.finding.listed import take_standing
from afteraction.web.incidents.models import FactsVersion, Incident, TimelineEdit
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import is_recomputing
from afteraction.web.incidents.told import tell_change


class FactsMoved(AfteractionError):
    """The facts that somebody wants to confirm are not the ones that stand there now."""


@transaction.atomic
def confirm_facts(
    incident: Incident, *, analysis_id: int, note: str = "", actor: User, via: str = "page"
) -> FactsVersion:
    """Makes the next version of the facts out of the analysis that was looked at.

    Raises FactsMoved when there is a newer one by now or one is being computed, Unusable for a note that is too long.
    The same analysis and edits twice are one version.
    """
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    analysis = newest(incident)
    if analysis.pk != analysis_id or is_recomputing(incident):
        raise FactsMoved("The facts are changing.", next_step="Wait until they are computed and look once more.")
    if len(note) > LONGEST_TEXT:
        raise Unusable("The note is too long.", next_step=f"Write up to {LONGEST_TEXT} characters.")
    force = TimelineEdit.objects.filter(incident=incident, withdrawn_at=None).order_by("id")
    edits = list(force.values_list("edit_id", flat=True))
    last = FactsVersion.objects.filter(incident=incident).order_by("-number").first()
    if last and last.analysis_id == analysis.pk and last.edit_ids == edits and last.confirmed_by_id == actor.pk:
        return last
    version = FactsVersion.objects.create(
        incident=incident, number=last.number + 1 if last else 1, analysis=analysis, edit_ids=edits, note=note.strip(),
        confirmed_by=actor,
    )  # fmt: skip
    take_standing(incident, analysis)
    show_in_lists(incident, analysis)
    record(actor, "confirm_facts", incident.subject, via=via, version=version.number, analysis=analysis.name,
           edits=len(edits))  # fmt: skip
    tell_change(incident)
    return version
