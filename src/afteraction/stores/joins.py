"""Rows that span several physical lines: stack traces below a log line, line breaks inside quoted cells.

Knows when a line belongs to the one before it. Refuses to let a join grow without bound: what does not fit stays a
row of its own, and is then read or rejected like any other line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from afteraction.stores.lines import Rows, Tally

MOST_LINES = 2_000
MOST_BYTES = 1024 * 1024


def continued(batches: Iterator[Rows], pattern: str, tally: Tally) -> Iterator[Rows]:
    """Log lines with the lines that do not match `pattern` (RE2) joined to the match before them, in `more`."""
    held: Rows | None = None
    for rows in batches:
        rows = rows if held is None else _concatenated(held, rows)
        starts = pc.match_substring_regex(rows.text, pattern=pattern).to_numpy(zero_copy_only=False)
        starts = _bounded(starts, rows)
        last = int(np.flatnonzero(starts)[-1])
        # The last row waits: the next batch may begin with lines that belong to it.
        yield from _grouped(rows.cut(0, last), starts[:last], tally)
        held = rows.cut(last, len(rows))
        if len(held) > MOST_LINES:
            yield from _grouped(held, _one_start(len(held)), tally)
            held = None
    if held is not None:
        yield from _grouped(held, _one_start(len(held)), tally)


def _one_start(count: int) -> npt.NDArray[np.bool_]:
    starts = np.zeros(count, np.bool_)
    starts[:1] = True
    starts[MOST_LINES:] = True
    return starts


def _bounded(starts: npt.NDArray[np.bool_], rows: Rows) -> npt.NDArray[np.bool_]:
    """The first row starts something in any case, and so do lines too far from their start."""
    starts = starts.copy()
    starts[:1] = True
    places = np.arange(len(starts))
    began = np.maximum.accumulate(np.where(starts, places, 0))
    offsets = np.concatenate(([0], np.cumsum(pc.binary_length(rows.text).to_numpy())))
    starts |= (places - began >= MOST_LINES) | (offsets[1:] - offsets[began] > MOST_BYTES) & (places > began)
    return starts


def _grouped(rows: Rows, starts: npt.NDArray[np.bool_], tally: Tally) -> Iterator[Rows]:
    if not len(rows):
        return
    places = np.flatnonzero(starts)
    if len(places) == len(rows):
        yield rows
        return
    tally.joined += len(rows) - len(places)
    tally.kept -= len(rows) - len(places)
    others = rows.text.filter(pa.array(~starts))
    offsets = np.concatenate((places - np.arange(len(places)), [len(others)])).astype(np.int32)
    more = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), others), "\n")
    yield Rows(rows.numbers[places], rows.text.take(pa.array(places)), more)


def quoted(batches: Iterator[Rows], delimiter: str, tally: Tally) -> Iterator[Rows]:
    """Rows of a table, with lines joined that a quoted cell spans. A quote that nobody closes within MOST_LINES
    stays a row of its own."""
    joining = Quoted(delimiter, tally)
    for rows in batches:
        yield from joining.add(rows)
    yield from joining.finish()


class Quoted:
    """Joins the lines that a quoted cell spans, batch by batch; `waiting` while a quote is open."""

    def __init__(self, delimiter: str, tally: Tally) -> None:
        self._unclosed = re.compile(rf'(?:^|{re.escape(delimiter)})"(?:[^"]|"")*$')
        self._tally = tally
        self._held: Rows | None = None

    @property
    def waiting(self) -> bool:
        """Whether the next line may belong to a row that has begun."""
        return self._held is not None

    def add(self, rows: Rows) -> Iterator[Rows]:
        """The rows that are whole with these lines."""
        rows = rows if self._held is None else _concatenated(self._held, rows)
        starts, waiting = _quoted_starts(rows, self._unclosed)
        self._held = rows.cut(waiting, len(rows)) if waiting < len(rows) else None
        yield from _whole(rows.cut(0, waiting), starts[:waiting], self._tally)

    def finish(self) -> Iterator[Rows]:
        """What waited in vain."""
        if self._held is not None:
            yield self._held
            self._held = None


def _quoted_starts(rows: Rows, unclosed: re.Pattern[str]) -> tuple[npt.NDArray[np.bool_], int]:
    """Which lines start a row, and from which line on nothing can be said before more lines are seen."""
    starts = np.ones(len(rows), np.bool_)
    opened: int | None = None
    odd = np.flatnonzero(pc.count_substring(rows.text, pattern='"').to_numpy() & 1)
    for place in odd.tolist():
        if opened is not None and place - opened < MOST_LINES:
            starts[opened + 1 : place + 1] = False
            opened = None
        elif unclosed.search(rows.text[place].as_py()):
            opened = place
        else:
            opened = None
    if opened is not None and len(rows) - opened < MOST_LINES:
        return starts, opened
    return starts, len(rows)


def _whole(rows: Rows, starts: npt.NDArray[np.bool_], tally: Tally) -> Iterator[Rows]:
    if not len(rows):
        return
    places = np.flatnonzero(starts)
    if len(places) == len(rows):
        yield rows
        return
    tally.joined += len(rows) - len(places)
    tally.kept -= len(rows) - len(places)
    offsets = np.concatenate((places, [len(rows)])).astype(np.int32)
    yield Rows(rows.numbers[places], pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), rows.text), "\n"))


def _concatenated(first: Rows, second: Rows) -> Rows:
    return Rows(np.concatenate((first.numbers, second.numbers)), pa.concat_arrays([first.text, second.text]))
