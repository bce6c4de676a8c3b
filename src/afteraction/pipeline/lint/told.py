"""What is found, for machines: JSON, SARIF 2.1.0, and commands of GitHub's workflows.

Knows the three shapes. Refuses to leave anything out of them that a person would see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from afteraction.engine.language.documents.document import Placed
from afteraction.engine.language.rule import Severity
from afteraction.engine.language.rules import CATALOGUE
from afteraction.pipeline.lint.dismissed import digest_of
from afteraction.pipeline.lint.run import FileRead
from afteraction.pipeline.lint.texts import Unreadable

Json = dict[str, Any]
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/afteraction/afteraction"
_LEVELS = {Severity.GATE: "error", Severity.NUDGE: "warning", Severity.NOTE: "note"}
_COMMANDS = {Severity.GATE: "error", Severity.NUDGE: "warning", Severity.NOTE: "notice"}


def as_rows(file: FileRead) -> list[Json]:
    """The findings of a file, as `lint.schema.json` describes them."""
    return [_row(file.name, each) for each in file.findings]


def _row(name: str, placed: Placed) -> Json:
    found = placed.finding
    return {
        "file": name, "line": placed.line, "column": placed.column, "end_line": placed.end_line,
        "end_column": placed.end_column, "sentence": found.sentence, "rule": found.rule, "category": found.category,
        "severity": found.severity.value, "message": found.message, "suggestion": found.suggestion,
    }  # fmt: skip


def as_github(file: FileRead) -> list[str]:
    """One workflow command for each finding: an annotation at its line."""
    return [
        f"::{_COMMANDS[each.finding.severity]} file={_property(file.name)},line={each.line},endLine={each.end_line},"
        f"{_columns(each)}title={_property(_title(each))}::{_data(_words(each))}"
        for each in file.findings
    ]


def unreadable_as_github(file: Unreadable) -> str:
    """The workflow command for a file that could not be read."""
    return f"::error file={_property(file.name)},title={_property('Not read')}::{_data(str(file))}"


def _columns(placed: Placed) -> str:
    # GitHub takes columns of one line only.
    return f"col={placed.column},endColumn={placed.end_column}," if placed.line == placed.end_line else ""


def _title(placed: Placed) -> str:
    return f"{placed.finding.category} ({placed.finding.rule})"


def _words(placed: Placed) -> str:
    found = placed.finding
    return " ".join(part for part in (found.message, found.question, _instead(found.suggestion)) if part)


def _instead(suggestion: str) -> str:
    return f"Instead: {suggestion}" if suggestion else ""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(files: Iterable[FileRead], unreadable: Sequence[Unreadable]) -> Json:
    """One run of SARIF 2.1.0. What was switched off in a text or dismissed is there, marked as suppressed."""
    places = {each.code: at for at, each in enumerate(CATALOGUE)}
    results: list[Json] = []
    for file in files:
        results += [_result(file, each, places) for each in file.findings]
        results += [_suppressed(_result(file, each, places), "external") for each in file.dismissed]
        results += [_suppressed(_result(file, each, places), "inSource") for each in file.read.silenced]
    run: Json = {
        "tool": {"driver": _driver()}, "columnKind": "unicodeCodePoints", "results": results,
        "invocations": [{"executionSuccessful": not unreadable, "toolExecutionNotifications": [
            {"level": "error", "message": {"text": f"{each.reason} {each.next_step}"},
             "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(each.name)}}}]}
            for each in unreadable
        ]}],
    }  # fmt: skip
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver() -> Json:
    return {
        "name": "afteraction lint", "version": version("afteraction"), "informationUri": _HOME,
        "rules": [
            {
                "id": each.code, "name": each.category, "shortDescription": {"text": each.title},
                "fullDescription": {"text": each.reason}, "help": {"text": each.question},
                "defaultConfiguration": {"level": _LEVELS[each.loudness]},
                "helpUri": f"{_HOME}/blob/main/docs/reference/language-rules.md#{each.code.lower()}",
            }
            for each in CATALOGUE
        ],
    }  # fmt: skip


def _result(file: FileRead, placed: Placed, places: dict[str, int]) -> Json:
    found = placed.finding
    result: Json = {
        "ruleId": found.rule, "level": _LEVELS[found.severity], "message": {"text": _words(placed)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": _uri(file.name)},
            "region": {"startLine": placed.line, "startColumn": placed.column, "endLine": placed.end_line,
                       "endColumn": placed.end_column},
        }}],
        "partialFingerprints": {"sentenceAndRule/v1": f"{digest_of(found.sentence)}:{found.rule}"},
        "properties": {"category": found.category, "severity": found.severity.value},
    }  # fmt: skip
    if found.rule in places:
        result["ruleIndex"] = places[found.rule]
    # A sentence that is written otherwise in the file (references of a page) cannot be replaced from here.
    if found.suggestion and file.writes(found):
        result["fixes"] = [{
            "description": {"text": "Say the same of the system."},
            "artifactChanges": [{
                "artifactLocation": {"uri": _uri(file.name)},
                "replacements": [{
                    "deletedRegion": {"charOffset": found.sentence_start, "charLength": len(found.sentence)},
                    "insertedContent": {"text": found.suggestion},
                }],
            }],
        }]  # fmt: skip
    return result


def _suppressed(result: Json, kind: str) -> Json:
    return result | {"suppressions": [{"kind": kind}]}


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
