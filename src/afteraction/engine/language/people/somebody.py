"""Somebody in a sentence, and the words that a sentence is made of.

Knows shapes. Refuses to find anybody: `agents` does.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from afteraction.engine.language.texts.masking import THING

_TOKEN = re.compile(
    rf"\[(?:[Nn]ame|NAME|redacted|REDACTED|person|engineer|username|user)\]|@[A-Za-z][\w-]*|[\w{THING}]+(?:[-'’.@][\w{THING}]+)*@?|\S"
)


class Who(StrEnum):
    """How a sentence speaks of somebody. `PERHAPS` is a capitalised word that only a verb can make a person."""

    ROLE = "role"
    NAMED = "named"
    PRONOUN = "pronoun"
    SELF = "self"
    WE = "we"
    TEAM = "team"
    THEY = "they"
    PERHAPS = "perhaps"
    NOBODY = "nobody"


class Token(NamedTuple):
    """A word or a sign: as written, in small letters with plain apostrophes, and its place in the sentence."""

    text: str
    word: str
    start: int
    end: int


# As the class itself makes one, without the call between: every word of a text becomes one.
_MAKE = tuple.__new__


@dataclass(slots=True, unsafe_hash=True)
class Agent:
    """Somebody: tokens `first` to `last` inclusive. `doubtful` heads may be parts of systems; `owns` is True for a
    possessive ("the operator's")."""

    first: int
    last: int
    who: Who
    doubtful: bool = False
    owns: bool = False


class _InSmallLetters(dict[str, str]):
    """Words as written, each with itself in small letters with plain apostrophes. So many are remembered."""

    def __missing__(self, text: str) -> str:
        word = text.lower().replace("’", "'")
        if len(text) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[text] = word
        return word


_LONGEST_KEPT, _MOST_KEPT = 32, 20_000
_SMALL = _InSmallLetters()


def tokens_of(sentence: str) -> list[Token]:
    """The words and signs of a masked sentence."""
    tokens: list[Token] = []
    add, find, small = tokens.append, sentence.index, _SMALL
    end = 0
    for text in _TOKEN.findall(sentence):
        # Nothing but white space stands between two of them.
        start = find(text, end)
        end = start + len(text)
        add(_MAKE(Token, (text, small[text], start, end)))
    return tokens
