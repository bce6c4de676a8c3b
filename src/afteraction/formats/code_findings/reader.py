"""Reads what static analysis found: SARIF of any tool, and Bandit's own JSON.

Knows both shapes. Refuses to judge a finding: its level is the tool's.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_text import documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.code_findings import bandit, sarif


class CodeFindings:
    """The reader of this folder."""

    name = "code_findings"
    title = "Findings of static analysis (SARIF, Bandit JSON)"
    kind = EvidenceKind.DOCUMENT
    example = '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Lint"}}, "results": []}]}'

    def sniff(self, source: Source) -> float:
        """Sure for the members that only such reports have."""
        found = outline(source)
        if not isinstance(found, dict):
            return 0.0
        return 0.95 if sarif.fits(found, source.head_text()) or bandit.fits(found) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One document per run of a tool, and a note at its time where it states one."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
                continue
            fields = root.fields()
            if "runs" in fields:
                yield from sarif.read(source, fields["runs"])
            elif "results" in fields and "metrics" in fields:
                yield from bandit.read(source, root, fields)
            elif not root.damaged:
                reason = "this is neither SARIF (it has no `runs`) nor a report of Bandit (no `results` and `metrics`)."
                yield Failure(source.name, reason, "Export the findings again.", root.locator())


READER = CodeFindings()
