"""The JSON report of coverage.py.

Knows executed and missing lines of each file. Refuses its percentages: they are counted again.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.coverage_report.totals import FileCoverage, document_of


def read(source: Source) -> Iterator[Record | Failure]:
    """Each object of the file as one report."""
    for root in documents(source):
        if isinstance(root, Failure):
            yield root
        else:
            yield from _report(source, root)


def _report(source: Source, root: Node) -> Iterator[Record | Failure]:
    fields = root.fields()
    if "files" not in fields or "meta" not in fields:
        if not root.damaged:
            reason = "a coverage report has `meta` and `files`; this has not."
            yield Failure(source.name, reason, "Write it again.", root.locator())
        return
    wrong: list[Failure] = []
    files: dict[str, FileCoverage] = {}
    if fields["files"].opener != "{":
        reason = '"files" is no object of files.'
        wrong.append(Failure(source.name, reason, "Write it again.", fields["files"].locator()))
    for node in fields["files"].children():
        found = _file(node)
        if found is None and not node.damaged:
            reason = f"{node.key[:120]} has no lists of executed and missing lines."
            wrong.append(Failure(source.name, reason, "Write the report again.", node.locator()))
        elif found is not None:
            files[node.key] = found
    meta = fields["meta"].value()
    stated = meta.get("timestamp") if isinstance(meta, dict) else None
    at: Instant | None = None
    if not is_never(stated):
        moment = read_field_time(source, stated, "timestamp", fields["meta"].locator("timestamp"))
        at, wrong = (moment, wrong) if isinstance(moment, Instant) else (None, [*wrong, moment])
    yield document_of("coverage.py", files, root.cite(source.evidence_id), at)
    yield from wrong


def _file(node: Node) -> FileCoverage | None:
    value = node.value()
    if not isinstance(value, dict):
        return None
    executed, missing = _numbers(value.get("executed_lines")), _numbers(value.get("missing_lines"))
    if executed is None or missing is None:
        return None
    taken, left = value.get("executed_branches"), value.get("missing_branches")
    covered = len(taken) if isinstance(taken, list) else 0
    return FileCoverage(
        lines=len(executed) + len(missing),
        covered=len(executed),
        branches=covered + (len(left) if isinstance(left, list) else 0),
        covered_branches=covered,
        missing=missing,
    )


def _numbers(value: object) -> list[int] | None:
    if not isinstance(value, list):
        return None
    return [one for one in value if isinstance(one, int) and not isinstance(one, bool)]
