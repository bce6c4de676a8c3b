"""How the words of a sentence stand together: a verb with what stands before it, and where its clause ends.

Knows adverbs, negation and modality as a pack lists them. Refuses to judge what is said.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass

from afteraction.engine.language.people.agents import Token
from afteraction.engine.language.words.pack import Pack, listed

_SEEMS = re.compile(
    r"(?:\w+ly )?(?:(?:seems?|appears?|appeared|seemed|is (?:said|believed|thought|reported)|was found) to have|must have)\b"
)
# With one of these it begins, or with an adverb in "-ly".
_SEEM = listed("seem seems appear appears appeared seemed is was must")
CLAUSE_ENDS = listed(". ; : | – — ? !")


@dataclass(slots=True)
class Group:
    """A verb with what stands before it: adverbs, negation, modality, a form of be, have or do."""

    main: int = -1
    careless: bool = False
    negated: bool = False
    modal: bool = False
    be: bool = False
    have: bool = False
    did: bool = False


class Clause:
    """One sentence as words, and how a pack reads them."""

    def __init__(self, tokens: list[Token], pack: Pack) -> None:
        self.tokens = tokens
        self.pack = pack
        self.words = [token.word for token in tokens]

    def group(self, at: int) -> Group:
        """The verb that begins at a token, with what stands before it; `main` is -1 where there is none."""
        pack, words = self.pack, self.words
        group = Group()
        first = words[at] if at < len(words) else ""
        said = _SEEMS.match(" ".join(words[at : at + 5])) if first in _SEEM or first.endswith("ly") else None
        if said:
            # "seems to have typed", "must have forgotten".
            group.have = True
            at += len(said[0].split())
        for place in range(at, min(at + 7, len(words))):
            word = words[place]
            if word in ("'d", "'s", "'ve", "'re"):
                continue
            if word in pack["careless adverbs"]:
                group.careless = True
            elif word == "to" and group.be and words[place + 1 : place + 2] == ["blame"]:
                group.main = place
                break
            elif word in pack["modals"]:
                group.modal = True
            elif word in pack["negations"]:
                group.negated = True
                group.did |= word[:3] in ("did", "don", "doe")
                group.be |= word in pack["be"]
                group.have |= word in pack["have"]
            elif word in pack["be"]:
                group.be = True
            elif word in pack["have"] and not (word in ("had", "has", "have") and self.is_object_next(place + 1)):
                group.have = True
            elif word == "did" and not self.is_object_next(place + 1):
                group.did = True
            elif word in ("by", "mistake") or word in pack["adverbs"] or (word.endswith("ly") and len(word) > 4):
                continue
            else:
                group.main = place
                break
        return group

    def is_object_next(self, place: int) -> bool:
        """Whether a noun phrase follows: "had the wrong key", "did the upgrade"."""
        if place >= len(self.words):
            return True
        word = self.words[place]
        return word in self.pack["determiners"] or word in self.pack["prepositions"] or not (word[0].isalpha())

    def is_past(self, word: str) -> bool:
        """Whether a word tells of the past as a verb."""
        return word.endswith("ed") or word in self.pack["introducing"] or word in (
            "ran", "set", "put", "left", "made", "sent", "began", "took", "brought", "shut", "cut", "hit", "did", "gave", "wrote", "undid", "went", "kept", "built", "drew", "chose", "drove", "held", "spent", "sold",
        )  # fmt: skip

    def end_of(self, start: int) -> int:
        """Where the clause of a token ends, 30 tokens on at most."""
        for place in range(start + 1, min(start + 30, len(self.words))):
            if self.words[place] in CLAUSE_ENDS:
                return place
        return min(start + 30, len(self.words))

    def back(self, place: int) -> int:
        """The first auxiliary or adverb that belongs to the verb at a token."""
        aside = self.pack["be"] | self.pack["have"] | self.pack["do"] | self.pack["modals"] | self.pack["adverbs"]
        while place > 0 and self.words[place - 1] in aside | self.pack["careless adverbs"]:
            place -= 1
        return place

    def cares_after(self, place: int) -> bool:
        """Whether "failed to" at a token goes on with a matter of care."""
        return not self.pack["cares"].isdisjoint(self.words[place + 2 : place + 4])
