"""A report on A4, set by typst, with its drawings as vectors.

Knows how blocks become values for a fixed template. Refuses to write markup: every word reaches typst as a value, so
none can become a command.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from afteraction.pipeline.review.report.blocks import (
    Aside,
    Asked,
    Block,
    Columns,
    Drawing,
    Figures,
    Grid,
    Happenings,
    Heading,
    Item,
    Points,
    Promises,
    Prose,
    Report,
    Rows,
    Stretches,
)
from afteraction.pipeline.review.report.words import Span, pieces, spans

Json = dict[str, Any]


def pdf(report: Report) -> bytes:
    """The report as PDF."""
    import typst

    data = json.dumps(values_of(report), ensure_ascii=True)
    made: bytes = typst.compile(_template(), format="pdf", sys_inputs={"data": data}, timestamp=0)
    return made


def values_of(report: Report) -> Json:
    """The report as the template reads it."""
    return {
        "title": _sound(report.title), "eyebrow": _sound(report.eyebrow),
        "meta": [list(map(_sound, each)) for each in report.meta],
        "notes": [_sound(each) for each in report.notes], "colophon": _sound(report.colophon), "stamp": report.stamp,
        "sections": [
            {"title": _sound(section.title), "blocks": [_block(block) for block in section.blocks]}
            for section in report.sections
        ],
    }  # fmt: skip


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("assets", "review.typ").read_bytes()


def _block(block: Block) -> Json:
    told: Json = {"is": type(block).__name__.lower()}
    match block:
        case Prose(text=text, lead=lead):
            told |= {
                "lead": lead,
                "pieces": [{"kind": each.kind, "lines": [_runs(line) for line in each.lines]} for each in pieces(text)],
            }
        case Aside(text=text) | Asked(text=text) | Heading(text=text):
            told["line"] = _line(text)
        case Points(items=items, look=look):
            told |= {"look": look, "items": [_item(each) for each in items]}
        case Rows(items=items):
            told["items"] = [_item(each) for each in items]
        case Figures(items=figures):
            told["items"] = [list(map(_sound, each)) for each in figures]
        case Grid(header=header, rows=rows, look=look, label=label):
            told |= {
                "header": list(header),
                "rows": [[_line(cell) for cell in row] for row in rows],
                "look": look,
                "label": label,
            }
        case Columns(columns=columns):
            told["columns"] = [{"title": title, "items": [_item(each) for each in items]} for title, items in columns]
        case Drawing(file=file, caption=caption, label=label):
            told |= {"svg": file, "caption": _sound(caption), "label": label, "wide": block.name != "impact"}
        case Stretches(items=stretches, caption=caption):
            told |= {
                "items": [[what, how_long, share] for what, how_long, share in stretches],
                "caption": _sound(caption),
            }
        case Happenings(lines=lines):
            told["lines"] = [
                {
                    "at": each.at, "day": each.day, "kind": each.kind.replace("_", " "), "text": _sound(each.text),
                    "marks": list(map(_sound, each.marks)), "doubts": list(map(_sound, each.doubts)),
                    "cites": _cites(each.cites),
                }
                for each in lines
            ]  # fmt: skip
        case Promises(items=promises):
            told["items"] = [
                {
                    "state": each.state, "text": _line(each.text), "detail": _line(each.detail),
                    "meta": _line(each.meta), "proof": [_line(one) for one in each.proof],
                }
                for each in promises
            ]  # fmt: skip
    return told


def _item(item: Item) -> Json:
    return {"head": _sound(item.head), "line": _line(item.text), "cites": _cites(item.cites)}


def _line(text: str) -> list[list[str]]:
    return _runs(spans(text))


def _runs(line: Iterable[Span]) -> list[list[str]]:
    return [[each.kind, _sound(each.text + each.place)] for each in line]


def _cites(labels: tuple[str, ...]) -> list[str]:
    return [label for label in labels if label]


def _sound(text: str) -> str:
    """Text that typst takes: JSON would carry a surrogate that stands alone."""
    return " ".join(text.replace("\x00", "\u2400").encode("utf-8", "replace").decode().split(" "))
