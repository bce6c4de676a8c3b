"""Physical lines of an original as Arrow batches: the one place that counts them.

Knows line ends, byte order marks, encodings, blank lines, bytes that are no text and lines too long to hold. Refuses
to know what a line means. DuckDB's own readers are not asked for lines: `read_json` does not count blank ones, and
`read_csv(ignore_errors)` drops those with invalid UTF-8 without a word.

A line ends at LF; a CR before it belongs to the line end. Nothing here makes one Python object per line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from afteraction.core.evidence import Failure, Locator
from afteraction.core.reading import LONGEST_LINE, Source

CHUNK = 2 * 1024 * 1024
SCHEMA = pa.schema([("line", pa.int64()), ("text", pa.string()), ("more", pa.string())])
_SPACE = 32
_CRLF = re.compile(rb"\r\n")
_WINDOW = 32 * 1024


@dataclass
class Tally:
    """What was seen while lines were read: `lines` in all, `kept` as rows, `blank`, `joined` to the row before,
    `ignored` as remarks of the program that wrote them, `repaired` where bytes are not text, and `refused` with the
    reason. lines = kept + blank + joined + ignored + refused, and the lines above the table's header."""

    lines: int = 0
    kept: int = 0
    blank: int = 0
    joined: int = 0
    ignored: int = 0
    repaired: int = 0
    refused: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of one batch: physical `numbers` (1-based), their `text`, and `more`: the lines joined to each, or none."""

    numbers: npt.NDArray[np.int64]
    text: pa.StringArray
    more: pa.StringArray | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def to_batch(self) -> pa.RecordBatch:
        """The rows as an Arrow batch of SCHEMA."""
        more = pa.nulls(len(self), pa.string()) if self.more is None else self.more
        return pa.RecordBatch.from_arrays([pa.array(self.numbers), self.text, more], schema=SCHEMA)

    def where(self, wanted: npt.NDArray[np.bool_]) -> Rows:
        """The rows that are wanted."""
        mask = pa.array(wanted)
        return Rows(self.numbers[wanted], self.text.filter(mask), None if self.more is None else self.more.filter(mask))

    def cut(self, start: int, stop: int) -> Rows:
        """The rows from `start` to before `stop`."""
        return Rows(
            self.numbers[start:stop],
            self.text.slice(start, stop - start),
            None if self.more is None else self.more.slice(start, stop - start),
        )


def read_rows(source: Source, encoding: str, tally: Tally, after: int = 0) -> Iterator[Rows]:
    """Every line that is not blank, in order; lines up to number `after` are only counted."""
    for chunk, first in chunks_of(source, encoding, tally):
        rows = split_chunk(chunk, first, after, tally)
        if len(rows):
            yield rows


def read_chunks(source: Source, encoding: str, tally: Tally) -> Iterator[tuple[bytes, int]]:
    """Every line, blank ones too, as whole chunks of valid UTF-8 in which each line ends at LF, with the number of the
    chunk's first line. A line too long to hold is missing, and listed in `tally.refused`."""
    for chunk, first in chunks_of(source, encoding, tally):
        yield _clean(chunk, tally), first


def without(rows: Iterator[Rows], remarks: str, tally: Tally) -> Iterator[Rows]:
    """The rows whose text does not match `remarks` (RE2); the others are counted as ignored."""
    for batch in rows:
        is_remark = pc.match_substring_regex(batch.text, pattern=remarks).to_numpy(zero_copy_only=False)
        count = int(is_remark.sum())
        tally.ignored += count
        tally.kept -= count
        if count < len(batch):
            kept = ~is_remark
            yield Rows(batch.numbers[kept], batch.text.filter(pa.array(kept))) if count else batch


def _blocks(source: Source, encoding: str) -> Iterator[bytes]:
    """The original in pieces, as UTF-8 without a byte order mark."""
    with source.open() as stream:
        if encoding.lower().replace("_", "-") not in {"utf-8", "utf-8-sig"}:
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
            while piece := stream.read(CHUNK):
                yield decoder.decode(piece).encode("utf-8", "replace")
            yield decoder.decode(b"", final=True).encode("utf-8", "replace")
            return
        if source.head.startswith(codecs.BOM_UTF8):
            stream.read(len(codecs.BOM_UTF8))
        while piece := stream.read(CHUNK):
            yield piece


def chunks_of(source: Source, encoding: str, tally: Tally) -> Iterator[tuple[bytes, int]]:
    """Whole lines, each ended by LF, with the number of the first. A line of LONGEST_LINE bytes or more is refused
    and only skipped over, so that memory stays bounded."""
    held: list[bytes] = []
    number, skipping = 1, False
    for block in _blocks(source, encoding):
        if skipping:
            end = block.find(b"\n") + 1
            if not end:
                continue
            block, number, skipping = block[end:], number + 1, False
        cut = block.rfind(b"\n") + 1
        if not cut:
            held.append(block)
            if sum(map(len, held)) >= LONGEST_LINE:
                held, skipping = [], True
                _refuse(source, number, tally)
            continue
        if held and sum(map(len, held)) + block.find(b"\n") >= LONGEST_LINE:
            _refuse(source, number, tally)
            end = block.find(b"\n") + 1
            held, block, cut, number = [], block[end:], cut - end, number + 1
        chunk = b"".join((*held, block[:cut]))
        held = [block[cut:]]
        if chunk:
            yield chunk, number
            number += chunk.count(b"\n")
    last = b"".join(held)
    if last:
        yield last + b"\n", number
    tally.lines = number if last or skipping else number - 1


def _refuse(source: Source, number: int, tally: Tally) -> None:
    tally.refused.append(
        Failure(
            source.name,
            f"the line is longer than {LONGEST_LINE // 2**20} MiB.",
            "Split the line or leave it out.",
            Locator(line=number),
        )
    )


def split_chunk(chunk: bytes, first: int, after: int, tally: Tally) -> Rows:
    """Lines of a chunk whose first line has number `first`, blank ones and those up to `after` left out."""
    text = _lines(_clean(chunk, tally)).cast(pa.string())
    numbers = np.arange(first, first + len(text), dtype=np.int64)
    blank = _blank(text)
    wanted = ~blank & (numbers > after)
    tally.blank += int(np.count_nonzero(blank & (numbers > after)))
    tally.kept += int(np.count_nonzero(wanted))
    if wanted.all():
        return Rows(numbers, text)
    return Rows(numbers[wanted], text.filter(pa.array(wanted)))


def _clean(chunk: bytes, tally: Tally) -> bytes:
    """The chunk without CR before LF, as valid UTF-8."""
    chunk = _without_returns(chunk)
    if chunk.isascii():
        return chunk
    chunk, repaired = _mended(chunk)
    tally.repaired += repaired
    return chunk


def _without_returns(chunk: bytes) -> bytes:
    """The chunk with LF for CR LF. Each way is several times faster than the others on its kind of text."""
    returns = chunk.count(b"\r")
    if not returns:
        return chunk
    if returns < len(chunk) // 2000:
        return _CRLF.sub(b"\n", chunk)
    return chunk.replace(b"\r", b"") if returns == chunk.count(b"\r\n") else chunk.replace(b"\r\n", b"\n")


def _mended(chunk: bytes) -> tuple[bytes, int]:
    """The chunk as valid UTF-8, bytes that are not text as U+FFFD, and how many lines were touched."""
    parts: list[bytes] = []
    repaired = at = 0
    while at < len(chunk):
        # Windows of whole lines: an error of Python's decoder carries a copy of all it was given.
        end = chunk.rfind(b"\n", at, at + _WINDOW) + 1 or chunk.find(b"\n", at) + 1
        try:
            window = chunk[at:end]
            if not window.isascii():
                window.decode()
            parts.append(window)
        except UnicodeDecodeError as error:
            begin, end = chunk.rfind(b"\n", at, at + error.start) + 1 or at, chunk.find(b"\n", at + error.start) + 1
            parts += [chunk[at:begin], chunk[begin:end].decode("utf-8", "replace").encode()]
            repaired += 1
        at = end
    return b"".join(parts), repaired


def _lines(chunk: bytes) -> pa.BinaryArray:
    """The lines of a chunk without their ends, cut by offsets alone."""
    ends = np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord("\n"))
    count = len(ends)
    offsets = np.zeros(count + 1, np.int32)
    offsets[1:] = ends - np.arange(count)
    data = chunk.replace(b"\n", b"")
    return pa.Array.from_buffers(pa.binary(), count, [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def _blank(text: pa.StringArray) -> npt.NDArray[np.bool_]:
    """Which lines hold nothing but ASCII white space."""
    offsets = np.frombuffer(text.buffers()[1], np.int32)[: len(text) + 1]
    data = np.frombuffer(text.buffers()[2] or b"", np.uint8)
    empty: npt.NDArray[np.bool_] = np.diff(offsets) == 0
    if not len(data):
        return empty
    # Only lines that begin with white space can be blank; few do, so only those are trimmed.
    indented = np.flatnonzero(~empty & (data[np.minimum(offsets[:-1], len(data) - 1)] <= _SPACE))
    if len(indented):
        trimmed = pc.ascii_trim_whitespace(text.take(pa.array(indented)))
        empty[indented] = pc.equal(pc.binary_length(trimmed), 0).to_numpy(zero_copy_only=False)
    return empty
