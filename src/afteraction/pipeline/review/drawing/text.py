"""How wide text is and where it breaks, without a font at hand.

Knows average widths of the system fonts that pages use. Refuses to measure exactly: boxes leave room for the
difference between fonts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

# Share of the font size that a character takes, by the shape of the character.
_NARROW, _SLIM, _USUAL, _CAPITAL, _WIDE = 0.33, 0.40, 0.595, 0.71, 0.95
_SHAPES = {**dict.fromkeys("ijl.,'|:;!()[] ’·", _NARROW), **dict.fromkeys('tfr-/"“”', _SLIM)}
_SHAPES |= {**dict.fromkeys("mwMW@%—…", _WIDE), **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", _CAPITAL)}
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# From here on scripts take about a square for a character.
_SQUARE_FROM = 0x1100


class _Shares(dict[str, float]):
    """The share of each character; one that was not seen yet is looked at once."""

    def __missing__(self, each: str) -> float:
        share = 1.0 if ord(each) >= _SQUARE_FROM else _USUAL
        # Nobody fills memory by writing every character there is.
        if len(self) < _MOST_SHARES:
            self[each] = share
        return share


_MOST_SHARES = 10_000
_share_of = _Shares({each: share for each, share in _SHAPES.items() if ord(each) < _SQUARE_FROM}).__getitem__


def width_of(text: str, size: float = 12) -> float:
    """About how wide a line of text is, in pixels."""
    return sum(map(_share_of, text)) * size


def wrap(text: str, width: float, size: float = 12, most: int = 6) -> list[str]:
    """The text in lines of at most `width` pixels; a word that is longer is cut, and so is what is beyond `most`
    lines, with an ellipsis."""
    return list((_broken_once if len(text) <= _SHORT else _broken)(text, width, size, most))


def _broken(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width_of(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = _cut(word, width, size)
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(f"{lines[most - 1]} …", width, size, always=True)]
    return tuple(lines)


# A drawing asks for the same lines several times, and the next view of the same review for most of them again.
_SHORT = 1_000
_broken_once = lru_cache(maxsize=8192)(_broken)


def said(text: str) -> str:
    """Text for an element or an attribute; what XML has no sign for becomes a replacement character."""
    return escape(_UNSAID.sub("\ufffd", text), quote=True)


def _cut(word: str, width: float, size: float, always: bool = False) -> str:
    if width_of(word, size) <= width and not always:
        return word
    while word and width_of(word + "…", size) > width:
        word = word[:-1]
    return word.rstrip(" …") + "…"
