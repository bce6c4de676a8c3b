"""What a sentence is like: which kind of sentence holds the same words, side by side and beside the same people.

Knows weights that were fitted on labelled sentences (`benchmarks/language/likeness.py` writes them) and how to add them
up. Refuses to speak up: what it finds is a note for the facilitator, never louder, and only where no rule found
anything (SPEC §4.1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final

from afteraction.engine.language.people.somebody import Agent, Token

# Below this share a kind is no more than a guess: chosen on sentences that were not fitted, for few false notes.
LEAST: Final = 0.7
RULES: Final = {"PERSON": "L1", "HUMAN_ERROR": "L4", "COUNTERFACTUAL": "L2", "GATE": "L2g"}
_ENDINGS: Final = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s")
_SHOWN: Final = 3
# Shorter words hold a sentence together and tell a reader nothing.
_TELLING: Final = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """The category that a sentence is most like, how sure the weights are (0 to 1), and the words of the sentence that
    spoke for it most, in the order of the sentence."""

    category: str
    probability: float
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Weights:
    """Kinds in the order of the columns, what each begins with, and what each feature adds to each."""

    kinds: tuple[str, ...]
    begin: tuple[float, ...]
    of: dict[str, tuple[float, ...]]


def likeness_of(tokens: Sequence[Token], agents: Sequence[Agent]) -> Likeness | None:
    """The likeness of a sentence in English, None where it is like none of `RULES` or too little like it."""
    weights = _weights()
    features = features_of(tokens, agents)
    if not features:
        return None
    rows = [weights.of[each] for each in features if each in weights.of]
    scale = 1 / math.sqrt(len(features))
    scores = [begin + scale * math.fsum(row[at] for row in rows) for at, begin in enumerate(weights.begin)]
    most = max(scores)
    at = scores.index(most)
    probability = 1 / math.fsum(math.exp(score - most) for score in scores)
    if weights.kinds[at] not in RULES or probability < LEAST:
        return None
    return Likeness(weights.kinds[at], probability, _words_for(tokens, at))


def _words_for(tokens: Sequence[Token], kind: int) -> tuple[Token, ...]:
    of = _weights().of
    weighed = {
        token: sum(of[each][kind] for each in (_stem(token.word), "=" + token.word) if each in of)
        for token in tokens
        if token.word.isalpha() and len(token.word) >= _TELLING
    }
    strongest = sorted(weighed, key=lambda token: (-weighed[token], token.start))[:_SHOWN]
    return tuple(sorted((token for token in strongest if weighed[token] > 0), key=lambda token: token.start))


def features_of(tokens: Sequence[Token], agents: Sequence[Agent]) -> frozenset[str]:
    """What a sentence is known by: stems of its words, two and three of them side by side, its words as they stand, how
    it begins, and each stem once more where somebody acts. Whoever acts stands by what they are (`@role`), a number as
    `0`. The same for whoever fits the weights and whoever asks them."""
    words, kinds = _told(tokens, agents)
    stems = [word if word[0] == "@" else _stem(word) for word in words]
    found = set(stems)
    found.update("=" + word for word, stem in zip(words, stems, strict=True) if word != stem)
    found.update(map(" ".join, pairwise(stems)))
    for first, middle, last in zip(stems, stems[1:], stems[2:], strict=False):
        found.add(f"{first} {middle} {last}")
        found.add(f"{first} _ {last}")
    if stems:
        found.add("^" + " ".join(stems[:1]))
        found.add("^" + " ".join(stems[:2]))
    if kinds:
        found.update("#" + kind for kind in kinds)
        found.update("#&" + stem for stem in stems)
    return frozenset(found)


def _told(tokens: Sequence[Token], agents: Sequence[Agent]) -> tuple[list[str], set[str]]:
    """The words of a sentence with everybody by their kind, and the kinds of people in it."""
    begins = {agent.first: agent for agent in agents}
    words: list[str] = []
    kinds: set[str] = set()
    passed = -1
    for at, token in enumerate(tokens):
        if at <= passed:
            continue
        agent = begins.get(at)
        if agent is None:
            words.append("0" if any(sign.isdigit() for sign in token.word) else token.word)
            continue
        kinds.add(agent.who.value)
        words.append("@" + agent.who.value + ("'s" if agent.owns else ""))
        passed = agent.last
    return words, kinds


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


@cache
def _weights() -> _Weights:
    lines = resources.files("afteraction.engine.language.packs").joinpath("en.likeness.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in lines.splitlines() if line and not line.startswith("# ")]
    (_, *kinds), (_, *begin), *others = rows
    return _Weights(
        tuple(kinds), tuple(map(float, begin)), {name: tuple(map(float, values)) for name, *values in others}
    )
