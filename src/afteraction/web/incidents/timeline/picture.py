"""What of an analysis is drawn, and where: the document and its events as a board.

Knows which facts become marks, flags, steps and strips. Refuses to draw and to invent: what the document does not hold
is not on the board.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from afteraction.pipeline.report import sentences
from afteraction.web.incidents import queries
from afteraction.web.incidents.density import Bar as Counted
from afteraction.web.incidents.milestones import MilestoneRow
from afteraction.web.incidents.models import StoredAnalysis
from afteraction.web.incidents.queries import MarkRow
from afteraction.web.ui.drawing.board import Board, Strip
from afteraction.web.ui.drawing.flags import Flag
from afteraction.web.ui.drawing.impact import Note, Step
from afteraction.web.ui.drawing.lanes import Bar, Lane, Mark, Silence
from afteraction.web.ui.drawing.scale import Scale, spanning
from afteraction.web.ui.drawing.strips import Line
from afteraction.web.ui.preferences import Clock, moment

Json = dict[str, Any]
RANGES = (("incident", "Incident"), ("impact", "Impact"), ("all", "Everything"))
MOST_SINGLE_MARKS = 160
# With those that began before and last; all lanes together stay well below the marks that a browser draws smoothly.
MOST_LANE_MARKS = 260
MOST_STRIPS = 3
# name, second line, shape, height of each lane in its order
LANES = {
    "changes": ("Changes", "deploys, config", "change", 42),
    "alerts": ("Alerts", "monitoring", "alert", 44),
    "signals": ("Signals", "logs, metrics", "alert", 42),
    "chat": ("Chat", "messages", "person", 40),
    "customers": ("Customers", "reports", "customer", 42),
    "status": ("Status page", "public updates", "comms", 50),
    "document": ("Documents", "written, captured", "person", 40),
}
_SOURCES = {"signals": ("logs", "metrics")}
# Far from the incident by nature: never part of the picture's natural range.
_DISTANT = {"t_latent", "t_reviewed", "t_closed"}


def range_of(head: Json, extent: tuple[datetime, datetime] | None, wanted: str) -> Scale | None:
    """The stretch of time to draw; None when nothing has a time."""
    windows = [moment(each[end]["value"]) for each in head["impact_windows"] for end in ("start", "end") if each[end]]
    if wanted == "impact" and windows:
        return spanning(windows, room=0.1)
    if wanted == "all" and extent:
        return spanning([*extent, *windows], room=0.02)
    stated = [
        moment(candidate["value"])
        for name, candidates in head["milestones"].items()
        if name not in _DISTANT
        for candidate in candidates[:3]
    ]
    updates = [moment(update["value"]) for update in head["updates"]]
    anchors = stated or windows
    if not anchors:
        return spanning(list(extent)) if extent else None
    near = [each for each in updates if min(anchors) <= each <= max(anchors) + timedelta(hours=1)]
    return spanning([*anchors, *windows, *near])


@dataclass(frozen=True)
class Seen:
    """What of the events is drawn: lanes with few of them as marks, lanes with many as counts per part of the time.
    `events` is how many there are in all."""

    marks: Mapping[str, Sequence[MarkRow]]
    counted: Mapping[str, Sequence[Counted]]
    events: int


def look(analysis: StoredAnalysis, scale: Scale, known_by: int | None = None, kind: str = "") -> Seen:
    """What there is to draw in a stretch of time; no event is left out, however many there are.

    With `known_by` (UTC microseconds) only what was known by then; with `kind` the marks are of that kind, and a lane
    with more events than marks still counts every kind.
    """
    dense = queries.density(analysis, scale.start, scale.end, known_by)
    marks: dict[str, Sequence[MarkRow]] = {}
    counted: dict[str, Sequence[Counted]] = {}
    for key in LANES:
        sources = _SOURCES.get(key, (key,))
        here = dense.of(*sources)
        if here > MOST_SINGLE_MARKS or (key == "chat" and here and not kind):
            counted[key] = [bar for source in sources for bar in dense.lanes.get(source, ())]
        else:
            found = queries.marks_between(analysis, sources, scale.start, scale.end, known_by, MOST_LANE_MARKS)
            marks[key] = [mark for mark in found if mark.kind == kind] if kind else found
    return Seen(marks, counted, dense.events)


def board_of(
    head: Json, seen: Seen, milestones: Sequence[MilestoneRow], scale: Scale, clock: Clock, link: str
) -> Board:
    """The board of an analysis; `link` is the address that opens an event, before its id."""
    steps = list(steps_of(head, scale))
    lead, strips = _strips(head, scale)
    return Board(
        scale=scale,
        flags=list(_flags(milestones, scale)),
        lanes=list(_lanes(head, seen, scale, link)),
        steps=steps,
        notes=list(_notes(head, scale)),
        impact_line=lead[0] if lead else None,
        impact_name="Impact",
        impact_sub=("step: weight", f"line: {lead[1]}") if lead else ("step: weight",),
        strips=strips,
        zone=clock.local_zone() if clock.has_local else None,
        zone_name=clock.place,
        sentence=f"Timeline lanes from {_span_in_words(scale)}. The same facts are in the list of events below.",
    )


def _span_in_words(scale: Scale) -> str:
    same_day = scale.start.date() == scale.end.date()
    form = "%H:%M" if same_day else "%-d %B %Y %H:%M"
    return f"{scale.start:{form}} to {scale.end:{form}} UTC"


def _lanes(head: Json, seen: Seen, scale: Scale, link: str) -> Iterator[Lane]:
    waits = _waits(head, scale)
    for key, (name, sub, shape, height) in LANES.items():
        quiet = _silences(head, scale) if key == "status" else []
        if key in seen.counted:
            yield Lane(name, sub, silences=quiet, counted=_bars(seen.counted[key], scale), height=height)
            continue
        marks = [_mark(row, scale, shape, link, waits) for row in seen.marks.get(key, ())]
        if marks or quiet:
            yield Lane(name, sub, marks, quiet, height=height)


def _bars(counted: Sequence[Counted], scale: Scale) -> list[Bar]:
    """Bars of one lane; sources that share the lane are added up."""
    parts: dict[tuple[int, int], int] = {}
    for each in counted:
        parts[each.start_us, each.end_us] = parts.get((each.start_us, each.end_us), 0) + each.count
    found = []
    for (start_us, end_us), count in sorted(parts.items()):
        start, end = queries.moment_at(start_us), queries.moment_at(end_us)
        found.append(Bar(scale.x(start), scale.x(end), count, f"{start:%H:%M:%S} to {end:%H:%M:%S} UTC"))
    return found


def _mark(row: MarkRow, scale: Scale, shape: str, link: str, waits: dict[str, float]) -> Mark:
    until = scale.x(row.until) if row.until and row.until > row.at else None
    waits_until = waits.get(row.event_id)
    spoken = f"{row.at:%H:%M:%S} UTC, {row.title}"
    name = row.title.partition(":")[0] if row.lane == "status" else row.title
    return Mark(
        x=scale.x(row.at), label=_brief(name), spoken=spoken[:200], shape=shape, href=f"{link}{row.event_id}",
        to=until, hollow=waits_until is not None, waits_until=waits_until, key=row.event_id,
    )  # fmt: skip


def _brief(title: str, longest: int = 34) -> str:
    first = title.split("\n", 1)[0].strip()
    return first if len(first) <= longest else first[: longest - 1].rstrip() + "…"


def _waits(head: Json, scale: Scale) -> dict[str, float]:
    """The first report, where it was seen later than it was written: event id to the place of being seen."""
    reports = [each for each in head["detections"] if each["method"] == "customer" and each["event_ids"]]
    if not reports:
        return {}
    first = min(reports, key=lambda each: str(each["at"]["value"]))
    if first["seen_at"] is None:
        return {}
    seen = moment(first["seen_at"]["value"])
    if seen - moment(first["at"]["value"]) <= timedelta(minutes=1) or not scale.holds(seen):
        return {}
    return {first["event_ids"][0]: scale.x(seen)}


def _silences(head: Json, scale: Scale) -> list[Silence]:
    found = []
    for gap in head["gaps"]:
        start, end = moment(gap["start"]["value"]), moment(gap["end"]["value"])
        if gap["kind"] != "communication" or gap["audience"] not in ("", "public") or not scale.touches(start, end):
            continue
        length = sentences.seconds((end - start).total_seconds())
        found.append(Silence(scale.x(start), scale.x(end), f"{length} without an update"))
    return found


def _flags(milestones: Iterable[MilestoneRow], scale: Scale) -> Iterator[Flag]:
    """Milestones of one minute share a flag; the one that matters more gives its name."""
    together: dict[str, list[MilestoneRow]] = {}
    for row in milestones:
        if row.chosen and scale.holds(moment(row.chosen["value"])):
            key = row.name if row.is_disputed else row.chosen["value"][:16]
            together.setdefault(key, []).append(row)
    for rows in together.values():
        first = max(rows, key=lambda row: row.weight)
        assert first.chosen is not None
        at = moment(first.chosen["value"])
        spoken = ", ".join(row.title for row in rows)
        if first.is_disputed:
            times = first.distinct_times
            yield Flag(
                scale.x(min(times)), " or ".join(f"{each:%H:%M}" for each in times[:3]), first.title, "signal",
                to=scale.x(max(times)), second_line=f"{first.short}, {len(times)} accounts", weight=first.weight + 2,
                spoken=f"{spoken}: sources disagree",
            )  # fmt: skip
        else:
            margin = _margin(first.chosen)
            yield Flag(scale.x(at), f"{at:%H:%M}", first.short + margin, first.meaning, weight=first.weight,
                       spoken=f"{at:%H:%M:%S} UTC, {spoken}")  # fmt: skip


def _margin(instant: Json) -> str:
    """How far off a moment may be, where that shows at minutes: ` ±5`."""
    half = (moment(instant["high"]) - moment(instant["low"])).total_seconds() / 120
    return f" ±{half:.0f}" if instant["precision"] in ("≈", "h") and half >= 0.75 else ""


def steps_of(head: Json, scale: Scale) -> Iterator[Step]:
    """The impact windows that touch the scale."""
    for window in head["impact_windows"]:
        start = moment(window["start"]["value"])
        end = moment(window["end"]["value"]) if window["end"] else scale.end
        if not scale.touches(start, end):
            continue
        told = "of unknown weight" if window["weight"] is None else f"of weight {window['weight']:.2f}"
        when = sentences.span(window["start"], window["end"])
        yield Step(
            scale.x(start), scale.x(end), window["weight"], window["group"], is_open=window["end"] is None,
            spoken=f"Impact {told}, {when} UTC. {window['degradation'] or ''}".strip(),
        )  # fmt: skip


def _notes(head: Json, scale: Scale) -> Iterator[Note]:
    groups: dict[int, list[Json]] = {}
    for window in head["impact_windows"]:
        groups.setdefault(window["group"], []).append(window)
    ordered = sorted(groups.values(), key=lambda windows: min(w["start"]["value"] for w in windows))
    for number, windows in enumerate(ordered, start=1):
        start = min(moment(window["start"]["value"]) for window in windows)
        ends = [moment(window["end"]["value"]) for window in windows if window["end"]]
        is_open = len(ends) < len(windows)
        end = scale.end if is_open else max(ends)
        if not scale.touches(start, end):
            continue
        length = "still open" if is_open else sentences.seconds((end - start).total_seconds())
        name = f"Window {number}: " if len(ordered) > 1 else ""
        yield Note(scale.x(start), scale.x(end), f"{name}{length}")


def _strips(head: Json, scale: Scale) -> tuple[tuple[Line, str] | None, list[Strip]]:
    """The series drawn over the impact steps with its name, and the strips below."""
    inside = [each for each in head["series"] if _seen_in(each, scale)]
    lead = next((each for each in inside if each["role"] == "error_share"), None)
    level = [each for each in inside if _is_level(each)]
    strips = [
        Strip(*_strip_words(each), _line(each, level)) for each in inside if each is not lead and each not in level
    ]
    if lead is None:
        return None, strips[:MOST_STRIPS]
    return (Line(lead["times"], lead["values"]), "errors"), strips[:MOST_STRIPS]


def _seen_in(series: Json, scale: Scale) -> bool:
    low, high = scale.start.timestamp(), scale.end.timestamp()
    return sum(1 for at, value in zip(series["times"], series["values"], strict=False)
               if low <= at <= high and value is not None) > 2  # fmt: skip


def _is_level(series: Json) -> bool:
    """True for a series that never changes: a limit or a setting, not something to follow."""
    values = {value for value in series["values"] if value is not None}
    return len(values) == 1


def _line(series: Json, levels: Sequence[Json]) -> Line:
    """A series with its threshold, or with the level that names itself as its limit."""
    limit = series["threshold"]
    if limit is None:
        own = [
            each for each in levels if each["service"] == series["service"] and _limits(each["name"], series["name"])
        ]
        limit = next((value for each in own for value in each["values"] if value is not None), None)
    label = "" if limit is None else f"limit {limit:g}{' ' + series['unit'] if series['unit'] else ''}"
    return Line(series["times"], series["values"], threshold=limit, threshold_label=label, soft=True)


def _limits(name: str, other: str) -> bool:
    stem, _, last = name.rpartition("_")
    return last in ("limit", "max", "maximum", "quota", "capacity") and len(stem) > 3 and other.startswith(stem)


def _strip_words(series: Json, longest: int = 16) -> tuple[str, str]:
    """A series' name on at most two lines of the margin."""
    words = [word for word in re.split(r"[_\s]+", series["name"]) if word]
    service = set(re.split(r"[-_]", series["service"]))
    kept = [word for word in words if word not in service] or words
    first = ""
    while kept and len(first) + len(kept[0]) < longest:
        first = f"{first} {kept.pop(0)}".strip()
    first = first or kept.pop(0)[:longest]
    rest = " ".join(kept)
    shown = rest if len(rest) <= 18 else rest[:17].rstrip() + "…"
    return first[:1].upper() + first[1:], shown or series["service"][:18]
