"""The words that belong to a time: its title, its body, the sentence around it.

Knows how text wraps over physical lines and where an entry ends. Refuses to say which lines hold entries.
"""

from __future__ import annotations

import re

from afteraction.formats.postmortem.layout import Layout, Line, Shape
from afteraction.formats.postmortem.moments import promising

LONGEST_BODY = 2000
LONGEST_TITLE = 240
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9\"'(\[*_`])")
_CLOCK_FIRST = re.compile(r"^\W{0,6}\d{1,2}:\d\d")
_TALK = re.compile(r"\(talk\)\W*\d\d?:\d\d", re.I)
_PAGE_FOOT = re.compile(
    r"\s*(?:\d+ of \d+\b|page \d+|(?:printed|exported|generated|last (?:updated|modified|edited))\b)", re.I
)


def is_page_foot(raw: str) -> bool:
    """True for what stands at the foot of a printed page or below a message of a wiki: its times tell nothing."""
    return _PAGE_FOOT.match(raw) is not None or ("(" in raw and _TALK.search(raw) is not None)


def sentence_around(layout: Layout, index: int, offset: int) -> str:
    """The sentence around a place, over the physical lines of its paragraph."""
    first = last = index
    lines = layout.lines
    while (
        first > 0
        and index - first < 8
        and lines[first].shape not in (Shape.ITEM, Shape.HEADING)
        and lines[first - 1].shape in (Shape.TEXT, Shape.ITEM)
        and (first == index or not _CLOCK_FIRST.match(lines[first].raw))
    ):
        first -= 1
    while (
        last + 1 < len(lines)
        and lines[last + 1].shape is Shape.TEXT
        and last - index < 8
        and not _CLOCK_FIRST.match(lines[last + 1].raw)
    ):
        last += 1
    text, place = "", 0
    for i in range(first, last + 1):
        if i == index:
            place = len(text) + max(0, offset - lines[i].start)
        text += lines[i].content + " "
    start = 0
    for match in SENTENCE_END.finditer(text):
        if match.end() > place:
            return text[start : match.start()].strip()
        start = match.end()
    return text[start:].strip()


def told_below(layout: Layout, index: int, style: str, title: str, structured: set[int]) -> tuple[str, str]:
    """(title, body) of an entry: what its own line says, taken on over the lines that belong to it. `structured` are
    the lines that hold entries of their own."""
    lines = layout.lines
    if style == "table":
        return _cut(title), ""
    title, belongs = _gathered(lines, index, style, title, structured)
    if not title and style == "line" and _is_caption(lines, index):
        # Status pages put the time below its message.
        return _cut(plain(lines[index - 1].content)), ""
    if belongs and (not title or re.fullmatch(r"\([^()]*\)", title)):
        title = _opening(lines, index, belongs)
    body = "\n".join(belongs)[:LONGEST_BODY]
    if len(title) > LONGEST_TITLE:
        body = f"{title}\n{body}".strip()[: LONGEST_BODY + LONGEST_TITLE]
    return _cut(title), body


def _gathered(lines: list[Line], index: int, style: str, title: str, structured: set[int]) -> tuple[str, list[str]]:
    """(title with its wrapped lines, the lines below it) up to the next entry, heading or paragraph."""
    here, belongs = lines[index], list[str]()
    listed = style in ("list", "trailing", "label")
    wrapping = style == "line" or listed
    for i in range(index + 1, min(index + 60, len(lines))):
        line = lines[i]
        if i in structured or line.shape in (Shape.HEADING, Shape.ROW) or is_page_foot(line.raw):
            break
        if i + 1 < len(lines) and is_page_foot(lines[i + 1].raw) and "://" in line.raw:
            # The head of a printed page, above its number.
            continue
        if line.shape is Shape.BLANK:
            wrapping = False
            if style != "heading" and not _indented_below(lines, i, here):
                break
            continue
        if line.shape is Shape.ITEM and listed and line.level <= here.level:
            break
        if wrapping and line.shape is Shape.TEXT and title and len(title) < LONGEST_TITLE:
            title = f"{title} {plain(line.content)}".strip()
        else:
            wrapping = False
            belongs.append(line.raw.strip() if line.shape is Shape.CODE else line.content)
        if sum(map(len, belongs)) > LONGEST_BODY:
            break
    return title, belongs


def _is_caption(lines: list[Line], index: int) -> bool:
    """True for a time that stands alone at the end of a paragraph."""
    above = lines[index - 1] if index else None
    below = lines[index + 1] if index + 1 < len(lines) else None
    ends = below is None or below.shape is Shape.BLANK
    return ends and above is not None and above.shape in (Shape.TEXT, Shape.ITEM) and not promising(above.raw)


def _opening(lines: list[Line], index: int, belongs: list[str]) -> str:
    """What stands first below a time: its first paragraph when short, else that paragraph's first sentence."""
    paragraph: list[str] = []
    for line in lines[index + 1 : index + 9]:
        if line.shape is Shape.BLANK and not paragraph:
            continue
        if line.shape is not (Shape.TEXT if paragraph else line.shape) or line.shape is Shape.BLANK:
            break
        paragraph.append(line.content)
        if line.shape is not Shape.TEXT:
            break
    text = plain(" ".join(paragraph)) or plain(belongs[0])
    match = SENTENCE_END.search(text, min(40, len(text)))
    if len(text) <= 160 or match is None:
        del belongs[: len(paragraph)]
        return text
    return text[: match.start()]


def _indented_below(lines: list[Line], blank: int, here: Line) -> bool:
    below = next((line for line in lines[blank + 1 : blank + 3] if line.shape is not Shape.BLANK), None)
    indent = len(here.raw) - len(here.raw.lstrip())
    return below is not None and len(below.raw) - len(below.raw.lstrip()) > indent


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


_MARKS = re.compile(
    r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|</?(?:b|i|br|em|strong|table|thead|tbody|td|th|tr|li|p|span|code|div)\b[^<>]{0,60}>"
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|!?\[([^\]]+)\]\[[^\]]*\]")


def plain(text: str) -> str:
    """Text without emphasis, links and the marks left over from around a time."""
    if "[" in text:
        text = _LINK.sub(lambda match: match[1] or match[2] or "", text)
    if "*" in text or "_" in text or "<" in text:
        text = _MARKS.sub("", text)
    return " ".join(text.split()).strip(" |").strip()
