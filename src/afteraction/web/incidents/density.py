"""How dense events are over time: counts in bins of round widths, coarse over fine, so that any stretch is few numbers.

Knows bins of UTC and how few of them answer a question exactly. Refuses to know where they are stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SECOND = 1_000_000
# Widths of a bin, each a multiple of the one before, so that bins of a level fill one of the next exactly.
WIDTHS = tuple(
    seconds * SECOND
    for seconds in (1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 4 * 86_400, 16 * 86_400, 64 * 86_400, 512 * 86_400)
)
# Bins of one block, which is what the database reads at once.
BLOCK = 256
# A stretch is drawn with at most so many bins.
MOST_BINS = 180
# Key events are counted once more under this name, beside the lanes.
KEY = "*key"

Counts = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Bar:
    """`count` events begin in [start_us, end_us), UTC microseconds."""

    start_us: int
    end_us: int
    count: int


@dataclass(frozen=True)
class Bins:
    """All bins of one level that touch [low, high), by number; `low` and `high` lie between bins of it."""

    level: int
    low: int
    high: int

    def blocks(self) -> range:
        """The blocks that hold them."""
        width = WIDTHS[self.level] * BLOCK
        return range(self.low // width, (self.high - 1) // width + 1)


def blocks_of(events: Iterable[tuple[int, str, bool]]) -> Iterator[tuple[int, int, Counts]]:
    """Every block that is not empty, as level, number and counts, of events given as time, lane and whether key."""
    return _blocks((at_us, (lane, KEY) if is_key else (lane,)) for at_us, lane, is_key in events)


def kind_blocks_of(events: Iterable[tuple[int, str, bool]]) -> Iterator[tuple[int, int, Counts]]:
    """The same blocks in the same order, of events given as time, kind and whether key; each event counts once, under
    `kind_name`."""
    return _blocks((at_us, (kind_name(kind, is_key),)) for at_us, kind, is_key in events)


def kind_name(kind: str, is_key: bool) -> str:
    """What events of a kind are counted under: key events and the others of it stand apart."""
    return f"{KEY}:{kind}" if is_key else kind


def _blocks(events: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, int, Counts]]:
    fine: Counter[tuple[str, int]] = Counter()
    for at_us, names in events:
        number = at_us // WIDTHS[0]
        for name in names:
            fine[name, number] += 1
    for level, width in enumerate(WIDTHS):
        if level:
            step = width // WIDTHS[level - 1]
            coarse: Counter[tuple[str, int]] = Counter()
            for (lane, number), count in fine.items():
                coarse[lane, number // step] += count
            fine = coarse
        blocks: dict[int, Counts] = {}
        for (lane, number), count in sorted(fine.items()):
            blocks.setdefault(number // BLOCK, {}).setdefault(lane, []).append((number % BLOCK, count))
        for block in sorted(blocks):
            yield level, block, blocks[block]


def level_for(low: int, high: int) -> int:
    """The finest level that draws [low, high) with at most MOST_BINS bins."""
    fitting = (level for level, width in enumerate(WIDTHS) if (high - low) / width <= MOST_BINS)
    return next(fitting, len(WIDTHS) - 1)


def covering(low: int, high: int, coarsest: int) -> Iterator[Bins]:
    """Bins that make up [low, high) exactly, by time: finer ones at the ends. Both are whole seconds."""
    yield from _covering(low, high, coarsest)


def _covering(low: int, high: int, level: int) -> Iterator[Bins]:
    if low >= high:
        return
    if level == 0:
        yield Bins(0, low, high)
        return
    width = WIDTHS[level]
    inner_low, inner_high = -(-low // width) * width, high // width * width
    if inner_low >= inner_high:
        # At most one edge lies inside: two ends of different bins, or one part of a bin.
        edge = inner_low if low < inner_low < high else low
        yield from _covering(low, edge, level - 1)
        yield from _covering(edge, high, level - 1)
        return
    yield from _covering(low, inner_low, level - 1)
    yield Bins(level, inner_low, inner_high)
    yield from _covering(inner_high, high, level - 1)


def bars(
    low: int, high: int, level: int, parts: Iterable[Bins], stored: Mapping[tuple[int, int], Counts]
) -> dict[str, list[Bar]]:
    """By lane, one bar for each bin of `level` in [low, high) that is not empty; the ones at the ends are as short as
    the stretch makes them. `parts` come from `covering`, `stored` are the blocks by level and number."""
    width = WIDTHS[level]
    summed: dict[str, dict[int, int]] = {}
    for part in parts:
        fine = WIDTHS[part.level]
        for block in part.blocks():
            for lane, pairs in stored.get((part.level, block), {}).items():
                into = summed.setdefault(lane, {})
                for offset, count in pairs:
                    start = (block * BLOCK + offset) * fine
                    if part.low <= start < part.high:
                        into[start // width] = into.get(start // width, 0) + count
    return {
        lane: [
            Bar(max(number * width, low), min((number + 1) * width, high), count)
            for number, count in sorted(found.items())
        ]
        for lane, found in summed.items()
        if found
    }
