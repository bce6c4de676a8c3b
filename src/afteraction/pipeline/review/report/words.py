"""What people write, read once for every form: paragraphs, lists, emphasis, code and citations as `[E7]`.

Knows plain Markdown. Refuses markup: a tag that somebody writes is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CITATION = re.compile(r"\[(E\d+)((?:,?\s[^\]\n]{1,80})?)\]")
_SPANS = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|\*(?P<em>[^*\n]+)\*|`(?P<code>[^`\n]+)`")
_ITEM = re.compile(r"^(?:[-*]|(?P<number>\d{1,3})[.)])\s+(?P<text>.+)$")
_HEADING = re.compile(r"^#{1,6}\s+(.+)$")
_LABEL = re.compile(r"^E\d+$")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words: `kind` is text, strong, em, code or cite; a cite has its place in `place`."""

    kind: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, or list (`kind`: p, h, ul, ol) with the spans of each line."""

    kind: str
    lines: tuple[tuple[Span, ...], ...]


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text. Each line that is no item of a list goes on in its paragraph."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.strip().splitlines()]
        if not lines or not any(lines):
            continue
        heading = _HEADING.match(lines[0])
        items = [_ITEM.match(line) for line in lines]
        if heading and len(lines) == 1:
            yield Piece("h", (tuple(spans(heading[1])),))
        elif all(items):
            kind = "ol" if items[0] and items[0]["number"] else "ul"
            yield Piece(kind, tuple(tuple(spans(each["text"])) for each in items if each))
        else:
            yield Piece("p", (tuple(spans(" ".join(lines))),))


def spans(text: str) -> Iterator[Span]:
    """The runs of one line."""
    at = 0
    for match in CITATION.finditer(text):
        yield from _marked(text[at : match.start()])
        yield Span("cite", match[1], match[2])
        at = match.end()
    yield from _marked(text[at:])


def _marked(text: str) -> Iterator[Span]:
    at = 0
    for match in _SPANS.finditer(text):
        if match.start() > at:
            yield Span("text", text[at : match.start()])
        name = str(match.lastgroup)
        yield Span(name, match[name])
        at = match.end()
    if at < len(text):
        yield Span("text", text[at:])


def uncited(text: str) -> str:
    """A text without its citations; a label alone leaves nothing."""
    if _LABEL.match(text):
        return ""
    return re.sub(r"[ \t]+(?=[.,;:)]|$)", "", CITATION.sub("", text), flags=re.MULTILINE)
