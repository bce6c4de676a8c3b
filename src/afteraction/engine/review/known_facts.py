"""What an analysis already knows for a review: the facts that triggers, timers and states ask for, from its JSON.

Knows where in `afteraction/analysis/1` each of them stands. Refuses to decide: a fact that is not there stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import Milestone
from afteraction.core.instant import Instant, Precision
from afteraction.engine.causes.graph import CauseGraph, Status
from afteraction.engine.review.timers import Ending, is_substantive
from afteraction.engine.review.triggers import Fired, SeverityAt, TriggerFacts

Json = dict[str, Any]


def facts_known(document: Json, said: TriggerFacts) -> TriggerFacts:
    """What people and machines said (`said`, with `now`) with everything that the analysis adds: kind, zone, severity
    where nobody kept a history, impact windows, mitigation, resolution, and whether users noticed first."""
    incident = document["incident"]
    windows = document["impact_windows"]
    severity = incident["severity"]
    method, gap = document["metrics"].get("M14", {}), document["metrics"].get("M13", {})
    noticed = _cites(each for metric in (method, gap) for each in metric.get("evidence", ()))
    verdict, first = gap.get("detail", {}).get("verdict"), users_were_first(document)
    return replace(
        said,
        kind=incident["kind"] or said.kind,
        zone=incident["zone"] or said.zone,
        severities=said.severities or ((SeverityAt(severity=severity),) if severity else ()),
        windows=tuple(_window(each, document) for each in windows),
        window_evidence=_cites(cite for each in windows for cite in each["evidence"]),
        mitigated_at=said.mitigated_at or moment_of(document, Milestone.MITIGATED),
        resolved_at=said.resolved_at or moment_of(document, Milestone.RESOLVED),
        users_first=said.users_first if said.users_first is not None else first,
        monitoring_silent=said.monitoring_silent or verdict == "users only",
        detection_evidence=said.detection_evidence or noticed,
    )


def users_were_first(document: Json) -> bool | None:
    """Whether users told before monitoring did (R069), from M13 and M14 of an analysis or an empty document; None while
    neither tells."""
    metrics = document.get("metrics", {})
    method, gap = metrics.get("M14", {}), metrics.get("M13", {})
    if gap.get("detail", {}).get("verdict") in ("users first", "users only"):
        return True
    first: bool | None = method.get("detail", {}).get("users_first")
    return first


def ending_known(document: Json, reopened_at: datetime | None = None) -> Ending:
    """When the incident was over, for the timers. Mitigation falls back on the end of impact. An empty document knows
    nothing."""
    mitigated = moment_of(document, Milestone.MITIGATED) or moment_of(document, Milestone.IMPACT_END)
    return Ending(mitigated_at=mitigated, resolved_at=moment_of(document, Milestone.RESOLVED), reopened_at=reopened_at)


def moment_of(document: Json, milestone: Milestone) -> datetime | None:
    """The chosen account of a milestone (UTC); None when it has none."""
    candidates = document.get("milestones", {}).get(milestone.value, ())
    return datetime.fromisoformat(candidates[0]["value"]) if candidates else None


def was_set_off_by_change(graph: CauseGraph, head: Json) -> bool | None:
    """Whether something that was changed set it off: what people call the trigger counts before what the evidence says
    of the gates (`head` of an analysis, or an empty one). None while neither tells."""
    called = [each for each in graph.nodes.values() if "trigger" in each.roles and each.status is not Status.REFUTED]
    if called:
        return any("change" in each.roles for each in called)
    told: bool | None = (head.get("gates") or {}).get("change_triggered")
    return told


def is_draft_filled_in(document: Json) -> bool:
    """Whether what the program filled in by itself already counts as a substantive draft (R039)."""
    detected = document["metrics"].get("M14", {}).get("detail", {}).get("method") is not None
    return is_substantive(len(document["events"]), has_impact=bool(document["impact_windows"]), has_detection=detected)


def write_fired(fired: Iterable[Fired]) -> list[Json]:
    """Triggers as JSON, for the record of what opened a review."""
    return [
        {
            "code": each.code, "subject": each.subject, "depth": each.depth.value, "sentence": each.sentence,
            "provisional": each.provisional, "restricted": each.restricted, "offered": each.offered,
            "evidence": [
                {"sha256": ref.evidence_id, "locator": str(ref.locator), "excerpt": ref.excerpt}
                for ref in each.evidence
            ],
        }
        for each in fired
    ]  # fmt: skip


def _window(stated: Json, document: Json) -> tuple[Instant, Instant | None]:
    """Start and end; an open one ends where impact is known to have ended, as in M10."""
    start, end = _instant(stated["start"]), stated["end"]
    if end is None:
        stated_ends = document["milestones"].get(Milestone.IMPACT_END.value, ())
        end = stated_ends[0] if stated_ends else None
    found = _instant(end) if end else None
    return start, found if found is None or found.utc > start.utc else None


def _instant(stated: Json) -> Instant:
    precision = Precision(stated["precision"])
    low, high = (datetime.fromisoformat(stated[name]) for name in ("low", "high"))
    at = datetime.fromisoformat(stated["value"])
    return Instant(utc=at, precision=precision, spread=(high - low) / 2, tz_known=stated["tz_known"])


def _cites(rows: Iterable[Json]) -> tuple[EvidenceRef, ...]:
    return tuple(
        dict.fromkeys(
            EvidenceRef(row["sha256"], Locator(line=row["line"], pointer=row["pointer"]), row["excerpt"])
            for row in rows
        )
    )
