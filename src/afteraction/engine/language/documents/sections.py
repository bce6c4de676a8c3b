"""Cuts a document into stretches, each with what it is for.

Knows headings of Markdown, wikis, AsciiDoc and reStructuredText, bold lines and labels ("Root cause: …"). Refuses to
judge a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.engine.language.documents.titles import Profile, is_bare_title, profile_of
from afteraction.engine.language.texts.masking import THING

_ATX = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(\S.*)")
_EQUALS = re.compile(r"(={1,6})[ \t]*([^=\s].{0,150}?)[ \t]*=*$")
_TEXTILE = re.compile(r"h([1-6])\.[ \t]+(\S.*)")
_BOLD = re.compile(r"[ \t]{0,3}(\*\*|__|''')([^*_\n]{2,90}?)\1[ \t]*:?[ \t]*$")
_RULE = re.compile(r"[ \t]{0,3}([=\-~^\"'*+:.#])\1{2,}[ \t]*$")
_LABEL = re.compile(
    r"(?P<indent>[ \t]*)(?P<item>(?:[-+*•]|\d{1,2}[.)])[ \t]+|\|[ \t]*)?(?P<bold>\*\*|__|''')?"
    r"(?P<title>[A-Za-zÄÖÜäöüáéíóú0-9][\w &/'’-]{2,50}?)[ \t]*"
    r"(?:(?P<colon>:)[ \t]*(?:\*\*|__|''')?|(?:\*\*|__|''')[ \t]*(?P<after>[:–—-])?|(?P<cell>\|))"
    r"[ \t]*(?P<rest>.*)$"
)
_MARK_OF_LABEL = re.compile(r"[:|*–—]|__|-[ \t]|'''")
_BOLD_LEVEL, _LABEL_LEVEL = 7, 8
# A longer line is no title, and patterns that look for one may take long over it.
_LONGEST_TITLE = 300
_DEPTH = {"=": 1, "-": 2}


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a text with one profile. `is_title` where it is a heading line."""

    start: int
    end: int
    profile: Profile
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    title: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    hidden: bool


def sections_of(text: str, masked: str) -> Iterator[Section]:
    """The stretches of a text in order, neighbours of one profile joined; `masked` is the text without code and
    quotations. The first heading of the first level is the document's: it holds as far as the next heading."""
    lines = list(_lines_of(text, masked))
    open_: list[tuple[int, Profile | None]] = []
    label: tuple[int, bool, Profile] | None = None
    joined: Section | None = None
    direct: Profile | None = None
    seen = False
    at = 0
    while at < len(lines):
        line = lines[at]
        heading = _heading_at(lines, at)
        if heading is not None:
            last = lines[at + heading.lines - 1]
            found = profile_of(heading.title)
            while open_ and open_[-1][0] >= heading.level:
                open_.pop()
            is_document = not seen and heading.level == 1
            seen = seen or heading.level <= _BOLD_LEVEL
            open_.append((heading.level, None if is_document else found))
            label = None
            direct = found if is_document else None
            profile = direct or _profile(open_)
            piece = Section(line.start, last.end, profile, profile is not Profile.PROSE)
            at += heading.lines
        else:
            label = _label_at(line, label)
            piece = Section(line.start, line.end, label[2] if label else direct or _profile(open_))
            at += 1
        if joined is not None and (joined.profile, joined.is_title) == (piece.profile, piece.is_title):
            joined = Section(joined.start, piece.end, joined.profile, joined.is_title)
            continue
        if joined is not None:
            yield joined
        joined = piece
    if joined is not None:
        yield joined


def _profile(open_: list[tuple[int, Profile | None]]) -> Profile:
    """That of the nearest heading above that has one; a heading that says something else ends what an equal began."""
    return next((profile for _, profile in reversed(open_) if profile is not None), Profile.PROSE)


def _lines_of(text: str, masked: str) -> Iterator[_Line]:
    at, size = 0, len(text)
    while at < size:
        stop = text.find("\n", at)
        stop = size if stop < 0 else stop + 1
        raw = text[at:stop].rstrip("\r\n")
        covered = masked[at : at + len(raw)]
        yield _Line(at, stop, raw, bool(raw) and THING in covered and not covered.strip(THING + " \t"))
        at = stop


def _heading_at(lines: list[_Line], at: int) -> _Heading | None:
    line = lines[at]
    text = line.text
    bare = text.strip()
    if line.hidden or not bare:
        return None
    first = bare[0]
    if len(bare) > _LONGEST_TITLE:
        return None
    if first == "#" and (atx := _ATX.match(text)):
        return _Heading(len(atx[1]), atx[2])
    if first == "=" and (equals := _EQUALS.match(text)):
        return _Heading(len(equals[1]), equals[2])
    if first == "h" and (textile := _TEXTILE.match(text)):
        return _Heading(int(textile[1]), textile[2])
    alone = at == 0 or not lines[at - 1].text.strip() or bool(_RULE.match(lines[at - 1].text))
    if alone and at + 1 < len(lines) and len(bare) <= 120 and first not in "-+*|>":
        rule = _RULE.match(lines[at + 1].text)
        if rule and not _RULE.match(text) and (rule[1] in "=-" or len(lines[at + 1].text.strip()) >= len(bare)):
            return _Heading(_DEPTH.get(rule[1], 3), bare, 2)
    if first in "*_'" and (bold := _BOLD.match(text)):
        return _Heading(_BOLD_LEVEL, bold[2])
    if not alone:
        return None
    if is_bare_title(bare) or (bare.endswith(":") and len(bare) <= 60 and first.isupper() and profile_of(bare)):
        return _Heading(_LABEL_LEVEL, bare)
    return None


def _label_at(line: _Line, label: tuple[int, bool, Profile] | None) -> tuple[int, bool, Profile] | None:
    """The label that holds at a line: (its indentation, whether it is an item's, its profile). An item's label holds
    for what is indented below it, another's until an empty line."""
    bare = line.text.strip()
    if not bare:
        return label if label and label[1] else None
    indent = len(line.text) - len(line.text.lstrip())
    found = None if line.hidden or _MARK_OF_LABEL.search(line.text, 0, 80) is None else _LABEL.match(line.text, 0, 400)
    if found:
        is_item = bool(found["item"]) and found["item"][0] != "|"
        said = found["colon"] or found["after"] or (found["cell"] and found["item"]) or (found["bold"] and is_item)
        profile = profile_of(found["title"]) if said else None
        if profile is not None and (found["rest"] or is_item):
            return indent, is_item, profile
    if label is None or (label[1] and indent > label[0]):
        return label
    return None if found or label[1] else label
