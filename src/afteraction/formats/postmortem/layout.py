"""Takes a document apart into physical lines and says what each one is.

Knows the marks of Markdown, MediaWiki, reStructuredText and plain text: headings, list marks, tables, fences, front
matter. Refuses to read times and words: that is `moments` and `labels`.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

# Nobody writes such a line by hand: encoded data, or a log in one piece.
LONGEST_LINE = 20_000


class Shape(StrEnum):
    """What a physical line is."""

    BLANK = "blank"
    HEADING = "heading"
    ROW = "row"
    RULE = "rule"
    ITEM = "item"
    TEXT = "text"
    QUOTE = "quote"
    CODE = "code"
    FRONT = "front"


@dataclass(slots=True)
class Line:
    """One physical line: `number` from 1, `raw` as it stands, `start` where its content begins after the marks.
    `level` is a heading's level (1 to 9) or a list item's indent. `section` are the headings above it, outermost
    first, itself included when it is one."""

    number: int
    raw: str
    shape: Shape
    start: int = 0
    level: int = 0
    section: tuple[Line, ...] = ()

    @property
    def content(self) -> str:
        """The line without its marks."""
        return self.raw[self.start :].rstrip()

    @property
    def heading(self) -> str:
        """What a heading is called: its text, or the label of a line that has more than its label."""
        text = self.content
        if self.level == 7 and (match := _BOLD_LABEL.match(self.raw)):
            text = match["label"]
        return _title(text)


@lru_cache(maxsize=256)
def _title(text: str) -> str:
    return re.sub(r"\*|`|(?<!\w)_|_(?!\w)", "", text).strip(" :=#")


@dataclass(slots=True)
class Table:
    """A table: the header's cells and the numbers of its rows' lines, as indexes into the lines."""

    header: list[str]
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """A document's lines, its front matter as keys and text, and which table a row belongs to (by line index)."""

    lines: list[Line]
    front: dict[str, tuple[str, int]]
    tables: dict[int, Table]


SECTION_WORDS = re.compile(
    r"(?:incident |full |detailed |follow-?up |rough |brief )?(?:time\s?lines?|chronology|sequence of events|key events|"
    r"summary|executive summary|overview|impact(?: time| window| summary)?|duration|root causes?(?: analysis)?|causes?|"
    r"trigger|detection|response|recovery|resolution(?: and recovery)?|remediation|mitigation|what happened\??|"
    r"background|context|description|details|incident details|conclusions?|contributing factors|actionables?|"
    r"action items?|actions?(?: following review)?|review actions?|next steps|follow[- ]?ups?(?: actions?| items?)?|"
    r"lessons(?: learn(?:ed|t))?|what (?:went|didn.?t|did not|could).{0,30}|where we got lucky.?|stats|statistics|"
    r"identified|attendees|participants|references|links(?: to relevant documentation)?|appendix|scorecard|"
    r"additional notes|questions(?: for follow up)?|corrective (?:and preventative )?(?:measures|actions)|"
    r"owner of review process|severity|services?(?: affected)?|affected services?|metrics|contributors|status)",
    re.IGNORECASE,
)
_ATX = re.compile(r"^\s{0,3}(#{1,6})(?!#)\s*(?=[^\s#])")
_WIKI = re.compile(r"^(={2,6})\s*([^=].*?)\s*\1\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+|~+|\^+)\s*$")
_ITEM = re.compile(
    r"^(\s*)(?:[-*+•◦‣▪·–—]|\d{1,3}[.)](?!\d)|\(\d{1,3}\)|[a-z][.)](?=\s)|[*#:;]{1,4}(?=\s))\s+(?:\[[ xX]\]\s+)?"
)
_TIGHT_ITEM = re.compile(r"^(\s*)[•◦‣▪·*](?=\S)(?!\*)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_BOLD_LABEL = re.compile(
    r"^[\s>]*(?:[-*+•]\s+)?(?:\*\*|__)\s*(?P<label>[^*_:]{2,70}?)\s*:?\s*(?:\*\*|__)\s*:?\s*(?P<rest>.*)$"
)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_TABLE_RULE = re.compile(r"^[\s>]*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELL_SPLIT = re.compile(r"(?<!\\)\|")


def split_lines(text: str) -> list[str]:
    """Physical lines, whatever ends them (LF, CRLF, CR), without their ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", " ").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def lay_out(text: str) -> Layout:
    """A document's lines with their shapes and sections."""
    raws = split_lines(text)
    front, body_from = _front_matter(raws)
    lines = [Line(i + 1, raw, Shape.FRONT) for i, raw in enumerate(raws[:body_from])]
    fence, comment = "", False
    for index in range(body_from, len(raws)):
        raw = raws[index]
        line = Line(index + 1, raw, Shape.TEXT, len(raw) - len(raw.lstrip()))
        lines.append(line)
        opened = _FENCE.match(raw) if "```" in raw or "~~~" in raw else None
        if fence:
            line.shape = Shape.CODE
            if opened and opened[1].startswith(fence) and not raw.strip().strip(fence[0]):
                fence = ""
        elif opened and "`" not in raw[opened.end() :]:
            fence, line.shape = opened[1], Shape.CODE
        elif comment or ("<!--" in raw and raw.lstrip().startswith("<!--")):
            line.shape, comment = Shape.CODE, "-->" not in raw
        elif len(raw) > LONGEST_LINE:
            line.shape = Shape.CODE
        else:
            _shape(line, lines, body_from)
    tables = _tables(lines)
    _sections(lines)
    return Layout(lines, front, tables)


def _front_matter(raws: list[str]) -> tuple[dict[str, tuple[str, int]], int]:
    mark = raws[0].strip() if raws else ""
    if mark not in ("---", "+++"):
        return {}, 0
    for end in range(1, min(len(raws), 200)):
        if raws[end].strip() == mark:
            break
    else:
        return {}, 0
    found: dict[str, tuple[str, int]] = {}
    for number, raw in enumerate(raws[1:end], start=2):
        if match := re.match(r"^([A-Za-z_][\w\- ]*?)\s*[:=]\s*(.+?)\s*$", raw):
            found.setdefault(match[1].lower(), (match[2].strip("\"'"), number))
    return found, end + 1


def _shape(line: Line, lines: list[Line], body_from: int) -> None:
    raw = line.raw
    first = raw[line.start : line.start + 1]
    if not first:
        line.shape = Shape.BLANK
        return
    if first.isalpha():
        # Words begin with no mark; "a)" and a bold word inside are the only ones that look like some.
        if raw[line.start + 1 : line.start + 2] in (".", ")") and (match := _ITEM.match(raw)):
            line.shape, line.level, line.start = Shape.ITEM, len(match[1]), match.end()
        _promote_label(line)
        return
    before = lines[-2] if len(lines) - 1 > body_from else None
    if match := _ATX.match(raw):
        line.shape, line.level, line.start = Shape.HEADING, len(match[1]), match.end()
    elif match := _WIKI.match(raw):
        line.shape, line.level, line.start = Shape.HEADING, len(match[1]), match.start(2)
    elif _UNDERLINE.match(raw) and "|" not in raw:
        mark = raw.strip()
        if len(mark) >= 3 and before is not None and _may_be_title(before, lines, body_from):
            before.shape, before.level = Shape.HEADING, 1 if mark[0] == "=" else 2
        line.shape = Shape.RULE
    elif _TABLE_RULE.match(raw) and "|" in raw:
        line.shape = Shape.RULE
    elif raw.lstrip(" >").startswith("|") and raw.count("|") >= 2:
        line.shape, line.start = Shape.ROW, raw.index("|")
    elif match := _QUOTE.match(raw):
        line.shape, line.start = Shape.QUOTE, match.end()
    elif match := _ITEM.match(raw) or _TIGHT_ITEM.match(raw):
        line.shape, line.level, line.start = Shape.ITEM, len(match[1]), match.end()
    if line.shape in (Shape.TEXT, Shape.ITEM):
        _promote_label(line)


def _may_be_title(line: Line, lines: list[Line], body_from: int) -> bool:
    above = lines[-3] if len(lines) - 2 > body_from else None
    alone = above is None or above.shape in (Shape.BLANK, Shape.RULE, Shape.FRONT)
    return line.shape is Shape.TEXT and alone and len(line.raw.strip()) <= 120


def _promote_label(line: Line) -> None:
    """Bold lines and lone section words are headings too, below the marked ones."""
    bold = "**" in line.raw or "__" in line.raw
    if bold and (match := _BOLD_LABEL.match(line.raw)) and not re.match(r"[~\s]*\d", match["label"]):
        known = SECTION_WORDS.match(match["label"])
        if known or not match["rest"]:
            line.shape, line.level, line.start = Shape.HEADING, 7, match.start("label")
    elif line.shape is Shape.TEXT and len(content := line.raw.strip()) <= 60:
        named = SECTION_WORDS.match(content)
        ends = named is not None and re.fullmatch(r"\s*(?:[(\[][^()]*[)\]])?\s*[:?.]?", content[named.end() :])
        if ends and (content[:1].isupper() or content.endswith(":")):
            line.shape, line.level = Shape.HEADING, 6


def _tables(lines: list[Line]) -> dict[int, Table]:
    """Which table each row belongs to; also tables without outer bars, told by their rule."""
    tables: dict[int, Table] = {}
    current: Table | None = None
    for index, line in enumerate(lines):
        if line.shape is Shape.RULE and "|" in line.raw and index and "|" in lines[index - 1].raw:
            head = lines[index - 1]
            current = Table(cells(head.raw))
            tables.pop(index - 1, None)
            head.shape = Shape.RULE
        elif line.shape is Shape.ROW or (current is not None and "|" in line.raw and line.shape is Shape.TEXT):
            current = current or Table([])
            line.shape = Shape.ROW
            current.rows.append(index)
            tables[index] = current
        elif line.shape is not Shape.RULE:
            current = None
    return tables


def cells(raw: str) -> list[str]:
    """The cells of a table row, without the outer bars."""
    text = raw.strip().lstrip(">").strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.strip() for cell in _CELL_SPLIT.split(text)]


def cell_spans(raw: str) -> list[tuple[int, int]]:
    """Where the cells of a table row begin and end in the physical line, blanks around them left out."""
    bars = [match.start() for match in _CELL_SPLIT.finditer(raw)]
    edges = [-1, *bars, len(raw)]
    spans = [(edges[i] + 1, edges[i + 1]) for i in range(len(edges) - 1)]
    if spans and not raw[spans[0][0] : spans[0][1]].strip(" >\t"):
        spans = spans[1:]
    if spans and not raw[spans[-1][0] : spans[-1][1]].strip():
        spans = spans[:-1]
    return spans


def _sections(lines: list[Line]) -> None:
    stack: list[Line] = []
    section: tuple[Line, ...] = ()
    for line in lines:
        if line.shape is Shape.HEADING:
            while stack and stack[-1].level >= line.level:
                stack.pop()
            stack.append(line)
            section = tuple(stack)
        line.section = section
