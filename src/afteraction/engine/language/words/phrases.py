"""Phrases as a team writes them down, and the patterns they become.

Knows the small language of phrases: words stand as they are; `{people}` is any word of the list by that name; `…` is up
to four words between (`…7` up to seven); `(a|b c)` is one of them; `[a|b]` may be there; `deploy*` is how a word begins
and `*fehler` how it ends. Refuses patterns that could take long: nothing in it repeats without a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_PIECE = re.compile(
    r"\{(?P<list>[^{}]*)\}|…(?P<gap>\d{0,2})|\((?P<one>[^()]*)\)|\[(?P<may>[^\[\]]*)\]|(?P<word>[^\s{}()\[\]…]+)|(?P<bad>\S)"
)
_BETWEEN = r"[\s,]+"
_LONGEST = 500
_WIDEST = 12


class PhraseError(ValueError):
    """A phrase that cannot be read, in words for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class _Element:
    pattern: str
    optional: bool = False
    gap: bool = False


def pattern_of(phrase: str, lists: Mapping[str, frozenset[str]]) -> re.Pattern[str]:
    """The pattern of a phrase. PhraseError for a list that is not there, a bracket that does not close, a gap of over
    12 words, and a phrase without a word."""
    if len(phrase) > _LONGEST:
        raise PhraseError(f"the phrase has {len(phrase)} characters; 500 are the most")
    elements = [_element(match, lists) for match in _PIECE.finditer(phrase)]
    if not any(not each.gap and not each.optional for each in elements):
        raise PhraseError("the phrase has no word that must be there")
    parts: list[str] = []
    begun = False
    for each in elements:
        if each.gap:
            parts.append(each.pattern if begun else "")
        elif each.optional:
            parts.append(f"(?:{_BETWEEN}{each.pattern})?" if begun else f"(?:{each.pattern}{_BETWEEN})?")
        else:
            parts.append(_BETWEEN + each.pattern if begun else each.pattern)
            begun = True
    return re.compile(rf"(?<![\w-]){''.join(parts)}(?!\w)", re.IGNORECASE)


def any_of(phrases: Iterable[str], lists: Mapping[str, frozenset[str]]) -> re.Pattern[str] | None:
    """One pattern for all of them, None where there is none."""
    patterns = [pattern_of(phrase, lists).pattern for phrase in phrases]
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _element(match: re.Match[str], lists: Mapping[str, frozenset[str]]) -> _Element:
    if match["bad"]:
        raise PhraseError(f"“{match['bad']}” does not close or does not open")
    if match["list"] is not None:
        name = match["list"].strip()
        if not lists.get(name):
            known = ", ".join(sorted(each for each, words in lists.items() if words)) or "none"
            raise PhraseError(f"there is no list “{name}” in this pack; there are {known}")
        return _Element(_either(lists[name]))
    if match["gap"] is not None:
        most = int(match["gap"] or 4)
        if most > _WIDEST:
            raise PhraseError(f"a gap of {most} words is too wide; {_WIDEST} are the most")
        return _Element(rf"(?:[\s,]+[\w'’/-]+){{0,{most}}}?", gap=True)
    inside = match["one"] if match["one"] is not None else match["may"]
    if inside is not None:
        said = [each.strip() for each in inside.split("|") if each.strip()]
        if not said:
            raise PhraseError("a pair of brackets holds no word")
        return _Element(_either(said), optional=match["may"] is not None)
    return _Element(_word(match["word"]))


def _either(words: Iterable[str]) -> str:
    return (
        "(?:"
        + "|".join(
            _BETWEEN.join(_word(part) for part in one.split())
            for one in sorted(words, key=lambda each: (-len(each), each))
        )
        + ")"
    )


def _word(word: str) -> str:
    begins, ends = word.endswith("*"), word.startswith("*")
    plain = re.escape(word.strip("*")).replace("'", "['’]")
    return (r"[\w-]{0,30}" if ends else "") + plain + (r"[\w-]{0,30}" if begins else "")
