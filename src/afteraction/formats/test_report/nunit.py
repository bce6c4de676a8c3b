"""NUnit's own results, of version 3 (`test-run`) and version 2 (`test-results`).

Knows cases with their result and label. Refuses to count suites: a suite fails because something in it did.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.testruns import CaseRun, Outcome, TestRun, contradictions, records_of
from afteraction.core.xml_text import Element, Opened, walk
from afteraction.formats.test_report.figures import count, seconds

WHOLE = frozenset({"test-case"})
_RESULTS = {
    "passed": Outcome.PASSED, "success": Outcome.PASSED, "failed": Outcome.FAILED, "failure": Outcome.FAILED,
    "error": Outcome.ERROR, "notrunnable": Outcome.ERROR, "cancelled": Outcome.ERROR, "skipped": Outcome.SKIPPED,
    "ignored": Outcome.SKIPPED, "inconclusive": Outcome.INCONCLUSIVE, "warning": Outcome.PASSED,
}  # fmt: skip
_LABELS = {"error": Outcome.ERROR, "invalid": Outcome.ERROR, "cancelled": Outcome.ERROR}


def read(source: Source) -> Iterator[Record | Failure]:
    """The whole file as one report."""
    root: Element | None = None
    cases: list[CaseRun] = []
    later: list[Failure] = []
    named = 0
    for item in walk(source, WHOLE):
        if isinstance(item, Failure):
            later.append(item)
        elif isinstance(item, Opened):
            root = root or item.element
        elif isinstance(item, Element):
            case = _case(source, item)
            named += 1
            (later if isinstance(case, Failure) else cases).append(case)  # type: ignore[arg-type]
    if root is None:
        yield from later
        return
    total = count(root.attributes.get("total"))
    if total is not None and total != named:
        later += contradictions(source.name, root.locator(), {"tests": total}, cases)
    began, cited = None, None
    if written := _written(root):
        name, text = written
        at = read_field_time(source, text, name, root.locator(name))
        if isinstance(at, Instant):
            began, cited = at, root.cite(source.evidence_id, name)
        else:
            later.append(at)
    yield from records_of(
        TestRun(
            dialect="nunit",
            name=root.attributes.get("name", ""),
            cases=cases,
            evidence=root.cite(source.evidence_id),
            began=began,
            began_at=cited,
            duration_s=seconds(root.attributes.get("duration") or root.attributes.get("time")),
        )
    )
    yield from later


def _written(root: Element) -> tuple[str, str] | None:
    """The attribute and text of the start; early versions write day and time apart."""
    stated = root.attributes
    start, day = stated.get("start-time", ""), stated.get("run-date") or stated.get("date") or ""
    if root.name == "test-results":
        return ("time", f"{day}T{stated['time']}") if day and stated.get("time") else None
    if start and day and len(start) <= 8:
        return "start-time", f"{day}T{start}"
    return ("start-time", start) if start else None


def _case(source: Source, element: Element) -> CaseRun | Failure:
    stated = element.attributes
    name = stated.get("fullname") or stated.get("name", "")
    word = stated.get("result") or _of_version_2(stated)
    outcome = _RESULTS.get(word.lower())
    if outcome is None:
        reason = f'the result "{word[:40]}" of {name[:80]} is unknown.'
        return Failure(source.name, reason, "Look it up in the run.", element.locator())
    if outcome is Outcome.FAILED:
        outcome = _LABELS.get(stated.get("label", "").lower(), outcome)
    message = element.first("message")
    took = seconds(stated.get("duration") or stated.get("time"))
    return CaseRun(name, outcome, element.line, took, message.text if message is not None else "")


def _of_version_2(stated: dict[str, str]) -> str:
    if stated.get("executed", "").lower() == "false":
        return "Skipped"
    return {"true": "Success", "false": "Failure"}.get(stated.get("success", "").lower(), "")
