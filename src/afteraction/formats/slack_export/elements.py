"""Cuts a JSON array into its elements, one at a time, with the physical line of each.

Knows where elements begin and end, so that everything before a broken place is kept. Refuses to know what they mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_GAP = re.compile(r"[\s,]*")
_MESSAGES = re.compile(r'"(?:messages|members|channels)"\s*:\s*\[')


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its index in the array, its first line (1-based), its value and its own text."""

    index: int
    line: int
    value: Any
    raw: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The place (line, 1-based) after which nothing could be read, and why."""

    line: int
    reason: str


def array_in(text: str) -> tuple[int, str] | None:
    """Where the array of interest begins (character offset behind its bracket) and its JSON pointer: the whole text,
    or `messages`, `members` or `channels` of an API answer. None when there is no such array."""
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        return start + 1, ""
    if text.startswith("{", start) and (match := _MESSAGES.search(text)):
        return match.end(), "/" + match[0].split('"')[1]
    return None


def elements(text: str, start: int) -> Iterator[Element | Broken]:
    """The elements of the array that begins at `start`, then Broken when the array does not end as it should."""
    decode = json.JSONDecoder().raw_decode
    position, index = start, 0
    line, counted = text.count("\n", 0, start) + 1, start
    while True:
        gap = _GAP.match(text, position)
        position = gap.end() if gap else position
        line, counted = line + text.count("\n", counted, position), position
        if position >= len(text):
            yield Broken(line, "the file ends in the middle of its list.")
            return
        if text[position] == "]":
            return
        try:
            value, end = decode(text, position)
        except RecursionError:
            yield Broken(line, "the JSON is nested too deep to be a message.")
            return
        except ValueError as error:
            reason = getattr(error, "msg", str(error))
            yield Broken(line, f"the JSON is broken here ({reason}).")
            return
        yield Element(index, line, value, text[position:end])
        position, index = end, index + 1
