"""Cuts a masked text into sentences, with what kind of line each stands in and under which heading.

Knows lines, bullets, tables, headings, abbreviations. Refuses to know what a sentence says.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SENTENCE = 1_200
_HEADING = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]+\S|={1,6}[^=\n]{1,120}={1,6}[ \t]*$)")
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:=+|-{3,}|~{3,}|\^{3,})[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-+•·–—]|[*#]{1,4}(?=[ \t])|\d{1,3}[.)]|\(?[a-z][.)]|\[[ xX]\])[ \t]+|[ \t]*\|")
_TIMED = re.compile(r"[ \t]*[*_\[(]{0,3}(?:\d{4}-\d\d-\d\d[T ,]*)?\d{1,2}:\d\d")
_CAUSES = re.compile(r"\b(?:(?:root|underlying|proximate|immediate|contributing|probable)[ -]?(?:causes?|factors?)|causes?|why (?:did )?(?:it|this) happened?|what went wrong|trigger)\b", re.IGNORECASE)  # fmt: skip
# Possessive, and only from the first sign of a run: a long run is looked at once.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»)\]*_']*+(?:\s+|$)|[。！？؟]+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|resp|dr|mr|mrs|ms|prof|st|no|nr|fig|min|sec|hrs?|viz|al|ca|inc|ltd|corp|dept|est|p\.m|a\.m|z\.b|u\.a)"
    r"|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
# No column of prose is as narrow as this.
_TOO_SHORT_TO_WRAP = 50
_GOES_ON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "by",
        "and",
        "or",
        "with",
        "for",
        "in",
        "on",
        "at",
        "from",
        "that",
        "which",
        "who",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "has",
        "had",
        "have",
        "as",
        "into",
        "than",
        "our",
        "their",
        "his",
        "her",
        "its",
        "this",
        "these",
        "those",
        "via",
        "per",
        "not",
        "no",
    ]
)
_TITLE = re.compile(r"\b(?:dr|mr|mrs|ms|prof|st)\.$", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A paragraph, an item, a table row or a heading: where it stands, and whether it is under a heading of causes."""

    start: int
    end: int
    heading: bool = False
    causes: bool = False


def blocks(masked: str) -> Iterator[Block]:
    """The blocks of a masked text in order."""
    causes = False
    start = end = -1
    at = 0
    size = len(masked)
    while at < size:
        stop = masked.find("\n", at)
        stop = size if stop < 0 else stop
        line = masked[at:stop].rstrip("\r \t")
        if not line.strip():
            if start >= 0:
                yield Block(start, end, causes=causes)
            start = -1
        elif line.lstrip()[0] in "#=" and _HEADING.match(line):
            if start >= 0:
                yield Block(start, end, causes=causes)
            start = -1
            causes = bool(_CAUSES.search(line))
            yield Block(at, at + len(line), heading=True, causes=causes)
        elif start >= 0 and line.lstrip()[0] in "=-~^" and _UNDERLINE.match(line):
            title = masked[start:end]
            causes = bool(_CAUSES.search(title)) and len(title) < 100
            yield Block(start, end, heading=True, causes=causes)
            start = -1
        else:
            if start >= 0 and (_ITEM.match(line) or _TIMED.match(line)):
                yield Block(start, end, causes=causes)
                start = -1
            if start < 0:
                start = at
            end = at + len(line)
        at = stop + 1
    if start >= 0:
        yield Block(start, end, causes=causes)


def sentences(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence between two places of a masked text, white space at the ends left out. A piece
    longer than `LONGEST_SENTENCE` is cut at white space."""
    begin = start
    for stop in (*_lines_apart(masked, start, end), end):
        for match in _END.finditer(masked, begin, stop):
            after = match.end()
            if after < stop and not _ends(masked, begin, match):
                continue
            yield from _pieces(masked, begin, after)
            begin = after
        yield from _pieces(masked, begin, stop)
        begin = stop


def _lines_apart(masked: str, start: int, end: int) -> list[int]:
    """Where lines of a paragraph are sentences of their own though no stop ends them: the next begins with a capital, and
    the line ended before it was full, which no wrapped line does."""
    if masked.find("\n", start, end) < 0:
        return []
    lines = masked[start:end].split("\n")
    sizes = [len(line.rstrip()) for line in lines]
    longest = max(sizes)
    firsts = [(line.split(None, 1) or [""])[0] for line in lines]
    early = [size + 1 + len(first) <= longest for size, first in zip(sizes, firsts[1:], strict=False)]
    at, apart = start, []
    for line, size, following in zip(lines, sizes, firsts[1:], strict=False):
        at += len(line) + 1
        if not following[:1].isupper() or not (any(early) or size < _TOO_SHORT_TO_WRAP):
            continue
        words = line.split()
        if words and words[-1].lower() not in _GOES_ON and words[-1][-1] not in ",;:-–—(/&":
            apart.append(at)
    return apart


def _ends(masked: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: not after an abbreviation, not before a small letter."""
    following = masked[match.end()]
    stop = match.start()
    if masked[stop] == "." and following.islower():
        return False
    # No abbreviation is so long.
    if masked[stop] == "." and not (stop - begin >= 7 and masked[stop - 7 : stop].isalpha()):
        before = masked[max(begin, stop - 12) : stop + 1]
        if _TITLE.search(before):
            return False
        found = _ABBREVIATION.search(before)
        if found and not (following.isupper() and len(found[0]) > 3 and found[0].lower() in ("etc.", "p.m.", "a.m.")):
            return False
    return True


def _pieces(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and masked[start].isspace():
        start += 1
    while end > start and masked[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = masked.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
        while start < end and masked[start].isspace():
            start += 1
    if end > start:
        yield start, end
