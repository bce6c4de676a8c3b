"""An Analysis as one versioned JSON object, `afteraction/analysis/1`.

Knows the shape that report.json, --json, the pages and the exports share, and that people are roles and secrets are
hidden in all of them. Refuses to compute: everything in it stands in the Analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from afteraction.core.analysis import SCHEMA, Analysis, FileReport, Series
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure
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
    ReleaseGates,
    ResponderQuestion,
    SettingsChange,
    Update,
)
from afteraction.core.flags import SENTENCES, Flag
from afteraction.core.instant import Instant
from afteraction.core.pictures.parts import MEDIA_TYPES
from afteraction.core.records import Document, Event, Lane
from afteraction.pipeline.report.changed_logs import changed_logs
from afteraction.pipeline.report.coverage import coverage
from afteraction.pipeline.report.desk import Desk, Json, cite, cites, desk_for, instant, moment, moment_of, person
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
        "files": [_file(report, desk) for report in analysis.files],
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
        "documents": [_document(each, analysis, desk) for each in analysis.documents],
        "settings_changes": [_settings_change(each, desk) for each in analysis.settings_changes],
        "gates": _gates(analysis.gates, desk),
        "series": [_series(each, desk) for each in analysis.series],
        "assumptions": _assumptions(analysis, desk),
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


def _failure(failure: Failure, desk: Desk) -> Json:
    return {
        "file": failure.file,
        "place": str(failure.locator) if failure.locator.line or failure.locator.pointer else "",
        "line": failure.locator.line,
        "pointer": failure.locator.pointer,
        "reason": desk.text(failure.reason),
        "next_step": failure.next_step,
        "lost": failure.lost,
    }


def _file(report: FileReport, desk: Desk) -> Json:
    item = report.evidence
    return {
        "name": item.name,
        "label": desk.labels.get(item.id, ""),
        "sha256": item.id,
        "size": item.size,
        "kind": item.kind.value if item.kind else None,
        "state": report.state,
        "reader": report.reader or None,
        "rows": sum(report.rows.values()),
        "rows_by_kind": dict(report.rows),
        "failures": [_failure(each, desk) for each in report.failures],
        "failures_total": report.failures_total,
        "first_line": desk.text(report.first_line) if report.first_line else None,
        "duplicate_of": report.duplicate_of or None,
        "assumptions": list(report.assumptions),
    }


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


def _document(each: Document, analysis: Analysis, desk: Desk) -> Json:
    return {
        "kind": each.kind.value,
        "title": desk.text(each.title),
        "captured_at": instant(each.captured_at) if each.captured_at else None,
        "captured_from": each.captured_from or None,
        "place": each.place or None,
        "environment": each.environment or None,
        "url": desk.text(each.url) or None,
        "captured_by": person(each.captured_by, analysis),
        "stated_time": desk.text(each.attributes.get("stated_time", "")) or None,
        "picture": _picture(each.attributes) if each.kind is EvidenceKind.PICTURE else None,
        "settings": {key: desk.text(value) for key, value in each.settings.items()},
        "stated": [
            {"name": name, "text": desk.text(text), "evidence": cite(ref, desk)} for name, text, ref in each.stated
        ],
        "evidence": cite(each.evidence, desk),
    }


def _picture(attributes: Mapping[str, str]) -> Json:
    """Size in bytes and pixels, and whether a drawing holds what could act."""
    return {
        "media_type": MEDIA_TYPES.get(attributes.get("format", ""), "application/octet-stream"),
        "size": int(attributes.get("bytes", "0")),
        "width": int(attributes["width"]) if "width" in attributes else None,
        "height": int(attributes["height"]) if "height" in attributes else None,
        "active_content": attributes.get("active_content") == "true",
    }


def _settings_change(each: SettingsChange, desk: Desk) -> Json:
    earlier, later = each.earlier.captured_at, each.later.captured_at
    return {
        "place": each.place,
        "environment": each.environment or None,
        "thing": each.thing or None,
        "before_at": instant(earlier) if earlier else None,
        "at": instant(later) if later else None,
        "before": cite(each.earlier.evidence, desk),
        "after": cite(each.later.evidence, desk),
        "is_before": each.is_before,
        "order_known": each.order_known,
        "changed": [
            {
                "key": row.key,
                "before": None if row.old is None else desk.text(row.old),
                "after": None if row.new is None else desk.text(row.new),
            }
            for row in each.keys
        ],
    }


def _gates(gates: ReleaseGates, desk: Desk) -> Json:
    return {
        "change_triggered": gates.change_triggered,
        "began_at": instant(gates.began_at) if gates.began_at else None,
        "began": desk.text(gates.began),
        "readings": [
            {
                "gate": each.gate,
                "title": each.title,
                "reached": each.reached,
                "outcome": each.outcome,
                "record": desk.text(each.record),
                "event_ids": list(each.event_ids),
                "evidence": cites(each.evidence, desk),
            }
            for each in gates.readings
        ],
    }


def _assumptions(analysis: Analysis, desk: Desk) -> list[Json]:
    """What was assumed about times, per file and flag, with how many records rest on it."""
    counted: dict[tuple[str, str], int] = {}
    for event in analysis.timeline.events:
        for flag in event.instant.flags:
            key = (event.evidence.evidence_id, str(flag))
            counted[key] = counted.get(key, 0) + 1
    found = [
        {
            "file": desk.names.get(evidence_id, ""),
            "label": desk.labels.get(evidence_id, ""),
            "flag": flag,
            "sentence": SENTENCES.get(Flag(flag), flag) if flag in set(Flag) else flag,
            "records": count,
        }
        for (evidence_id, flag), count in counted.items()
    ]
    for report in analysis.files:
        found += [
            {"file": report.evidence.name, "label": desk.labels.get(report.evidence.id, ""), "flag": None,
             "sentence": told, "records": sum(report.rows.values())}
            for told in report.assumptions
        ]  # fmt: skip
    return found


def milestone_title(name: str) -> str:
    """The title of a milestone for people."""
    return MILESTONE_TITLES[Milestone(name)]
