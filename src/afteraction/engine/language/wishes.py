"""Actions that are only wishes: advice to people to be better, and things to improve without a measure (SPEC A4, A2).

Knows the words that make them so and the measures that save them. Refuses to judge an action that names a mechanism.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words import actions as words
from afteraction.engine.language.words.pack import listed

_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
# A number, a name with an edge, a ticket, or the means that would do it.
_MEASURE = re.compile(
    r"\d+ ?(?:%|percent|ms|s\b|sec|min|h\b|hours?|days?|[kmgt]i?b\b|x\b|[KMGT]i?B\b)|\bto \d|\bfrom \S+ to \S+|#\d+|\b[A-Z]{2,10}-\d+|[a-z]\w*(?:\.|_|::)\w+\w|\b[A-Z][a-z]+[A-Z]\w+|\bby (?!user)\w+ing\b|\bwith (?!better|more|improved)(?:an?|the|automat\w+|synthetic|per)\b|/\w+/\w+|\bso that\b.*\d"
)


def is_advice(sentence: str) -> str:
    """The words that tell people to be better (A4), "" where a mechanism does it or nothing tells anybody."""
    found = words.TELLS_PEOPLE.search(sentence)
    if found is None or words.ENFORCED.search(sentence) or words.PERMISSION.search(sentence):
        return ""
    if words.PRACTICE_HEAD.search(sentence) and not _ADVISES.match(sentence):
        return ""
    return found[0]


_ADVISES = re.compile(r"(?:train|remind|teach|educate|communicate)\b.*\b(?:not to|to be|better|careful)", re.IGNORECASE)
# How well, instead of what: "handle errors properly".
_MANNER = re.compile(
    r"\b(?:earlier|sooner|faster|better|properly|correctly|carefully|thoroughly|quickly|consistently|in time|more often|appropriately|adequately)\W*$",
    re.IGNORECASE,
)
_BEFORE_VERB = listed("please we should need must will let's also")


def is_vague(sentence: str) -> str:
    """The words that make an action vague (A2): a verb and something abstract, without a measure; "" where it is not."""
    said = [word.lower() for word in _WORD.findall(sentence)]
    while said and (said[0] in _BEFORE_VERB or said[0] == "to"):
        said = said[1:]
    if not said or words.ENFORCED.search(sentence) or words.PERMISSION.search(sentence):
        return ""
    verb, rest = said[0], said[1:]
    verb = verb[:-1] if verb.endswith("d") and verb[:-1] in words.VAGUE_VERBS else verb
    if verb in ("prioritize", "prioritise"):
        return " ".join(said[:3])
    if _MEASURE.search(sentence) or words.THRESHOLD.search(sentence):
        return ""
    manner = None if words.GUARD.search(sentence) else _MANNER.search(sentence)
    if manner:
        return manner[0]
    if verb not in words.VAGUE_VERBS and verb not in words.COMPARATIVES:
        return ""
    if rest[:1] == ["how"] or rest[:2] == ["the", "way"]:
        return " ".join(said[:3])
    return _abstract(said, verb, rest)


def _abstract(said: list[str], verb: str, rest: list[str]) -> str:
    """Whether what is to become better is abstract: "better monitoring of namespaces"."""
    content = [word for word in rest if word not in words.NO_CONTENT]
    if verb in words.ADDING_VERBS and not (words.COMPARATIVES & set(rest[:3])):
        empty = bool(content) and all(word in words.ABSTRACT | words.EMPTY_OBJECTS for word in content)
        return " ".join(said[:3]) if empty else ""
    if verb in ("fix", "resolve", "address", "handle"):
        empty = all(word in words.EMPTY_OBJECTS for word in content) or bool({"stuff", "things"} & set(content))
        return " ".join(said[:3]) if empty else ""
    near = set(content[:3])
    few = verb in ("reduce", "minimise", "minimize", "increase", "boost") and len(content) <= 2
    better = verb == "make" and bool(words.COMPARATIVES & set(rest))
    if not content or few or better or near & words.ABSTRACT or near & words.EMPTY_OBJECTS:
        return " ".join(said[:4])
    return ""
