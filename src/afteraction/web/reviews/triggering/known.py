"""What is known of one incident, as triggers ask for it: the record, its histories, and the newest analysis.

Knows where each fact is kept. Refuses to fill in what nobody said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from afteraction.engine.review.known_facts import ending_known, facts_known, is_draft_filled_in
from afteraction.engine.review.timers import Ending
from afteraction.engine.review.triggers import (
    DataLoss,
    DataLossAt,
    Posted,
    SeverityAt,
    TriggerFacts,
)
from afteraction.web.incidents.models import DataLossSaid, Incident, PostedMetric, SeverityReached, StoredAnalysis
from afteraction.web.incidents.queries import changes_of, latest_analysis, whole_head
from afteraction.web.reviews.models import OfferedDeploy
from afteraction.web.reviews.triggering.current import policy_now
from afteraction.web.reviews.triggering.deployments import failed_deployments
from afteraction.web.reviews.triggering.repeats import repeats_of, was_taken_back

Json = dict[str, Any]
_DRAFT_NEEDS = 3


def facts_of(incident: Incident, now: datetime) -> TriggerFacts:
    """Everything that is known at `now` (aware)."""
    analysis = latest_analysis(incident)
    said = TriggerFacts(
        now=now, kind=incident.kind, zone=incident.zone, data_loss=_data_loss(incident),
        is_security=incident.is_security, is_near_miss=incident.is_near_miss, posted=posted_of(incident),
        learning=incident.learning, surprised=incident.surprised, repeats=repeats_of(incident, policy_now().policy),
        repeat_taken_back=was_taken_back(incident),
    )  # fmt: skip
    if analysis is None:
        return replace(said, severities=_severities(incident, None))
    head = head_for_windows(analysis)
    over = ending_known(head)
    offered = dict.fromkeys(
        OfferedDeploy.objects.exclude(incident=incident).values_list("deploy", flat=True), True
    ) if (changes := changes_of(analysis)) else {}  # fmt: skip
    said = replace(
        said, severities=_severities(incident, over.resolved_at or over.mitigated_at),
        deployments=failed_deployments(changes, head, offered),
    )  # fmt: skip
    # The kind is the record's: an analysis may be older than what people say now.
    return replace(facts_known(head, said), kind=incident.kind, zone=incident.zone)


def head_for_windows(analysis: StoredAnalysis) -> Json:
    """The head with every window of impact: a very long list is cut there, and its union would be too short."""
    listed = len(analysis.head["impact_windows"])
    return analysis.head if analysis.totals.get("impact_windows", 0) <= listed else whole_head(analysis)


def is_filled_in(analysis: StoredAnalysis) -> bool:
    """Whether what the program filled in counts as a substantive draft."""
    some_events = [None] * min(analysis.event_count, _DRAFT_NEEDS)
    return is_draft_filled_in({**analysis.head, "events": some_events})


def ending_in(analysis: StoredAnalysis | None) -> Ending:
    """When it was over, as an analysis says."""
    return ending_known(analysis.head if analysis else {})


def posted_of(incident: Incident) -> tuple[Posted, ...]:
    """Values that were posted, oldest first."""
    rows = PostedMetric.objects.filter(incident=incident).order_by("at", "id")
    return tuple(Posted(metric=each.metric, value=each.value, at=each.at) for each in rows)


def _severities(incident: Incident, over: datetime | None) -> tuple[SeverityAt, ...]:
    """The history. What was said after all was over does not tell when it was reached."""
    rows = SeverityReached.objects.filter(incident=incident).exclude(severity="")
    found = tuple(
        SeverityAt(severity=each.severity, at=each.at if each.at and (over is None or each.at <= over) else None)
        for each in rows
    )
    return found or ((SeverityAt(severity=incident.severity),) if incident.severity else ())


def _data_loss(incident: Incident) -> tuple[DataLossAt, ...]:
    rows = DataLossSaid.objects.filter(incident=incident)
    found = tuple(DataLossAt(state=DataLoss(each.state), reason=each.reason, at=each.at) for each in rows)
    if not found and incident.data_loss != DataLoss.NONE:
        return (DataLossAt(state=DataLoss(incident.data_loss)),)
    return found
