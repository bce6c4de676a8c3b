"""SARIF 2.1.0 (and 2.0 as far as it is the same): runs of tools with results.

Knows that a result's level may stand in its rule, and that some results are suppressed or no failures at all. Refuses
results that pass: those whose kind is not "fail".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceRef, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import text_of, value_at
from afteraction.core.json_text import Node
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.code_findings.findings import ORDER, Finding, records_of


def fits(found: Mapping[str, Any], head: str) -> bool:
    """Whether an object is such a report, told from its first bytes."""
    runs = found.get("runs")
    if isinstance(runs, list) and runs and isinstance(runs[0], dict) and {"tool", "results"} & runs[0].keys():
        return isinstance(runs[0].get("tool"), dict) or "sarif" in head[:2000].lower()
    schema = text_of(found.get("$schema")).lower()
    return "sarif" in schema and isinstance(runs, list)


def read(source: Source, runs: Node) -> Iterator[Record | Failure]:
    """Each run as a document and, where it states its time, a note."""
    if runs.opener != "[" and not runs.damaged:
        yield Failure(source.name, '"runs" is no list.', "Export the findings again.", runs.locator())
    for run in runs.children():
        if run.opener == "{":
            yield from _run(source, run)
        elif not run.damaged and run.value() is not None:
            yield Failure(source.name, "a run is an object; this is none.", "Leave it out.", run.locator())


def _run(source: Source, run: Node) -> Iterator[Record | Failure]:
    fields = run.fields()
    tool = fields["tool"].value() if "tool" in fields else None
    tool = tool if isinstance(tool, dict) else {}
    wrong: list[Failure] = []
    levels = _levels(tool)
    findings: list[Finding] = []
    for result in fields["results"].children() if "results" in fields else ():
        value = result.value()
        if isinstance(value, dict):
            findings += _finding(value, result.line, levels)
        elif not result.damaged:
            wrong.append(
                Failure(source.name, "a result is an object; this is none.", "Leave it out.", result.locator())
            )
    moment, failed = None, False
    for invocation in fields["invocations"].children() if "invocations" in fields else ():
        value = invocation.value()
        if not isinstance(value, dict):
            continue
        failed = failed or value.get("executionSuccessful") is False
        stated = next((key for key in ("endTimeUtc", "startTimeUtc") if not is_never(value.get(key))), "")
        if stated and moment is None:
            at = read_field_time(source, _utc(value[stated]), stated, invocation.locator(stated))
            if isinstance(at, Instant):
                moment = at, invocation.cite(source.evidence_id, stated)
            else:
                wrong.append(at)
    name = text_of(value_at(tool, "driver", "name")) or text_of(tool.get("name")) or "an unnamed tool"
    version = text_of(value_at(tool, "driver", "semanticVersion")) or text_of(value_at(tool, "driver", "version"))
    cited: EvidenceRef = run.cite(source.evidence_id)
    yield from records_of(name, version, findings, cited, moment, failed)
    yield from wrong


def _utc(value: object) -> object:
    """SARIF's times are in UTC by their definition; tools leave the Z out."""
    return f"{value}Z" if isinstance(value, str) and value[-1:].isdigit() and "+" not in value else value


def _levels(tool: Mapping[str, Any]) -> dict[str, str]:
    """The default level of each rule that states one."""
    rules = value_at(tool, "driver", "rules")
    return {
        text_of(rule.get("id")): text_of(value_at(rule, "defaultConfiguration", "level"))
        for rule in (rules if isinstance(rules, list) else ())
        if isinstance(rule, dict)
    }


def _finding(result: Mapping[str, Any], line: int, levels: Mapping[str, str]) -> Iterator[Finding]:
    if text_of(result.get("kind")) not in ("", "fail"):
        return
    rule = text_of(result.get("ruleId")) or text_of(value_at(result, "rule", "id")) or "without a rule"
    level = text_of(result.get("level")) or levels.get(rule, "")
    place = value_at(result, "locations", "0", "physicalLocation")
    at = value_at(place, "region", "startLine")
    stated = result.get("suppressions")
    suppressions = [one for one in stated if isinstance(one, dict)] if isinstance(stated, list) else []
    accepted = [one for one in suppressions if one.get("status") not in ("underReview", "rejected")]
    yield Finding(
        rule=rule,
        # A result whose level is stated nowhere is a warning (SARIF 2.1.0, 3.27.10).
        level=level if level in ORDER else "warning",
        path=text_of(value_at(place, "artifactLocation", "uri")),
        at=at if isinstance(at, int) and not isinstance(at, bool) else None,
        message=text_of(value_at(result, "message", "text")) or text_of(value_at(result, "message", "id")),
        line=line,
        suppressed=bool(accepted),
    )
