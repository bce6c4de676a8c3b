"""The actions of a list: which items and rows are one, and who and by when where a table says so.

Knows bullets, checkboxes, tables. Refuses to judge an action: `check_action` does.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from afteraction.engine.language.texts.masking import THING

_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:[-+•·–—]|[*#]{1,5}(?=[ \t])|\.{1,3}(?=[ \t])|\d{1,3}[.)])[ \t]+(?P<box>\[[ xX]\][ \t]*)?"
)
_BOX = re.compile(r"(?P<indent>[ \t]*)(?P<box>\[[ xX]\])[ \t]+")
_ROW = re.compile(r"[ \t]*\|")
_BAR = re.compile(r"(?<!\\)\|")
_DIVIDER = re.compile(r"[ \t|:=+-]+$")
_ABOUT = re.compile(
    r"\W*(?:owners?|assignees?|due(?: date)?|dates?|deadline|status|tickets?|priority|type|tracking|tracked(?: in| by| at)?|links?|issues?|jira|reason|why|notes?|effort|eta|severity|pr|done when|definition of done|success)\b\W*:",
    re.IGNORECASE,
)  # fmt: skip
_NOTHING = re.compile(r"\W*(?:none|n/?a|nothing|tbd|todo)?\W*$", re.IGNORECASE)
_STATE = re.compile(
    r"\W*(?:committed|proposed|open|planned|accepted|verified|drifted|declined|dropped|in progress|to ?do|done|closed)\W*$",
    re.IGNORECASE,
)
_DONE = re.compile(r"\W*(?:done|closed|completed?|✅|✔)\b", re.IGNORECASE)
_ACTION_COLUMN = re.compile(r"\b(?:actions?(?: items?)?|tasks?|follow-?ups?|todo|what|description|change|item|improvement|recommendation)\b", re.IGNORECASE)  # fmt: skip
_OWNER_COLUMN = re.compile(r"\b(?:owners?|assignees?|assigned|who|responsible|dri)\b", re.IGNORECASE)


# Marks of an exported report, and the state in front of its changes: "**Committed.**".
_BEFORE = re.compile(r"(?:[ \t]*(?:<!--[^\n]*?-->|\*\*[\w /]{2,20}\.\*\*))+[ \t]*")
_LONGEST_MARKED = 4_000
_ENOUGH = 80
_AFTER = re.compile(r"(?:[ \t]*<!--[^\n]*?-->)+\s*$")


@dataclass(frozen=True, slots=True)
class WrittenAction:
    """One action as written: where it stands in the text, and its owner where a table has a column for it."""

    start: int
    end: int
    owner: str | None = None


def actions_in(text: str, masked: str, start: int, end: int, *, lines_too: bool = False) -> Iterator[WrittenAction]:
    """The actions of a stretch. Items below an item are about it, unless that is only a title. With `lines_too` a
    paragraph is an action as well."""
    table: _Table | None = None
    items: list[_Item] = []
    for at, stop in _lines(text, start, end):
        line = text[at:stop]
        bare = line.strip()
        if not bare:
            table = None
            items.append(_Item(at, stop, 0, "", blank=True))
        elif masked[at:stop].strip(" \t") and not masked[at:stop].strip(THING + " \t"):
            continue
        elif _ROW.match(line) and bare.count("|") > 1:
            table = table or _Table()
            yield from table.read(text, at, stop)
        elif (found := _ITEM.match(line)) or (found := _BOX.match(line)):
            items.append(_Item(at + found.end(), stop, len(found["indent"].expandtabs(4)), found["box"] or ""))
        elif items and not items[-1].blank:
            items[-1] = _Item(items[-1].start, stop, items[-1].indent, items[-1].box, plain=items[-1].plain)
        elif lines_too:
            items.append(_Item(at + len(line) - len(line.lstrip()), stop, 0, "", plain=True))
    yield from _leading(text, [each for each in items if not each.blank])


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    indent: int
    box: str
    blank: bool = False
    plain: bool = False


def _leading(text: str, items: list[_Item]) -> Iterator[WrittenAction]:
    above: list[tuple[int, bool]] = []
    for at, item in enumerate(items):
        while above and above[-1][0] >= item.indent:
            above.pop()
        said = text[item.start : item.end].strip()
        below = at + 1 < len(items) and items[at + 1].indent > item.indent and not _is_about(text, items[at + 1])
        is_state = len(said) < _ENOUGH and _STATE.match(said) is not None
        is_title = below and not is_state and (said.rstrip("*_ ").endswith(":") or said.strip("*_: ").count(" ") < 3)
        wanted = all(title for _, title in above) and not is_title and item.box.lower()[:2] != "[x"
        if wanted and not is_state and not _ABOUT.match(said[:_ENOUGH]) and not _says_nothing(said):
            yield _bare(text, item.start, item.end)
        above.append((item.indent, is_title))


def _is_about(text: str, item: _Item) -> bool:
    return _ABOUT.match(text, item.start, min(item.end, item.start + _ENOUGH)) is not None


def _bare(text: str, start: int, end: int, owner: str | None = None) -> WrittenAction:
    """An action without white space and marks around it."""
    cell = text[start:end]
    before = _BEFORE.match(cell[:_LONGEST_MARKED])
    after = _AFTER.search(cell) if len(cell) <= _LONGEST_MARKED else None
    first = before.end() if before else len(cell) - len(cell.lstrip())
    last = after.start() if after and after.start() >= first else len(cell.rstrip())
    return WrittenAction(start + first, start + max(first, last), owner)


def _says_nothing(said: str) -> bool:
    return len(said) < _ENOUGH and _NOTHING.match(said) is not None


@dataclass
class _Table:
    """Rows below each other: the first says which column is what."""

    action: int = -1
    owner: int = -1
    rows: int = 0

    def read(self, text: str, at: int, stop: int) -> Iterator[WrittenAction]:
        """The action of a row, if it has one."""
        line = text[at:stop]
        if _DIVIDER.fullmatch(line.strip()):
            return
        begin = at + line.index("|") + 1
        bars = [begin - 1, *(begin + m.start() for m in _BAR.finditer(text[begin:stop])), stop]
        cells = [(one + 1, two) for one, two in pairwise(bars) if two > one]
        self.rows += 1
        if self.rows == 1:
            titles = [text[first:last] for first, last in cells]
            self.action = next((i for i, title in enumerate(titles) if _ACTION_COLUMN.search(title)), -1)
            self.owner = next((i for i, title in enumerate(titles) if _OWNER_COLUMN.search(title)), -1)
            return
        if not 0 <= self.action < len(cells):
            return
        first, last = cells[self.action]
        cell = text[first:last]
        if _says_nothing(cell) or any(_DONE.match(text[one : min(two, one + _ENOUGH)]) for one, two in cells):
            return
        owner = text[slice(*cells[self.owner])].strip() if 0 <= self.owner < len(cells) else None
        yield _bare(text, first, last, owner)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1
