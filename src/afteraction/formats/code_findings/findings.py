"""Findings of one run of one tool, and how they become a document.

Knows a rule, a level, a place and a message. Refuses to drop one: all are attributes, the worst are text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.instant import Instant
from afteraction.core.records import Document, Event, EventKind, Lane, Record

ORDER = ("error", "warning", "note", "none")
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `level` is error, warning, note or none; `line` the physical line in the report."""

    rule: str
    level: str
    path: str
    at: int | None
    message: str
    line: int
    suppressed: bool = False


def records_of(
    tool: str, version: str, findings: Sequence[Finding], evidence: EvidenceRef,
    moment: tuple[Instant, EvidenceRef] | None = None, failed: bool = False,
) -> Iterator[Record]:  # fmt: skip
    """The run as a document: attributes `code_findings` (the tool), `findings`, `suppressed`, one count per level, and
    `finding.<rule>` with the JSON array of its `[path, line, level, suppressed, line in the report]`."""
    counts = Counter(each.level for each in findings if not each.suppressed)
    silent = sum(each.suppressed for each in findings)
    told = ", ".join(f"{counts[level]} of level {level}" for level in ORDER if counts[level]) or "nothing found"
    told += f", {silent} suppressed" if silent else ""
    told += ", and the tool did not finish" if failed else ""
    places: dict[str, list[list[object]]] = {}
    for each in findings:
        entry: list[object] = [each.path, each.at, each.level, each.suppressed, each.line]
        places.setdefault(f"finding.{each.rule}", []).append(entry)
    open_ = sorted((each for each in findings if not each.suppressed), key=lambda one: ORDER.index(one.level))
    lines = [_line(each) for each in open_[:MOST_NAMED]]
    lines += [f"and {len(open_) - MOST_NAMED} more"] if len(open_) > MOST_NAMED else []
    facts = {
        "code_findings": tool, "findings": str(len(findings)), "suppressed": str(silent),
        **({"version": version} if version else {}), **({"finished": "no"} if failed else {}),
        **{level: str(counts[level]) for level in ORDER if counts[level]},
    }  # fmt: skip
    yield Document(
        kind=EvidenceKind.DOCUMENT,
        title=f"Findings of {tool}: {told}",
        evidence=evidence,
        captured_at=moment[0] if moment else None,
        captured_from="metadata" if moment else "",
        text="\n".join(lines),
        attributes={**facts, **{rule: json.dumps(of, ensure_ascii=False) for rule, of in places.items()}},
    )
    if moment:
        status = {"status": "failure" if counts["error"] or failed else "success", "check": tool}
        yield Event(instant=moment[0], title=f"{tool}: {told}", body="\n".join(lines), evidence=moment[1],
                    lane=Lane.CHANGES, kind=EventKind.NOTE, attributes={**facts, **status})  # fmt: skip


def _line(finding: Finding) -> str:
    place = f"{finding.path}:{finding.at}" if finding.at else finding.path or "no place"
    return f"{finding.level}: {finding.rule} at {place}: {' '.join(finding.message.split())[:200]}"
