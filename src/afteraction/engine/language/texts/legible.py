"""A text as it is read, and where each piece of it stands in the file.

Knows pieces that were kept, replaced or put in. Refuses to know any format: whoever weaves a text does.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Legible:
    """A text of pieces. `begins` are their places in the text; a piece that was kept stands at `sources` of the file
    and has 0 in `widths`, one that stands for something else has its width there. All in code points."""

    text: str
    begins: tuple[int, ...] = (0,)
    sources: tuple[int, ...] = (0,)
    kept: tuple[bool, ...] = (True,)
    widths: tuple[int, ...] = (0,)

    def start_of(self, at: int) -> int:
        """Where in the file the code point at a place of the text begins."""
        piece = max(bisect_right(self.begins, at) - 1, 0)
        return self.sources[piece] + (at - self.begins[piece] if self.kept[piece] else 0)

    def end_of(self, at: int) -> int:
        """Where in the file what ends before a place of the text ends."""
        if at <= 0:
            return self.start_of(0)
        piece = max(bisect_right(self.begins, at - 1) - 1, 0)
        return self.sources[piece] + (at - self.begins[piece] if self.kept[piece] else self.widths[piece])


@dataclass
class Weaving:
    """Puts a legible text together from a file's text, in order."""

    original: str
    _parts: list[str] = field(default_factory=list)
    _pieces: list[tuple[int, int, bool, int]] = field(default_factory=list)
    _size: int = 0

    def keep(self, start: int, end: int) -> None:
        """A stretch of the file as it is."""
        if end > start:
            self._add(self.original[start:end], start, True, 0)

    def put(self, text: str, start: int, end: int) -> None:
        """Something else in place of a stretch of the file."""
        if text:
            self._add(text, start, False, end - start)

    def done(self) -> Legible:
        """What was woven."""
        if not self._pieces:
            return Legible("")
        begins, sources, kept, widths = zip(*self._pieces, strict=True)
        return Legible("".join(self._parts), begins, sources, kept, widths)

    def _add(self, text: str, start: int, kept: bool, width: int) -> None:
        self._parts.append(text)
        self._pieces.append((self._size, start, kept, width))
        self._size += len(text)
