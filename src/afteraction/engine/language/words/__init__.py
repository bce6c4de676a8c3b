"""The words of each language, as data: what people are called, what they are accused of, what makes an action vague.

Knows words. Refuses to judge a sentence: the rules do. A team adds its own with `with_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from afteraction.engine.language.words.pack import Pack, Phrase


def with_words(pack: Pack, added: Mapping[str, Iterable[str]]) -> Pack:
    """The same pack with more words under the names of its lists; KeyError for a list that no pack has."""
    lists = dict(pack.lists)
    for name, words in added.items():
        lists[name] = pack[name] | frozenset(word.casefold() for word in words)
    return replace(pack, lists=lists)


def laid_over(pack: Pack, *packs: Pack) -> Pack:
    """The words of all of them in the language of the first, without what a later one removes."""
    lists, phrases, off = dict(pack.lists), pack.phrases, pack.off
    for over in packs:
        for name, words in over.lists.items():
            lists[name] = lists.get(name, frozenset()) | words
        for name, words in over.removed.items():
            lists[name] = lists.get(name, frozenset()) - words
        phrases += over.phrases
        off |= over.off
    return replace(pack, lists=lists, phrases=phrases, off=off)


__all__ = ("Pack", "Phrase", "laid_over", "with_words")
