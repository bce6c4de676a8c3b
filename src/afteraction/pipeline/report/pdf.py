"""`report.pdf`: the same story on A4, set by typst.

Knows what of the story goes on paper and how much of it at most. Refuses to write markup: the template is fixed, and
every word of evidence reaches it as a value, so none can become a command.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from typing import Any

from afteraction.pipeline.report.lines import Line
from afteraction.pipeline.report.sentences import bytes_in_words, clock, figure, on_several_days, span, when
from afteraction.pipeline.report.story import Story, tell

Json = dict[str, Any]
LONGEST = 700
MOST_ROWS = 200
MOST_POINTS = 60


def pdf(document: Json, view: str = "internal") -> bytes:
    """The report of an analysis document as PDF. `view` is named in the footer with the analysis and a hash over the
    document, so that a sheet of paper tells what it was made from."""
    import typst

    story = tell(document)
    data = json.dumps(_told(story, view), ensure_ascii=True)
    made: bytes = typst.compile(_template(), format="pdf", sys_inputs={"data": data}, timestamp=0)
    return made


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("assets", "report.typ").read_bytes()


def document_hash(document: Json) -> str:
    """SHA-256 over the document's parts in a fixed order, as hexadecimal."""
    told = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(told).hexdigest()


def _told(story: Story, view: str) -> Json:
    document = story.document
    incident = document["incident"]
    return {
        "eyebrow": " · ".join(each for each in ("Post-incident report", incident["key"], incident["severity"]) if each),
        "edition": _short(story.edition.words),
        "notes": [_short(each) for each in story.edition.notes],
        "title": _short(story.title),
        "meta": [[name, _short(value)] for name, value in story.meta],
        "summary": [_short(each, 3000) for each in story.summary],
        "headlines": [[name, value + (f" ({note})" if note else "")] for name, value, note in story.headlines],
        "impact": [[name, _short(value), labels] for name, value, labels in story.impact_rows],
        "windows": _windows(story),
        "lines": [_line(line) for line in story.lines[:MOST_ROWS]],
        "left_out": f"{story.left_out:,}" if story.left_out else "",
        "response": [_metric(metric) for metric in story.response],
        "noticed": [
            f"{each['method'].replace('_', ' ')} at {clock(each['at'])}: {_short(each['title'] or 'no title')}"
            for each in document["detections"][:8]
        ],
        "went_well": [_short(each) for each in story.went_well],
        "communication": [_short(each) for each in story.communication],
        "updates": [f"{clock(each)} to {each['audience']}: {_short(each['text'], 240)}" for each in story.updates[:20]],
        "changes": [[line.at, _short(line.text), line.cites] for line in story.changes_before[:MOST_POINTS]],
        "asked": [[asked.title, asked.question] for asked in story.asked],
        "open": [[name, _short(text), labels] for name, text, labels in story.open_points[:MOST_POINTS]],
        "assumptions": [_short(each) for each in story.assumptions[:MOST_POINTS]],
        "files": [
            [
                file["label"],
                _short(file["name"], 200),
                file["reader"] or "",
                bytes_in_words(file["size"]),
                file["sha256"][:16],
            ]
            for file in story.files[:MOST_ROWS]
        ],
        "more_files": max(len(story.files) - MOST_ROWS, 0),
        "unread": [f"{_short(file['name'], 200)}: {file['state']}" for file in story.unread[:MOST_POINTS]],
        "failures": [_failure(each) for each in story.failures[:40]],
        "footer": f"{incident['key'] or 'Report'} · analysis {document['id']} · {story.edition.short} · {view}",
        "hash": f"sha256 {document_hash(document)[:32]}",
    }


def _short(text: object, most: int = LONGEST) -> str:
    words = " ".join(str(text or "").replace("\x00", "\u2400").split())
    # A surrogate that stands alone is no character; JSON would carry it and typst would refuse it.
    words = words.encode("utf-8", "replace").decode("utf-8")
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _line(line: Line) -> Json:
    return {
        "day": line.is_new_day,
        "gap": line.is_gap,
        "at": line.at,
        "kind": line.kind.replace("_", " "),
        "text": _short(line.text),
        "marks": [_short(each, 80) for each in line.milestones],
        "doubts": [_short(each, 120) for each in line.doubts],
        "cites": line.cites,
    }


def _metric(metric: Json) -> list[str]:
    inputs = "; ".join(f"{each['name']} {clock(each)}" for each in metric["inputs"][:4])
    basis = "; ".join(part for part in (metric["formula"], metric["note"]) if part) or inputs
    return [f"{metric['name']}, {metric['clock']} clock", figure(metric), _short(basis, 400)]


def _failure(each: Json) -> str:
    place = f", {each['place']}" if each["place"] else ""
    return _short(f"{each['file']}{place}: {each['reason']} {each['next_step']}")


def _windows(story: Story) -> list[Json]:
    """Windows in words, with where they lie between the first start and the last end as shares of 0 to 1."""
    windows = story.windows[:MOST_POINTS]
    starts = [when(window["start"]["value"]) for window in windows]
    ends = [when(window["end"]["value"]) if window["end"] else None for window in windows]
    known = [end for end in ends if end is not None]
    low, high = min(starts, default=None), max([*known, *starts], default=None)
    length = (high - low).total_seconds() if low and high else 0.0
    return [
        {
            "told": span(window["start"], window["end"], with_day=on_several_days(windows)),
            "service": _short(window["service"] or "unknown", 120),
            "weight": "unknown" if window["weight"] is None else f"{window['weight']:.2f}",
            "basis": _short(window["basis"], 120),
            "from": (start - low).total_seconds() / length if length and low else 0.0,
            "to": ((end or high or start) - low).total_seconds() / length if length and low else 1.0,
            "height": 1.0 if window["weight"] is None else min(max(float(window["weight"]), 0.03), 1.0),
            "known": window["weight"] is not None,
        }
        for window, start, end in zip(windows, starts, ends, strict=True)
    ]
