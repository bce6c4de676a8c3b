"""Letting lists and search show an incident as it now stands.

Knows when: whenever its record, its newest analysis or its publishing changed. Refuses to be called outside the
transaction that changed it, so that no list ever tells something else than the incident's own page.
"""

from __future__ import annotations

from django.db import transaction

from afteraction.web.incidents.finding.listed import take_standing
from afteraction.web.incidents.finding.search_index import index_analysis, index_record
from afteraction.web.incidents.models import Incident, StoredAnalysis


def show_in_lists(incident: Incident, analysis: StoredAnalysis | None) -> None:
    """Keeps what lists show and search finds; `analysis` is the newest one, None while there is none."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{incident.key} is listed outside the transaction that changed it.")
    take_standing(incident, analysis)
    if analysis is None:
        index_record(incident)
    else:
        index_analysis(incident, analysis)
