"""A comparison as its page and the API show it: rows in groups by what they say, and where each cell comes from.

Knows addresses of evidence and of parts. Refuses to judge rows: the engine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from afteraction.engine.review.compare import Cell, Column, Comparison, Known, Row, Shared, Verdict
from afteraction.engine.review.side_by_side import compare
from afteraction.pipeline.report import sentences
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.comparing.columns import columns_of

Json = dict[str, Any]
PARTS = {
    "record": "Record", "milestones": "Milestones", "metrics": "Metrics", "detection": "Detection",
    "classes": "Classes", "gates": "Gates", "causes": "Causes", "mitigators": "What made it less bad",
    "changes": "Review and changes",
}  # fmt: skip
MOST_CITED = 4
_TITLES = {
    Verdict.DIFFERENT: "Different", Verdict.SAME: "The same", Verdict.CANNOT_COMPARE: "Cannot be compared",
}  # fmt: skip


@dataclass(frozen=True)
class ShownCell:
    """One cell: whose it is, its words and citations, and where the incident's own page shows it."""

    incident: Incident
    cell: Cell
    page: str

    @property
    def is_known(self) -> bool:
        """Whether there is something to compare."""
        return self.cell.known in (Known.YES, Known.AT_LEAST)

    @property
    def cites(self) -> list[Json]:
        """Citations as pages show them, each original once."""
        found = {each.get("label"): each for each in reversed(self.cell.evidence)}
        return [{"sha256": "", "file": "", "locator": "", **each} for each in reversed(list(found.values()))][
            :MOST_CITED
        ]


@dataclass(frozen=True)
class ShownRow:
    """One row with its cells in the order of the columns."""

    row: Row
    cells: tuple[ShownCell, ...]

    @property
    def part(self) -> str:
        """Which part of the incidents it is, as a title."""
        return PARTS[self.row.part]

    @property
    def among(self) -> str:
        """What those say that can be compared, where not all can."""
        if self.row.verdict is not Verdict.CANNOT_COMPARE or self.row.among_known is None:
            return ""
        if self.row.among_known is Verdict.CANNOT_COMPARE:
            return ""
        return f"{self.row.among_known.value} where known" if any(not each.is_known for each in self.cells) else ""


@dataclass(frozen=True)
class Group:
    """Rows of one verdict."""

    verdict: Verdict
    rows: tuple[ShownRow, ...]

    @property
    def title(self) -> str:
        """The verdict as a heading."""
        return _TITLES[self.verdict]


@dataclass(frozen=True)
class Beside:
    """Two or more incidents beside each other."""

    incidents: Sequence[Incident]

    @cached_property
    def columns(self) -> list[Column]:
        """The incidents as columns."""
        return columns_of(self.incidents)

    @cached_property
    def comparison(self) -> Comparison:
        """What the engine says, in the words of the incidents' own pages."""
        return compare(self.columns, sentences.figure)

    @property
    def shared(self) -> tuple[Shared, ...]:
        """What two or more have in common."""
        return self.comparison.shared

    @cached_property
    def rows(self) -> list[ShownRow]:
        """Every row, differing ones first."""
        return [ShownRow(row, tuple(self._cells(row))) for row in self.comparison.rows]

    @cached_property
    def groups(self) -> list[Group]:
        """Rows by what they say; a verdict that no row has is left out."""
        found = [Group(each, tuple(row for row in self.rows if row.row.verdict is each)) for each in Verdict]
        return [each for each in found if each.rows]

    def _cells(self, row: Row) -> Iterator[ShownCell]:
        for incident, cell in zip(self.incidents, row.cells, strict=True):
            yield ShownCell(incident, cell, page_of(incident.key, row.part, cell.parts))


def page_of(key: str, part: str, parts: Sequence[str]) -> str:
    """Where the incident's own page shows it."""
    if parts:
        sort, ident = parts[0].split(":", 1)
        if sort == "node":
            return f"{reverse('reviews:graph', args=[key])}?node={ident}"
        return f"{reverse('reviews:gates', args=[key])}#{ident}"
    if part in ("causes", "mitigators"):
        return reverse("reviews:graph", args=[key])
    return reverse("reviews:review" if part in ("gates", "changes") else "incidents:timeline", args=[key])


def told(beside: Beside) -> Json:
    """The comparison as JSON, for programs and as a file."""
    return {
        "schema": "afteraction/comparison/1",
        "incidents": [{"key": each.key, "title": each.title} for each in beside.columns],
        "shared": [
            {"kind": each.kind, "text": each.text, "incidents": list(each.columns)} for each in beside.shared
        ],
        "rows": [_told_row(each) for each in beside.rows],
    }  # fmt: skip


def _told_row(shown: ShownRow) -> Json:
    row = shown.row
    return {
        "part": row.part, "name": row.name, "verdict": row.verdict.value,
        "among_known": row.among_known.value if row.among_known else None, "clock": row.clock, "note": row.note,
        "cells": [
            {
                "incident": each.incident.key, "text": each.cell.text, "known": each.cell.known.value,
                "note": each.cell.note, "parts": list(each.cell.parts), "page": each.page,
                "evidence": list(each.cell.evidence),
            }
            for each in shown.cells
        ],
    }  # fmt: skip
