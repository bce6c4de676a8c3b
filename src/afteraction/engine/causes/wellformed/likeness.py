"""The rule about twins (W21): two nodes that say nearly the same.

Knows words and their stems. Refuses to call two nodes alike that differ in a number, an order, a negation or a service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from afteraction.engine.causes.graph import Node, NodeKind
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.wellformed.case import Case, may
from afteraction.engine.causes.wording import quoted
from afteraction.engine.review.findings import ReviewFinding

ALIKE = 0.8
_TOKEN = re.compile(r"\w[\w.'’-]*\w|\w")
_EMPTY_WORDS = """
    a an the of to in on at by for from with and or is are was were be been being has have had it its this that these
    those which as into onto over so then there did does do each all
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
_TELLING_WORDS = """
    not no never without only before after first second third last next previous old new primary secondary upper lower
    up down left right east west north south read write start stop started stopped opened closed on off more less
    increase decrease rose fell min max nobody none isn't wasn't doesn't didn't
"""
TELLING = frozenset(_TELLING_WORDS.split())
_ENDINGS = ("ing", "ed", "es", "s")


@dataclass(frozen=True, slots=True)
class _Words:
    node: Node
    bits: int
    size: int


def check_likeness(case: Case) -> Iterator[ReviewFinding]:
    """W21, at the later of two nodes; the earlier is named."""
    live = [node for node in case.nodes() if is_live(node) and node.kind is not NodeKind.OUTCOME]
    for one, other in alike(live):
        yield may(
            "W21",
            other.id,
            f"{quoted(other)} says nearly the same as {quoted(one)} ({one.id}).",
            "Are they one thing? If so, both wordings stay as accounts of it.",
            "Merge them",
        )


def alike(nodes: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Each node that is nearly the same as one before it, with the first such; in the given order."""
    places: dict[str, int] = {}
    read = []
    for node in nodes:
        words = _stems(node.statement)
        bits = 0
        for word in words:
            bits |= 1 << places.setdefault(word, len(places))
        read.append(_Words(node, bits, len(words)))
    found = []
    # Words that tell two things apart, numbers among them, have to be the same in both.
    before: dict[tuple[frozenset[str], int], list[_Words]] = {}
    for other in read:
        telling = frozenset(each for each in _stems(other.node.statement) if _is_telling(each))
        fellows = before.setdefault((telling, _negations(other.node.statement)), [])
        twin = next((one for one in fellows if _are_alike(one, other)), None)
        if twin is not None:
            found.append((twin.node, other.node))
        fellows.append(other)
    return found


def _is_telling(word: str) -> bool:
    return word in TELLING or any(char.isdigit() for char in word)


def _are_alike(one: _Words, other: _Words) -> bool:
    """Of two that the same words tell apart from others."""
    if not one.size or not other.size:
        return False
    shared = (one.bits & other.bits).bit_count()
    if 2 * shared < ALIKE * (one.size + other.size):
        return False
    return not _tells_apart(one.node, other.node)


def _tells_apart(one: Node, other: Node) -> bool:
    first, second = _stems(one.statement), _stems(other.statement)
    services = {word for node in (one, other) for service in node.services for word in _stems(service)}
    different = first ^ second
    return any(word in services for word in different) or (
        bool(first - second) and bool(second - first) and len(first & second) < 4
    )


# The same statements are compared with each other, and on every page of a review again.
@lru_cache(maxsize=4096)
def _negations(statement: str) -> int:
    return sum(word in ("not", "no", "never", "without") or word.endswith("n't") for word in _words(statement))


def _words(statement: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _TOKEN.findall(statement)]


@lru_cache(maxsize=4096)
def _stems(statement: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _words(statement) if word not in EMPTY)


def _stem(word: str) -> str:
    if word in TELLING or any(char.isdigit() for char in word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e") or word
    return word.rstrip("e") or word
