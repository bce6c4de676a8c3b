"""Removing every run that rested on some evidence, with all that was derived from it.

Knows which rows only such runs have. Refuses to decide that evidence goes: purging does, and it calls this.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.dispatch import Signal

from afteraction.web.incidents.actions.show_in_lists import show_in_lists
from afteraction.web.incidents.models import AnalysedEvent, FactsVersion, Incident, StoredAnalysis
from afteraction.web.incidents.models.analysis import CountedBlock
from afteraction.web.incidents.queries.runs import latest_analysis

# Sent with `incident` and `hashes`, in the transaction that purges: apps above may quote the evidence too.
evidence_forgotten = Signal()


@transaction.atomic
def forget_analyses(incident: Incident, hashes: Collection[str]) -> list[int]:
    """Removes the runs that rest on any of these originals, their events, counts and searchable text.

    Facts that were confirmed on such a run go with it; their numbers are given back, since people have to be told.
    Runs from before the evidence came stay, with the rows that they share.
    """
    Incident.objects.select_for_update().get(pk=incident.pk)
    evidence_forgotten.send(sender=Incident, incident=incident, hashes=hashes)
    runs = StoredAnalysis.every.filter(incident=incident).only("pk", "number", "evidence_hashes", "published_at")
    wanted = set(hashes)
    gone = [run for run in runs if run.published_at is None or wanted & set(run.evidence_hashes)]
    kept = sorted(run.number for run in runs if run not in gone)
    facts = FactsVersion.objects.filter(incident=incident, analysis__in=[run.pk for run in gone])
    numbers = sorted(facts.values_list("number", flat=True))
    facts.delete()
    for model in (AnalysedEvent, CountedBlock):
        rows = model._default_manager.filter(incident=incident)
        for number in kept:
            rows = rows.exclude(first_run__lte=number, last_run__gt=number)
        rows.delete()
    StoredAnalysis.every.filter(pk__in=[run.pk for run in gone]).delete()
    # What is searched of a run is written with it, so the runs that stay are found again after the next one.
    incident.search_entries.exclude(kind="record").delete()
    show_in_lists(incident, latest_analysis(incident))
    return numbers
