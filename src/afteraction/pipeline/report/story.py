"""What a report tells, section by section, as plain values taken from `report.json`.

Knows which sections there are and what stands in each. Refuses to state anything that the document does not hold, and
to know whether it becomes HTML or Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from afteraction.pipeline.report.captured import Captured, captured
from afteraction.pipeline.report.counting import count_all, counts_of
from afteraction.pipeline.report.doubts import assumptions_of, open_points_of
from afteraction.pipeline.report.lines import (
    Line,
    changes_before_of,
    last_changes,
    named_events,
    story_lines,
    worth_telling,
)
from afteraction.pipeline.report.sentences import day, seconds, span
from afteraction.pipeline.report.summary import headlines_of, impact_rows_of, summary_of

Json = dict[str, Any]
RESPONSE = ("M01", "M02", "M13", "M03", "M04", "M05", "M06", "M07", "M08", "M09")


@dataclass(frozen=True)
class Asked:
    """A section that people fill in a review. Until they do it shows one question, never a heading without words."""

    title: str
    question: str


ASKED = (
    Asked("Why it happened", "What made this possible, beyond what set it off? Causes are for people to find."),
    Asked("What we learned", "What would help a team that runs something like this, and did not know it before?"),
    Asked("What changes", "What will be different, who sees to it, and how would a machine see that it is in force?"),
)


@dataclass(frozen=True)
class Edition:
    """What a reader holds: `words` for the head, `short` for a footer, `notes` for what they should know first."""

    words: str = "draft computed from evidence"
    short: str = "draft"
    notes: tuple[str, ...] = ()


@dataclass
class Story:
    """The sections of a report. Every text is ready to be shown, nothing is escaped yet."""

    title: str
    meta: list[tuple[str, str]]
    summary: list[str]
    headlines: list[tuple[str, str, str]]
    windows: list[Json]
    impact_rows: list[tuple[str, str, list[str]]]
    lines: list[Line]
    left_out: int
    response: list[Json]
    communication: list[str]
    updates: list[Json]
    questions: list[Json]
    went_well: list[str]
    changes_before: list[Line]
    open_points: list[tuple[str, str, list[str]]]
    assumptions: list[str]
    files: list[Json]
    unread: list[Json]
    failures: list[Json]
    captured: Captured
    coverage: list[tuple[str, str]]
    document: Json
    edition: Edition = field(default_factory=Edition)
    asked: tuple[Asked, ...] = ASKED


def select(document: Json) -> Json:
    """Which events the story tells, as `event_ids`, and what it says of all the others, as `counts`.

    A document with just these events and with `counts` tells the same story as the whole one.
    """
    chosen = {name: found[0] for name, found in document["milestones"].items() if found}
    events = document["events"]
    told = {events[index]["id"] for index in worth_telling(document, named_events(document, chosen))}
    told |= {event["id"] for event in last_changes(document, chosen)}
    return {"event_ids": [event["id"] for event in events if event["id"] in told], "counts": count_all(document)}


def tell(document: Json) -> Story:
    """The story of one analysis document, or of the part of one that `select` chose."""
    chosen = {name: found[0] for name, found in document["milestones"].items() if found}
    lines, left_out = story_lines(document, chosen)
    files = document["files"]
    return Story(
        title=document["incident"]["title"] or _untitled(chosen),
        meta=_meta(document, chosen),
        summary=summary_of(document, chosen),
        headlines=headlines_of(document),
        windows=document["impact_windows"],
        impact_rows=impact_rows_of(document),
        lines=lines,
        left_out=left_out,
        response=[{"id": key, **document["metrics"][key]} for key in RESPONSE if key in document["metrics"]],
        communication=_communication(document),
        updates=document["updates"],
        questions=document["questions"] or [],
        went_well=_went_well(document),
        changes_before=changes_before_of(document, chosen),
        open_points=open_points_of(document),
        assumptions=assumptions_of(document),
        files=[file for file in files if file["state"] in ("read", "partial")],
        unread=[file for file in files if file["state"] not in ("read", "partial")],
        failures=[failure for file in files for failure in file["failures"]],
        captured=captured(document),
        coverage=_coverage(document),
        document=document,
        edition=_edition(document),
    )


def _edition(document: Json) -> Edition:
    """What whoever keeps the document says about this edition of it; without that it is a draft."""
    said: Json = document.get("edition") or {}
    usual = Edition()
    return Edition(said.get("words", usual.words), said.get("short", usual.short), tuple(said.get("notes", ())))


def _coverage(document: Json) -> list[tuple[str, str]]:
    """Kind of evidence and how much of it there is, in words."""
    rows = []
    for kind, found in document["coverage"]["kinds"].items():
        count = len(found["files"])
        told = f"{count} {'file' if count == 1 else 'files'}" if count else "none"
        told += f", {found['undated']} undated" if found["undated"] else ""
        told += f", place of {found['place_unknown']} unknown" if found["place_unknown"] else ""
        rows.append((kind.replace("_", " ").replace("config snapshot", "configuration snapshot").capitalize(), told))
    return rows


def _untitled(chosen: dict[str, Json]) -> str:
    start = chosen.get("t_impact_start") or chosen.get("t_detect")
    return f"Incident of {day(start)}" if start else "Incident"


def _meta(document: Json, chosen: dict[str, Json]) -> list[tuple[str, str]]:
    incident = document["incident"]
    rows = []
    start, end = chosen.get("t_impact_start"), chosen.get("t_impact_end")
    if start:
        rows.append(("When", f"{day(start)}, {span(start, end)}" + (" UTC" if end else ", UTC")))
    counts = counts_of(document)
    services = incident["services"] or counts["services"]
    rows.append(("Services", ", ".join(services) if services else "unknown"))
    rows.append(("Kind", f"{incident['kind'].replace('_', ' ')}, {incident['environment']}"))
    if incident["severity"]:
        rows.append(("Severity", incident["severity"]))
    files = f"{counts['files_read']} of {counts['files']} files"
    rows.append(("Evidence", f"{files}, {counts['events']} events"))
    return rows


def _communication(document: Json) -> list[str]:
    metric = document["metrics"].get("M15")
    told = []
    if metric is None or metric["state"] == "unknown":
        told.append("Updates: unknown. No channel in which people were told anything was imported.")
    elif metric["note"]:
        told.append(metric["note"])
    told += [gap["sentence"] for gap in document["gaps"] if gap["kind"] == "communication"]
    if document["questions"] is None:
        told.append("Questions to responders: unknown, no chat was imported.")
    elif document["questions"]:
        count = counts_of(document)["questions"]
        told.append(f"{count} {'question was' if count == 1 else 'questions were'} put to responders by others.")
    return list(dict.fromkeys(told))


def _went_well(document: Json) -> list[str]:
    """Facts only: what the figures show went fast or as it should."""
    metrics, told = document["metrics"], []
    response = metrics.get("M03", {})
    within = response.get("state") == "value" and response["high"] is not None and response["high"] <= 300
    # Whoever noticed it was there already: that is no speed of response.
    if within and response["value"] > 0:
        told.append(f"A person responded {seconds(response['value'])} after the flag, within five minutes.")
    gap = metrics.get("M13", {})
    if gap.get("state") == "value" and (gap["low"] or 0) > 0:
        told.append(f"Monitoring noticed {seconds(gap['value'])} before the first user report.")
    detect = metrics.get("M01", {})
    if detect.get("state") == "value" and detect["value"] < 0:
        told.append(f"It was noticed {seconds(-detect['value'])} before users were hurt.")
    for audience, detail in (metrics.get("M15", {}).get("detail") or {}).items():
        if isinstance(detail, dict) and detail.get("breaches") == 0 and detail.get("updates", 0):
            told.append(f"Updates to {audience} came within the agreed time throughout.")
    return told
