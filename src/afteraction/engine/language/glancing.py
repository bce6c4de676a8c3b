"""A first glance at a part of a text: whether any rule may find something there at all. It keeps reading fast.

Knows words and signs. Refuses to decide: it lets through too much rather than too little.
"""

from __future__ import annotations

import re
from functools import lru_cache

from afteraction.engine.language.telling.manner import Said, signs_in
from afteraction.engine.language.texts.sentences import Block, blocks, sentences
from afteraction.engine.language.words.pack import Pack

_SPACE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")
_NO_LETTER = re.compile(r"[^\w'-]|[\d_]")
_AT = re.compile(r"@\w")
# A text of more kinds of signs than this is not read sign by sign.
_KINDS = 200


class Words:
    """The words of a text by place, in small letters with plain apostrophes: letters, and what joins them."""

    __slots__ = ("_spaced",)

    def __init__(self, text: str) -> None:
        self._spaced = _spaced(text)

    def within(self, start: int, end: int) -> Said:
        """The words between two places, at neither of which a word is cut."""
        return set(self._spaced[start:end].split())


class Cut:
    """A masked text cut into its blocks, each of them into sentences when they are asked for, with its words."""

    __slots__ = ("_sentences", "blocks", "masked", "words")

    def __init__(self, masked: str) -> None:
        self.masked = masked
        self.blocks = tuple(blocks(masked))
        self.words = Words(masked)
        self._sentences: dict[int, tuple[tuple[int, int], ...]] = {}

    def sentences(self, block: Block) -> tuple[tuple[int, int], ...]:
        """Start and end of each sentence of one of its blocks."""
        found = self._sentences.get(block.start)
        if found is None:
            found = self._sentences[block.start] = tuple(sentences(self.masked, block.start, block.end))
        return found


_cut_before = lru_cache(maxsize=2)(Cut)
# A longer text is not kept, though it may be read twice.
_LONGEST_KEPT = 200_000


def cut_up(masked: str) -> Cut:
    """The text cut up; what counts a stretch and what looks for findings in it cut the same one after the other."""
    return _cut_before(masked) if len(masked) <= _LONGEST_KEPT else Cut(masked)


def spaced(masked: str) -> str:
    """The text with a blank for each control character but the ends of lines."""
    return _SPACE.sub(" ", masked)


def words_in(part: str) -> Said:
    """The words of a part of a text in small letters with plain apostrophes."""
    return set(_spaced(part).split())


def _spaced(text: str) -> str:
    """The text in small letters with a blank for whatever is in no word; as long as the text."""
    low = text.lower().replace("’", "'")
    if len(low) != len(text):
        # This letter alone becomes two.
        low = text.replace("İ", "i").lower().replace("’", "'")
    if "@" in low:
        low = _AT.sub("  ", low)
    if low.isascii():
        low = low.translate(_ASCII)
    else:
        signs = [sign for sign in set(low) if not (sign in "'- " or (sign.isalnum() and not sign.isdecimal()))]
        if len(signs) > _KINDS:
            low = _NO_LETTER.sub(" ", low)
        else:
            for sign in signs:
                low = low.replace(sign, " ")
    if "'" not in low and "-" not in low:
        return low
    # Joins that stand beside each other or beside a blank join nothing.
    low = f" {low} "
    for joins in _JOIN_NOTHING:
        low = low.replace(joins, "  ")
    return low[1:-1]


_ASCII = {code: " " for code in range(128) if not (chr(code).isalpha() or chr(code) in "'-")}
_JOIN_NOTHING = ("--", "''", "-'", "'-", " -", "- ", " '", "' ")


def is_worth_reading(families: int, part: str, said: Said, pack: Pack) -> bool:
    """Whether any rule of prose may find something in a part of a text with those words, of which `families` are the
    rules whose words it has."""
    return bool(families or pack.phrases) or signs_in(part, said)
