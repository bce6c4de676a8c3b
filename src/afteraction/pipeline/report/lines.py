"""The lines of the story: which events are told, in which words, and which changes came before.

Knows what a reader needs first when there is more than fits. Refuses to tell of events that people hid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from afteraction.pipeline.report.counting import counts_of
from afteraction.pipeline.report.document import milestone_title
from afteraction.pipeline.report.sentences import clock, day, labels_of, when

Json = dict[str, Any]
MOST_EVENTS = 60
# More than these stand among the changes before impact, not in the story.
MOST_COMMITS = 6
# What a reader needs first when there is more than fits: lower comes first.
_WEIGHT = {
    "trigger": 0, "mitigation": 0, "recovery": 0, "detection": 1, "escalation": 1, "decision": 1, "latent": 1,
    "action": 2, "user_report": 2, "signal": 3, "communication": 3, "note": 5,
}  # fmt: skip


@dataclass
class Line:
    """One line of the story: when, which shape, what, and which evidence (label, title)."""

    at: str
    iso: str
    kind: str
    text: str
    cites: list[str]
    milestones: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    is_gap: bool = False
    is_new_day: str = ""
    picture: str = ""


def story_lines(document: Json, chosen: dict[str, Json]) -> tuple[list[Line], int]:
    """The lines by time with the silences between them, and how many events are not told."""
    named = named_events(document, chosen)
    events = document["events"]
    kept = worth_telling(document, named)
    lines: list[Line] = []
    last_day = ""
    gaps = sorted((g for g in document["gaps"] if g["kind"] in ("silence", "communication")), key=_start_of)
    for index in kept:
        event = events[index]
        while gaps and _start_of(gaps[0]) < event["value"]:
            gap = gaps.pop(0)
            lines.append(
                Line("", gap["start"]["value"], "gap", gap["sentence"], labels_of(gap["evidence"]), is_gap=True)
            )
        line = _line(event, named)
        today = day(event)
        line.is_new_day = today if today != last_day else ""
        last_day = today
        lines.append(line)
    return lines, counts_of(document)["events"] - len(kept)


def named_events(document: Json, chosen: dict[str, Json]) -> dict[str, list[str]]:
    """Milestone titles by event id."""
    named: dict[str, list[str]] = {}
    for name, candidate in chosen.items():
        for event_id in candidate["event_ids"][:1]:
            named.setdefault(event_id, []).append(milestone_title(name))
    return named


def worth_telling(document: Json, named: dict[str, list[str]]) -> list[int]:
    """Indexes of the events that the story has room for, by time."""
    events = document["events"]
    commits = counts_of(document)["commits"]
    repeated = _repeated(events, named)

    def weight(event: Json) -> int:
        if event["id"] in named:
            return -1
        if event["attributes"].get("change") == "commit":
            return 5 if commits > MOST_COMMITS else 4
        if event["attributes"].get("captured"):
            return 2
        calm = event["lane"] in ("document", "status", "changes")
        return _WEIGHT[event["kind"]] - (2 if calm else 0) + (9 if event["flags"] and not calm else 0)

    ranked = sorted(range(len(events)), key=lambda i: (weight(events[i]), i))
    worth = [i for i in ranked if weight(events[i]) < 5 or events[i]["lane"] == "document"]
    worth = [i for i in worth if i not in repeated]
    return sorted(worth[:MOST_EVENTS])


def _repeated(events: list[Json], named: dict[str, list[str]]) -> set[int]:
    """Entries that say what an entry of the same minute already said, and long notes that stand there once more."""
    seen: set[tuple[str, str, str]] = set()
    found: set[int] = set()
    for index, event in enumerate(events):
        text, minute = event["title"][:400], event["value"][:16]
        is_block = event["kind"] == "note" and len(text) > 120
        key = ("" if is_block else minute, event["lane"], text)
        if event["lane"] == "document" and text and key in seen and event["id"] not in named:
            found.add(index)
        seen.add(key)
    return found


def _start_of(gap: Json) -> str:
    return str(gap["start"]["value"])


def _line(event: Json, named: dict[str, list[str]]) -> Line:
    doubts = [flag.replace("_", " ") for flag in event["flags"] if flag not in ("zone_assumed", "epoch_unit_guessed")]
    who = f"{event['actor']['role']}: " if event["actor"] and event["lane"] == "chat" else ""
    title = who + (event["title"] or event["body"])
    at = clock(event) + (f" to {clock(event['until'])}" if event["until"] and event["lane"] == "document" else "")
    return Line(
        at=at,
        iso=event["value"],
        kind=event["kind"],
        text=title[:400],
        cites=labels_of(event["evidence"])[:3],
        milestones=named.get(event["id"], []),
        doubts=doubts,
        picture=event["evidence"][0]["sha256"] if event["attributes"].get("captured") == "picture" else "",
    )


def changes_before_of(document: Json, chosen: dict[str, Json]) -> list[Line]:
    """The last changes of the day before impact, as lines."""
    return [_line(event, {}) for event in last_changes(document, chosen)]


def last_changes(document: Json, chosen: dict[str, Json]) -> list[Json]:
    """The last changes of the day before impact."""
    start = chosen.get("t_impact_start") or chosen.get("t_detect")
    if start is None:
        return []
    end = when(start["value"])
    found = [
        event
        for event in document["events"]
        if event["lane"] == "changes" and 0 <= (end - when(event["value"])).total_seconds() <= 24 * 3600
    ]
    return found[-12:]
