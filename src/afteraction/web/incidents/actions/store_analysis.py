"""Keeping an analysis: a new run beside the ones before, sharing what did not change.

Knows the order: claim the next run, write its rows in short transactions, publish it in one. Refuses to change a run
that is published, and to show one that is not.
"""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from afteraction.pipeline.report.learned import Learned
from afteraction.pipeline.report.story import select
from afteraction.web.incidents.actions.event_rows import Row, rows_of
from afteraction.web.incidents.actions.keep_said import keep_said
from afteraction.web.incidents.actions.run_writing import sweep, write_density, write_events, writing
from afteraction.web.incidents.actions.show_in_lists import show_in_lists
from afteraction.web.incidents.actions.sweep_events import project_edit
from afteraction.web.incidents.actions.triage_events import project_triage
from afteraction.web.incidents.heads import head_of, is_cut
from afteraction.web.incidents.models import (
    AnalysedEvent,
    AnalysisDocument,
    Incident,
    StoredAnalysis,
    TimelineEdit,
    Triage,
)
from afteraction.web.incidents.models.analysis import STANDING
from afteraction.web.incidents.queries.runs import analysis_of
from afteraction.web.incidents.standing import decisions
from afteraction.web.incidents.told import tell_change
from afteraction.web.ui.storable import storable, storable_copy

Json = dict[str, Any]
Along = Callable[[StoredAnalysis], None]


def _nothing(_run: StoredAnalysis) -> None:
    return


def store_analysis(
    incident: Incident, document: Json, fingerprint: str, identities: Json | None = None, along: Along = _nothing
) -> StoredAnalysis:
    """Keeps one analysis document as the incident's newest; the same document again is the row that is there.

    `along` writes what belongs to the run in the transaction that publishes it. Raises RunTaken when another process
    begins a run of the same incident meanwhile, and leaves nothing that shows when it ends early.
    """
    known = analysis_of(incident, fingerprint)
    if known is not None and known.name == document["id"]:
        return known
    began = timezone.now()
    run, found_leftover = _claim(incident, document, fingerprint)
    if found_leftover:
        sweep(run)
    rows = list(rows_of(document, decisions(incident)))
    write_events(run, rows)
    write_density(run, rows)
    _fill(run, document, rows, identities or {})
    with writing(run):
        _publish(incident, run, document, began)
        along(run)
    return run


@transaction.atomic
def _claim(incident: Incident, document: Json, fingerprint: str) -> tuple[StoredAnalysis, bool]:
    """The next run, nobody's but ours, and whether rows of one that was never published may be there."""
    Incident.objects.select_for_update().get(pk=incident.pk)
    leftover, _ = StoredAnalysis.every.filter(incident=incident, published_at=None).delete()
    last = StoredAnalysis.every.filter(incident=incident).aggregate(last=Max("number"))["last"] or 0
    run = StoredAnalysis.every.create(
        incident=incident,
        number=last + 1,
        name=document["id"],
        fingerprint=fingerprint,
        claim=uuid.uuid4().hex,
        head={},
    )
    return run, leftover > 0


def _fill(run: StoredAnalysis, document: Json, rows: list[Row], identities: Json) -> None:
    """Everything of the run that is not a row of its own; written with its publishing."""
    plain = storable_copy({name: value for name, value in document.items() if name not in ("events", "hidden")})
    if "hidden" in document:
        plain["hidden"] = document["hidden"]
    run.head, run.totals = head_of(plain)
    run.totals["events"] = len(document["events"])
    run.story = select(document)
    run.learned = Learned.of(document).packed(run.head)
    run.code_version = plain["code_version"]
    run.parameters = plain["parameters"]
    run.evidence_hashes = sorted({file["sha256"] for file in plain["files"] if file["sha256"]})
    run.event_count, run.key_count = len(rows), sum(row.is_key for row in rows)
    run.first_us = min((row.at_us for row in rows), default=None)
    run.last_us = max((row.at_us for row in rows), default=None)
    run.identities = storable(identities)
    if is_cut(run.head, plain):
        whole = {**plain, "hidden": []} if "hidden" in plain else plain
        body = zlib.compress(orjson.dumps(whole), 1)
        with writing(run):
            AnalysisDocument.objects.create(analysis=run, body=body)


def _publish(incident: Incident, run: StoredAnalysis, document: Json, began: datetime) -> None:
    """Shows the run from now on, with what people decided while it was written."""
    Incident.objects.select_for_update().get(pk=incident.pk)
    _count_decided(run)
    run.published_at = timezone.now()
    run.save()
    meanwhile = TimelineEdit.objects.filter(Q(at__gte=began) | Q(withdrawn_at__gte=began), incident=incident)
    named = {event_id for edit in meanwhile for event_id in edit.event_ids}
    project_triage(incident, sorted(named))
    for edit in meanwhile:
        if edit.is_sweep:
            project_edit(incident, edit)
    run.refresh_from_db(fields=["kept_count", "hidden_count", "key_kept_count", "key_hidden_count"])
    _name_incident(incident, document)
    show_in_lists(incident, run)
    tell_change(incident)


def _count_decided(run: StoredAnalysis) -> None:
    """Counts kept and hidden events of the run; an index holds just those."""
    rows = AnalysedEvent.objects.filter(incident=run.incident_id, last_run=STANDING).exclude(triage="")
    grouped = rows.order_by().values_list("triage", "is_key").annotate(count=Count("id"))
    counts = {(triage, is_key): count for triage, is_key, count in grouped}
    run.key_kept_count = counts.get((Triage.KEPT, True), 0)
    run.key_hidden_count = counts.get((Triage.HIDDEN, True), 0)
    run.kept_count = run.key_kept_count + counts.get((Triage.KEPT, False), 0)
    run.hidden_count = run.key_hidden_count + counts.get((Triage.HIDDEN, False), 0)


def _name_incident(incident: Incident, document: Json) -> None:
    """Takes over what the evidence states where people said nothing."""
    stated = storable(document["incident"])
    incident.title = incident.title or stated["title"][:300]
    incident.severity = incident.severity or stated["severity"][:32]
    incident.services = incident.services or stated["services"]
    incident.save(update_fields=["title", "severity", "services"])
    keep_said(incident, at=None, by=None)
