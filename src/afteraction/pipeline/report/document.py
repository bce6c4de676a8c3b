"""An Analysis as one versioned JSON object, `afteraction/analysis/1`.

Knows the shape that report.json, --json, the pages and the exports share, and that people are roles and secrets are
hidden in all of them. Refuses to compute: everything in it stands in the Analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from afteraction.core.analysis import SCHEMA, Analysis, Series
from afteraction.core.evidence import EvidenceRef
from afteraction.core.findings import (
    MILESTONE_TITLES,
    Account,
    Candidate,
    ClockOffset,
    Conflict,
    Detection,
    Gap,
    ImpactWindow,
    Metric,
    Milestone,
    ResponderQuestion,
    Update,
)
from afteraction.core.instant import Instant
from afteraction.core.records import Event, Lane
from afteraction.pipeline.report.changed_logs import changed_logs
from afteraction.pipeline.report.coverage import coverage
from afteraction.pipeline.report.desk import Desk, Json, cite, cites, desk_for, instant, moment, moment_of, person
from afteraction.pipeline.report.read_told import (
    assumptions_told,
    document_told,
    file_told,
    gates_told,
    settings_change_told,
)
from afteraction.pipeline.report.suspected import suspected
from afteraction.pipeline.report.topology_told import topology_told


def to_json(analysis: Analysis, *, with_names: bool = False) -> Json:
    """The whole analysis as plain JSON values. Names of people become roles unless `with_names`."""
    desk = desk_for(analysis, with_names)
    document = _parts(analysis, desk)
    return {**document, "coverage": coverage(document)}


def _parts(analysis: Analysis, desk: Desk) -> Json:
    told = analysis.timeline
    seen = {name: each.seen_at for each in told.detections if each.seen_at for name in each.event_ids}
    return {
        "schema": SCHEMA,
        "id": analysis.id,
        "code_version": analysis.code_version,
        "parameters": dict(analysis.parameters),
        "incident": {
            "key": analysis.incident.key,
            "title": desk.text(analysis.incident.title),
            "severity": analysis.incident.severity,
            "environment": analysis.incident.environment,
            "kind": analysis.incident.kind,
            "services": list(analysis.incident.services),
            "zone": analysis.incident.zone,
        },
        "files": [file_told(report, desk) for report in analysis.files],
        "events": [_event(event, analysis, desk, seen) for event in told.events],
        "hidden": [_event(event, analysis, desk, seen) for event in told.hidden],
        "milestones": {
            name.value: [_candidate(each, desk) for each in told.milestones.get(name, ())] for name in Milestone
        },
        "impact_windows": [_window(window, desk) for window in told.windows],
        "detections": [_detection(each, desk) for each in told.detections],
        "updates": [_update(each, desk) for each in told.updates],
        "questions": None if told.questions is None else [_question(each, analysis, desk) for each in told.questions],
        "metrics": {key: _metric(each, desk) for key, each in analysis.metrics.items()},
        "conflicts": [_conflict(each, desk) for each in told.conflicts],
        "gaps": [_gap(each, desk) for each in told.gaps],
        "clock_offsets": [_offset(each, desk) for each in told.offsets],
        "documents": [document_told(each, analysis, desk) for each in analysis.documents],
        "settings_changes": [settings_change_told(each, desk) for each in analysis.settings_changes],
        "gates": gates_told(analysis.gates, desk),
        "series": [_series(each, desk) for each in analysis.series],
        "assumptions": assumptions_told(analysis, desk),
        **changed_logs(analysis.log_changes, desk),
        "topology": topology_told(analysis.topology, desk),
        **suspected(analysis.suspects, desk),
    }


def _update(each: Update, desk: Desk) -> Json:
    return {
        **instant(each.at),
        "audience": each.audience,
        "text": desk.text(each.text),
        "promised_next": moment_of(each.promised_next),
        "is_resolved_message": each.is_resolved_message,
        "no_new_information": each.no_new_information,
        "event_ids": list(each.event_ids),
        "evidence": cites(each.evidence, desk),
    }


def _question(each: ResponderQuestion, analysis: Analysis, desk: Desk) -> Json:
    return {
        **instant(each.at),
        "text": desk.text(each.text),
        "asker": person(each.asker, analysis),
        "event_ids": list(each.event_ids),
        "evidence": cites(each.evidence, desk),
    }


def _offset(each: ClockOffset, desk: Desk) -> Json:
    return {
        "clock": desk.names.get(each.clock_id, each.clock_id),
        "reference": desk.names.get(each.reference, each.reference),
        "offset_s": each.offset_s,
        "spread_s": each.spread_s,
        "pairs": each.pairs,
        "confirmed": each.confirmed,
    }


def _series(each: Series, desk: Desk) -> Json:
    return {
        "name": each.name,
        "service": each.service,
        "unit": each.unit,
        "role": each.role,
        "threshold": each.threshold,
        "times": list(each.times),
        "values": list(each.values),
        "samples": each.samples,
        "evidence": cites(each.evidence, desk),
    }


def as_text(document: Json) -> str:
    """The document as indented JSON, the same bytes in report.json and on standard output."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _event(event: Event, analysis: Analysis, desk: Desk, seen: Mapping[str, Instant]) -> Json:
    shown = {key: desk.text(value) for key, value in event.attributes.items() if not key.startswith("_")}
    return {
        "id": event.id,
        **instant(event.instant),
        "kind": event.kind.value,
        "lane": event.lane.value,
        "title": desk.text(event.title),
        "body": desk.text(event.body),
        "until": instant(event.until) if event.until else None,
        "known_at": _known_at(event, seen.get(event.id)),
        "service": event.service,
        "environment": event.environment,
        "actor": person(event.actor, analysis),
        # A chat message is known by its author and moment; the author stays out.
        "fingerprint": "" if event.lane is Lane.CHAT else event.fingerprint,
        "attributes": shown,
        "members": list(event.members),
        "evidence": cites(event.all_sources, desk),
    }


def _known_at(event: Event, seen: Instant | None) -> str | None:
    """When responders learned of an event, where that was later than it happened; None: when it happened."""
    known = event.instant.known_at or (seen.utc if seen else None)
    return moment(known) if known and known > event.instant.utc else None


def _candidate(each: Candidate, desk: Desk) -> Json:
    return {
        **instant(each.instant),
        "time_source": each.instant.source.value,
        "source": each.source,
        "reason": desk.text(each.reason),
        "confidence": each.confidence,
        "chosen_by": each.chosen_by,
        "event_ids": list(each.event_ids),
        "evidence": cites(each.evidence, desk),
    }


def _window(each: ImpactWindow, desk: Desk) -> Json:
    return {
        "service": each.service,
        "stream": each.stream,
        "start": instant(each.start),
        "end": instant(each.end) if each.end else None,
        "weight": each.weight,
        "basis": each.basis.value,
        "degradation": desk.text(each.degradation) or None,
        "users": each.users,
        "requests_per_s": each.requests_per_s,
        "fail_share": each.fail_share,
        "group": each.group,
        "evidence": cites(each.evidence, desk),
    }


def _detection(each: Detection, desk: Desk) -> Json:
    return {
        "method": each.method.value,
        "at": instant(each.at),
        "seen_at": instant(each.seen_at) if each.seen_at else None,
        "fingerprint": each.fingerprint,
        "acted_on": each.acted_on,
        "title": desk.text(each.title),
        "event_ids": list(each.event_ids),
        "evidence": cites(each.evidence, desk),
    }


def _metric(each: Metric, desk: Desk) -> Json:
    return {
        "name": each.name,
        "state": each.state.value,
        "value": each.value,
        "low": each.low,
        "high": each.high,
        "unit": each.unit,
        "clock": each.clock,
        "note": desk.text(each.note),
        "formula": each.formula,
        "inputs": [{"name": name, **instant(value)} for name, value in each.inputs],
        "alternatives": [_metric(other, desk) for other in each.alternatives],
        "detail": _plain(dict(each.detail), desk),
        "evidence": cites(each.evidence, desk),
    }


def _plain(value: Any, desk: Desk) -> Any:
    """Any detail value as JSON; what is not a plain value is told as text."""
    if isinstance(value, Instant):
        return instant(value)
    if isinstance(value, Metric):
        return _metric(value, desk)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, desk) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner, desk) for inner in value]
    if isinstance(value, EvidenceRef):
        return cite(value, desk)
    if value is None or isinstance(value, bool | int | float):
        return value
    return desk.text(str(value))


def _account(each: Account, desk: Desk) -> Json:
    return {
        "text": desk.text(each.text),
        "source": each.source,
        "instant": instant(each.instant) if each.instant else None,
        "amount": each.amount,
        "evidence": cite(each.evidence, desk),
    }


def _conflict(each: Conflict, desk: Desk) -> Json:
    return {
        "subject": each.subject,
        "sentence": desk.text(each.sentence),
        "flag": each.flag or None,
        "accounts": [_account(account, desk) for account in each.accounts],
    }


def _gap(each: Gap, desk: Desk) -> Json:
    return {
        "kind": each.kind,
        "audience": each.audience,
        "start": instant(each.start),
        "end": instant(each.end),
        "sentence": desk.text(each.sentence),
        "evidence": cites(each.evidence, desk),
    }


def milestone_title(name: str) -> str:
    """The title of a milestone for people."""
    return MILESTONE_TITLES[Milestone(name)]
