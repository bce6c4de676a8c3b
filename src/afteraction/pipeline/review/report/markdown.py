"""A report as Markdown, for repositories, wikis and diffs; the internal one comes back without loss.

Knows GitHub's Markdown and how passages are marked. Refuses to carry the exact parts to anybody but the team.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from afteraction.pipeline.report.markdown import plain
from afteraction.pipeline.review.exchange import review_document
from afteraction.pipeline.review.report.blocks import (
    Aside,
    Asked,
    Audience,
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
from afteraction.pipeline.review.report.marks import exact_block, marked, passages_in, readable_sha, written_block
from afteraction.pipeline.review.report.told import Told

Json = dict[str, Any]
_HOW = (
    "Passages between `<!--a …-->` and `<!--/a-->` may be edited here and imported again; everything else is computed. "
    "The exact parts of the review stand in a comment at the end of this file."
)


def markdown(report: Report, told: Told | None = None, pictures: Mapping[str, str] | None = None) -> str:
    """The report as Markdown. With `told`, a report for the team carries the exact parts of the review. `pictures` are
    paths of drawings by name, for whoever cannot draw a diagram from words."""
    carries = told is not None and report.audience is Audience.INTERNAL
    parts = [f"# {plain(report.title)}", "", f"_{plain(report.eyebrow)}_", ""]
    parts += [line for note in report.notes for line in (f"> {plain(note)}", "")]
    parts += [f"- **{plain(name)}**: {plain(value)}" for name, value in report.meta]
    for section in report.sections:
        parts += ["", f"## {plain(section.title)}", ""]
        for block in section.blocks:
            if pictures and isinstance(block, Drawing) and block.name in pictures:
                parts += [f"![{plain(block.caption or block.label)}]({pictures[block.name]})", ""]
            else:
                parts += [*_lines(block, carries), ""]
    parts += ["---", "", f"_{plain(report.colophon)}_ `{report.stamp}`", ""]
    if not carries or told is None:
        return "\n".join(parts)
    text = "\n".join([*parts, _HOW, ""])
    document = {
        **review_document(told.review, {"key": told.record.get("key", ""), "title": told.record.get("title", "")}),
        "template": report.template, "passages": [each.name for each in passages_in(text)],
        "words": readable_sha(text),
    }  # fmt: skip
    return f"{text}\n{exact_block(document)}\n"


def _lines(block: Block, carries: bool) -> list[str]:
    return list(_WRITERS[type(block)](block, carries))


def _prose(block: Prose, carries: bool) -> Iterator[str]:
    yield marked(block.source, block.text, is_block=True) if carries and block.source else written_block(block.text)


def _aside(block: Aside, _: bool) -> Iterator[str]:
    yield plain(block.text)


def _asked(block: Asked, _: bool) -> Iterator[str]:
    yield f"_{plain(block.text)}_"


def _heading(block: Heading, _: bool) -> Iterator[str]:
    yield f"### {plain(block.text)}"


def _item(item: Item, carries: bool) -> str:
    head = f"**{plain(item.head)}**{'' if item.head[-1:] in '.?!:' else '.'} " if item.head else ""
    text = marked(item.source, item.text, is_block=False) if carries and item.source else plain(item.text)
    known = [label for label in item.cites if label]
    return head + text + (f" [{', '.join(known)}]" if known else "")


def _points(block: Points, carries: bool) -> Iterator[str]:
    for number, each in enumerate(block.items, start=1):
        yield f"{f'{number}.' if block.look == 'decide' else '-'} {_item(each, carries)}"


def _rows(block: Rows, _: bool) -> Iterator[str]:
    for each in block.items:
        cites = f" [{', '.join(label for label in each.cites if label)}]" if any(each.cites) else ""
        yield f"- **{plain(each.head)}**: {plain(each.text)}{cites}"


def _figures(block: Figures, _: bool) -> Iterator[str]:
    rows = tuple((name, value + (f" ({note})" if note else "")) for name, value, note in block.items)
    yield from _table(("Figure", "Value"), rows)


def _grid(block: Grid, _: bool) -> Iterator[str]:
    yield from _table(block.header, block.rows)


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield "| " + " | ".join(map(plain, header)) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(map(plain, row)) + " |"


def _columns(block: Columns, carries: bool) -> Iterator[str]:
    for title, items in block.columns:
        yield f"### {plain(title)}"
        yield ""
        for each in items:
            yield f"- {_item(each, carries)}"
        yield ""


def _drawing(block: Drawing, _: bool) -> Iterator[str]:
    if block.mermaid:
        yield "```mermaid"
        yield block.mermaid.rstrip("\n")
        yield "```"
        yield ""
    if block.caption:
        yield f"_{plain(block.caption)}_"


def _stretches(block: Stretches, _: bool) -> Iterator[str]:
    yield from _table(("What", "How long"), tuple((what, how_long) for what, how_long, _share in block.items))
    if block.caption:
        yield ""
        yield f"_{plain(block.caption)}_"


def _happenings(block: Happenings, _: bool) -> Iterator[str]:
    for line in block.lines:
        if line.day:
            yield ""
            yield f"### {line.day}"
            yield ""
        if not line.at:
            yield f"- _{plain(line.text)}_"
            continue
        notes = "".join(f" **{plain(mark)}**" for mark in line.marks)
        notes += "".join(f" ({plain(doubt)})" for doubt in line.doubts)
        cites = f" [{', '.join(line.cites)}]" if line.cites else ""
        yield f"- `{line.at}` {line.kind.replace('_', ' ')}: {plain(line.text)}{notes}{cites}"


def _promises(block: Promises, carries: bool) -> Iterator[str]:
    for number, each in enumerate(block.items, start=1):
        text = marked(each.source, each.text, is_block=False) if carries and each.source else plain(each.text)
        yield f"{number}. **{plain(each.state)}.** {text}"
        for line in (each.detail, each.meta):
            if line:
                yield f"   - {plain(line)}"
        for line in each.proof:
            yield f"   - Done when: {plain(line)}"


_WRITERS: dict[type, Callable[[Any, bool], Iterator[str]]] = {
    Prose: _prose, Aside: _aside, Asked: _asked, Heading: _heading, Points: _points, Rows: _rows, Figures: _figures,
    Grid: _grid, Columns: _columns, Drawing: _drawing, Stretches: _stretches, Happenings: _happenings,
    Promises: _promises,
}  # fmt: skip
