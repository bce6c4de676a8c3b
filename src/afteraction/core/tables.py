"""Tables as text: how the first lines of a CSV or TSV file are cut, and which of its columns are times or numbers.

Knows delimiters, headers, and quoted cells over several lines. Refuses to know what a table is about.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.timestamps import read_timestamp

Columns = TypeVar("Columns")
SAMPLE_ROWS = 100
_DELIMITERS = (",", "\t", ";", "|")
_NUMBER = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$")
NO_NUMBER = frozenset({"", "nan", "null", "none", "na", "n/a", "-", "inf", "+inf", "-inf"})
_TIME_NAME = re.compile(
    r"(?:^|[_ .])(?:time|date|ts|at|when|created|opened|reported|updated|submitted|received|day|hour|minute|bucket|"
    r"period|start)(?:$|[_ .(])|timestamp|unixnano|datetime",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DAY_FIRST = re.compile(r"^(\d{1,2})([/.])(\d{1,2})\2(\d{4})[ T](\d{1,2}:\d{2}(:\d{2})?)$")


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table. `header` has unique names, `header_line` is its physical line (1-based), `rows` are
    the first rows that have as many cells as the header."""

    delimiter: str
    header_line: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """The cells of a column that are not empty."""
        place = self.header.index(name)
        return [row[place].strip() for row in self.rows if row[place].strip()]

    def pick(self, mapping: Mapping[str, str], target: str, wanted: tuple[str, ...], *taken: str) -> str:
        """The column that means `target`: the mapped one, else the first of the wanted names that is not taken."""
        chosen = mapping.get(target)
        if chosen in self.header:
            return chosen
        return next((name for name in self.named(*wanted) if name not in taken), "")

    def named(self, *wanted: str) -> list[str]:
        """The columns called one of `wanted` (plain names), the best name first."""
        order = {name: place for place, name in enumerate(wanted)}
        return sorted((name for name in self.header if plain(name) in order), key=lambda name: order[plain(name)])

    def is_numeric(self, name: str) -> bool:
        """Whether every cell that says something says a number, and one does."""
        cells = [cell for cell in self.column(name) if cell.lower() not in NO_NUMBER]
        return bool(cells) and all(_NUMBER.match(cell) for cell in cells)

    def time_formats(self, name: str) -> tuple[str, ...]:
        """How the times of a column are written, in the words of a read plan; empty when it holds none."""
        cells = self.column(name)
        forms = [form_of(cell, cells) for cell in cells]
        known = [form for form in forms if form]
        return tuple(dict.fromkeys(known)) if known and len(known) * 10 >= len(forms) * 6 else ()

    def time_columns(self) -> list[str]:
        """The columns that hold times, those named after one first."""
        found = [name for name in self.header if self.time_formats(name)]
        return [
            *(name for name in found if is_time_name(name)),
            *(name for name in found if not is_time_name(name) and not self.is_numeric(name)),
        ]


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A column's name in lower case, words joined by underscores: `Created At`, `createdAt` → `created_at`."""
    return re.sub(r"[^a-z0-9]+", "_", _HUMP.sub("_", name).lower()).strip("_")


def is_time_name(name: str) -> bool:
    """Whether a column is called after a moment."""
    return bool(_TIME_NAME.search(_HUMP.sub("_", name))) or bool(_TIME_NAME.search(name))


def form_of(cell: str, column: list[str]) -> str:
    """The format of one time, in the words of a read plan; empty when it is none. Day and month are told apart by
    the whole column, and where it does not tell, nothing is read."""
    if _NUMBER.match(cell):
        return "epoch" if 1e8 < float(cell) < 1e20 else ""
    if match := _DAY_FIRST.match(cell):
        return _calendar(match, column)
    try:
        read_timestamp(cell, zone="UTC")
    except UnreadableTime:
        return ""
    return "iso" if cell[:4].isdigit() else ""


def _calendar(match: re.Match[str], column: list[str]) -> str:
    others = [found for cell in column if (found := _DAY_FIRST.match(cell))]
    day_first = match[2] == "." or any(int(found[1]) > 12 for found in others)
    month_first = match[2] == "/" and any(int(found[3]) > 12 for found in others)
    if day_first == month_first:
        return ""
    order = "%d{0}%m{0}%Y" if day_first else "%m{0}%d{0}%Y"
    return f"{order.format(match[2])} %H:%M{':%S' if match[6] else ''}"


def header_names(line: str, delimiter: str) -> tuple[str, ...]:
    """The names in a header line, made unique: an empty one is called after its place, a repeated one numbered."""
    names: list[str] = []
    for place, cell in enumerate(next(csv.reader([line], delimiter=delimiter), []), start=1):
        name = cell.strip().lstrip("\ufeff") or f"column {place}"
        times = sum(1 for known in names if known == name or known.startswith(f"{name} ("))
        names.append(f"{name} ({times + 1})" if times else name)
    return tuple(names)


def table_of(source: Source) -> Table | None:
    """The table in the first bytes of an original; None when they are no table."""
    if source.is_binary:
        return None
    text = source.head_text()
    lines = text.splitlines()
    if len(source.head) < source.size and len(lines) > 1:
        lines.pop()
    above = 0
    while above < len(lines) and (not lines[above].strip() or lines[above].startswith("#")):
        above += 1
    if above + 1 >= len(lines) or lines[above].lstrip()[:1] in ("{", "[", "<", "|"):
        return None
    found = [table for mark in _DELIMITERS if (table := _cut(lines, above, mark))]
    return max(found, key=lambda table: len(table.header), default=None)


def table_with(source: Source, find: Callable[[Table, Source], Columns | None]) -> tuple[Table, Columns] | None:
    """The table in an original with its columns by their meaning; None without a table, or without these columns."""
    table = table_of(source)
    columns = find(table, source) if table else None
    return None if table is None or columns is None else (table, columns)


def _cut(lines: list[str], above: int, delimiter: str) -> Table | None:
    header = header_names(lines[above], delimiter)
    if len(header) < 2 or any(len(name) > 200 for name in header) or _says_values(header):
        return None
    rows, ragged = [], 0
    try:
        for row in csv.reader((f"{line}\n" for line in lines[above + 1 :]), delimiter=delimiter):
            if not row:
                continue
            if len(row) == len(header):
                rows.append(tuple(row))
            else:
                ragged += 1
            if len(rows) + ragged >= SAMPLE_ROWS:
                break
    except csv.Error:
        return None
    return Table(delimiter, above + 1, header, tuple(rows)) if len(rows) > ragged else None


def _says_values(cells: tuple[str, ...]) -> bool:
    """Whether these are values and no names: then the table has no header."""
    return any(form_of(cell, [cell]) for cell in cells) or all(_NUMBER.match(cell) for cell in cells)


def rows_of(source: Source, table: Table) -> Iterator[tuple[int, dict[str, str]] | Failure]:
    """Every row as (physical line it begins on, cells by name); rows of another width are failures."""
    begun: list[int] = []
    refused: list[Failure] = []

    def feed() -> Iterator[str]:
        for item in source.lines():
            if isinstance(item, Failure):
                refused.append(item)
            elif item[0] > table.header_line and (begun or item[1].strip()):
                begun.append(item[0])
                yield f"{item[1]}\n"

    reader = csv.reader(feed(), delimiter=table.delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            row = []
            step = "Correct the row and import the file again."
            yield Failure(source.name, f"the row cannot be cut: {error}.", step, Locator(line=begun[0]))
        yield from refused
        refused.clear()
        if row is None:
            return
        first, width = (begun[0] if begun else 0), len(table.header)
        begun.clear()
        if len(row) == width or (len(row) == width + 1 and not row[-1]):
            yield first, {name: cell.strip() for name, cell in zip(table.header, row, strict=False)}
        elif row:
            reason = f"the row has {len(row)} cells, its header has {width}."
            yield Failure(source.name, reason, "Correct the row and import the file again.", Locator(line=first))


def read_rows(
    source: Source, table: Table, read: Callable[[int, dict[str, str]], Iterator[Record | Failure]]
) -> Iterator[Record | Failure]:
    """What `read` makes of every row, by its line and its cells; rows that cannot be cut are failures."""
    for row in rows_of(source, table):
        if isinstance(row, Failure):
            yield row
        else:
            yield from read(*row)
