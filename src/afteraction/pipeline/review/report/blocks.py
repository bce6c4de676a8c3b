"""What a report is made of: sections of blocks, as plain values that every form writes in its own way.

Knows shapes and how to walk their words. Refuses to know HTML, Markdown or paper, and to choose what is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    """Whom a report is for."""

    INTERNAL = "internal"
    EXECUTIVE = "executive"
    PUBLIC = "public"


# Not words that somebody reads: drawings carry them already, names of shapes and times for machines say nothing.
_NOT_WORDS = {"is_words": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One point: `head` in bold before it, `text` (plain, with citations as `[E7]`), `cites` behind it. `source` is
    as for prose, where `text` begins with that field."""

    text: str
    head: str = ""
    cites: tuple[str, ...] = ()
    source: str = field(default="", metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """What people wrote, as Markdown with citations; the first paragraph of a `lead` opens a report. `source` names the
    field of the review that it is (`answer.q2.text`), "" where it is computed or only a part."""

    text: str
    lead: bool = False
    source: str = field(default="", metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A small line: what was counted, what stands elsewhere."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What nobody answered yet, as the question that it is."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list; `look` says how it stands out: plain, opens (what is open), decide (decisions asked)."""

    items: tuple[Item, ...]
    look: str = field(default="plain", metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Names with what they are."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures to take in at a glance: (name, value, note)."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; `label` names it, cells may hold citations as `[E7]`. `look` is "ev" for the list of evidence."""

    label: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    look: str = field(default="", metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Lists side by side: (heading, points)."""

    columns: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing: `inline` for a page that has the styles, `file` as an SVG that stands alone. `words` are those in it,
    so that they are looked at like all others; `mermaid` is the same for Markdown."""

    name: str = field(metadata=_NOT_WORDS)
    inline: str = field(metadata=_NOT_WORDS)
    file: str = field(metadata=_NOT_WORDS)
    label: str
    caption: str = ""
    words: tuple[str, ...] = ()
    mermaid: str = field(default="", metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Where the minutes went: (what, how long in words, share of 0 to 1), in their order."""

    items: tuple[tuple[str, str, float], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of what happened; a silence has no `at`."""

    at: str
    text: str
    kind: str = field(default="", metadata=_NOT_WORDS)
    iso: str = field(default="", metadata=_NOT_WORDS)
    day: str = ""
    cites: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """What happened, by time."""

    lines: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One change: its `state` in a word, what will be different, what it answers, who sees to it by when, and in
    `proof` how one would know that it is in force."""

    state: str
    text: str
    detail: str = ""
    meta: str = ""
    proof: tuple[str, ...] = ()
    source: str = field(default="", metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The changes, one below the other."""

    items: tuple[Promise, ...]


Block = (
    Prose | Aside | Asked | Heading | Points | Rows | Figures | Grid | Columns | Drawing | Stretches | Happenings
    | Promises
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section. `id` is the same in every audience, form and template; `own` is one that the team added."""

    id: str = field(metadata=_NOT_WORDS)
    title: str
    blocks: tuple[Block, ...]
    own: bool = field(default=False, metadata=_NOT_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report for one audience. `meta` stands below the title, `notes` are what readers should know first,
    `colophon` and `stamp` end it. `template` is the version of the template that orders the sections, `hints` are for
    whoever publishes and are in no file. `labels` are the citations that lead somewhere."""

    audience: Audience = field(metadata=_NOT_WORDS)
    template: int
    title: str
    eyebrow: str
    meta: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    colophon: str
    stamp: str = field(metadata=_NOT_WORDS)
    hints: tuple[str, ...] = field(default=(), metadata=_NOT_WORDS)
    labels: frozenset[str] = field(default=frozenset(), metadata=_NOT_WORDS)

    def section(self, ident: str) -> Section | None:
        """The section with that id, if it is told."""
        return next((each for each in self.sections if each.id == ident), None)


def passages(report: Report) -> Iterator[tuple[str, str]]:
    """(place, text) of every word of a report, in reading order; a place reads `Why it happened, point 3`."""
    for name in ("title", "eyebrow", "meta", "notes", "colophon"):
        for text in _words(getattr(report, name)):
            yield f"head, {name}" if name != "colophon" else "end of the report", text
    for section in report.sections:
        yield f"{section.title}, heading", section.title
        for number, block in enumerate(section.blocks, start=1):
            for text in _words(block):
                yield f"{section.title}, {_NAMES[type(block)]} {number}", text


_NAMES: dict[type, str] = {
    Prose: "paragraph", Aside: "note", Asked: "question", Heading: "heading", Points: "list", Rows: "list",
    Figures: "figures", Grid: "table", Columns: "columns", Drawing: "drawing", Stretches: "minutes",
    Happenings: "timeline", Promises: "changes",
}  # fmt: skip


def _words(value: Any) -> Iterator[str]:
    if type(value) is str:
        if value:
            yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _words(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if one.metadata.get("is_words", True):
                yield from _words(getattr(value, one.name))


def reworded(value: Any, word: Callable[[str], str], kept: frozenset[str] = frozenset()) -> Any:
    """A value of dataclasses, tuples and mappings with every text in it put through `word`, but for what is no words
    and for fields named in `kept`. Enums, ids that are keys and everything else stay."""
    found: Any = value
    if type(value) is str:
        found = word(value)
    elif isinstance(value, tuple):
        found = tuple(reworded(each, word, kept) for each in value)
    elif isinstance(value, dict):
        found = {key: reworded(each, word, kept) for key, each in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(
            value,
            **{
                one.name: reworded(getattr(value, one.name), word, kept)
                for one in fields(value)
                if one.init and one.metadata.get("is_words", True) and one.name not in kept
            },
        )
    return found
