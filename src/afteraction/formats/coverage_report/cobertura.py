"""Cobertura XML, which most tools write: classes with lines and their hits.

Knows that a file may stand in several classes, and that a line may come twice (in a method and in its class). Refuses
lines without a number or hits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.core.xml_text import Element, Opened, walk
from afteraction.formats.coverage_report.totals import FileCoverage, document_of

_BRANCHES = re.compile(r"\((\d{1,6})/(\d{1,6})\)")
_Line = tuple[bool, int, int]


def read(source: Source) -> Iterator[Record | Failure]:
    """The whole file as one report."""
    root: Element | None = None
    files: dict[str, dict[int, _Line]] = {}
    wrong: list[Failure] = []
    current = ""
    for item in walk(source, frozenset({"line"})):
        if isinstance(item, Failure):
            wrong.append(item)
        elif isinstance(item, Opened):
            root = root or item.element
            if item.element.name == "class":
                current = item.element.attributes.get("filename") or item.element.attributes.get("name", "")
                files.setdefault(current, {})
        elif isinstance(item, Element):
            read_line = _line(item)
            if read_line is None:
                reason = f"a line of {current or 'no file'} has neither number nor hits."
                wrong.append(Failure(source.name, reason, "Write the report again.", item.locator()))
            else:
                number, line = read_line
                known = files.setdefault(current, {})
                known[number] = _joined(known.get(number), line)
    if root is None:
        yield from wrong
        return
    at: Instant | None = None
    if stated := root.attributes.get("timestamp", ""):
        # Zero is what tools write that do not know.
        moment = read_field_time(source, stated, "timestamp", root.locator("timestamp")) if stated.strip("0") else None
        if isinstance(moment, Failure):
            wrong.append(moment)
        else:
            at = moment
    counted = {path: _counted(lines) for path, lines in files.items()}
    yield document_of("cobertura", counted, root.cite(source.evidence_id), at)
    yield from _contradictions(source, root, counted)
    yield from wrong


def _line(element: Element) -> tuple[int, _Line] | None:
    number, hits = element.attributes.get("number", ""), element.attributes.get("hits", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9 and hits.isascii() and hits.isdigit()):
        return None
    taken = total = 0
    if element.attributes.get("branch", "").lower() == "true":
        match = _BRANCHES.search(element.attributes.get("condition-coverage", ""))
        taken, total = (int(match[1]), int(match[2])) if match else (0, 0)
    return int(number), (hits.strip("0") != "", min(taken, total), total)


def _joined(known: _Line | None, line: _Line) -> _Line:
    return line if known is None else (known[0] or line[0], max(known[1], line[1]), max(known[2], line[2]))


def _counted(lines: dict[int, _Line]) -> FileCoverage:
    return FileCoverage(
        lines=len(lines),
        covered=sum(hit for hit, _, _ in lines.values()),
        branches=sum(total for _, _, total in lines.values()),
        covered_branches=sum(taken for _, taken, _ in lines.values()),
        missing=[number for number, (hit, _, _) in lines.items() if not hit],
    )


def _contradictions(source: Source, root: Element, files: dict[str, FileCoverage]) -> Iterator[Failure]:
    """Totals of the root that its own lines do not bear out; they cost nothing."""
    counts = {
        "lines-valid": sum(each.lines for each in files.values()),
        "lines-covered": sum(each.covered for each in files.values()),
    }
    for name, listed in counts.items():
        stated = root.attributes.get(name, "")
        if stated.isascii() and stated.isdigit() and len(stated) < 12 and int(stated) != listed:
            reason = f'the report states {name}="{stated}" and lists {listed}.'
            yield Failure(source.name, reason, "Look at how it was merged.", root.locator(name), lost=0)
