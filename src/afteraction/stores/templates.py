"""Log lines as the few distinct shapes behind them: masked, counted once, cut into words. Vectorised throughout.

Knows how a line is masked, and which shape each line has. Refuses to decide which shapes are one template: that is
`engine.logs.mining`. A mask depends on the line alone, so that order and repetition change nothing. It is not the one
of `stores.masks`: that sees messages which an importer cut out already, and must mean the same to DuckDB and to Spark.

Masking has two steps. The first, over every byte of every line, makes each word that holds a digit a `0` (numbers,
hex, ids); numbers of ten or thirteen digits that begin with 1 become `1`, since they may be times. The second, over
distinct shapes alone, joins addresses, dates, paths, units and lists of such words with RE2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from afteraction.core.log_words import Kind, kind_of
from afteraction.core.reading import Source
from afteraction.stores.lines import Tally, read_chunks

MOST_SHAPES = 300_000
# What is looked at of a masked line, in characters: the rest of it tells lines apart no more.
LONGEST_SHAPE = 1500
NUMBER = "0"
BLANK = ""
TOO_LONG = "(a line too long to be read)"

_DIGIT, _LETTER = 2, 1
_KINDS = bytes(
    _DIGIT if 48 <= code < 58 else _LETTER if code >= 128 or chr(code).isalpha() else 0 for code in range(256)
)
_LINE_END = 10
_PIECE = 512 * 1024
_MESSAGES = 20_000

_DAYS = "mon|tue|wed|thu|fri|sat|sun"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_LETTERS = r"\p{L}+"
_WORD = r"[\p{L}\p{N}]+"
_PATH_END = r"[^\s\"'<>()\[\]{},;:=|]"
# In this order; each sees what the ones before it left. `0` stands for any word that holds a digit.
_MASKS: tuple[tuple[str, str], ...] = (
    (r"\b1\b", "0"),
    (r"[\s\x00]+", " "),
    (r"^ | $", ""),
    # Written dates, URLs, mail addresses, paths.
    (rf"(?i)\b(?:(?:{_DAYS})[a-z]*,? )?(?:0 )?(?:{_MONTHS})[a-z]{{0,6}}[ \-]0\b", "0"),
    (r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s\"'<>)\],;]+", "0"),
    (r"[\p{L}0_.+\-]+@[\p{L}0\-]+(?:\.[\p{L}0\-]+)+", "0"),
    (r"(?:[A-Za-z]:|\\)\\[^\s\"'<>|,;()]*", "0"),
    (rf"(^|[\s=(\"'\[:,<])~?/{_PATH_END}+", "${1}0"),
    (r"[\p{L}0_.\-]+(?:/[\p{L}0_.%~@+\-]+){2,}/?", "0"),
    # Names that hold a number keep what stands before it: part-0, rdd_0, attempt_0, host-0. Long hex may lack one.
    (r"\b(?:[a-f]{8,}|[A-F]{8,})\b", "0"),
    (rf"((?:{_LETTERS}[_.\-/])*)[_.\-/]?0(?:[_.\-/]{{1,2}}{_WORD})*", "${1}0"),
    (r"0(?:[.:,/_@#%*+\-]+0)+", "0"),
    (r"(^|[\s=(,:\[<])[\-+]0", "${1}0"),
    # A size or a duration with its unit, and "less than a second".
    (r"\b0 ?(?:%|(?:[KMGTkmgt]i?)?B/s\b|(?:[KMGTkmgt]i?)?[Bb]\b|(?:ms|us|µs|ns|s|secs?|mins?|hrs?|h)\b)", "0"),
    (r"([\s=(:])<0([\s,.;)]|$)", "${1}0${2}"),
    # Lists: of numbers, and what brackets hold when it has commas.
    (rf"((?:{_LETTERS}[_.\-/]+)*)0(?:[\s,;]+(?:{_LETTERS}[_.\-/]+)*0\b)+", "${1}0"),
    (r"\[[^\[\]]*,[^\[\]]*\]|\[ ?\]", "[0]"),
    (r"\{[^{}]*[,=][^{}]*\}|\{ ?\}", "{0}"),
    (r"0(?:[\s,;]+0)+", "0"),
)
_CUT = (
    (r"(\"[^\" ]*\"|'[^' ]*'|[=,:;()\[\]{}\"'<>|])", " ${1} "),
    (r"([.!?])( |$)", " ${1} "),
    (r" +", " "),
    (r"^ | $", ""),
)
# Quoted text is one word, except the first line of an HTTP request.
_QUOTED = re.compile(r"\"(?![A-Z]+ 0)[^\"\n]{0,300}\"|(?<![\w'])'[^'\n]{0,300}'(?!\w)")
_SIGNS = " =,:;()[]{}<>|.!?\"'"
_HIDDEN = {ord(sign): 0xE000 + ord(sign) for sign in _SIGNS}
_SHOWN = {hidden: sign for sign, hidden in _HIDDEN.items()}
_PART = re.compile(r"[^\W_]+|\s+|[\W_]")


def _fixed_words(text: str) -> str:
    """The text with `0` for every word that is neither English nor in capitals."""
    return "".join(part if not part.isalpha() or kind_of(part) in _FIXED else NUMBER for part in _PART.findall(text))


_FIXED = (Kind.FIXED, Kind.CAPITALS, Kind.BOOLEAN)
# What is left of a line when there are more shapes than may be held: its fixed words, then the first of them, then
# nothing but how many words there are. Each is a function of the one before.
_STRONGER: tuple[Callable[[str], str], ...] = (
    _fixed_words,
    lambda text: " ".join(text.split()[:8]),
    lambda text: " ".join(NUMBER for _ in text.split()),
)

Indexes = npt.NDArray[np.int64]


@dataclass
class Shapes:
    """The distinct shapes of an original's lines. `texts[of_line[n]]` is the shape of physical line n + 1; `strength`
    counts how often the mask had to be made stronger to hold at most MOST_SHAPES of them."""

    texts: list[str] = field(default_factory=list)
    of_line: Indexes = field(default_factory=lambda: np.zeros(0, np.int64))
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """Texts cut into words: those of text n are `vocabulary[ids[starts[n]:starts[n + 1]]]`."""

    vocabulary: list[str]
    ids: Indexes
    starts: Indexes


class Gathering:
    """Shapes while lines are read: each line's text once, and one number a line."""

    def __init__(self, most: int = MOST_SHAPES) -> None:
        self._most = most
        self._known: dict[str, int] = {}
        self._parts: list[tuple[Indexes, npt.NDArray[np.int32]]] = []
        self._strength = 0

    def add(self, lines: pa.StringArray, numbers: Indexes) -> None:
        """Lines after the first step of masking, with their physical numbers (1-based)."""
        found = lines.dictionary_encode()
        texts = found.dictionary
        if (pc.max(pc.binary_length(texts)).as_py() or 0) > LONGEST_SHAPE:
            texts = pc.utf8_slice_codeunits(texts, 0, LONGEST_SHAPE)
        places = self._placed(texts.to_pylist())
        while len(self._known) > self._most and self._strength < len(_STRONGER):
            moved = self._weaken()
            self._parts = [(numbers, moved[part]) for numbers, part in self._parts]
            places = moved[places]
        self._parts.append((numbers, places[found.indices.to_numpy()]))

    def finish(self, lines: int) -> Shapes:
        """The shapes of an original with that many lines; those that were never added were too long to be read."""
        of_line = np.full(lines, -1, np.int64)
        for numbers, part in self._parts:
            of_line[numbers - 1] = part
        missing = of_line < 0
        if missing.any():
            of_line[missing] = self._known.setdefault(TOO_LONG, len(self._known))
        return Shapes(list(self._known), of_line, self._strength)

    def _placed(self, texts: list[str]) -> npt.NDArray[np.int32]:
        known = self._known
        for weaken in _STRONGER[: self._strength]:
            texts = [weaken(text) for text in texts]
        return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int32, len(texts))

    def _weaken(self) -> npt.NDArray[np.int32]:
        weaken, fewer = _STRONGER[self._strength], dict[str, int]()
        moved = (fewer.setdefault(weaken(text), len(fewer)) for text in self._known)
        places = np.fromiter(moved, np.int32, len(self._known))
        self._known, self._strength = fewer, self._strength + 1
        return places


def shapes_of(source: Source, most: int = MOST_SHAPES) -> Shapes:
    """The shape of every physical line, blank and overlong ones included; memory is bounded by `most` shapes and a
    few bytes a line."""
    tally, found = Tally(), Gathering(most)
    for lines, numbers in read_masked(source, tally):
        found.add(lines, numbers)
    return found.finish(tally.lines)


def shapes_of_messages(source: Source, messages: pa.StringArray, numbers: Indexes, most: int = MOST_SHAPES) -> Shapes:
    """The shapes of the first lines of messages that a reader found on the physical lines `numbers`; every other line
    of the original has the shape of its own text."""
    tally, found = Tally(), Gathering(most)
    for at in range(0, len(messages), _MESSAGES):
        some = pc.replace_substring_regex(messages.slice(at, _MESSAGES), r"(?s)[\r\n].*", "")
        found.add(
            masked_lines("".join(f"{text}\n" for text in some.to_pylist()).encode()), numbers[at : at + len(some)]
        )
    for lines, own in read_masked(source, tally):
        others = ~np.isin(own, numbers)
        if others.any():
            found.add(lines.filter(pa.array(others)), own[others])
    return found.finish(tally.lines)


def lines_numbered(source: Source, wanted: Collection[int]) -> Iterator[tuple[int, str]]:
    """The texts of these physical lines, by their numbers."""
    for chunk, first in read_chunks(source, source.encoding, Tally()):
        last = first + chunk.count(b"\n") - 1
        here = [number for number in wanted if first <= number <= last]
        if here:
            lines = chunk.split(b"\n")
            yield from ((number, lines[number - first].decode()) for number in sorted(here))


def read_masked(source: Source, tally: Tally) -> Iterator[tuple[pa.StringArray, Indexes]]:
    """The lines of an original after the first step of masking, with their numbers, piece by piece."""
    for chunk, first in read_chunks(source, source.encoding, tally):
        for piece in _pieces(chunk):
            lines = masked_lines(piece)
            yield lines, np.arange(first, first + len(lines))
            first += len(lines)


def masked_lines(chunk: bytes) -> pa.StringArray:
    """The lines of a chunk (UTF-8, each ended by LF) after the first step of masking."""
    raw = np.frombuffer(chunk, np.uint8)
    kinds = np.frombuffer(chunk.translate(_KINDS), np.uint8)
    gaps = np.flatnonzero(kinds == 0)
    digits = np.cumsum(kinds == _DIGIT, dtype=np.int32)[gaps]
    counted = np.diff(digits, prepend=np.int32(0))
    held = counted > 0
    ends = gaps[held]
    begins = np.concatenate(([-1], gaps[:-1]))[held] + 1
    lengths = ends - begins
    moments = ((lengths == 10) | (lengths == 13)) & (counted[held] == lengths) & (raw[begins] == ord("1"))
    step = np.zeros(len(raw) + 1, np.int8)
    step[begins + 1] = 1
    step[ends] -= 1
    dropped = np.cumsum(step[:-1], dtype=np.int8).view(np.bool_)
    out = raw.copy()
    out[begins] = ord(NUMBER) + moments
    kept = out[~dropped]
    stops = np.flatnonzero(kept == _LINE_END)
    offsets = np.zeros(len(stops) + 1, np.int32)
    offsets[1:] = stops + 1
    # The line end stays with its line: the offsets are then all that has to be made.
    return pa.Array.from_buffers(pa.string(), len(stops), [None, pa.py_buffer(offsets), pa.py_buffer(kept)])


def masked_shapes(texts: Sequence[str], header: str = "") -> pa.StringArray:
    """Shapes without what `header` (RE2, anchored) matches at their start, after the second step of masking."""
    found = pa.array(texts, pa.string())
    if header:
        found = pc.replace_substring_regex(found, header, "", max_replacements=1)
    return _replaced(found, _MASKS)


def cut(texts: pa.StringArray) -> Words:
    """Masked shapes cut into words and signs."""
    if not len(texts):
        return Words([], np.zeros(0, np.int64), np.zeros(1, np.int64))
    lists = pc.split_pattern(_replaced(_quotes_hidden(texts), _CUT), " ")
    encoded = pc.list_flatten(lists).dictionary_encode()
    starts = np.concatenate(([0], np.cumsum(pc.list_value_length(lists).to_numpy()))).astype(np.int64)
    vocabulary = [word.translate(_SHOWN) for word in encoded.dictionary.to_pylist()]
    return Words(vocabulary, encoded.indices.to_numpy().astype(np.int64), starts)


def _quotes_hidden(texts: pa.StringArray) -> pa.StringArray:
    """The texts with spaces and signs inside quotes replaced by characters that no rule cuts at."""
    quoting = np.flatnonzero(pc.match_substring_regex(texts, "[\"']").to_numpy(zero_copy_only=False))
    if not len(quoting):
        return texts
    found = texts.to_pylist()
    for place in quoting.tolist():
        found[place] = _QUOTED.sub(_hide, found[place])
    return pa.array(found, pa.string())


def _hide(match: re.Match[str]) -> str:
    quoted = match[0]
    return quoted[0] + quoted[1:-1].translate(_HIDDEN) + quoted[-1]


def _replaced(texts: pa.StringArray, masks: Sequence[tuple[str, str]]) -> pa.StringArray:
    for pattern, instead in masks:
        texts = pc.replace_substring_regex(texts, pattern, instead.replace("${1}", r"\1").replace("${2}", r"\2"))
    return texts


def _pieces(chunk: bytes) -> Iterator[bytes]:
    """A chunk in pieces of whole lines that fit the processor's cache."""
    at = 0
    while at < len(chunk):
        end = chunk.rfind(b"\n", at, at + _PIECE) + 1 or chunk.find(b"\n", at) + 1
        yield chunk[at:end]
        at = end
