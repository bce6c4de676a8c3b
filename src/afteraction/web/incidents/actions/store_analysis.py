"""Keeping an analysis.

Knows what belongs into one transaction. Refuses to change an analysis that is there: a new run is a new row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from afteraction.web.incidents.actions.storable import storable
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis
from afteraction.web.incidents.queries import microseconds
from afteraction.web.incidents.standing import decision_on, decisions

Json = dict[str, Any]
# What carries the story by itself. In a chat anything may be said, so there only these kinds do.
SAID_AND_DONE = {"trigger", "user_report", "escalation", "decision", "action", "mitigation", "recovery"}


@transaction.atomic
def store_analysis(
    incident: Incident, document: Json, fingerprint: str, identities: Json | None = None
) -> StoredAnalysis:
    """Keeps one analysis document; the same document again is the row that is there."""
    document = storable(document)
    # Events are rows, hidden ones too; the head says which were hidden when the facts were computed.
    hidden = [event["id"] for event in document["hidden"]]
    head = {**{name: value for name, value in document.items() if name != "events"}, "hidden": hidden}
    stored, is_new = StoredAnalysis.objects.get_or_create(
        incident=incident,
        name=document["id"],
        fingerprint=fingerprint,
        defaults={
            "code_version": document["code_version"],
            "parameters": document["parameters"],
            "evidence_hashes": sorted({file["sha256"] for file in document["files"] if file["sha256"]}),
            "event_count": len(document["events"]),
            "head": head,
            "identities": storable(identities or {}),
        },
    )
    if is_new:
        AnalysedEvent.objects.bulk_create(_rows(stored, document, decisions(incident)), batch_size=500)
        _name_incident(incident, document)
    return stored


def _name_incident(incident: Incident, document: Json) -> None:
    """Takes over what the evidence states where people said nothing."""
    stated = document["incident"]
    incident.title = incident.title or stated["title"][:300]
    incident.severity = incident.severity or stated["severity"][:32]
    incident.services = incident.services or stated["services"]
    incident.save(update_fields=["title", "severity", "services"])


def _rows(stored: StoredAnalysis, document: Json, decided: Mapping[str, str]) -> Iterator[AnalysedEvent]:
    cited = set(_cited(document))
    for event in (*document["events"], *document["hidden"]):
        until = event["until"]
        yield AnalysedEvent(
            analysis=stored,
            event_id=event["id"],
            at_us=microseconds(_moment(event["value"])),
            until_us=microseconds(_moment(until["value"])) if until else None,
            kind=event["kind"],
            lane=event["lane"],
            title=event["title"],
            is_key=event["id"] in cited or _tells(event),
            triage=decision_on(event, decided),
            value=event,
        )


def _tells(event: Json) -> bool:
    return event["kind"] in SAID_AND_DONE if event["lane"] == "chat" else event["kind"] != "note"


def _cited(document: Json) -> Iterable[str]:
    """Ids of events that a milestone, a detection or an update rests on."""
    for candidates in document["milestones"].values():
        for candidate in candidates:
            yield from candidate["event_ids"]
    for finding in (*document["detections"], *document["updates"]):
        yield from finding["event_ids"]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
