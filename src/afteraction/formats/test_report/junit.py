"""JUnit XML as Ant, Surefire, pytest, jest, PHPUnit, Google Test, Nette, xunit and linters write it.

Knows `testsuites`, `testsuite` and `testcase`, however they are nested, and what runners put inside a test. Refuses to
add up what a report states: it counts what is listed, and names totals that differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from afteraction.core.evidence import EvidenceRef, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.testruns import CaseRun, Outcome, TestRun, contradictions, records_of
from afteraction.core.xml_text import Closed, Element, Opened, walk
from afteraction.formats.test_report.figures import count, seconds

WHOLE = frozenset({"testcase", "property"})
MOST_CONTRADICTIONS = 20
_TOTALS = {"tests": "tests", "failures": "failed", "errors": "errors", "skipped": "skipped"}
# The worst that stands inside a test is what became of it; a flaky mark beside no failure is a pass after failures.
_MARKS = (
    ("error", Outcome.ERROR), ("failure", Outcome.FAILED), ("skipped", Outcome.SKIPPED),
    ("flakyError", Outcome.FLAKY), ("flakyFailure", Outcome.FLAKY),
)  # fmt: skip
_STATES = {"skipped": Outcome.SKIPPED, "disabled": Outcome.SKIPPED, "notrun": Outcome.SKIPPED,
           "suppressed": Outcome.SKIPPED, "ignored": Outcome.SKIPPED, "failed": Outcome.FAILED,
           "failure": Outcome.FAILED, "error": Outcome.ERROR}  # fmt: skip
_COMMITS = ("commit", "git.commit", "revision", "commit_sha", "git_commit", "sha")


@dataclass
class _Report:
    """What was gathered so far; `open` are the suites around, each with the number of cases before it."""

    source: Source
    cases: list[CaseRun] = field(default_factory=list)
    open: list[tuple[Element, int]] = field(default_factory=list)
    root: Element | None = None
    suites: list[str] = field(default_factory=list)
    began: tuple[Instant, EvidenceRef] | None = None
    time_failure: Failure | None = None
    failures: list[Failure] = field(default_factory=list)
    place: str = ""
    commit: str = ""


def read(source: Source) -> Iterator[Record | Failure]:
    """The whole file as one report."""
    report = _Report(source)
    damage: list[Failure] = []
    for item in walk(source, WHOLE):
        if isinstance(item, Failure):
            damage.append(item)
        elif isinstance(item, Opened):
            _begin(report, item.element)
        elif isinstance(item, Closed):
            _end(report, item.element)
        elif item.name == "testcase":
            report.cases.append(_case(item))
        else:
            _take_property(report, item)
    if report.root is not None:
        yield from records_of(_run(report, report.root))
    yield from ([report.time_failure] if report.time_failure and report.began is None else [])
    yield from report.failures[:MOST_CONTRADICTIONS]
    if len(report.failures) > MOST_CONTRADICTIONS:
        more = len(report.failures) - MOST_CONTRADICTIONS
        yield Failure(source.name, f"{more} more totals differ from what is listed.", "Look at the run itself.", lost=0)
    yield from damage


def _begin(report: _Report, element: Element) -> None:
    report.open.append((element, len(report.cases)))
    report.root = report.root or element
    if element.name not in ("testsuite", "testsuites"):
        return
    if element.name == "testsuite":
        report.suites.append(element.attributes.get("name", ""))
    report.place = report.place or element.attributes.get("hostname", "")
    stated = element.attributes.get("timestamp")
    if not stated:
        return
    at = read_field_time(report.source, stated, "timestamp", element.locator("timestamp"))
    if isinstance(at, Failure):
        report.time_failure = report.time_failure or at
    elif report.began is None or at.utc < report.began[0].utc:
        report.began = at, element.cite(report.source.evidence_id, "timestamp")


def _end(report: _Report, element: Element) -> None:
    _, before = report.open.pop()
    if element.name not in ("testsuite", "testsuites"):
        return
    totals = {own: count(element.attributes.get(name)) for name, own in _TOTALS.items()}
    stated = {name: number for name, number in totals.items() if number is not None}
    found = contradictions(report.source.name, element.locator(), stated, report.cases[before:])
    known = {failure.reason for failure in report.failures}
    report.failures += [failure for failure in found if failure.reason not in known]


def _case(element: Element) -> CaseRun:
    stated = element.attributes
    outcome, mark = Outcome.PASSED, None
    for name, meaning in _MARKS:
        mark = next((child for child in element.children if child.name == name), None)
        if mark is not None:
            outcome = meaning
            break
    else:
        words = (stated.get("result", "").lower(), stated.get("status", "").lower())
        outcome = next((_STATES[word] for word in words if word in _STATES), Outcome.PASSED)
    message = (mark.attributes.get("message") or mark.text or mark.attributes.get("type", "")) if mark else ""
    if outcome is Outcome.ERROR and mark is not None and mark.attributes.get("message") == "collection failure":
        outcome, message = Outcome.NOT_COLLECTED, _last_line(mark.text) or message
    return CaseRun(_id(stated), outcome, element.line, seconds(stated.get("time")), message)


def _id(stated: dict[str, str]) -> str:
    """Class and name as one text; runners that put the same into both get it once."""
    group = stated.get("classname") or stated.get("class") or ""
    name = stated.get("name", "")
    return name if not group or name.startswith(group) else f"{group}.{name}" if name else group


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("E ").strip() if lines else ""


def _take_property(report: _Report, element: Element) -> None:
    name, value = element.attributes.get("name", "").lower(), element.attributes.get("value") or element.text
    if name in _COMMITS and not report.commit:
        report.commit = value.strip()[:80]


def _run(report: _Report, root: Element) -> TestRun:
    named = root.attributes.get("name") or (report.suites[0] if len(report.suites) == 1 else "")
    began, cited = report.began or (None, None)
    return TestRun(
        dialect="junit",
        name=named,
        cases=report.cases,
        evidence=root.cite(report.source.evidence_id),
        began=began,
        began_at=cited,
        duration_s=seconds(root.attributes.get("time")),
        place=report.place,
        commit=report.commit,
    )
