"""Which lines of a text go on in the next one, and which are statements of their own.

Knows wrapped text, lists of statements and Markdown's hard breaks. Refuses to know what a line says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from afteraction.engine.language.texts.legible import Legible, Weaving
from afteraction.engine.language.texts.masking import THING

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_OWN = re.compile(r"[ \t]*(?:[-+*•·–—#>|=]|\d{1,3}[.)][ \t]|\.\.[ \t]|//)")
_ENDED = re.compile(r"[.!?…:;。！？؟][\"”’»)\]*_']*$")
_LONG_LINE = 55


@dataclass(frozen=True, slots=True)
class _Line:
    end: int  # of its words
    stop: int  # of its line end
    words: str


def statements_apart(text: str, masked: str, *, plain: bool) -> Legible:
    """The text with an empty line between lines that do not go on in each other. `plain` texts are lists of statements
    unless they are wrapped; in the others a line goes on unless it cannot."""
    cuts = [stop for run in _runs(text, masked) for stop in (_plain_cuts(run) if plain else _marked_cuts(run))]
    if not cuts:
        return Legible(text)
    weaving, done = Weaving(text), 0
    for cut in cuts:
        weaving.keep(done, cut)
        weaving.put("\n", cut, cut)
        done = cut
    weaving.keep(done, len(text))
    return weaving.done()


def _runs(text: str, masked: str) -> Iterator[list[_Line]]:
    """Lines that follow each other with nothing between them that parts them anyway."""
    run: list[_Line] = []
    for match in _LINE.finditer(text):
        if match.end() == match.start():
            break
        raw = match[0].rstrip("\r\n")
        words = raw.strip()
        hidden = masked[match.start() : match.start() + 1] == THING and not masked[
            match.start() : match.start() + len(raw)
        ].strip(THING + " \t")
        if not words or hidden or _OWN.match(raw):
            if len(run) > 1:
                yield run
            run = []
        if words and not hidden:
            run.append(_Line(match.start() + len(raw), match.end(), raw))
    if len(run) > 1:
        yield run


def _plain_cuts(run: list[_Line]) -> Iterator[int]:
    if not _is_wrapped(run):
        yield from (line.stop for line in run[:-1])


def _marked_cuts(run: list[_Line]) -> Iterator[int]:
    ended, greedy, lower = _shape(run)
    statements = len(run) > 2 and lower < 0.25 and greedy < 0.7 and not _is_wrapped(run)
    for line, after in pairwise(run):
        goes_on = not _ENDED.search(line.words.rstrip()) and after.words.lstrip()[:1].islower()
        if line.words.endswith(("  ", "\\")) or (statements and not goes_on and ended < 1):
            yield line.stop


def _is_wrapped(run: list[_Line]) -> bool:
    ended, greedy, lower = _shape(run)
    first = run[0].words.rstrip()
    enough = len(run) > 2 or run[1].words.lstrip()[:1].islower() or len(first) >= _LONG_LINE
    return (ended < 0.6 and greedy >= 0.8 and enough) or (len(run) > 2 and lower >= 0.4 and ended < 0.5)


def _shape(run: list[_Line]) -> tuple[float, float, float]:
    """Shares of the lines but the last that end like a sentence, that had no room for the next word, and after which a
    small letter stands."""
    lines = [line.words.rstrip() for line in run]
    width, count = max(map(len, lines)), len(lines) - 1
    pairs = list(pairwise(lines))
    ended = sum(1 for line, _ in pairs if _ENDED.search(line))
    greedy = sum(1 for line, after in pairs if len(line) + 1 + len(after.split(None, 1)[0]) > width)
    lower = sum(1 for _, after in pairs if after.lstrip()[:1].islower())
    return ended / count, greedy / count, lower / count
