"""Tables as batches of cells: the fast way for rows on one physical line each, the careful one for the others.

Knows which chunks of a table a plain cutter reads as the careful way would: those without a quote, a lone CR or bytes
that are no text. Refuses to say why a row is no row: lines that it cannot cut are left to the careful way.

A batch has the line's number, its `text` where the careful way is to cut it, and columns c1, c2 … where it is cut
already: without spaces around, null where nothing is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from afteraction.core.reading import Source
from afteraction.stores.joins import Quoted
from afteraction.stores.lines import Rows, Tally, chunks_of, split_chunk

_AHEAD = 4
_THREADS = 2
_WORD = pa.string()
_SPACE, _LINE_END = 32, 10
# Unicode's separators of category Zs: what DuckDB's trim takes away.
_SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
Answer = TypeVar("Answer")
Given = TypeVar("Given")


def schema(width: int) -> pa.Schema:
    """The columns of a batch of rows with that many cells."""
    cells = [(f"c{place}", _WORD) for place in range(1, width + 1)]
    return pa.schema([("line", pa.int64()), ("text", _WORD), ("more", _WORD), *cells])


def uncut(rows: Rows, width: int) -> pa.RecordBatch:
    """Rows that the careful way is to cut."""
    nothing = pa.nulls(len(rows), _WORD)
    columns = [pa.array(rows.numbers), rows.text, nothing, *[nothing] * width]
    return pa.RecordBatch.from_arrays(columns, schema=schema(width))


def batches(
    source: Source, encoding: str, delimiter: str, width: int, after: int, tally: Tally, needed: int = 0
) -> Iterator[pa.RecordBatch]:
    """Every row below line `after`, in the order of the original; memory is bounded by a few chunks. Rows in which the
    cell `needed` (1-based) is empty are left to the careful way, which keeps their text."""
    joining = Quoted(delimiter, tally)

    def cut(found: tuple[bytes, int]) -> _Cut | None:
        chunk, first = found
        done = _cut(chunk, first, delimiter, width) if first > after else None
        return None if done and needed and done.batch.column(needed + 2).null_count else done

    for (chunk, first), done in ahead(chunks_of(source, encoding, tally), cut, _AHEAD):
        if done is not None and not joining.waiting:
            done.count(tally)
            yield from done.batches(width)
            continue
        for rows in joining.add(split_chunk(chunk, first, after, tally)):
            yield uncut(rows, width)
    for rows in joining.finish():
        yield uncut(rows, width)


def ahead(given: Iterator[Given], work: Callable[[Given], Answer], most: int) -> Iterator[tuple[Given, Answer]]:
    """What `work` makes of everything given, in order, up to `most` of it done ahead on other threads."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting: deque[tuple[Given, Future[Answer]]] = deque()
        try:
            for one in given:
                waiting.append((one, pool.submit(work, one)))
                if len(waiting) > most:
                    before, future = waiting.popleft()
                    yield before, future.result()
            while waiting:
                before, future = waiting.popleft()
                yield before, future.result()
        finally:
            for _, future in waiting:
                future.cancel()


class _Cut:
    """A chunk cut into cells, the rows that have too few or too many, and what there is to count of it."""

    def __init__(self, batch: pa.RecordBatch, odd: Rows, blank: int, lines: int) -> None:
        self.batch, self._odd, self._blank, self._lines = batch, odd, blank, lines

    def batches(self, width: int) -> Iterator[pa.RecordBatch]:
        """The rows, odd ones last: they get no further than the list of rejected lines."""
        if self.batch.num_rows:
            yield self.batch
        if len(self._odd):
            yield uncut(self._odd, width)

    def count(self, tally: Tally) -> None:
        tally.blank += self._blank
        tally.kept += self._lines - self._blank


def _cut(chunk: bytes, first: int, delimiter: str, width: int) -> _Cut | None:
    """The cells of a chunk; None where only the careful way cuts it right."""
    if b'"' in chunk or b"\0" in chunk or not _is_text(chunk):
        return None
    if b"\r" in chunk:
        if chunk.count(b"\r") != chunk.count(b"\r\n"):
            return None
        chunk = chunk.replace(b"\r\n", b"\n")
    # The cutter takes an empty line for a row of empty cells.
    if chunk.startswith(b"\n") or b"\n\n" in chunk:
        return None
    odd: list[csv.InvalidRow] = []

    def leave_out(row: csv.InvalidRow) -> str:
        odd.append(row)
        return "skip"

    names = [f"c{place}" for place in range(1, width + 1)]
    table = csv.read_csv(
        pa.BufferReader(chunk),
        csv.ReadOptions(use_threads=False, block_size=len(chunk) + 1, column_names=names),
        csv.ParseOptions(
            delimiter=delimiter, quote_char=False, ignore_empty_lines=False, invalid_row_handler=leave_out
        ),
        csv.ConvertOptions(
            check_utf8=False, column_types=dict.fromkeys(names, _WORD), strings_can_be_null=True, null_values=[""]
        ),
    )
    # A delimiter too many at the end of a row is forgiven, and blank rows of a table with one column look like rows.
    if any(row.actual_columns == width + 1 and row.text.endswith(delimiter) for row in odd) or width < 2:
        return None
    lines = table.num_rows + len(odd)
    numbers = np.arange(first, first + lines, dtype=np.int64)
    if odd:
        numbers = np.delete(numbers, np.array([row.number - 1 for row in odd]))
    ragged = [row for row in odd if row.text.strip(" \t\n\r\f\v")]
    left = Rows(
        np.array([first + row.number - 1 for row in ragged], np.int64), pa.array([row.text for row in ragged], _WORD)
    )
    batch = _batch(table, numbers, width, _has_spaces_around(chunk, delimiter))
    return _Cut(batch, left, len(odd) - len(ragged), lines)


def _batch(table: pa.Table, numbers: npt.NDArray[np.int64], width: int, spaced: bool) -> pa.RecordBatch:
    nothing = pa.nulls(len(numbers), _WORD)
    cells = [column.chunk(0) if column.num_chunks == 1 else column.combine_chunks() for column in table.columns]
    columns = [pa.array(numbers), nothing, nothing, *(map(_trimmed, cells) if spaced else cells)]
    return pa.RecordBatch.from_arrays(columns, schema=schema(width))


def _has_spaces_around(chunk: bytes, delimiter: str) -> bool:
    """Whether a cell of a chunk may begin or end with a space; in most tables none does, and trimming is dear."""
    if not chunk.isascii():
        return True
    text = np.frombuffer(chunk, np.uint8)
    spaces = np.flatnonzero(text == _SPACE)
    if not len(spaces):
        return False
    # The chunk ends with LF, so behind a space there is always a byte; before the first byte stands a line end.
    before, behind = text[spaces - 1], text[spaces + 1]
    mark = ord(delimiter)
    edges = (before == mark) | (before == _LINE_END) | (behind == mark) | (behind == _LINE_END)
    return bool(spaces[0] == 0 or edges.any())


def _trimmed(cells: pa.StringArray) -> pa.StringArray:
    """The cells without spaces at their ends, null where nothing is left."""
    found = pc.utf8_trim(cells, _SPACES)
    return pc.if_else(pc.equal(found, ""), pa.scalar(None, _WORD), found)


def _is_text(chunk: bytes) -> bool:
    if chunk.isascii():
        return True
    try:
        chunk.decode()
    except UnicodeDecodeError:
        return False
    return True
