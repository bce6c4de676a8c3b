"""A past that did not happen, as a sentence tells of it: which kind, and where.

Knows the shape that the rules about it answer in. Refuses to find one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Past(StrEnum):
    """What kind of past that was not: a decision, a catch that was missed, or one's own."""

    DECISION = "decision"
    CATCH = "catch"
    OWN = "own"


def plain_of(words: list[str]) -> str:
    """The words with blanks between them, "would've" as "would have"."""
    return " ".join(words).replace("'ve", " have").replace("  ", " ")


def place_of(words: list[str], start: int) -> int:
    """Which word stands at a place in `plain_of` these words."""
    at = 0
    for number, word in enumerate(words):
        at += len(word.replace("'ve", " have").strip()) + 1
        if at > start:
            return number
    return len(words) - 1


@dataclass(frozen=True, slots=True)
class Missed:
    """Tokens `first` to `last` that say what was not."""

    kind: Past
    first: int
    last: int
