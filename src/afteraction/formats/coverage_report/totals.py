"""What a coverage report states, file by file, and how it becomes a document.

Knows lines and branches, covered and coverable. Refuses rates that a report states: they are counted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.instant import Instant
from afteraction.core.records import Document

MOST_NAMED = 100


@dataclass
class FileCoverage:
    """One source file. `missing` are the lines that no test ran, in order."""

    lines: int = 0
    covered: int = 0
    branches: int = 0
    covered_branches: int = 0
    missing: list[int] = field(default_factory=list)

    def figures(self) -> str:
        """`18 of 34 lines, 3 of 8 branches; missing 118, 122-128`, the last for people and checks alike."""
        parts = [f"{self.covered} of {self.lines} lines"]
        if self.branches:
            parts.append(f"{self.covered_branches} of {self.branches} branches")
        return ", ".join(parts) + (f"; missing {', '.join(_ranges(self.missing))}" if self.missing else "")


def _ranges(lines: list[int]) -> Iterator[str]:
    """Runs of consecutive numbers as `122-128`."""
    ordered = sorted(set(lines))
    start = 0
    for place, line in enumerate(ordered):
        if place + 1 == len(ordered) or ordered[place + 1] != line + 1:
            first = ordered[start]
            yield str(first) if first == line else f"{first}-{line}"
            start = place + 1


def document_of(
    dialect: str, files: dict[str, FileCoverage], evidence: EvidenceRef, at: Instant | None = None, commit: str = ""
) -> Document:
    """The report as a document: attributes `coverage_report` (the dialect), `files`, `lines`, `covered_lines`,
    `branches`, `covered_branches`, and `file.<path>` for each file; the least covered files in its text."""
    lines = sum(each.lines for each in files.values())
    covered = sum(each.covered for each in files.values())
    branches = sum(each.branches for each in files.values())
    taken = sum(each.covered_branches for each in files.values())
    rate = f"{100 * covered / lines:.1f} % of {lines} lines" if lines else "no line could be covered"
    least = sorted(files.items(), key=lambda one: (-(one[1].lines - one[1].covered), one[0]))
    told = [f"{path}: {each.figures()}" for path, each in least if each.covered < each.lines]
    more = [f"and {len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else []
    return Document(
        kind=EvidenceKind.DOCUMENT,
        title=f"Coverage report: {rate}, {len(files)} files",
        evidence=evidence,
        captured_at=at,
        captured_from="metadata" if at else "",
        text="\n".join([*told[:MOST_NAMED], *more]),
        attributes={
            "coverage_report": dialect,
            "files": str(len(files)),
            "lines": str(lines),
            "covered_lines": str(covered),
            **({"branches": str(branches), "covered_branches": str(taken)} if branches else {}),
            **({"commit": commit} if commit else {}),
            **{f"file.{path}": each.figures() for path, each in files.items()},
        },
    )
