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


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody: tokens `first` to `last` inclusive. `doubtful` heads may be parts of systems; `owns` is True for a
    possessive ("the operator's")."""

    first: int
    last: int
    who: Who
    doubtful: bool = False
    owns: bool = False


def tokens_of(sentence: str) -> list[Token]:
    """The words and signs of a masked sentence."""
    tokens: list[Token] = []
    add, find = tokens.append, sentence.index
    end = 0
    for text in _TOKEN.findall(sentence):
        # Nothing but white space stands between two of them.
        start = find(text, end)
        end = start + len(text)
        word = text if text.islower() and text.isascii() else text.lower().replace("’", "'")
        add(_MAKE(Token, (text, word, start, end)))
    return tokens
