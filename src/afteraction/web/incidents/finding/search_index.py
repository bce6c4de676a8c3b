"""What of an incident search can find: its record, its key events, and the sentences of its report.

Knows which texts become rows. Refuses to index what people hid, and anything that the report would not show: names are
roles and secrets are hidden in what analyses hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction

from afteraction.pipeline.report.summary import lead
from afteraction.web.incidents import queries
from afteraction.web.incidents.kinds import KIND_NAMES
from afteraction.web.incidents.models import AnalysedEvent, Incident, SearchEntry, StoredAnalysis, Triage

MOST_EVENTS = 2_000
# Events stand behind the paragraphs of the report.
FIRST_POSITION = 100
LONGEST_TEXT = 8_000


def index_record(incident: Incident) -> None:
    """Makes the incident found by its key, title, services, kind, severity and environment as they stand now."""
    services = incident.services or incident.figures.get("services", [])
    words = [KIND_NAMES.get(incident.kind, incident.kind), incident.severity, incident.environment]
    words += ["near miss"] if incident.is_near_miss else []
    words += ["data loss"] if incident.has_data_loss else []
    SearchEntry.objects.update_or_create(
        incident=incident,
        kind="record",
        ref="",
        defaults={
            "title": f"{incident.key} {incident.title}"[:LONGEST_TEXT],
            "text": ", ".join([*services, *(word for word in words if word)])[:LONGEST_TEXT],
        },
    )


@transaction.atomic
def index_analysis(incident: Incident, analysis: StoredAnalysis) -> None:
    """Makes the incident found by what its newest analysis tells, in place of what an older one told."""
    forget_evidence(incident)
    SearchEntry.objects.bulk_create(_report(incident, analysis), batch_size=500)
    SearchEntry.objects.bulk_create(_events(incident, analysis), batch_size=500)
    index_record(incident)


def index_triage(incident: Incident, rows: Sequence[AnalysedEvent]) -> None:
    """Makes events that people just hid found no more, and those that came back found again, last among the others
    until the incident is analysed anew."""
    SearchEntry.objects.filter(incident=incident, kind="event", ref__in=[row.event_id for row in rows]).delete()
    free = MOST_EVENTS - SearchEntry.objects.filter(incident=incident, kind="event").count()
    shown = [row for row in rows if row.is_key and row.triage != Triage.HIDDEN]
    last = FIRST_POSITION + MOST_EVENTS
    SearchEntry.objects.bulk_create([_entry(incident, row, last) for row in shown[: max(free, 0)]], batch_size=500)


def forget_evidence(incident: Incident) -> None:
    """Takes away every text that came from evidence, as purging does before the incident is analysed anew."""
    SearchEntry.objects.filter(incident=incident).exclude(kind="record").delete()


def _report(incident: Incident, analysis: StoredAnalysis) -> Iterator[SearchEntry]:
    for number, paragraph in enumerate(lead(analysis.head)[:20], start=1):
        yield SearchEntry(
            incident=incident, kind="report", ref=str(number), position=number, text=paragraph[:LONGEST_TEXT]
        )


def _events(incident: Incident, analysis: StoredAnalysis) -> Iterator[SearchEntry]:
    for number, event in enumerate(islice(_shown(analysis), MOST_EVENTS), start=FIRST_POSITION):
        yield _entry(incident, event, number)


def _entry(incident: Incident, event: AnalysedEvent, position: int) -> SearchEntry:
    body = str(event.value.get("body") or "") if event.value else ""
    return SearchEntry(
        incident=incident,
        kind="event",
        ref=event.event_id,
        position=position,
        title=event.title[:LONGEST_TEXT],
        text=body[:LONGEST_TEXT],
    )


def _shown(analysis: StoredAnalysis) -> Iterator[AnalysedEvent]:
    after: queries.Key | None = None
    while True:
        page = queries.event_page(analysis, only_key=True, after=after, size=500)
        yield from (event for event in page.events if event.triage != Triage.HIDDEN)
        after = page.following
        if after is None:
            return
