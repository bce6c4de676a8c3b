"""Bandit's own JSON report.

Knows its results and severities. Refuses its metrics: they count the same results once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import text_of
from afteraction.core.json_text import Node
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.code_findings.findings import Finding, records_of

_LEVELS = {"HIGH": "error", "MEDIUM": "warning", "LOW": "note"}


def fits(found: Mapping[str, Any]) -> bool:
    """Whether an object is such a report."""
    metrics = found.get("metrics")
    return "generated_at" in found and isinstance(metrics, dict) and "_totals" in metrics and "errors" in found


def read(source: Source, root: Node, fields: Mapping[str, Node]) -> Iterator[Record | Failure]:
    """The report as a document and, where it states its time, a note; files that Bandit could not read are named."""
    wrong: list[Failure] = []
    findings: list[Finding] = []
    for node in fields["results"].children():
        value = node.value()
        if isinstance(value, dict):
            line = value.get("line_number")
            findings.append(
                Finding(
                    rule=text_of(value.get("test_id")) or "without a rule",
                    level=_LEVELS.get(text_of(value.get("issue_severity")), "none"),
                    path=text_of(value.get("filename")),
                    at=line if isinstance(line, int) and not isinstance(line, bool) else None,
                    message=text_of(value.get("issue_text")),
                    line=node.line,
                )
            )
        elif not node.damaged:
            wrong.append(Failure(source.name, "a result is an object; this is none.", "Leave it out.", node.locator()))
    errors = list(fields["errors"].children()) if "errors" in fields else []
    for node in errors:
        value = node.value()
        told = " ".join(text_of(value.get(key)) for key in ("filename", "reason")) if isinstance(value, dict) else ""
        reason = f"Bandit did not look at {told or 'a file that it does not name'}."
        wrong.append(Failure(source.name, reason, "Mend that and run it again.", node.locator(), lost=0))
    moment = None
    stated = fields["generated_at"].value() if "generated_at" in fields else None
    if not is_never(stated):
        at = read_field_time(source, stated, "generated_at", fields["generated_at"].locator())
        if isinstance(at, Instant):
            moment = at, fields["generated_at"].cite(source.evidence_id)
        else:
            wrong.append(at)
    yield from records_of("Bandit", "", findings, root.cite(source.evidence_id), moment, failed=bool(errors))
    yield from wrong
