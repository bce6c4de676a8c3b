"""A first glance at a part of a text: whether any rule may find something there at all. It keeps reading fast.

Knows words and signs. Refuses to decide: it lets through too much rather than too little.
"""

from __future__ import annotations

import re
from functools import lru_cache

from afteraction.engine.language.telling import Said, signs_in, words_of_telling
from afteraction.engine.language.triggers import accuses_perhaps
from afteraction.engine.language.words.pack import Pack

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|@\w")


def words_in(part: str) -> Said:
    """The words of a part of a text in small letters with plain apostrophes."""
    return set(_WORD.findall(part.lower().replace("’", "'")))


def is_worth_reading(part: str, said: Said, pack: Pack) -> bool:
    """Whether any rule of prose may find something in a part of a text with those words."""
    if pack.phrases or not _telling(pack).isdisjoint(said) or accuses_perhaps(part, said, pack):
        return True
    return signs_in(part)


@lru_cache(maxsize=8)
def _telling(pack: Pack) -> frozenset[str]:
    return words_of_telling(pack)
