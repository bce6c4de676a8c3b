"""Reads reports of code coverage: Cobertura XML, lcov, and coverage.py's JSON.

Knows how to tell them apart. Refuses to know their fields, and to average: lines are counted, file by file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.xml_text import root_of
from afteraction.formats.coverage_report import cobertura, coverage_json, lcov

_LCOV = re.compile(r"^(?:TN:[^\n]*\n)?SF:", re.M)
_LCOV_LINE = re.compile(r"^(?:DA|LF|LH|FN|FNDA|FNF|FNH|BRDA|BRF|BRH|VER|FNL|FNA):?|^end_of_record", re.M)


class CoverageReport:
    """The reader of this folder."""

    name = "coverage_report"
    title = "Code coverage (Cobertura XML, lcov, coverage.py JSON)"
    kind = EvidenceKind.DOCUMENT
    example = '<coverage line-rate="0.5" timestamp="1778594400"><packages/></coverage>'

    def sniff(self, source: Source) -> float:
        """0.95 for the root, members or lines that only such reports have."""
        return 0.95 if _dialect(source) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One document: totals, and the figures of every file."""
        dialect = _dialect(source)
        if dialect == "lcov":
            return lcov.read(source)
        return coverage_json.read(source) if dialect == "json" else cobertura.read(source)


def _dialect(source: Source) -> str:
    root = root_of(source)
    if root is not None:
        told = {"line-rate", "lines-valid", "branch-rate"} & root.attributes.keys()
        return "cobertura" if root.name == "coverage" and told else ""
    if any(_is_json(one) for one in sketches(source)[:1]):
        return "json"
    head = source.head_text()[:4000]
    return "lcov" if head.startswith(("TN:", "SF:")) and _LCOV.match(head) and _LCOV_LINE.search(head) else ""


def _is_json(value: Mapping[str, Any]) -> bool:
    meta, files = value.get("meta"), value.get("files")
    return isinstance(meta, dict) and "version" in meta and "branch_coverage" in meta and isinstance(files, dict)


READER = CoverageReport()
