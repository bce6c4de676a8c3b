"""Templates of one log file: its lines, their shapes, the header they share, the templates behind them.

Knows the order of these steps, and when a reader's message stands for a line. Refuses to print.

Lines of text are cut by their own columns: their templates need no reader, no zone and no year. Where a reader knows
an original as JSON lines or as a table, the message that it finds is what is grouped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from afteraction.core.reading import HEAD_BYTES, ReadOptions, Source
from afteraction.core.tables import table_of
from afteraction.engine.logs.headers import header_pattern
from afteraction.engine.logs.mining import Mined, mine
from afteraction.stores import templates as shapes

if TYPE_CHECKING:
    from afteraction.pipeline.log_readings import LogReading

Indexes = npt.NDArray[np.int64]
# Below this share of the lines, what a reader makes of a file is not trusted to be its messages.
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class Grouped:
    """Template `mined.ids[of_line[n]]` belongs to physical line n + 1. `strength` as in `stores.templates.Shapes`."""

    mined: Mined
    of_line: Indexes
    strength: int


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template of a file: how many lines, the first of them, its text, and what a reader knows of them: lines per
    level and service, and the first and last time (UTC; None where no time is known)."""

    id: str
    template: str
    count: int
    first_line: int
    example: str
    levels: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    first_seen: datetime | None = None
    last_seen: datetime | None = None


def source_at(path: Path, options: ReadOptions) -> Source:
    """A file as a source that is not frozen."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return Source(name, path.name, path.stat().st_size, head, lambda: path.open("rb"), options=options)


def group_lines(source: Source, reader: str = "") -> Grouped:
    """The template of every physical line. `reader` names a format; without it the surest one is asked."""
    if not reader and not _may_have_fields(source):
        return _group(source, None)
    from afteraction.pipeline.log_readings import read_log

    return _group(source, read_log(source, reader, only_structured=True))


def _may_have_fields(source: Source) -> bool:
    """Whether the first lines are JSON or a table; a reader is only then worth asking."""
    first = next(iter(source.head_lines(1)), "").lstrip()
    return first.startswith("{") or table_of(source) is not None


def template_rows(source: Source, reader: str = "") -> tuple[list[TemplateRow], Grouped]:
    """Every template of a file, the most frequent first, with what its reader knows."""
    from afteraction.pipeline.log_readings import read_log

    read = read_log(source, reader)
    grouped = _group(source, read)
    count = np.bincount(grouped.of_line, minlength=len(grouped.mined.ids))
    first = np.full(len(count), len(grouped.of_line), np.int64)
    np.minimum.at(first, grouped.of_line, np.arange(len(grouped.of_line)))
    examples = _texts(source, set((first + 1).tolist()))
    rows = [
        TemplateRow(name, text, int(count[place]), int(first[place]) + 1, examples.get(int(first[place]) + 1, ""))
        for place, (name, text) in enumerate(zip(grouped.mined.ids, grouped.mined.texts, strict=True))
        if count[place]
    ]
    if read is not None:
        rows = _told(rows, grouped, read)
    return sorted(rows, key=lambda row: (-row.count, row.first_line)), grouped


def _group(source: Source, read: LogReading | None) -> Grouped:
    found, header = None, ""
    if read is not None and read.structured:
        numbers = read.columns["line"].to_numpy().astype(np.int64)
        found = shapes.shapes_of_messages(source, read.columns["message"].combine_chunks(), numbers)
        if len(numbers) < len(found.of_line) * _MOST:
            found = None
    if found is None:
        found = shapes.shapes_of(source)
        header = header_pattern(found.texts)
    # Many shapes are the same once headers are gone and values joined; only what then differs is compared.
    masked = shapes.masked_shapes(found.texts, header).dictionary_encode()
    words = shapes.cut(masked.dictionary)
    mined = mine(masked.dictionary.to_pylist(), words.vocabulary, words.ids, words.starts)
    of_shape = mined.of_shape[masked.indices.to_numpy()] if len(masked) else mined.of_shape
    of_line = of_shape[found.of_line] if len(found.of_line) else found.of_line
    return Grouped(mined, of_line, found.strength)


def _texts(source: Source, wanted: set[int]) -> dict[int, str]:
    """The texts of these physical lines, at most 300 characters of each."""
    return {number: text[:300] for number, text in shapes.lines_numbered(source, wanted)}


def _told(rows: list[TemplateRow], grouped: Grouped, read: LogReading) -> list[TemplateRow]:
    """The rows with levels, services and times as the reader found them."""
    numbers = read.columns["line"].to_numpy().astype(np.int64)
    known = (numbers >= 1) & (numbers <= len(grouped.of_line))
    names = np.array(grouped.mined.ids)[grouped.of_line[numbers[known] - 1]]
    table = read.columns.filter(pa.array(known)).append_column("template", pa.array(names))
    levels, services = _counted(table, "level"), _counted(table, "service")
    spans = table.group_by("template").aggregate([("at", "min"), ("at", "max")]).to_pylist() if read.timed else []
    times = {span["template"]: (_moment(span["at_min"]), _moment(span["at_max"])) for span in spans}
    return [
        replace(
            row,
            levels=levels.get(row.id, {}),
            services=services.get(row.id, {}),
            first_seen=times.get(row.id, (None, None))[0],
            last_seen=times.get(row.id, (None, None))[1],
        )
        for row in rows
    ]


def _counted(table: pa.Table, column: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, value, count in _counts(table, column):
        found.setdefault(name, {})[value] = count
    return found


def _counts(table: pa.Table, column: str) -> Iterator[tuple[str, str, int]]:
    counted = table.group_by(["template", column]).aggregate([([], "count_all")]).sort_by([("count_all", "descending")])
    for row in counted.to_pylist():
        if row[column]:
            yield row["template"], row[column], row["count_all"]


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else datetime.fromtimestamp(microseconds / 1e6, UTC)
