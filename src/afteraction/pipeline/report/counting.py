"""What a report says of everything, however few events it tells: counts, the first time, the services.

Knows that a part of a document carries the counts of the whole. Refuses to pick what is told.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def counts_of(document: Json) -> Json:
    """The counts that come with the document, and those of what is here where none do."""
    return {**count_all(document), **document.get("counts", {})}


def count_all(document: Json) -> Json:
    """What is said of everything: how many events, commits, files and questions, the first event's time, and services
    by weight."""
    events, files = document["events"], document["files"]
    return {
        "files": len(files),
        "files_read": sum(1 for file in files if file["state"] in ("read", "partial")),
        "questions": len(document["questions"] or ()),
        "events": len(events),
        "commits": sum(event["attributes"].get("change") == "commit" for event in events),
        "first": events[0]["value"] if events else None,
        "services": _services(document),
    }


def _services(document: Json) -> list[str]:
    counted: dict[str, int] = {}
    for window in document["impact_windows"]:
        if window["service"]:
            counted[window["service"]] = counted.get(window["service"], 0) + 100
    for event in document["events"]:
        if event["service"] and event["lane"] in ("changes", "alerts"):
            counted[event["service"]] = counted.get(event["service"], 0) + 1
    return sorted(counted, key=lambda name: (-counted[name], name))[:6]
