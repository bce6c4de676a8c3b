"""What was read, in the document of an analysis: files with their failures, documents, settings, gates, assumptions.

Knows the shape of each as JSON values. Refuses to know the order of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from afteraction.core.analysis import Analysis, FileReport
from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.findings import ReleaseGates, SettingsChange
from afteraction.core.flags import SENTENCES, Flag
from afteraction.core.pictures.parts import MEDIA_TYPES
from afteraction.core.records import Document
from afteraction.pipeline.report.desk import Desk, Json, cite, cites, instant, person


def file_told(report: FileReport, desk: Desk) -> Json:
    """One original: who read it, how many rows, what could not be read."""
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


def document_told(each: Document, analysis: Analysis, desk: Desk) -> Json:
    """One document, picture or snapshot of settings."""
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


def settings_change_told(each: SettingsChange, desk: Desk) -> Json:
    """What differs between two snapshots of one thing."""
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


def gates_told(gates: ReleaseGates, desk: Desk) -> Json:
    """What each gate of a release reached and said."""
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


def assumptions_told(analysis: Analysis, desk: Desk) -> list[Json]:
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
