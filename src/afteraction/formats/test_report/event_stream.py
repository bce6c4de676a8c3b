"""Reports that are one JSON object a line while the tests run: `go test -json` and Dart's `--reporter json`.

Knows when a test began and ended. Refuses to call a test passed whose end is missing: a run that was cut off or that
crashed says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.testruns import CaseRun, Outcome, TestRun, records_of
from afteraction.formats.test_report.figures import seconds

_GO = frozenset(
    {"start", "run", "pause", "cont", "pass", "bench", "fail", "output", "skip", "attr", "build-output", "build-fail"}
)
_GO_ENDS = {"pass": Outcome.PASSED, "fail": Outcome.FAILED, "skip": Outcome.SKIPPED}
_DART_ENDS = {"success": Outcome.PASSED, "failure": Outcome.FAILED, "error": Outcome.ERROR}
MOST_FAILURES = 1000


@dataclass
class _Stream:
    """What was gathered so far, by the name or number of the test."""

    source: Source
    cases: dict[object, CaseRun] = field(default_factory=dict)
    running: dict[object, tuple[str, int]] = field(default_factory=dict)
    said: dict[object, str] = field(default_factory=dict)
    suites: dict[object, str] = field(default_factory=dict)
    first: int | None = None
    began: Instant | None = None
    ended: Instant | None = None
    took_s: float | None = None
    failures: list[Failure] = field(default_factory=list)

    def fail(self, reason: str, line: int) -> None:
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(Failure(self.source.name, reason, "Run the tests again.", Locator(line=line)))


def fits(source: Source) -> bool:
    """Whether the first lines are those of such a runner."""
    return bool(_dialect(source))


def _dialect(source: Source) -> str:
    for line in source.head_lines(5):
        event = _parsed(line)
        if not isinstance(event, dict):
            continue
        if "protocolVersion" in event and "runnerVersion" in event:
            return "dart"
        if _text(event.get("Action")) in _GO and ("Package" in event or "ImportPath" in event):
            return "go"
    return ""


def read(source: Source) -> Iterator[Record | Failure]:
    """The whole stream as one report."""
    stream, dialect = _Stream(source), _dialect(source)
    take = _take_dart if dialect == "dart" else _take_go
    for item in source.lines():
        if isinstance(item, Failure):
            stream.failures.append(item)
            continue
        number, line = item
        if not line.strip():
            continue
        event = _parsed(line)
        if isinstance(event, dict):
            stream.first = stream.first or number
            take(stream, event, number)
        else:
            stream.fail("the line is no JSON object.", number)
    cases = list(stream.cases.values())
    for name, line_number in stream.running.values():
        cases.append(CaseRun(name, Outcome.ERROR, line_number, None, "began and never ended"))
    if stream.first is not None:
        place = Locator(line=stream.first)
        yield from records_of(
            TestRun(
                dialect=dialect or "go",
                name="go test" if dialect != "dart" else "dart test",
                cases=cases,
                evidence=EvidenceRef(source.evidence_id, Locator(line=stream.first, pointer="")),
                began=stream.began,
                began_at=EvidenceRef(source.evidence_id, Locator(line=place.line, pointer="/Time")),
                ended=stream.ended,
                duration_s=stream.took_s,
            )
        )
    yield from stream.failures


def _take_go(stream: _Stream, event: dict[str, Any], number: int) -> None:
    action, package = _text(event.get("Action")), _text(event.get("Package")) or _text(event.get("ImportPath"))
    _go_time(stream, event, number)
    if action not in _GO:
        stream.fail(f'the action "{action[:40]}" is none of `go test -json`.', number)
        return
    test = _text(event.get("Test"))
    name = f"{package}.{test}" if test else package
    if action in ("output", "build-output"):
        stream.said[name] = (stream.said.get(name, "") + _text(event.get("Output")))[-600:]
    elif action == "run" and test:
        stream.running[name] = name, number
    elif action in _GO_ENDS and test:
        began = stream.running.pop(name, (name, number))[1]
        outcome = _GO_ENDS[action]
        message = "" if outcome is Outcome.PASSED else _go_reason(stream.said.get(name, ""))
        # The same test again (-count) is a run of its own.
        stream.cases[name, number] = CaseRun(name, outcome, began, seconds(event.get("Elapsed")), message)
        stream.said.pop(name, None)
    elif action in ("fail", "build-fail") and not test and not _has_failed(stream, package):
        # A package that fails without a failing test was not built, or died outside of its tests.
        reason = _go_reason(stream.said.get(package, "")) or _text(event.get("FailedBuild"))
        stream.cases[name, number] = CaseRun(package, Outcome.NOT_COLLECTED, number, None, reason)


def _has_failed(stream: _Stream, package: str) -> bool:
    inside = f"{package}."
    listed = any(
        (case.id.startswith(inside) and case.outcome is Outcome.FAILED) or case.id == package
        for case in stream.cases.values()
    )
    return listed or any(name.startswith(inside) for name, _ in stream.running.values())


def _go_time(stream: _Stream, event: dict[str, Any], number: int) -> None:
    if "Time" not in event:
        return
    at = read_field_time(stream.source, event["Time"], "Time", Locator(line=number, pointer="/Time"))
    if isinstance(at, Failure):
        if len(stream.failures) < MOST_FAILURES:
            stream.failures.append(at)
        return
    if stream.began is None or at.utc < stream.began.utc:
        stream.began = at
    if stream.ended is None or at.utc > stream.ended.utc:
        stream.ended = at
        stream.took_s = (at.utc - stream.began.utc).total_seconds()


def _go_reason(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("=== ", "--- ", "FAIL", "PASS", "ok "))]
    return told[0] if told else ""


def _take_dart(stream: _Stream, event: dict[str, Any], number: int) -> None:
    kind = event.get("type")
    about = event.get("test") if kind == "testStart" else event.get("suite")
    if kind == "suite" and isinstance(about, dict):
        stream.suites[str(about.get("id"))] = _text(about.get("path"))
    elif kind == "testStart" and isinstance(about, dict):
        suite = stream.suites.get(str(about.get("suiteID")), "").rsplit("/", 1)[-1]
        name = _text(about.get("name"))
        stream.running[str(about.get("id"))] = f"{suite}: {name}" if suite and suite not in name else name, number
    elif kind == "error":
        stream.said.setdefault(str(event.get("testID")), _text(event.get("error")))
    elif kind == "testDone":
        _end_dart(stream, event, number)
    elif kind == "done":
        stream.took_s = _milliseconds(event.get("time"))


def _end_dart(stream: _Stream, event: dict[str, Any], number: int) -> None:
    key = str(event.get("testID"))
    if key not in stream.running:
        stream.fail(f"test {key[:20]} ended and never began.", number)
        return
    name, began = stream.running.pop(key)
    outcome = _DART_ENDS.get(_text(event.get("result")))
    if outcome is None:
        stream.fail(f'the result "{_text(event.get("result"))[:40]}" of {name[:80]} is unknown.', number)
        return
    loading = event.get("hidden") is True
    if event.get("skipped") is True:
        outcome = Outcome.SKIPPED
    if loading and outcome is not Outcome.PASSED:
        outcome = Outcome.NOT_COLLECTED
    elif loading:
        return
    stream.cases[key] = CaseRun(name, outcome, began, None, stream.said.get(key, ""))


def _milliseconds(value: object) -> float | None:
    found = seconds(value)
    return None if found is None else found / 1000


def _parsed(line: str) -> object:
    try:
        found: object = orjson.loads(line)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return None
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
