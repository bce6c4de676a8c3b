"""What the database holds of an incident: people's record of it, every analysis ever made, and people's edits."""

from afteraction.web.incidents.models.analysis import (
    AnalysedEvent,
    AnalysisDocument,
    CountedBlock,
    StoredAnalysis,
    Triage,
)
from afteraction.web.incidents.models.edits import EditedEvent, FactsVersion, TimelineEdit
from afteraction.web.incidents.models.incident import DataLoss, Incident, IncidentMember, Seat, State
from afteraction.web.incidents.models.listing import IncidentService, KeyCounter, SearchEntry
from afteraction.web.incidents.models.parts import ActorSaid, Part, PartSaid
from afteraction.web.incidents.models.said import DataLossSaid, PostedMetric, SeverityReached

__all__ = [
    "ActorSaid", "AnalysedEvent", "AnalysisDocument", "CountedBlock", "DataLoss", "DataLossSaid", "EditedEvent",
    "FactsVersion", "Incident", "IncidentMember", "IncidentService", "KeyCounter", "Part", "PartSaid", "PostedMetric",
    "SearchEntry", "Seat", "SeverityReached", "State", "StoredAnalysis", "TimelineEdit", "Triage",
]  # fmt: skip
