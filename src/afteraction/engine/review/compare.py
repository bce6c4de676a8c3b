"""Incidents beside each other, part by part (SPEC R171): what is the same, what differs, what cannot be compared.

Knows rows, cells and verdicts. Refuses to guess: what is unknown in one column is never a difference, and figures by
different clocks never share a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Any

from afteraction.engine.review.document import Review

Json = dict[str, Any]


class Verdict(StrEnum):
    """What a row says, the most telling first."""

    DIFFERENT = "different"
    SAME = "same"
    CANNOT_COMPARE = "cannot compare"


class Known(StrEnum):
    """Whether a cell has something to compare. AT_LEAST is a lower bound, CLOCK a figure by another clock or in another
    currency."""

    YES = "known"
    AT_LEAST = "at_least"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    CONFLICT = "conflict"
    CLOCK = "another clock"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One incident: the JSON of its analysis (`afteraction/analysis/1`) and its review. Class, mechanism and recurrence
    key are "" where nobody classified it."""

    key: str
    title: str
    document: Json
    review: Review | None = None
    state: str = ""
    defect_class: str = ""
    mechanism: str = ""
    recurrence_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one incident has in a row. `value` is what is compared: (low, high) of a figure, else anything with
    equality. `text` is it in words; `source` is the very object of the incident's own page, where there is one.
    `evidence` are its citations as the document has them, `parts` the parts of the review (`node:N1`)."""

    text: str
    known: Known = Known.YES
    value: object = None
    source: Json | None = None
    evidence: tuple[Json, ...] = ()
    parts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One part of all incidents, in the order of the columns. `among_known` is the verdict on the columns that can be
    compared, None where fewer than two can. `clock` is named where the row is a figure."""

    part: str
    name: str
    cells: tuple[Cell, ...]
    verdict: Verdict
    among_known: Verdict | None = None
    clock: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that two or more of the incidents have in common; `columns` are their keys, sorted."""

    kind: str
    text: str
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The whole table: what is shared on top, then the rows, differing ones first."""

    columns: tuple[Column, ...]
    shared: tuple[Shared, ...]
    rows: tuple[Row, ...]

    def table(self) -> list[list[str]]:
        """As rows of text for an export: head, what is shared, then part, name, verdict and one text a column."""
        head = ["Part", "Name", "Verdict", *(column.key for column in self.columns)]
        same = [
            ["shared", each.text, each.kind, *("yes" if c.key in each.columns else "" for c in self.columns)]
            for each in self.shared
        ]
        rows = [[row.part, row.name, row.verdict.value, *(cell.text for cell in row.cells)] for row in self.rows]
        return [head, *same, *rows]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A row before it is judged: one cell for each incident by key. A column that has none gets `missing`."""

    part: str
    name: str
    cells: Mapping[str, Cell]
    missing: Mapping[str, Cell] = field(default_factory=dict)
    clock: str = ""


_NOTHING = Cell(text="unknown", known=Known.UNKNOWN)


def judged(draft: Draft, columns: Sequence[Column]) -> Row:
    """A row with its verdict; the order of the columns changes nothing but the order of its cells."""
    cells = tuple(draft.cells.get(c.key) or draft.missing.get(c.key) or _NOTHING for c in columns)
    usable = [cell for cell in cells if cell.known in (Known.YES, Known.AT_LEAST)]
    among = _verdict(usable) if len(usable) > 1 else None
    whole = len(usable) == len(cells)
    verdict = among if whole and among is not None else Verdict.CANNOT_COMPARE
    return Row(
        part=draft.part, name=draft.name, cells=cells, verdict=verdict, among_known=among, clock=draft.clock,
        note="" if whole else _why(cells, columns),
    )  # fmt: skip


def _why(cells: Sequence[Cell], columns: Sequence[Column]) -> str:
    found = sorted((c.key, cell.known.value) for c, cell in zip(columns, cells, strict=True)
                   if cell.known not in (Known.YES, Known.AT_LEAST))  # fmt: skip
    return "; ".join(f"{key}: {why}" for key, why in found)


def _verdict(cells: Sequence[Cell]) -> Verdict:
    """Any pair apart makes a difference; a lower bound that reaches another figure says nothing."""
    pairs = [_pair(a, b) for a, b in combinations(cells, 2)]
    if Verdict.DIFFERENT in pairs:
        return Verdict.DIFFERENT
    return Verdict.CANNOT_COMPARE if Verdict.CANNOT_COMPARE in pairs else Verdict.SAME


def _pair(a: Cell, b: Cell) -> Verdict:
    if not isinstance(a.value, Span) or not isinstance(b.value, Span):
        return Verdict.SAME if a.value == b.value else Verdict.DIFFERENT
    if not a.value.meets(b.value):
        return Verdict.DIFFERENT
    return Verdict.CANNOT_COMPARE if Known.AT_LEAST in (a.known, b.known) else Verdict.SAME


@dataclass(frozen=True, slots=True)
class Span:
    """A figure as everything that it may be."""

    low: float
    high: float

    def meets(self, other: Span) -> bool:
        """Whether both may be the same figure: they overlap, or are equal."""
        return self == other or max(self.low, other.low) < min(self.high, other.high) or (
            self.low == self.high and other.low <= self.low <= other.high
        ) or (other.low == other.high and self.low <= other.low <= self.high)  # fmt: skip


def in_common(kind: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Shared]:
    """What two or more columns have, the most common first, then by name."""
    holders: dict[str, set[str]] = {}
    for key, text in pairs:
        holders.setdefault(text, set()).add(key)
    counted = Counter({text: len(keys) for text, keys in holders.items()})
    for text in sorted(counted, key=lambda each: (-counted[each], each)):
        if counted[text] > 1:
            yield Shared(kind, text, tuple(sorted(holders[text])))


# How a metric of the document is told in words; the page gives the words it uses itself.
Speak = Callable[[Json], str]
_RANK = {verdict: number for number, verdict in enumerate(Verdict)}


def _order(row: Row) -> tuple[int, int]:
    """By verdict, and among rows that cannot be compared as a whole by what is known."""
    return _RANK[row.verdict], len(_RANK) if row.among_known is None else _RANK[row.among_known]


def arranged(drafts: Iterable[Draft], shared: Iterable[Shared], columns: Sequence[Column]) -> Comparison:
    """Drafts as a table, differing rows first and otherwise in their own order. Raises ValueError for fewer than two
    columns, or one that comes twice."""
    keys = [column.key for column in columns]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        raise ValueError("two or more different incidents can be compared")
    rows = [judged(draft, columns) for draft in drafts]
    return Comparison(columns=tuple(columns), shared=tuple(shared), rows=tuple(sorted(rows, key=_order)))
