"""Templates from the distinct shapes of a log: which words in which place are values.

Knows shapes as rows of words. Refuses to know lines and how often each came: a template depends on the set of shapes
alone, so that neither order nor repetition changes it.

Rows are compared within one frame, the same signs around the same number of words. Rows that agree in every word but
one differ in a slot; the slot holds a value when what stands there weighs enough: made-up names weigh most, fixed words
of the language least, so that `opened` and `closed` stay apart and `alice` and `bob` do not. Slots are decided all at
once, rows that became equal are joined, and so on until nothing changes. Rows that differ in several words are first
compared by their fixed words alone. The idea of a slot's values against its support is that of IPLoM (Makanju et al.,
KDD 2009); the weights are our own, chosen on generated logs (benchmarks/logs).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from afteraction.core.log_words import ACCOUNT_CUES, CUES, Kind, kind_of

VARIABLE = "<*>"
_NUMBER = "0"
_ROUNDS = 8
_MOST_SLOTTINGS = 64

Indexes = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]

# How much one value says for "a value stands here", by kind: plainly, behind a word such as "user", and behind "=".
_PLAIN = {
    Kind.NUMBER: 0.65, Kind.FIXED: 0.15, Kind.CAPITALS: 0.15, Kind.BOOLEAN: 0.1, Kind.NOTHING: 0.35, Kind.NAME: 0.35,
    Kind.IDENTIFIER: 0.5, Kind.CLASS: 0.35, Kind.QUOTED: 0.4, Kind.SLOT: 0.9,
    Kind.NUMBERED: 0.4,
}  # fmt: skip
_CUED = {**_PLAIN, Kind.NAME: 0.5, Kind.FIXED: 0.2, Kind.CAPITALS: 0.2, Kind.CLASS: 0.5, Kind.NUMBERED: 0.5}
# Behind "user" even a word of the language is likely an account: news, mail, backup.
_ACCOUNT = {**_CUED, Kind.NAME: 0.65, Kind.FIXED: 0.35}
_KEYED = {**_CUED, Kind.FIXED: 0.25, Kind.CAPITALS: 0.25, Kind.BOOLEAN: 0.5, Kind.NOTHING: 0.5, Kind.QUOTED: 0.5}
# What must be reached, by the number of other words in the row that stay: with none, rows have little in common.
_NEEDED = np.array([2.5, 1.3, 1.0])
_FIRST_WORD = 1.5
_VALUES = (Kind.NUMBER, Kind.NUMBERED, Kind.SLOT)
# Two columns are values where each has so many words and so many of their pairs are there.
_GRID_WORDS, _GRID_PAIRS, _GRID_SHARE = 3, 6, 0.6
# A word before "=" is a key: a fixed part of the message, whatever it looks like.
_KEY = 0.1
_FREE = frozenset(
    (Kind.SLOT, Kind.NUMBERED, Kind.NUMBER, Kind.NOTHING, Kind.NAME, Kind.IDENTIFIER, Kind.CLASS, Kind.QUOTED)
)


@dataclass(frozen=True, slots=True)
class Mined:
    """`texts` and `ids` of the templates; shape n belongs to template `of_shape[n]`."""

    texts: list[str]
    ids: list[str]
    of_shape: Indexes


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Per word: its kind, a random number that depends on its text alone, whether values follow it, and the weights."""

    words: Sequence[str]
    kinds: npt.NDArray[np.int8]
    hashes: Hashes
    cues: npt.NDArray[np.bool_]
    account_cues: npt.NDArray[np.bool_]
    plain: Weights
    cued: Weights
    account: Weights
    keyed: Weights
    free: npt.NDArray[np.bool_]
    slot: int


def mine(texts: Sequence[str], vocabulary: Sequence[str], ids: Indexes, starts: Indexes) -> Mined:
    """Templates of masked shapes. `texts` are the shapes, `vocabulary[ids[starts[n]:starts[n + 1]]]` the words of the
    n-th; `0` stands for every word that held a digit."""
    known = _vocabulary(vocabulary)
    signs = known.kinds == Kind.SIGN
    frames: dict[bytes, list[int]] = defaultdict(list)
    skeleton = np.where(signs[ids], ids, -1) if len(ids) else ids
    for shape, (start, stop) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)):
        frames[skeleton[start:stop].tobytes()].append(shape)
    final = ids.copy()
    for shapes in frames.values():
        members = np.array(shapes)
        width = int(starts[shapes[0] + 1] - starts[shapes[0]])
        places = starts[members][:, None] + np.arange(width)
        final[places] = _settled(ids[places], known) if len(shapes) > 1 else ids[places]
    return _named(texts, known, final, starts)


def _vocabulary(words: Sequence[str]) -> _Vocabulary:
    kinds = np.array([*(kind_of(word) if word else Kind.SIGN for word in words), Kind.SLOT], np.int8)
    words = [*words, VARIABLE]

    def weighed(weights: dict[Kind, float]) -> Weights:
        by_kind = np.zeros(len(Kind))
        by_kind[list(weights)] = list(weights.values())
        return by_kind[kinds]

    digests = [hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words]
    return _Vocabulary(
        words=words,
        kinds=kinds,
        hashes=np.frombuffer(b"".join(digests), np.uint64) | np.uint64(1),
        cues=np.array([word.lower() in CUES for word in words]),
        account_cues=np.array([word.lower() in ACCOUNT_CUES for word in words]),
        plain=weighed(_PLAIN),
        cued=weighed(_CUED),
        account=weighed(_ACCOUNT),
        keyed=weighed(_KEYED),
        free=np.isin(kinds, list(_FREE)),
        slot=len(words) - 1,
    )


def _settled(rows: Indexes, known: _Vocabulary) -> Indexes:
    """The rows of one frame with `0` where a value stands."""
    columns = np.flatnonzero(known.kinds[rows[0]] != Kind.SIGN)
    if not len(columns):
        return rows
    distinct, back = _distinct(rows, known)
    distinct = _several(distinct, columns, known)
    for _ in range(_ROUNDS):
        fewer, moved = _distinct(distinct, known)
        back, distinct = moved[back], fewer
        if len(distinct) == 1:
            break
        values = _values(distinct, columns, known) | _grids(distinct, columns, known)
        if not values.any():
            break
        distinct = np.where(values, known.slot, distinct)
    return _absorbed(distinct, columns, known)[back]


def _absorbed(rows: Indexes, columns: Indexes, known: _Vocabulary) -> Indexes:
    """The rows, where one that says the same as another but for its slots is that other; fewest slots first."""
    slots = rows == known.slot
    counts = slots.sum(axis=1)
    fixed = len(columns) - counts
    absorbed = rows
    shapes = {tuple(np.flatnonzero(row).tolist()) for row in slots[(counts > 1) & (fixed > 1)]}
    for shape in sorted(shapes, key=lambda shape: (len(shape), shape))[:_MOST_SLOTTINGS]:
        cleared = rows.copy()
        cleared[:, shape] = known.slot
        hashes = _row_hashes(cleared, known)
        exact = (counts == len(shape)) & slots[:, shape].all(axis=1)
        open_still = (absorbed == rows).all(axis=1) & ~exact
        meant = open_still & np.isin(hashes, hashes[exact])
        absorbed = np.where(meant[:, None], cleared, absorbed)
    return absorbed


def _distinct(rows: Indexes, known: _Vocabulary) -> tuple[Indexes, Indexes]:
    _, first, back = np.unique(_row_hashes(rows, known), return_index=True, return_inverse=True)
    return rows[first], back


def _mixed(words: Hashes, column: int) -> Hashes:
    """A number per word and column; wraps around on purpose."""
    with np.errstate(over="ignore"):
        turned = words * np.uint64(2 * column + 1) + np.uint64(0x9E3779B97F4A7C15 * (column + 1) % 2**64)
        turned ^= turned >> np.uint64(31)
        return turned * np.uint64(0xBF58476D1CE4E5B9)


def _row_hashes(rows: Indexes, known: _Vocabulary) -> Hashes:
    total = np.zeros(len(rows), np.uint64)
    for column in range(rows.shape[1]):
        total += _mixed(known.hashes[rows[:, column]], column)
    return total


def _values(rows: Indexes, columns: Indexes, known: _Vocabulary) -> npt.NDArray[np.bool_]:
    """Which words of the rows are values, as one comparison of all rows that differ in one word tells."""
    found = np.zeros(rows.shape, np.bool_)
    whole = _row_hashes(rows, known)
    stays = ~np.isin(known.kinds[rows], _VALUES)
    fixed = stays[:, columns].sum(axis=1)
    for column in columns.tolist():
        words = rows[:, column]
        _, back, counts = np.unique(
            whole - _mixed(known.hashes[words], column), return_inverse=True, return_counts=True
        )
        if not (counts > 1).any():
            continue
        score = np.bincount(back, weights=_weights(rows, column, known))
        others = fixed - stays[:, column]
        needed = _NEEDED[np.minimum(others, 2)] * (_FIRST_WORD if column == columns[0] else 1.0)
        is_value = (counts[back] > 1) & (score[back] >= needed - 1e-9)
        found[:, column] = is_value & (words != known.slot)
    return found


def _grids(rows: Indexes, columns: Indexes, known: _Vocabulary) -> npt.NDArray[np.bool_]:
    """Which words are values since neighbouring columns vary apart from each other: most pairs of their words are
    there. A column of two words is a state even then."""
    found = np.zeros(rows.shape, np.bool_)
    whole = _row_hashes(rows, known)
    stays = (~np.isin(known.kinds[rows[:, columns]], _VALUES)).sum(axis=1)
    for first, second in pairwise(columns.tolist()):
        mixed = _mixed(known.hashes[rows[:, first]], first), _mixed(known.hashes[rows[:, second]], second)
        _, back, pairs = np.unique(whole - mixed[0] - mixed[1], return_inverse=True, return_counts=True)
        if pairs.max() < _GRID_PAIRS:
            continue
        words = [_distinct_words(back, rows[:, column], len(pairs)) for column in (first, second)]
        is_grid = (pairs >= _GRID_PAIRS) & (pairs >= _GRID_SHARE * words[0] * words[1])
        for column, count in zip((first, second), words, strict=True):
            found[:, column] |= (is_grid & (count >= _GRID_WORDS))[back] & (rows[:, column] != known.slot) & (stays > 2)
    return found


def _distinct_words(groups: Indexes, words: Indexes, size: int) -> Indexes:
    """How many different words each group has."""
    pairs = np.unique(np.stack((groups, words), axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=size)


def _weights(rows: Indexes, column: int, known: _Vocabulary) -> Weights:
    words = rows[:, column]
    before = _sign_at(rows, column - 1, known)
    after = _sign_at(rows, column + 1, known)
    if after == "=":
        return np.where(known.kinds[words] == Kind.NUMBER, known.plain[words], _KEY)
    if before == "=" or (before == "[" and after == "]"):
        return known.keyed[words]
    ahead = column - 2 if before else column - 1
    if ahead < 0:
        return known.plain[words]
    told = np.where(known.cues[rows[:, ahead]], known.cued[words], known.plain[words])
    return np.where(known.account_cues[rows[:, ahead]], known.account[words], told)


def _sign_at(rows: Indexes, column: int, known: _Vocabulary) -> str:
    """The sign that a frame has in a column; nothing where it has a word or ends."""
    if not 0 <= column < rows.shape[1]:
        return ""
    word = int(rows[0, column])
    return known.words[word] if known.kinds[word] == Kind.SIGN else ""


def _several(rows: Indexes, columns: Indexes, known: _Vocabulary) -> Indexes:
    """The rows with `0` for values where rows agree in their fixed words and differ in several others."""
    free = np.zeros(rows.shape, np.bool_)
    for column in columns.tolist():
        free[:, column] = known.free[rows[:, column]] | (_sign_at(rows, column - 1, known) == "=")
    fixed = len(columns) - free.sum(axis=1)
    skeletons = np.where(free, known.slot, rows)
    _, back, counts = np.unique(_row_hashes(skeletons, known), return_inverse=True, return_counts=True)
    eligible = (counts[back] > 2) & (fixed >= 2)
    if not eligible.any():
        return rows
    settled = rows.copy()
    for column in columns.tolist():
        pairs = np.stack((back, rows[:, column]), axis=1)
        _, first = np.unique(pairs, axis=0, return_index=True)
        weights = _weights(rows, column, known)[first]
        score = np.bincount(back[first], weights=weights, minlength=len(counts))
        several = np.bincount(back[first], minlength=len(counts)) > 1
        is_value = eligible & free[:, column] & several[back] & (score[back] >= 1.0)
        settled[is_value, column] = known.slot
    return settled


def _named(texts: Sequence[str], known: _Vocabulary, final: Indexes, starts: Indexes) -> Mined:
    """Templates by their final words; each is written as its first shape in alphabetical order."""
    # A number and a slot look the same from now on.
    numbers = np.array([word == _NUMBER for word in known.words])
    final = np.where(numbers[final], known.slot, final)
    rows = [final[start:stop].tolist() for start, stop in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)]
    places: dict[tuple[int, ...], int] = {}
    of_shape = np.zeros(len(texts), np.int64)
    shown: list[int] = []
    for shape in range(len(texts)):
        place = places.setdefault(tuple(rows[shape]), len(places))
        of_shape[shape] = place
        if place == len(shown):
            shown.append(shape)
        elif texts[shape] < texts[shown[place]]:
            shown[place] = shape
    written, ids = [], []
    for shape in shown:
        words = [_NUMBER if word == known.slot else known.words[word] for word in rows[shape]]
        written.append(_written(texts[shape], words))
        ids.append(hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest())
    return Mined(written, ids, of_shape)


def _written(text: str, words: Sequence[str]) -> str:
    """A masked shape with <*> for values, spaced as it was."""
    parts: list[str] = []
    at = 0
    for word in words:
        while at < len(text) and text[at] == " ":
            parts.append(" ")
            at += 1
        if word == _NUMBER:
            at = _end_of_word(text, at)
            parts.append(VARIABLE)
        else:
            parts.append(word.replace(_NUMBER, VARIABLE))
            at += len(word)
    return "".join(parts)


def _end_of_word(text: str, at: int) -> int:
    if text[at] in "\"'" and (end := text.find(text[at], at + 1)) > 0:
        return end + 1
    while at < len(text) and text[at] not in " =,:;()[]{}\"'<>|":
        at += 1
    return at
