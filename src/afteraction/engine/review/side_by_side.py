"""Two or more incidents as one table (SPEC R171), from their analyses and reviews.

Knows which parts are laid beside each other, and what counts as shared. Refuses to align clocks of different kinds:
moments are counted from each incident's own start of impact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from afteraction.core.findings import MILESTONE_TITLES, Milestone
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.review.compare import (
    Cell,
    Column,
    Comparison,
    Draft,
    Json,
    Known,
    Shared,
    Span,
    Speak,
    arranged,
    in_common,
)
from afteraction.engine.review.reviews_beside import review_drafts, shared_in_reviews

_RECORD = (("kind", "Kind"), ("severity", "Severity"), ("environment", "Environment"), ("services", "Services"))
_CLASSES = (("defect_class", "Class"), ("mechanism", "Mechanism"), ("recurrence_key", "Recurrence key"))
_FIGURES = re.compile(r"^(M(?:0\d|1[0-5]))")
_STATES = {"unknown": Known.UNKNOWN, "not_applicable": Known.NOT_APPLICABLE, "conflict": Known.CONFLICT,
           "at_least": Known.AT_LEAST, "value": Known.YES}  # fmt: skip
_LENGTHS = ("s", "min", "h")


def compare(columns: Sequence[Column], speak: Speak | None = None) -> Comparison:
    """The table of two or more incidents. `speak` puts a metric of the document into the words of its own page. Raises
    ValueError for fewer than two columns, or one that comes twice."""
    ordered = sorted(columns, key=lambda column: column.key)
    drafts = [
        *_records(ordered), *_milestones(ordered), *_metrics(ordered, speak or plainly), *_detection(ordered),
        *_classes(ordered), *review_drafts(ordered),
    ]  # fmt: skip
    return arranged(drafts, _shared(ordered), columns)


def impact_start(document: Json) -> Json | None:
    """The moment on which timelines are laid over each other: the chosen start of impact; None when it is unknown or
    its accounts disagree."""
    return None if _in_conflict(document, Milestone.IMPACT_START.value) else _chosen(document, Milestone.IMPACT_START)


def offset_s(document: Json, moment: str) -> float | None:
    """How far a moment (ISO) is from the start of impact, in seconds; None when that is unknown."""
    start = impact_start(document)
    return None if start is None else (_read(moment) - _read(start["value"])).total_seconds()


def plainly(metric: Json) -> str:
    """A metric as bare words, for callers without words of their own."""
    state = metric["state"]
    if metric["value"] is None or state in ("unknown", "not_applicable", "conflict"):
        return str(state).replace("_", " ")
    bound = "at least " if state == "at_least" else ""
    if metric["unit"] == "s":
        return bound + ("−" if metric["value"] < 0 else "") + spoken(metric["value"])
    return f"{bound}{metric['value']:g} {metric['unit']}"


def _records(columns: Sequence[Column]) -> Iterator[Draft]:
    for name, title in _RECORD:
        cells = {}
        for column in columns:
            said = column.document["incident"].get(name)
            if said:
                value = frozenset(said) if isinstance(said, list | tuple) else said
                text = ", ".join(sorted(value)) if isinstance(value, frozenset) else str(said).replace("_", " ")
                cells[column.key] = Cell(text=text, value=value)
        yield Draft(part="record", name=title, cells=cells)


def _milestones(columns: Sequence[Column]) -> Iterator[Draft]:
    for milestone in Milestone:
        if milestone is Milestone.IMPACT_START:
            continue
        cells = {column.key: cell for column in columns if (cell := _moment(column.document, milestone))}
        if cells:
            yield Draft(part="milestones", name=MILESTONE_TITLES[milestone], cells=cells, clock="wall")


def _moment(document: Json, milestone: Milestone) -> Cell | None:
    chosen, start = _chosen(document, milestone), impact_start(document)
    if chosen is None:
        return None
    evidence = tuple(chosen.get("evidence", ()))
    at = _read(chosen["value"])
    shown = f"{at.day} {at:%b %Y, %H:%M} UTC"
    if _in_conflict(document, milestone.value):
        return Cell(text=shown, known=Known.CONFLICT, source=chosen, evidence=evidence, note="Its accounts disagree.")
    if start is None:
        note = "The start of impact is unknown, so nothing can be counted from it."
        return Cell(text=shown, known=Known.UNKNOWN, source=chosen, evidence=evidence, note=note)
    low = (_read(chosen["low"]) - _read(start["high"])).total_seconds()
    high = (_read(chosen["high"]) - _read(start["low"])).total_seconds()
    middle = (low + high) / 2
    text = f"{'−' if middle < 0 else '+'}{spoken(middle)}"
    return Cell(text=text, value=Span(low, high), source=chosen, evidence=evidence)


def _metrics(columns: Sequence[Column], speak: Speak) -> Iterator[Draft]:
    """One row for each metric, clock and unit: wall and business time never meet."""
    rows: dict[tuple[str, str, str], dict[str, Cell]] = {}
    names: dict[str, set[str]] = {}
    valueless: dict[str, dict[str, Cell]] = {}
    for column in columns:
        for key, metric in column.document["metrics"].items():
            found = _FIGURES.match(key)
            if not found or found[1] == "M14":
                continue
            cell = _figure(metric, speak)
            names.setdefault(found[1], set()).add(metric["name"])
            if cell.known in (Known.YES, Known.AT_LEAST):
                rows.setdefault((found[1], metric["clock"], metric["unit"]), {})[column.key] = cell
            else:
                # Without a value its unit may be any: an unset rate has no currency.
                valueless.setdefault(found[1], {})[column.key] = cell
    for ident in sorted(names):
        clocks = [row for row in rows if row[0] == ident] or [(ident, "wall", "")]
        for row in sorted(clocks):
            cells = rows.get(row, {})
            elsewhere = {key for other in clocks if other != row for key in rows.get(other, {})} - cells.keys()
            missing = {key: _other_clock(ident, rows, key) for key in sorted(elsewhere)} | valueless.get(ident, {})
            unit = f", {row[2]}" if len({each[2] for each in clocks}) > 1 else ""
            name = min(names[ident], key=lambda each: (len(each), each))
            yield Draft(part="metrics", name=f"{ident} {name}{unit}", cells=cells, missing=missing, clock=row[1])


def _figure(metric: Json, speak: Speak) -> Cell:
    known = _STATES[metric["state"]]
    value: object = None
    if metric["value"] is not None:
        low, high = metric["low"], metric["high"]
        # The range of a sum of money is that of its rates, not the precision of a measurement.
        if metric["unit"] not in _LENGTHS:
            low = high = metric["value"]
        low = metric["value"] if low is None else low
        high = (float("inf") if known is Known.AT_LEAST else metric["value"]) if high is None else high
        if known is Known.AT_LEAST:
            high = float("inf")
        value = Span(low, high)
    elif known in (Known.YES, Known.AT_LEAST):
        known = Known.UNKNOWN
    evidence = tuple(metric["evidence"])
    return Cell(text=speak(metric), known=known, value=value, source=metric, evidence=evidence, note=metric["note"])


def _other_clock(ident: str, rows: Mapping[tuple[str, str, str], Mapping[str, Cell]], key: str) -> Cell:
    other = next(row for row in sorted(rows) if row[0] == ident and key in rows[row])
    return Cell(
        text=f"by {other[1]}, {other[2]}", known=Known.CLOCK, note=f"It is measured by {other[1]} in {other[2]}."
    )


def _detection(columns: Sequence[Column]) -> Iterator[Draft]:
    for name, title in (("method", "Noticed by"), ("users_first", "Users told us first")):
        cells = {}
        for column in columns:
            metric = column.document["metrics"].get("M14")
            if metric is None:
                continue
            said = metric["detail"].get(name)
            if metric["state"] == "not_applicable":
                cells[column.key] = Cell(text="not applicable", known=Known.NOT_APPLICABLE, source=metric)
            elif said is not None:
                text = {True: "yes", False: "no"}.get(said) if isinstance(said, bool) else str(said).replace("_", " ")
                cells[column.key] = Cell(
                    text=text or "", value=said, source=metric, evidence=tuple(metric["evidence"])
                )  # fmt: skip
        yield Draft(part="detection", name=title, cells=cells)


def _classes(columns: Sequence[Column]) -> Iterator[Draft]:
    for name, title in _CLASSES:
        missing = {column.key: Cell(text="not classified", known=Known.UNKNOWN) for column in columns}
        cells = {c.key: Cell(text=getattr(c, name), value=getattr(c, name)) for c in columns if getattr(c, name)}
        yield Draft(part="classes", name=title, cells=cells, missing=missing)


def _shared(columns: Sequence[Column]) -> Iterator[Shared]:
    for name, title in reversed(_CLASSES):
        yield from in_common(title.lower(), ((c.key, getattr(c, name)) for c in columns if getattr(c, name)))
    yield from shared_in_reviews(columns)
    services = ((c.key, service) for c in columns for service in set(c.document["incident"].get("services", ())))
    yield from in_common("service", services)


def _chosen(document: Json, milestone: Milestone) -> Json | None:
    candidates: Sequence[dict[str, Any]] = document["milestones"].get(milestone.value, ())
    return candidates[0] if candidates else None


def _in_conflict(document: Json, milestone: str) -> bool:
    chosen = document["milestones"].get(milestone, ())
    if chosen and chosen[0].get("chosen_by"):
        return False
    return any(conflict["subject"] == milestone for conflict in document.get("conflicts", ()))


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
