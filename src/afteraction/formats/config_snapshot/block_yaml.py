"""YAML as most configurations are written: keys, lists and values on lines of their own.

Knows block mappings and lists of plain or simply quoted values on one line each, which mean the same to every reading
of YAML. Refuses everything else as a whole (anchors, tags, block scalars, flow collections, escapes, several documents,
whatever is wrong): the parser of the whole language then reads the text and says what it makes of it.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

# Far below what the whole language is bounded by: no line makes more than three nodes.
MOST_LINES = 50_000
DEEPEST = 60
# Printable characters that no reading of YAML takes for a blank, a colon or the end of a line.
_WORD = r"!-9;-~\u00a1-\u1fff"
_PLAIN = (
    rf"(?:[A-Za-z0-9_./$+~(;=<^\\]|-(?=[A-Za-z0-9_.]))(?:[{_WORD}]++|:(?=[{_WORD}:])|\ ++(?=[!\"$-~\u00a1-\u1fff]))*+"
)
_VALUE = rf"{_PLAIN}|\"[\ !#-\[\]-~\u00a1-\u1fff]*+\"|'[\ -&(-~\u00a1-\u1fff]*+'|\{{\}}|\[\]"
_LINE = re.compile(
    rf"(?:(\ *+)(-\ ++)?(?:([A-Za-z0-9_][A-Za-z0-9_./-]{{0,99}}+):(?:\ ++({_VALUE}))?|({_VALUE}))\ *+(?:(?<=\ )\#[\ -~\t]*+)?"
    r"|\ *+(?:\#[\ -~\t]*+)?)(?:\n|\Z)"
)
_MARKER = re.compile(r"(?:\ *(?:\#[\ -~\t]*)?\n)*---\ *\n")

_Held = dict[object, object] | list[object]


def read_block(text: str) -> _Held | None:
    """The one document of a text, its scalars as texts, or None where a line is none of these."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if text.count("\n") > MOST_LINES:
        return None
    begin = _MARKER.match(text)
    at = begin.end() if begin else 0
    # Open lists and mappings from the outermost to the innermost, each with the column it began in.
    columns: list[int] = []
    opened: list[_Held] = []
    waiting: str | None = None
    # The innermost, where it is a mapping, and its column.
    inner: dict[object, object] | None = None
    here = -1
    for match in _LINE.finditer(text, at):
        if match.start() != at:
            return None
        at = match.end()
        indent, dash, key, value, item = match.groups()
        if indent is None:
            continue
        column = len(indent)
        if dash is not None:
            held = _list_at(column, columns, opened, waiting)
            if held is None or len(opened) > DEEPEST:
                return None
            inner, here, waiting = None, -1, None
            if item is not None:
                held.append(_scalar(item))
                continue
            inner, here = {}, column + len(dash)
            held.append(inner)
            columns.append(here)
            opened.append(inner)
        elif key is None:
            return None
        elif column != here or inner is None:
            inner, here = _mapping_at(column, columns, opened, waiting), column
            if inner is None or len(opened) > DEEPEST:
                return None
        if value is None:
            inner[key], waiting = "", key
        else:
            inner[key], waiting = _scalar(value), None
    return opened[0] if opened and at == len(text) else None


def _scalar(written: str) -> object:
    first = written[0]
    if first in "\"'":
        return written[1:-1]
    # Python 3.11.2 keeps the blanks before a comment in a possessive match; later ones give them back.
    return {} if first == "{" else [] if first == "[" else written.rstrip(" ")


def _mapping_at(
    column: int, columns: list[int], opened: list[_Held], waiting: str | None
) -> dict[object, object] | None:
    """The mapping that a key in this column belongs to; None where there can be none."""
    if not opened:
        new: dict[object, object] = {}
    elif column > columns[-1]:
        above = opened[-1]
        if waiting is None or isinstance(above, list):
            return None
        new = above[waiting] = {}
    else:
        # A list may stand in the column of the key that it is the value of.
        while opened and (columns[-1] > column or (columns[-1] == column and isinstance(opened[-1], list))):
            columns.pop()
            opened.pop()
        held = opened[-1] if opened and columns[-1] == column else None
        return held if isinstance(held, dict) else None
    columns.append(column)
    opened.append(new)
    return new


def _list_at(column: int, columns: list[int], opened: list[_Held], waiting: str | None) -> list[object] | None:
    """The list that an item in this column belongs to; None where there can be none."""
    if not opened:
        new: list[object] = []
    elif waiting is not None and column >= columns[-1]:
        above = opened[-1]
        if isinstance(above, list):
            return None
        new = []
        above[waiting] = new
    else:
        while opened and columns[-1] > column:
            columns.pop()
            opened.pop()
        held = opened[-1] if opened and columns[-1] == column else None
        return held if isinstance(held, list) else None
    columns.append(column)
    opened.append(new)
    return new
