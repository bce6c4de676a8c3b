"""TRX, the results file of Visual Studio and `dotnet test --logger trx`.

Knows results, the definitions that name their classes, counters and times. Refuses to take the lines that a runner
printed for results: a failing test is in the list itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import EvidenceRef, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.testruns import CaseRun, Outcome, TestRun, contradictions, records_of
from afteraction.core.xml_text import Element, Opened, walk
from afteraction.formats.test_report.figures import count, seconds

WHOLE = frozenset({"UnitTestResult", "UnitTest", "Times", "Counters"})
_OUTCOMES = {
    "passed": Outcome.PASSED, "failed": Outcome.FAILED, "notexecuted": Outcome.SKIPPED, "warning": Outcome.PASSED,
    "inconclusive": Outcome.INCONCLUSIVE, "passedbutrunaborted": Outcome.INCONCLUSIVE, "pending": Outcome.SKIPPED,
    "disconnected": Outcome.ERROR, "timeout": Outcome.ERROR, "aborted": Outcome.ERROR, "error": Outcome.ERROR,
    "notrunnable": Outcome.ERROR, "inprogress": Outcome.INCONCLUSIVE, "completed": Outcome.INCONCLUSIVE,
}  # fmt: skip


def read(source: Source) -> Iterator[Record | Failure]:
    """The whole file as one report."""
    root: Element | None = None
    results: list[Element] = []
    classes: dict[str, str] = {}
    times = counters = None
    later: list[Failure] = []
    for item in walk(source, WHOLE):
        if isinstance(item, Failure):
            later.append(item)
        elif isinstance(item, Opened):
            root = root or item.element
        elif isinstance(item, Element) and item.name == "UnitTestResult":
            results += _leaves(item)
        elif isinstance(item, Element) and item.name == "UnitTest":
            method = item.first("TestMethod")
            classes[item.attributes.get("id", "")] = method.attributes.get("className", "") if method else ""
        elif isinstance(item, Element):
            times, counters = (item, counters) if item.name == "Times" else (times, item)
    if root is None:
        yield from later
        return
    cases: list[CaseRun] = []
    for result in results:
        case = _case(source, result, classes)
        (later if isinstance(case, Failure) else cases).append(case)  # type: ignore[arg-type]
    if counters is not None and (total := count(counters.attributes.get("total"))) is not None:
        # The counter counts a test with inner results once; they are comparable only where there are none.
        flat = all(result.pointer.count("UnitTestResult") == 1 for result in results)
        stated = {"tests": total} if flat else {}
        later += contradictions(source.name, counters.locator(), stated, cases)
    yield from _dated(source, root, times, cases, later)
    yield from later


def _leaves(result: Element) -> list[Element]:
    """The results of the rows of a data-driven test, else the result itself."""
    inner = next((child for child in result.children if child.name == "InnerResults"), None)
    found = (
        [leaf for child in inner.children if child.name == "UnitTestResult" for leaf in _leaves(child)] if inner else []
    )
    return found or [result]


def _case(source: Source, result: Element, classes: dict[str, str]) -> CaseRun | Failure:
    stated = result.attributes
    name, group = stated.get("testName", ""), classes.get(stated.get("testId", ""), "").split(",")[0].strip()
    # An outcome that is left out is the first of the enumeration, which is Error.
    outcome = _OUTCOMES.get(stated.get("outcome", "Error").lower())
    if outcome is None:
        word = stated["outcome"][:40]
        return Failure(
            source.name, f'the outcome "{word}" of {name[:80]} is unknown.', "Look it up in the run.", result.locator()
        )
    message = result.first("Message")
    return CaseRun(
        name if not group or name.startswith(group) else f"{group}.{name}",
        outcome,
        result.line,
        seconds(stated.get("duration")),
        message.text if message is not None else "",
    )


def _dated(
    source: Source, root: Element, times: Element | None, cases: list[CaseRun], later: list[Failure]
) -> Iterator[Record]:
    moments: dict[str, Instant] = {}
    cited: EvidenceRef | None = None
    for name in ("start", "finish") if times is not None else ():
        assert times is not None
        if not times.attributes.get(name):
            continue
        at = read_field_time(source, times.attributes[name], name, times.locator(name))
        if isinstance(at, Failure):
            later.append(at)
        else:
            moments[name] = at
    began, ended = moments.get("start"), moments.get("finish")
    if times is not None and began is not None:
        cited = times.cite(source.evidence_id, "start")
    took = (ended.utc - began.utc).total_seconds() if began is not None and ended is not None else None
    yield from records_of(
        TestRun(
            dialect="trx",
            name="",
            cases=cases,
            evidence=root.cite(source.evidence_id),
            began=began,
            began_at=cited,
            ended=ended if took is not None and took >= 0 else None,
            duration_s=took if took is not None and took >= 0 else None,
        )
    )
