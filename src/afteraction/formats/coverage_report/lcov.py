"""lcov tracefiles: records of `SF:` to `end_of_record`, line by line.

Knows DA, BRDA and the totals LF, LH, BRF, BRH, which stand in for lines that are not listed. Refuses DA lines that are
no numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.coverage_report.totals import FileCoverage, document_of

_TOTALS = ("LF", "LH", "BRF", "BRH")
# Names, versions and functions say nothing about which lines ran.
_SILENT = ("TN", "VER", "FN", "FNDA", "FNF", "FNH", "FNL", "FNA", "MCDC", "MCF", "MCH")


@dataclass
class _File:
    """One source file so far; a file may come in several records, one a test."""

    hits: dict[int, bool] = field(default_factory=dict)
    branches: dict[str, bool] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)

    def counted(self) -> FileCoverage:
        lines, covered = len(self.hits), sum(self.hits.values())
        branches, taken = len(self.branches), sum(self.branches.values())
        stated = self.totals.get
        return FileCoverage(
            lines=lines or stated("LF", 0),
            covered=covered if lines else min(stated("LH", 0), stated("LF", 0)),
            branches=branches or stated("BRF", 0),
            covered_branches=taken if branches else min(stated("BRH", 0), stated("BRF", 0)),
            missing=[number for number, hit in self.hits.items() if not hit],
        )


def read(source: Source) -> Iterator[Record | Failure]:
    """The whole file as one report."""
    files: dict[str, _File] = {}
    wrong: list[Failure] = []
    current: _File | None = None
    name, number = "", 0
    for item in source.lines():
        if isinstance(item, Failure):
            wrong.append(item)
            continue
        number, line = item
        key, _, value = line.strip().partition(":")
        if not key:
            continue
        if key == "SF":
            name = value
            current = files.setdefault(value, _File())
        elif key == "end_of_record":
            current = None
        elif key not in _SILENT and (current is None or not _take(current, key, value)):
            reason = f'"{line[:60]}" is no line of a record for a source file.'
            wrong.append(Failure(source.name, reason, "Write the report again.", Locator(line=number)))
    if current is not None:
        reason = f"the file is cut short: the record of {name[:120]} has no end."
        wrong.append(Failure(source.name, reason, "Write the report again.", Locator(line=number)))
    if files:
        counted = {path: each.counted() for path, each in files.items()}
        yield document_of("lcov", counted, EvidenceRef(source.evidence_id, Locator(line=1)))
    elif not wrong:
        wrong.append(Failure(source.name, "the report names no source file.", "Write it again.", lost=0))
    yield from wrong


def _take(file: _File, key: str, value: str) -> bool:
    """Takes one line of a record; False when it is none."""
    parts = value.split(",")
    if key == "DA" and len(parts) >= 2 and _is_count(parts[0]) and parts[1].strip().lstrip("-").isdigit():
        line = int(parts[0])
        # Some compilers count so far that the number turns negative; such a line was run.
        file.hits[line] = file.hits.get(line, False) or parts[1].strip().strip("0") != ""
        return True
    if key == "BRDA" and len(parts) >= 4 and _is_count(parts[0]):
        # What a branch is called may hold commas itself.
        branch = ",".join(parts[:-1])
        file.branches[branch] = file.branches.get(branch, False) or parts[-1].strip() not in ("-", "0")
        return True
    if key in _TOTALS and _is_count(value):
        file.totals[key] = file.totals.get(key, 0) + int(value)
        return True
    return False


def _is_count(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 10
