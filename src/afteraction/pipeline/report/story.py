"""What a report tells, section by section, as plain values taken from `report.json`.

Knows which events, figures and doubts a reader needs first. Refuses to state anything that the document does not hold,
and to know whether it becomes HTML or Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from afteraction.pipeline.report.captured import Captured, captured
from afteraction.pipeline.report.document import milestone_title
from afteraction.pipeline.report.sentences import clock, day, figure, seconds, span, when

Json = dict[str, Any]

MOST_EVENTS = 60
# More than these stand among the changes before impact, not in the story.
MOST_COMMITS = 6
HEADLINES = ("M10", "M01", "M13", "M07", "M15", "M12")
RESPONSE = ("M01", "M02", "M13", "M03", "M04", "M05", "M06", "M07", "M08", "M09")
# What a reader needs first when there is more than fits: lower comes first.
_WEIGHT = {
    "trigger": 0, "mitigation": 0, "recovery": 0, "detection": 1, "escalation": 1, "decision": 1, "latent": 1,
    "action": 2, "user_report": 2, "signal": 3, "communication": 3, "note": 5,
}  # fmt: skip


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
    told = {events[index]["id"] for index in _worth_telling(document, _named_events(document, chosen))}
    told |= {event["id"] for event in _last_changes(document, chosen)}
    return {"event_ids": [event["id"] for event in events if event["id"] in told], "counts": count_all(document)}


def _counts(document: Json) -> Json:
    # What was counted earlier wins; a count that it does not know yet is of what is here.
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


def tell(document: Json) -> Story:
    """The story of one analysis document, or of the part of one that `select` chose."""
    chosen = {name: found[0] for name, found in document["milestones"].items() if found}
    lines, left_out = _lines(document, chosen)
    files = document["files"]
    return Story(
        title=document["incident"]["title"] or _untitled(chosen),
        meta=_meta(document, chosen),
        summary=_summary(document, chosen),
        headlines=_headlines(document),
        windows=document["impact_windows"],
        impact_rows=_impact_rows(document),
        lines=lines,
        left_out=left_out,
        response=[{"id": key, **document["metrics"][key]} for key in RESPONSE if key in document["metrics"]],
        communication=_communication(document),
        updates=document["updates"],
        questions=document["questions"] or [],
        went_well=_went_well(document),
        changes_before=_changes_before(document, chosen),
        open_points=_open_points(document),
        assumptions=_assumptions(document),
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


def lead(document: Json) -> list[str]:
    """The summary's paragraphs; a document without its events will do."""
    return _summary(document, {name: found[0] for name, found in document["milestones"].items() if found})


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


def _cites(evidence: list[Json]) -> list[str]:
    return list(dict.fromkeys(ref["label"] for ref in evidence if ref["label"]))


def _meta(document: Json, chosen: dict[str, Json]) -> list[tuple[str, str]]:
    incident = document["incident"]
    rows = []
    start, end = chosen.get("t_impact_start"), chosen.get("t_impact_end")
    if start:
        rows.append(("When", f"{day(start)}, {span(start, end)}" + (" UTC" if end else ", UTC")))
    counts = _counts(document)
    services = incident["services"] or counts["services"]
    rows.append(("Services", ", ".join(services) if services else "unknown"))
    rows.append(("Kind", f"{incident['kind'].replace('_', ' ')}, {incident['environment']}"))
    if incident["severity"]:
        rows.append(("Severity", incident["severity"]))
    files = f"{counts['files_read']} of {counts['files']} files"
    rows.append(("Evidence", f"{files}, {counts['events']} events"))
    return rows


def _services(document: Json) -> list[str]:
    counted: dict[str, int] = {}
    for window in document["impact_windows"]:
        if window["service"]:
            counted[window["service"]] = counted.get(window["service"], 0) + 100
    for event in document["events"]:
        if event["service"] and event["lane"] in ("changes", "alerts"):
            counted[event["service"]] = counted.get(event["service"], 0) + 1
    return sorted(counted, key=lambda name: (-counted[name], name))[:6]


def _apart(windows: list[Json]) -> int:
    """How many stretches the windows are that neither overlap nor meet."""
    count, until = 0, ""
    for window in sorted(windows, key=lambda one: str(one["start"]["value"])):
        count += not until or str(window["start"]["value"]) > until
        until = max(until, str(window["end"]["value"]) if window["end"] else "9")
    return count


def _summary(document: Json, chosen: dict[str, Json]) -> list[str]:
    """Three short paragraphs, each sentence resting on a milestone, a window or a metric."""
    metrics, first, second = document["metrics"], [], []
    start, end = chosen.get("t_impact_start"), chosen.get("t_impact_end")
    windows = document["impact_windows"]
    if start:
        estimated = "the text states no " in start["reason"].lower()
        latest = " at the latest" if "hurt earlier" in start["reason"] else ""
        told = f"{'By an estimate, impact' if estimated else 'Impact'} began on {day(start)} at {clock(start)} UTC"
        told += latest
        told += f" and ended at {clock(end, with_day=day(end) != day(start))}" if end else "; when it ended is unknown"
        groups = _apart(windows)
        several = any(each["subject"] == "several_incidents" for each in document["conflicts"])
        more = (
            f"; the text tells of {groups} incidents, and this is the first"
            if several
            else f", in {groups} separate windows"
        )
        first.append(told + (f"{more}." if groups > 1 else "."))
    else:
        first.append("When impact began is unknown: no evidence states or shows it.")
    first += degradations(windows)[:2]
    trigger = chosen.get("t_trigger")
    if trigger:
        second.append(f"{trigger['reason'].rstrip('.')}.")
    detection = metrics.get("M01")
    if detection and detection["state"] != "not_applicable":
        note = f" {detection['note'].rstrip('.')}." if detection["note"] else ""
        second.append(f"Time to detect: {figure(detection)}.{note}")
    users = metrics.get("M13")
    if users and users["note"]:
        second.append(users["note"].rstrip(".") + ".")
    third = []
    first_day = next((day(chosen[name]) for name in ("t_impact_start", "t_detect", "t_declared") if name in chosen), "")
    for name, verb in (("t_mitigated", "Mitigated"), ("t_resolved", "Resolved")):
        if name in chosen:
            several = document["milestones"][name]
            times = list(dict.fromkeys(clock(each, with_day=first_day not in ("", day(each))) for each in several[:3]))
            disputed = any(conflict["subject"] == name for conflict in document["conflicts"])
            third.append(
                f"{verb} at {' or '.join(times)}: sources disagree." if disputed and len(times) > 1
                else f"{verb} at {times[0]}."
            )  # fmt: skip
    updates = metrics.get("M15")
    if updates and updates["note"]:
        third.append(updates["note"].rstrip(".") + ".")
    return [" ".join(part) for part in (first, second, third) if part]


def _headlines(document: Json) -> list[tuple[str, str, str]]:
    rows = []
    for key in HEADLINES:
        metric = document["metrics"].get(key)
        if metric is None or metric["state"] == "not_applicable":
            continue
        note = ""
        if key == "M10":
            hard = metric["detail"].get("hard_min")
            weighted = any(window["weight"] is not None for window in document["impact_windows"])
            note = f"{hard:.0f} hard" if isinstance(hard, int | float) and weighted else ""
        rows.append((*_headline(key, metric), note))
    return rows


def _headline(key: str, metric: Json) -> tuple[str, str]:
    """Name and figure as a reader takes them in at a glance: a sign becomes who was first."""
    if key == "M13" and metric["state"] == "value":
        first = "Users before monitoring" if metric["value"] < 0 else "Monitoring before users"
        return first, figure({**metric, "value": abs(metric["value"])})
    return ("Longest silence" if key == "M15" else metric["name"]), figure(metric)


def degradations(windows: list[Json]) -> list[str]:
    """What did not work, in one sentence per service: the worst that was seen of it."""
    worst: dict[str, Json] = {}
    for window in windows:
        known = worst.get(window["service"])
        if window["degradation"] and (known is None or (window["weight"] or 0) > (known["weight"] or 0)):
            worst[window["service"]] = window
    return [
        f"At worst, {w['degradation'][:1].lower()}{w['degradation'][1:]}" if w["weight"] else w["degradation"]
        for w in worst.values()
    ]


def _stated_impact(document: Json) -> tuple[list[str], list[str]] | None:
    """(the first sentence of impact that a written review states, its citation), where no window carries one."""
    for each in document["documents"]:
        for one in each["stated"]:
            if one["name"] == "impact":
                return [one["text"]], [one["evidence"]["label"]]
    return None


def _impact_rows(document: Json) -> list[tuple[str, str, list[str]]]:
    metrics = document["metrics"]
    rows: list[tuple[str, str, list[str]]] = []
    said = degradations(document["impact_windows"])
    cites = [label for window in document["impact_windows"] for label in _cites(window["evidence"])]
    if not said and (stated := _stated_impact(document)):
        said, cites = stated
    rows.append(("What did not work", " ".join(said) or "unknown", list(dict.fromkeys(cites))[:4] if said else []))
    users = [window["users"] for window in document["impact_windows"] if window["users"] is not None]
    rows.append(("Users", f"{max(users):,.0f} affected" if users else "unknown", []))
    for key, name in (("M10", "Duration"), ("M11", "Weighted"), ("M12", "Money")):
        if key in metrics:
            note = f" {metrics[key]['note']}" if metrics[key]["note"] else ""
            rows.append((name, figure(metrics[key]) + "." + note, _cites(metrics[key]["evidence"])[:4]))
    return rows


def _named_events(document: Json, chosen: dict[str, Json]) -> dict[str, list[str]]:
    """Milestone titles by event id."""
    named: dict[str, list[str]] = {}
    for name, candidate in chosen.items():
        for event_id in candidate["event_ids"][:1]:
            named.setdefault(event_id, []).append(milestone_title(name))
    return named


def _worth_telling(document: Json, named: dict[str, list[str]]) -> list[int]:
    """Indexes of the events that the story has room for, by time."""
    events = document["events"]
    commits = _counts(document)["commits"]
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


def _lines(document: Json, chosen: dict[str, Json]) -> tuple[list[Line], int]:
    named = _named_events(document, chosen)
    events = document["events"]
    kept = _worth_telling(document, named)
    lines: list[Line] = []
    last_day = ""
    gaps = sorted((g for g in document["gaps"] if g["kind"] in ("silence", "communication")), key=_start_of)
    for index in kept:
        event = events[index]
        while gaps and _start_of(gaps[0]) < event["value"]:
            gap = gaps.pop(0)
            lines.append(Line("", gap["start"]["value"], "gap", gap["sentence"], _cites(gap["evidence"]), is_gap=True))
        line = _line(event, named)
        today = day(event)
        line.is_new_day = today if today != last_day else ""
        last_day = today
        lines.append(line)
    return lines, _counts(document)["events"] - len(kept)


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
        cites=_cites(event["evidence"])[:3],
        milestones=named.get(event["id"], []),
        doubts=doubts,
        picture=event["evidence"][0]["sha256"] if event["attributes"].get("captured") == "picture" else "",
    )


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
        count = _counts(document)["questions"]
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


def _changes_before(document: Json, chosen: dict[str, Json]) -> list[Line]:
    return [_line(event, {}) for event in _last_changes(document, chosen)]


def _last_changes(document: Json, chosen: dict[str, Json]) -> list[Json]:
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


def _open_points(document: Json) -> list[tuple[str, str, list[str]]]:
    points: list[tuple[str, str, list[str]]] = []
    impact = document["milestones"]["t_impact_start"]
    first = _counts(document)["first"]
    if impact and first and first >= impact[0]["value"]:
        told = "The timeline begins when impact does. Add what came before: changes and first signs of the last 24 h."
        points.append(("Nothing earlier", told, []))
    for conflict in document["conflicts"]:
        cites = list(dict.fromkeys(a["evidence"]["label"] for a in conflict["accounts"] if a["evidence"]["label"]))
        points.append((_called(conflict), conflict["sentence"], cites[:4]))
    for gap in document["gaps"]:
        if gap["kind"] in ("silence", "silenced", "detection", "triage", "diagnosis") and _is_long(gap):
            points.append(("Gap", gap["sentence"], _cites(gap["evidence"])[:3]))
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


def _assumptions(document: Json) -> list[str]:
    told = []
    for each in document["assumptions"][:40]:
        records = f"{each['records']:,} {'record' if each['records'] == 1 else 'records'}"
        told.append(f"{each['file']}: {each['sentence'].rstrip('.')} ({records}).")
    return told
