"""Which kinds of evidence an analysis rests on, and how many of its milestones cite any (SPEC R119, R058).

Knows what each row of a file counts as. Refuses to say why a kind is missing: only people know.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

# The kinds that a complete picture has; `link` is not read from files.
KINDS = (
    "log", "metric", "trace", "alert", "deployment", "communication", "ticket", "picture", "config_snapshot",
    "document",
)  # fmt: skip
_BY_ROWS = {"logs": "log", "samples": "metric", "spans": "trace", "changes": "deployment"}
_BY_LANE = {
    "alerts": "alert", "changes": "deployment", "chat": "communication", "status": "communication",
    "customers": "ticket", "document": "document",
}  # fmt: skip


_CAPTURED = ("picture", "config_snapshot")


def coverage(document: Json) -> Json:
    """For every kind its files (labels) and, for pictures and snapshots, how many state no time or no place; and the
    share of known milestones that cite evidence, None when none is known."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    lanes: dict[str, set[str]] = {}
    for event in document["events"]:
        for ref in event["evidence"]:
            lanes.setdefault(ref["label"], set()).add(event["lane"])
    for file in document["files"]:
        if file["state"] not in ("read", "partial"):
            continue
        kinds = {_BY_ROWS[shape] for shape, rows in file["rows_by_kind"].items() if rows and shape in _BY_ROWS}
        kinds |= {_BY_LANE[lane] for lane in lanes.get(file["label"], ()) if lane in _BY_LANE}
        # A capture stands on the timeline too, and is still no written document.
        kinds = {file["kind"]} if file["kind"] in _CAPTURED or not kinds else kinds
        for kind in kinds & set(KINDS):
            found[kind].append(file["label"])
    known = [candidates[0] for candidates in document["milestones"].values() if candidates]
    cited = [candidate for candidate in known if candidate["evidence"]]
    return {
        "kinds": {kind: {"files": labels, **_doubts(kind, document)} for kind, labels in found.items()},
        "milestones_known": len(known),
        "milestones_with_evidence": len(cited),
        "share": len(cited) / len(known) if known else None,
    }


def _doubts(kind: str, document: Json) -> Json:
    """Undated and unplaced items of a kind that has a time and a place of its own."""
    if kind not in _CAPTURED:
        return {"undated": 0, "place_unknown": 0}
    items = [item for item in document["documents"] if item["kind"] == kind]
    return {
        "undated": sum(item["captured_at"] is None for item in items),
        "place_unknown": sum(item["place"] is None for item in items),
    }
