"""Reports that are one JSON object: mocha's and RSpec's.

Knows which tests these list and how they mark them. Refuses to trust their totals: they are compared with the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceRef, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.testruns import CaseRun, Outcome, TestRun, contradictions, records_of
from afteraction.formats.test_report.figures import count, seconds

_RSPEC = {"passed": Outcome.PASSED, "failed": Outcome.FAILED, "pending": Outcome.SKIPPED}


def dialect_of(found: object) -> str:
    """mocha or rspec, told from the members of the first object; nothing for anything else."""
    if not isinstance(found, dict):
        return ""
    stats = found.get("stats")
    if isinstance(stats, dict) and {"passes", "failures"} <= stats.keys() and "tests" in found:
        return "mocha"
    return "rspec" if isinstance(found.get("examples"), list) and {"summary", "summary_line"} & found.keys() else ""


def read(source: Source) -> Iterator[Record | Failure]:
    """Each object of the file as one report."""
    for root in documents(source):
        if isinstance(root, Failure):
            yield root
            continue
        fields = root.fields()
        if "examples" in fields:
            yield from _rspec(source, root, fields)
        elif "tests" in fields and "stats" in fields:
            yield from _mocha(source, root, fields)
        elif not root.damaged:
            reason = "this is no report of mocha or RSpec: it has neither `tests` with `stats` nor `examples`."
            yield Failure(source.name, reason, "Export the report again.", root.locator())


def _items(source: Source, node: Node | None, wrong: list[Failure]) -> Iterator[tuple[Node, Mapping[str, Any]]]:
    """The objects of an array; anything else in it is listed in `wrong`."""
    if node is not None and node.opener != "[":
        wrong.append(Failure(source.name, f'"{node.key}" is no list.', "Export it again.", node.locator()))
    for child in node.children() if node is not None else ():
        value = child.value()
        if isinstance(value, dict):
            yield child, value
        elif not child.damaged:
            wrong.append(Failure(source.name, "a test is an object; this is none.", "Leave it out.", child.locator()))


def _mocha(source: Source, root: Node, fields: Mapping[str, Node]) -> Iterator[Record | Failure]:
    wrong: list[Failure] = []
    ignored: list[Failure] = []
    marked = {
        name: Counter(_mocha_id(test) for _, test in _items(source, fields.get(name), ignored))
        for name in ("pending", "failures")
    }
    cases = []
    for node, test in _items(source, fields["tests"], wrong):
        name, error = _mocha_id(test), test.get("err")
        message = _text(error.get("message")) if isinstance(error, dict) else ""
        outcome = Outcome.SKIPPED if _spend(marked["pending"], name) else Outcome.PASSED
        if _spend(marked["failures"], name) or message:
            outcome = Outcome.FAILED
        cases.append(CaseRun(name, outcome, node.line, _milliseconds(test.get("duration")), message))
    # A hook that fails is listed among the failures alone.
    for name, times in marked["failures"].items():
        cases += [CaseRun(name, Outcome.ERROR, fields["failures"].line)] * times
    stats = fields["stats"].value()
    stats = stats if isinstance(stats, dict) else {}
    stated = {"tests": count(stats.get("tests")), "skipped": count(stats.get("pending"))}
    hooks = sum(marked["failures"].values())
    known = {name: number + (hooks if name == "tests" else 0) for name, number in stated.items() if number is not None}
    wrong += contradictions(source.name, fields["stats"].locator(), known, cases)
    moments: dict[str, Instant] = {}
    for name in ("start", "end"):
        if stats.get(name) is not None:
            at = read_field_time(source, stats[name], name, fields["stats"].locator(name))
            if isinstance(at, Instant):
                moments[name] = at
            else:
                wrong.append(at)
    began = moments.get("start")
    yield from records_of(
        TestRun(
            dialect="mocha",
            name="mocha",
            cases=cases,
            evidence=root.cite(source.evidence_id),
            began=began,
            began_at=fields["stats"].cite(source.evidence_id, "start") if began else None,
            ended=moments.get("end"),
            duration_s=_milliseconds(stats.get("duration")),
        )
    )
    yield from wrong


def _rspec(source: Source, root: Node, fields: Mapping[str, Node]) -> Iterator[Record | Failure]:
    wrong: list[Failure] = []
    cases: list[CaseRun] = []
    for node, test in _items(source, fields["examples"], wrong):
        name = _text(test.get("full_description")) or _text(test.get("description")) or _text(test.get("id"))
        outcome = _RSPEC.get(_text(test.get("status")))
        error = test.get("exception")
        message = _text(error.get("message")) if isinstance(error, dict) else _text(test.get("pending_message"))
        if outcome is None:
            reason = f'the status {str(test.get("status"))[:40]!r} of "{name[:80]}" is unknown.'
            wrong.append(Failure(source.name, reason, "Look it up in the run.", node.locator("status")))
            continue
        cases.append(CaseRun(name, outcome, node.line, seconds(test.get("run_time")), message))
    summary = fields["summary"].value() if "summary" in fields else {}
    summary = summary if isinstance(summary, dict) else {}
    outside = count(summary.get("errors_outside_of_examples_count")) or 0
    place = fields.get("summary", root)
    said = fields["messages"].value() if "messages" in fields else None
    messages = [_text(each) for each in said] if isinstance(said, list) else []
    cases += [
        CaseRun(f"error outside of examples {number + 1}", Outcome.NOT_COLLECTED, place.line, None, message)
        for number, message in enumerate((messages + [""] * outside)[: min(outside, 1000)])
    ]
    stated = {"tests": count(summary.get("example_count")), "failed": count(summary.get("failure_count")),
              "skipped": count(summary.get("pending_count"))}  # fmt: skip
    known = {
        name: number + (outside if name == "tests" else 0) for name, number in stated.items() if number is not None
    }
    wrong += contradictions(source.name, place.locator(), known, cases)
    took = seconds(summary.get("duration"))
    cited: EvidenceRef = root.cite(source.evidence_id)
    yield from records_of(TestRun(dialect="rspec", name="rspec", cases=cases, evidence=cited, duration_s=took))
    yield from wrong


def _mocha_id(test: Mapping[str, Any]) -> str:
    return _text(test.get("fullTitle")) or _text(test.get("title"))


def _spend(marks: Counter[str], name: str) -> bool:
    """Takes one mark of that name off, where there is one: tests of one name are marked one by one."""
    if marks[name] <= 0:
        return False
    marks[name] -= 1
    return True


def _milliseconds(value: object) -> float | None:
    found = seconds(value)
    return None if found is None else found / 1000


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
