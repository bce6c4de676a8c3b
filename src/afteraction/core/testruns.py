"""What a report of a test runner says: which tests there were, and what became of each.

Knows the outcomes that are worth telling apart (SPEC §8.2 V03: skipped, flaky and not collected are no pass) and how
they travel in a Document. Refuses to know any report's syntax, and to call a run good: checks do that.

A report becomes one Document. Its attribute `test_report` names the dialect; `tests`, `passed`, `failed`, `errors`,
`skipped`, `flaky` and `not_collected` are counts over the listed tests; `duration_s` and `commit` stand there where the
report states them. Each test is an attribute `test.<id>` whose value is the JSON array of its runs as `case_runs` gives
them back: one test may have run several times.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant
from afteraction.core.records import Document, Event, EventKind, Lane, Record

LONGEST_MESSAGE = 300
MOST_NAMED = 100


class Outcome(StrEnum):
    """What became of one run of one test. `flaky` failed and then passed within the report; `not_collected` is a
    module that could not even be loaded: how many tests it holds nobody knows."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    FLAKY = "flaky"
    NOT_COLLECTED = "not_collected"
    INCONCLUSIVE = "inconclusive"


_COUNTED = {
    Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.ERROR: "errors", Outcome.SKIPPED: "skipped",
    Outcome.FLAKY: "flaky", Outcome.NOT_COLLECTED: "not_collected", Outcome.INCONCLUSIVE: "inconclusive",
}  # fmt: skip
_SPOKEN = {"errors": "ended in an error", "not_collected": "not collected"}
_BAD = (Outcome.NOT_COLLECTED, Outcome.ERROR, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One run of one test. `id` is as the report names it (class and name), `line` the physical line in the report,
    `seconds` None where the report states none."""

    id: str
    outcome: Outcome
    line: int | None = None
    seconds: float | None = None
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class TestRun:
    """One report. `evidence` cites it as a whole; `began` the moment that it states, with the place of that
    statement."""

    __test__ = False

    dialect: str
    name: str
    cases: Sequence[CaseRun]
    evidence: EvidenceRef
    began: Instant | None = None
    began_at: EvidenceRef | None = None
    ended: Instant | None = None
    duration_s: float | None = None
    place: str = ""
    commit: str = ""


def records_of(run: TestRun) -> Iterator[Record]:
    """The report as a Document, and as a note at its own time where it has one."""
    counts = _counts(run.cases)
    verdict = _verdict(counts)
    named = run.name or run.dialect
    text = "\n".join(_not_passed(run.cases))
    facts = {
        "test_report": run.dialect,
        **{name: str(number) for name, number in counts.items()},
        **({"duration_s": f"{run.duration_s:g}"} if run.duration_s is not None else {}),
        **({"commit": run.commit} if run.commit else {}),
    }
    yield Document(
        kind=EvidenceKind.DOCUMENT,
        title=f"Test report {named}: {_sentence(counts)}",
        evidence=run.evidence,
        captured_at=run.began,
        captured_from="metadata" if run.began else "",
        place=run.place,
        text=text,
        attributes={**facts, **_case_attributes(run.cases)},
    )
    if run.began is not None and run.began_at is not None:
        yield Event(
            instant=run.began,
            until=run.ended,
            title=f"Tests {named}: {_sentence(counts)}",
            body=text,
            kind=EventKind.NOTE,
            lane=Lane.CHANGES,
            evidence=run.began_at,
            attributes={**facts, "check": named, **({"status": verdict} if verdict else {})},
        )


def case_runs(document: Document) -> Iterator[CaseRun]:
    """The runs of every test of a report, as its reader found them; nothing for a document that is no test report."""
    for name, value in document.attributes.items():
        if name.startswith("test."):
            for outcome, line, seconds, message in json.loads(value):
                yield CaseRun(name[5:], Outcome(outcome), line, seconds, message)


def _case_attributes(cases: Iterable[CaseRun]) -> dict[str, str]:
    runs: dict[str, list[list[object]]] = {}
    for case in cases:
        message = " ".join(case.message.split())[:LONGEST_MESSAGE]
        runs.setdefault(f"test.{case.id}", []).append([case.outcome.value, case.line, case.seconds, message])
    return {name: json.dumps(of, ensure_ascii=False) for name, of in runs.items()}


def _counts(cases: Sequence[CaseRun]) -> dict[str, int]:
    found = Counter(_COUNTED[case.outcome] for case in cases)
    return {"tests": len(cases), **{name: found[name] for name in _COUNTED.values() if found[name]}}


def _verdict(counts: Mapping[str, int]) -> str:
    """failure, success or skipped; nothing where no test ran or nobody can say."""
    if any(counts.get(_COUNTED[outcome]) for outcome in _BAD):
        return "failure"
    if counts.get("passed") or counts.get("flaky"):
        return "success"
    return "skipped" if counts.get("skipped") else ""


def _sentence(counts: Mapping[str, int]) -> str:
    total = counts["tests"]
    if not total:
        return "no test ran"
    told = [f"{number} {_SPOKEN.get(name, name)}" for name, number in counts.items() if name not in ("tests", "passed")]
    return ", ".join([f"{counts.get('passed', 0)} of {total} passed", *told])


def _not_passed(cases: Iterable[CaseRun]) -> Iterator[str]:
    """A line for each test that is no pass, the worst first; bounded, with the number of the rest."""
    order = {outcome: place for place, outcome in enumerate((*_BAD, Outcome.INCONCLUSIVE, Outcome.FLAKY))}
    bad = sorted((case for case in cases if case.outcome in order), key=lambda case: order[case.outcome])
    for case in bad[:MOST_NAMED]:
        message = " ".join(case.message.split())[:LONGEST_MESSAGE]
        place = f" (line {case.line})" if case.line else ""
        yield f"{case.outcome.value.replace('_', ' ')}: {case.id}{place}" + (f": {message}" if message else "")
    if len(bad) > MOST_NAMED:
        yield f"and {len(bad) - MOST_NAMED} more"


def contradictions(file: str, locator: Locator, stated: Mapping[str, int], cases: Sequence[CaseRun]) -> list[Failure]:
    """Totals that a report states (`tests`, `failed`, `errors`, `skipped`) and its own list does not bear out. Nothing
    is lost by them. What could not be collected counts as an error here, as runners do."""
    listed = _counts(cases)
    listed["errors"] = listed.get("errors", 0) + listed.get("not_collected", 0)
    return [
        Failure(
            file,
            f"the report states {number} {name.replace('tests', 'tests in all')} and lists {listed.get(name, 0)}.",
            "Look at the run itself before either figure is used.",
            locator,
            lost=0,
        )
        for name, number in stated.items()
        if number != listed.get(name, 0)
    ]
