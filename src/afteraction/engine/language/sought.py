"""Patterns that are looked for only in sentences that have the words they need.

Knows which words every match of a pattern holds, by reading the pattern itself, so that a pattern may be changed
without a list beside it. Refuses to find anything else than the pattern alone would: a part of which no word is certain
is always looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from re import _parser as parsing  # type: ignore[attr-defined]
from typing import Any

from afteraction.engine.language.words.pack import listed

_ANY, _EDGE = "\0", "\1"
# So many ways of saying one stretch are told apart; beyond that the stretch counts as unknown.
_MOST = 4_000
_LETTERS = re.compile(r"[a-z]+")
_PLAIN = {code: " " for code in range(128) if not chr(code).isalpha()} | {
    code: chr(code).lower() for code in range(128) if chr(code).isalpha()
}
# Letters that match an ASCII letter where case does not count, and are no ASCII letter in small letters.
_ODD = "ſıİ"
# Words that nearly every sentence has are a poor sign; the others count 1.
_COMMON = listed("""
    the of to a an and in on at for with by from was were is are be been had has have it this that which not no we our
    as s t i
""")


class Sought:
    """A compiled pattern, searched for as `re.Pattern` does. Of its alternatives those alone are tried whose words the
    text has: the answer is that of the whole pattern. Alternatives must not match the empty text."""

    __slots__ = ("_always", "_by_word", "_parts", "_words", "whole")

    def __init__(self, source: str, flags: int = 0) -> None:
        self.whole = re.compile(source, flags)
        split = [source] if self.whole.groups > len(self.whole.groupindex) else list(_alternatives(source))
        self._parts = tuple(_part(each, flags, self.whole.groupindex) for each in split)
        by_word: dict[str, list[int]] = {}
        for at, part in enumerate(self._parts):
            for word in part.needed[0] if part.needed else ():
                by_word.setdefault(word, []).append(at)
        self._by_word = {word: tuple(places) for word, places in by_word.items()}
        self._words = frozenset(by_word)
        self._always = tuple(at for at, part in enumerate(self._parts) if not part.needed)

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first match from a place on, or None."""
        places = self._places(text)
        return _first(places, text, at) if places else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in order, none within another."""
        places = self._places(text)
        found = _first(places, text, 0) if places else None
        while found is not None:
            yield found
            found = _first(places, text, found.end())

    def _places(self, text: str) -> list[re.Pattern[str]]:
        """The alternatives that may be in a text."""
        known, words = _last
        if known is not text:
            words = words_of(text)
        if words is None:
            return [self.whole]
        said = self._words & words
        if not said and not self._always:
            return []
        places = set(self._always)
        for word in said:
            places.update(self._by_word[word])
        return [part.pattern for at in sorted(places) if (part := self._parts[at]).may_be_in(text, words)]


@dataclass(frozen=True, slots=True)
class _Part:
    """One alternative: of each set of `needed` every match holds a word, and each of the `signs`."""

    pattern: re.Pattern[str]
    needed: tuple[frozenset[str], ...]
    signs: str

    def may_be_in(self, text: str, words: frozenset[str]) -> bool:
        """Whether a text with those words may have it."""
        for each in self.needed:
            if each.isdisjoint(words):
                return False
        return all(sign in text for sign in self.signs) if self.signs else True


def _part(source: str, flags: int, names: Iterable[str]) -> _Part:
    # A match has all names of the whole pattern.
    missing = "".join(f"(?P<{name}>)" for name in names if f"(?P<{name}>" not in source)
    tree = parsing.parse(source, flags)
    pattern = re.compile(f"{source}|(?!){missing}" if missing else source, flags)
    return _Part(pattern, _needed(tree), _signs_in(tree))


def _first(patterns: list[re.Pattern[str]], text: str, at: int) -> re.Match[str] | None:
    """The match that begins first, of the earlier pattern where two begin together: as an alternation would."""
    best: re.Match[str] | None = None
    for pattern in patterns:
        found = pattern.search(text, at)
        if found is not None and (best is None or found.start() < best.start()):
            best = found
    return best


_last: tuple[str, frozenset[str] | None] = ("", frozenset())


def words_of(text: str) -> frozenset[str] | None:
    """Runs of the letters a to z in a text, in small letters; None where letters of others could stand for them. The
    text that was asked for last is remembered: many patterns look at one sentence."""
    global _last
    known, words = _last
    if known is text:
        return words
    if text.isascii():
        words = frozenset(text.translate(_PLAIN).split())
    elif any(letter in text for letter in _ODD):
        words = None
    else:
        words = frozenset(_LETTERS.findall(text.lower()))
    _last = (text, words)
    return words


def _alternatives(source: str) -> Iterator[str]:
    """The alternatives of a pattern at its top."""
    depth, begin, at, in_class = 0, 0, 0, False
    while at < len(source):
        sign = source[at]
        if sign == "\\":
            at += 1
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
            # A bracket that closes at once stands for itself.
            at += (source[at + 1 : at + 3] == "^]" and 2) or source[at + 1 : at + 2] == "]"
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "|" and not depth:
            yield source[begin:at]
            begin = at + 1
        at += 1
    yield source[begin:]


def _needed(tree: Iterable[Any]) -> tuple[frozenset[str], ...]:
    """Sets of words of which each match of a pattern holds at least one, the rarest set first."""
    sets: set[frozenset[str]] = set()
    stretch: set[str] = {_ANY}
    for item in (*tree, None):
        said = _said(item) if item is not None else {_ANY}
        joined = {one + two for one in stretch for two in said} if len(stretch) * len(said) <= _MOST else None
        if joined is not None and item is not None and said not in ({_EDGE}, {" "}):
            stretch = joined
            continue
        found = _words(joined if joined is not None else {each + _ANY for each in stretch})
        if found is not None:
            sets.add(found)
        stretch = set(said) if said in ({_EDGE}, {" "}) else {_ANY + each for each in said}
    return tuple(sorted(sets, key=lambda words: (sum(300 if word in _COMMON else 1 for word in words), sorted(words))))


def _signs_in(tree: Iterable[Any]) -> str:
    """Signs that each match holds."""
    said = {chr(item[1]) for item in tree if str(item[0]) == "LITERAL"}
    return "".join(sorted(sign for sign in said if sign.isascii() and not sign.isalnum() and sign not in " _"))


def _words(said: Iterable[str]) -> frozenset[str] | None:
    """The rarest whole word of each way of saying it; None where one has none."""
    words = set()
    for each in said:
        whole = _whole_words(each)
        if not whole:
            return None
        words.add(min(whole, key=lambda word: (word in _COMMON, -len(word))))
    return frozenset(words)


def _whole_words(said: str) -> list[str]:
    """Runs of letters with no letter possible on either side."""
    return [
        match[0]
        for match in _LETTERS.finditer(said)
        if match.start() and match.end() < len(said) and said[match.start() - 1] != _ANY and said[match.end()] != _ANY
    ]


def _said(item: Any) -> set[str]:
    """The ways in which one item of a pattern is said: letters, a blank for what is no letter, `_EDGE` for a place
    beside which none stands, `_ANY` for what may be anything."""
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return {_sign(value)}
    if kind == "IN":
        return _of_class(value)
    if kind == "AT":
        return {""} if str(value) == "AT_NON_BOUNDARY" else {_EDGE}
    if kind == "BRANCH":
        return set().union(*(_all(each) for each in value[1]))
    if kind == "SUBPATTERN":
        return _all(value[3])
    if kind == "ATOMIC_GROUP":
        return _all(value)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(*value)
    if kind in ("ASSERT", "ASSERT_NOT"):
        return {_EDGE} if _is_edge(kind, *value) else {""}
    return {_ANY}


def _all(tree: Iterable[Any]) -> set[str]:
    said = {""}
    for item in tree:
        more = _said(item)
        if len(said) * len(more) > _MOST:
            said, more = {_ANY}, {_ANY}
        said = {one + two for one in said for two in more}
    return said


def _repeated(least: int, most: int, tree: Iterable[Any]) -> set[str]:
    once = _all(tree)
    if int(most) > 1:
        # What comes back begins and ends as it does once.
        last = " " if all(each[-1:] in (" ", _EDGE) for each in once) else ""
        first = " " if all(each[:1] in (" ", _EDGE) for each in once) else ""
        again = first + _ANY + last
        once = {each + again for each in once} if least else {again}
    return once if least else once | {""}


def _is_edge(kind: str, direction: int, tree: Iterable[Any]) -> bool:
    """Whether no letter stands beside a place that looks around."""
    said = _all(tree)
    if kind == "ASSERT":
        return all((each[:1] if direction > 0 else each[-1:]) in (" ", _EDGE) for each in said)
    items = list(tree)
    return len(items) == 1 and str(items[0]) == "(IN, [(CATEGORY, CATEGORY_WORD)])"


def _of_class(items: list[Any]) -> set[str]:
    said: set[str] = set()
    for item in items:
        kind, value = str(item[0]), item[1]
        if kind == "LITERAL":
            said.add(_sign(value))
        elif kind == "CATEGORY" and str(value) in ("CATEGORY_SPACE", "CATEGORY_DIGIT", "CATEGORY_NOT_WORD"):
            said.add(" ")
        else:
            return {_ANY}
    return said


def _sign(code: int) -> str:
    sign = chr(code).lower()
    if "a" <= sign <= "z":
        return sign
    return _ANY if sign.isalpha() or len(sign) != 1 else " "
