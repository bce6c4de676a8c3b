"""Reads what test runners report: JUnit XML and its dialects, TRX, NUnit, mocha, RSpec, Go and Dart.

Knows how to tell these from other XML and JSON. Refuses to know any field: each dialect has a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_text import outline
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.xml_text import root_of
from afteraction.formats.test_report import event_stream, json_summary, junit, nunit, trx

_ROOTS: dict[str, Callable[[Source], Iterator[Record | Failure]]] = {
    "testsuites": junit.read,
    "testsuite": junit.read,
    "TestRun": trx.read,
    "test-run": nunit.read,
    "test-results": nunit.read,
}


class TestReport:
    """The reader of this folder."""

    __test__ = False
    name = "test_report"
    title = "Test reports (JUnit, TRX, NUnit, mocha, RSpec, go test -json, Dart)"
    kind = EvidenceKind.DOCUMENT
    example = (
        '<testsuite tests="1" failures="0"><testcase classname="ledger" name="pays once" time="0.01"/></testsuite>'
    )

    def sniff(self, source: Source) -> float:
        """0.95 for a root element or members that only such reports have; 0.92 for the lines of a runner."""
        root = root_of(source)
        if root is not None:
            return 0.95 if root.name in _ROOTS else 0.0
        if event_stream.fits(source):
            return 0.95
        return 0.95 if json_summary.dialect_of(outline(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One document per report, a note at its time where it states one, and what is damaged or contradictory."""
        root = root_of(source)
        if root is not None and root.name in _ROOTS:
            return _ROOTS[root.name](source)
        if event_stream.fits(source):
            return event_stream.read(source)
        return json_summary.read(source)


READER = TestReport()
