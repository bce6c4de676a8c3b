"""Two people's saves of one part, joined where they changed different things.

Knows fields and sentences. Refuses to choose where both changed the same one: that is given back with both versions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# Fields of running text: they are joined sentence by sentence.
PROSE = frozenset({"text", "summary", "public", "sense", "why", "objective"})
_PIECE = re.compile(r"\s*\n\s*|[^\n]+?(?:[.!?](?=\s|$)|(?=\s*\n)|$)")
_NOTHING = object()


@dataclass(frozen=True)
class Collision:
    """One field that both changed, with what stood there before and both versions."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """The joined body, and what could not be joined; with collisions the body holds `theirs` in their places."""

    body: dict[str, Any]
    collisions: tuple[Collision, ...] = ()


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Three bodies of one part joined: field by field, running text sentence by sentence, maps key by key."""
    body: dict[str, Any] = {}
    collisions: list[Collision] = []
    for name in dict.fromkeys([*theirs, *mine, *base]):
        before, my, their = (each.get(name, _NOTHING) for each in (base, mine, theirs))
        value = _joined(name, before, my, their)
        if value is _COLLIDE:
            shown = [None if each is _NOTHING else each for each in (before, my, their)]
            collisions.append(Collision(name, *shown))
            value = their
        if value is not _NOTHING:
            body[name] = value
    return Merged(body, tuple(collisions))


_COLLIDE = object()


def _joined(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    texts = [("" if each is _NOTHING else each) for each in (base, mine, theirs)]
    if name in PROSE and all(isinstance(each, str) for each in texts):
        joined = join_sentences(*texts)
        return _COLLIDE if joined is None else joined
    if all(isinstance(each, dict) for each in (mine, theirs)):
        inner = merge(base if isinstance(base, dict) else {}, mine, theirs)
        return _COLLIDE if inner.collisions else inner.body
    return _COLLIDE


def join_sentences(base: str, mine: str, theirs: str) -> str | None:
    """Both texts' changes of their common ancestor, or None where they changed the same sentences. Where both added
    at one place, theirs stands first."""
    old = sentences_of(base)
    my, their = _edits(old, sentences_of(mine)), _edits(old, sentences_of(theirs))
    result: list[str] = []
    at = 0
    last: _Edit | None = None
    for edit in sorted({*my, *their}, key=lambda each: (each[0], each[1], each not in their)):
        start, end, new = edit
        adds_beside = last is not None and last[0] == last[1] == start == end
        if start < at or (last is not None and last[0] == start and not adds_beside):
            return None
        result += [*old[at:start], *new]
        at, last = end, edit
    return _written([*result, *old[at:]])


def sentences_of(text: str) -> list[str]:
    """A text in sentences without the blanks between them; a break of lines is a piece of its own."""
    return [each.group().strip(" \t") if each.group().strip() else each.group() for each in _PIECE.finditer(text)]


_Edit = tuple[int, int, tuple[str, ...]]


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _written(pieces: Sequence[str]) -> str:
    text = ""
    for piece in pieces:
        between = " " if text and not text[-1].isspace() and not piece[:1].isspace() else ""
        text += between + piece
    return text
