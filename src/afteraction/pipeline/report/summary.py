"""The summary of a report: three paragraphs, the figures beside them, and what did not work.

Knows which milestones and metrics come first. Refuses any sentence that rests on none.
"""

from __future__ import annotations

from typing import Any

from afteraction.pipeline.report.sentences import clock, day, figure, labels_of

Json = dict[str, Any]
HEADLINES = ("M10", "M01", "M13", "M07", "M15", "M12")


def lead(document: Json) -> list[str]:
    """The summary's paragraphs; a document without its events will do."""
    return summary_of(document, {name: found[0] for name, found in document["milestones"].items() if found})


def summary_of(document: Json, chosen: dict[str, Json]) -> list[str]:
    """Three short paragraphs, each sentence resting on a milestone, a window or a metric."""
    metrics, first, second = document["metrics"], [], []
    start, end = chosen.get("t_impact_start"), chosen.get("t_impact_end")
    windows = document["impact_windows"]
    impacted = metrics.get("M10")
    harmless = impacted["note"] if impacted and impacted["state"] == "not_applicable" else ""
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
    elif harmless:
        first.append(f"{harmless.rstrip('.')}.")
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
    if users and users["note"] and users["note"] != harmless:
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
    if updates and updates["note"] and updates["note"] != harmless:
        third.append(updates["note"].rstrip(".") + ".")
    return [" ".join(part) for part in (first, second, third) if part]


def _apart(windows: list[Json]) -> int:
    """How many stretches the windows are that neither overlap nor meet."""
    count, until = 0, ""
    for window in sorted(windows, key=lambda one: str(one["start"]["value"])):
        count += not until or str(window["start"]["value"]) > until
        until = max(until, str(window["end"]["value"]) if window["end"] else "9")
    return count


def headlines_of(document: Json) -> list[tuple[str, str, str]]:
    """(name, figure, note) of each figure that stands beside the summary."""
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


def impact_rows_of(document: Json) -> list[tuple[str, str, list[str]]]:
    """(what, how much in words, labels of evidence) of each kind of impact."""
    metrics = document["metrics"]
    rows: list[tuple[str, str, list[str]]] = []
    said = degradations(document["impact_windows"])
    cites = [label for window in document["impact_windows"] for label in labels_of(window["evidence"])]
    if not said and (stated := _stated_impact(document)):
        said, cites = stated
    rows.append(("What did not work", " ".join(said) or "unknown", list(dict.fromkeys(cites))[:4] if said else []))
    users = [window["users"] for window in document["impact_windows"] if window["users"] is not None]
    rows.append(("Users", f"{max(users):,.0f} affected" if users else "unknown", []))
    for key, name in (("M10", "Duration"), ("M11", "Weighted"), ("M12", "Money")):
        if key in metrics:
            note = f" {metrics[key]['note']}" if metrics[key]["note"] else ""
            rows.append((name, figure(metrics[key]) + "." + note, labels_of(metrics[key]["evidence"])[:4]))
    return rows


def _stated_impact(document: Json) -> tuple[list[str], list[str]] | None:
    """(the first sentence of impact that a written review states, its citation), where no window carries one."""
    for each in document["documents"]:
        for one in each["stated"]:
            if one["name"] == "impact":
                return [one["text"]], [one["evidence"]["label"]]
    return None
