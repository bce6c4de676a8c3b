"""What a report leaves open: conflicts, gaps, what is unknown, and what was assumed.

Knows which doubts are worth a question. Refuses to settle one.
"""

from __future__ import annotations

from typing import Any

from afteraction.pipeline.report.counting import counts_of
from afteraction.pipeline.report.document import milestone_title
from afteraction.pipeline.report.sentences import labels_of, when

Json = dict[str, Any]


def open_points_of(document: Json) -> list[tuple[str, str, list[str]]]:
    """(kind of doubt, what is open, at most four labels of evidence) of each."""
    points: list[tuple[str, str, list[str]]] = []
    impact = document["milestones"]["t_impact_start"]
    first = counts_of(document)["first"]
    if impact and first and first >= impact[0]["value"]:
        told = "The timeline begins when impact does. Add what came before: changes and first signs of the last 24 h."
        points.append(("Nothing earlier", told, []))
    for conflict in document["conflicts"]:
        cites = list(dict.fromkeys(a["evidence"]["label"] for a in conflict["accounts"] if a["evidence"]["label"]))
        points.append((_called(conflict), conflict["sentence"], cites[:4]))
    for gap in document["gaps"]:
        if gap["kind"] in ("silence", "silenced", "detection", "triage", "diagnosis") and _is_long(gap):
            points.append(("Gap", gap["sentence"], labels_of(gap["evidence"])[:3]))
    unknown = [metric["name"] for metric in document["metrics"].values() if metric["state"] == "unknown"]
    if unknown:
        points.append(("Unknown", "; ".join(unknown) + ".", []))
    missing = [milestone_title(name).lower() for name, found in document["milestones"].items() if not found]
    if missing:
        points.append(("No evidence for", ", ".join(missing) + ".", []))
    return points


def _is_long(gap: Json) -> bool:
    """True for two minutes and more: less is no gap worth a question."""
    return (when(gap["end"]["value"]) - when(gap["start"]["value"])).total_seconds() >= 120


def _called(conflict: Json) -> str:
    """What kind of doubt a conflict is: of one source with itself, or between several."""
    if conflict["flag"]:
        return "Doubtful time"
    known = {
        "business_clock": "Another clock",
        "reopened": "Perhaps not over",
        "stated_duration": "Figure and times differ",
        "several_incidents": "Several incidents",
    }
    return known.get(conflict["subject"], "Accounts differ")


def assumptions_of(document: Json) -> list[str]:
    """What readers of evidence assumed, file by file, as sentences; at most forty."""
    told = []
    for each in document["assumptions"][:40]:
        records = f"{each['records']:,} {'record' if each['records'] == 1 else 'records'}"
        told.append(f"{each['file']}: {each['sentence'].rstrip('.')} ({records}).")
    return told
