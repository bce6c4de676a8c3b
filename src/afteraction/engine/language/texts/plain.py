"""A sentence as one would read it aloud: without the mark of its item, and with one blank where markup left several.

Knows marks of items. Refuses to lose a place: every place in it leads back to the sentence as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_MARK = re.compile(r"(?:[-+*•·–—#]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|\[[ xX]\][ \t]+")
_BLANKS = re.compile(r" {2,}")


@dataclass(slots=True)
class Plain:
    """A sentence as written and masked, both without what was left out. `mark` is that of its item, which is blanked
    in both; `_cuts` are (place in it, left out so far)."""

    written: str
    masked: str
    mark: str = ""
    _cuts: tuple[tuple[int, int], ...] = ()

    def marked(self, suggestion: str) -> str:
        """What would replace the sentence, with the mark of its item."""
        return self.mark + suggestion.lstrip() if suggestion else ""

    def place(self, at: int) -> int:
        """The place in the sentence as it stands."""
        cut = bisect_right(self._cuts, (at, len(self.masked) + at + 1)) if self._cuts else 0
        return at + self._cuts[cut - 1][1] if cut else at


def plain(written: str, masked: str, *, first: bool) -> Plain:
    """The sentence without the mark of its item, which its `first` sentence has, and without emphasis."""
    mark = ""
    if first and masked[0] in "-+*•·–—#[0123456789" and (found := _MARK.match(masked)) is not None:
        mark = written[: found.end()]
        blank = " " * found.end()
        written, masked = blank + written[found.end() :], blank + masked[found.end() :]
    if masked.find("  ", 1 if masked[0] != " " else len(masked) - len(masked.lstrip())) < 0:
        return Plain(written, masked, mark)
    said: list[str] = []
    read: list[str] = []
    cuts: list[tuple[int, int]] = []
    done = gone = 0
    for blanks in _BLANKS.finditer(masked):
        start, end = blanks.span()
        # One blank of the author's own stays: "a<br>b" has none.
        own = next((at for at in range(start, end) if written[at].isspace()), -1)
        if own < 0 or not start:
            continue
        for kept in (slice(done, start), slice(own, own + 1)):
            said.append(written[kept])
            read.append(masked[kept])
        done, gone = end, gone + end - start - 1
        cuts.append((start - gone + end - start, gone))
    if not cuts:
        return Plain(written, masked, mark)
    return Plain("".join((*said, written[done:])), "".join((*read, masked[done:])), mark, tuple(cuts))
