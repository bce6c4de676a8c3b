"""A change as read, and the ways in which facts look at its lines.

Knows lines that went and came, which belong together and which stand in loops. Refuses to find facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from afteraction.engine.suspects.changes.diffs import Edit
from afteraction.engine.suspects.changes.settings import Setting
from afteraction.engine.suspects.changes.words import parts_of

Fact = tuple[float, str]


_CALL = re.compile(
    r"(?<![\w.])((?:[A-Za-z_]\w*\s*(?:\([^()]*\))?\s*\??\.\s*)*)([A-Za-z_]\w*)(?:::?<\w+>|\[\w+\])?\s*\("
)


DEFINED = re.compile(r"\b(?:func(?:tion)?\s+(?:\([^)]*\)\s*)?|def\s+|fn\s+|sub\s+|fun\s+)([A-Za-z_]\w*)|"
                      r"(?:private|public|protected|static)[\w\s<>\[\],]*?\s([a-z]\w*)\s*\(")  # fmt: skip


_WORDS_NOT_CALLED = frozenset(["if", "for", "while", "switch", "catch", "return", "func", "function", "def", "and",
    "or", "not", "in", "match", "elif", "with", "fn", "new", "sizeof", "print", "println", "printf", "len", "str",
    "int", "float", "range", "super", "make", "append", "string", "byte"])  # fmt: skip


LOOP = re.compile(
    r"^\s*(for|while|foreach)\b|\.(forEach|map|each|flatMap)\(|\bfor\s+\w+(\s*,\s*\w+)?\s+in\b|\bfor\s*\("
)


@dataclass(frozen=True)
class Reading:
    """A change as read: its edits without tests and documents, lines that went and came (moved ones left out), the
    settings it turns and the facts."""

    edits: tuple[Edit, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    settings: tuple[Setting, ...]
    facts: dict[str, Fact] = field(default_factory=dict)
    lost_calls: Counter[str] = field(default_factory=Counter)
    gained_calls: Counter[str] = field(default_factory=Counter)


def calls_in(lines: Iterable[str]) -> Counter[str]:
    """How often each name is called, definitions left out."""
    found: Counter[str] = Counter()
    for line in lines:
        defined = {name for pair in DEFINED.findall(line) for name in pair if name}
        for _, name in _CALL.findall(line):
            if name not in _WORDS_NOT_CALLED and name not in defined:
                found[name] += 1
    return found


def without_counterpart(lost: Counter[str], gained: Counter[str]) -> Counter[str]:
    """Lost calls whose place no gained call of a like name takes (`Decode` and `decodeRequest`)."""
    new_words = [set(parts_of(name)) for name in gained]
    left: Counter[str] = Counter()
    for name, count in lost.items():
        words = set(parts_of(name))
        if not any(_like(words, other) for other in new_words):
            left[name] = count
    return left


def _like(words: set[str], others: set[str]) -> bool:
    return any(
        len(word) > 2 and (word in others or any(word[:5] == other[:5] and len(other) > 4 for other in others))
        for word in words
    )


def first_line(lines: Iterable[str], pattern: re.Pattern[str]) -> str:
    """The first line that matches, bare; empty without one."""
    return next((line.strip() for line in lines if pattern.search(line)), "")


def new_lines_in_loops(reading: Reading) -> list[str]:
    """Lines that came and stand in a loop."""
    found = []
    for edit in reading.edits:
        depth: list[int] = []
        for mark, text in edit.lines:
            if mark == "-" or not text.strip():
                continue
            indent = len(text) - len(text.lstrip())
            while depth and indent <= depth[-1]:
                depth.pop()
            one_line = re.search(r"\[.*\bfor\b.*\bin\b.*\]|\.(map|forEach|each)\(", text)
            if mark == "+" and (depth or one_line) and text in reading.added:
                found.append(text)
            if LOOP.search(text) and not one_line:
                depth.append(indent)
    return found


def lines_in_loops(lines: Iterable[str]) -> list[str]:
    """Lines that stand deeper than a loop above them."""
    found, depth = [], None
    for text in lines:
        indent = len(text) - len(text.lstrip())
        if depth is not None and indent > depth:
            found.append(text)
        elif LOOP.search(text):
            depth = indent
    return found


def made_less(reading: Reading) -> Counter[str]:
    """Calls of registration made less often than before, counterpart or not."""
    return Counter({name: 1 for name, count in (calls_in(reading.removed) - calls_in(reading.added)).items() if count})


def setting_that(reading: Reading, fits: Callable[[Setting], bool]) -> Fact | None:
    """The first turned setting that fits, as a fact."""
    one = next((one for one in reading.settings if fits(one)), None)
    return (1.0, f"{one.text} ({one.said})") if one else None


def paired(reading: Reading) -> Sequence[tuple[str, str]]:
    """Lines that went with those that came in their place: at least half of their names in common."""
    return _paired(reading.removed, reading.added)


@lru_cache(maxsize=256)
def _paired(removed: tuple[str, ...], added: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    left = [(line, frozenset(_WORDS.findall(line))) for line in added]
    for line in removed:
        words = frozenset(_WORDS.findall(line))
        best, place = 0.0, -1
        for at, (_, others) in enumerate(left):
            shared = len(words & others)
            likeness = shared / (len(words) + len(others) - shared) if shared else 0.0
            if likeness > best:
                best, place = likeness, at
        if best >= 0.5:
            found.append((line, left.pop(place)[0]))
    return tuple(found)


_WORDS = re.compile(r"\w+")
