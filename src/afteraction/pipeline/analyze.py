"""The whole line: files in, an Analysis out.

Knows the order of the steps and what becomes of each file. Refuses to read, reconstruct or compute anything itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from afteraction import formats
from afteraction.core.analysis import Analysis, FileReport
from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import Evidence, EvidenceKind, Failure
from afteraction.core.reading import BulkReader, DocumentReader, Reader, ReadOptions, Source
from afteraction.core.readplan import Shape
from afteraction.pipeline.findings import Question, code_version, conclude
from afteraction.pipeline.intake import Intake, as_sources, take_in, take_up
from afteraction.pipeline.readings import KeptReadings
from afteraction.pipeline.unread import why_unread
from afteraction.stores.evidence import EvidenceStore

# A claim below this is a guess that would rather turn a file into nonsense than leave it unread.
SURE_ENOUGH = 0.15
# What rows of a table make of telemetry; spans first, since traces carry the logs of their spans.
_TELEMETRY = {
    Shape.SPANS.value: EvidenceKind.TRACE,
    Shape.SAMPLES.value: EvidenceKind.METRIC,
    Shape.LOGS.value: EvidenceKind.LOG,
}


# Told what is going on: the work's name, and how many of how many files are done (0, 0 where nobody can say).
Progress = Callable[[str, int, int], None]


Read = Callable[[Evidence, Source, Mapping[str, str]], FileReport]
# Told of one original that its reading begins (None) and what became of it.
Watch = Callable[[Evidence, FileReport | None], None]


def _silent(_step: str, _done: int, _total: int) -> None:
    return


def _unwatched(_item: Evidence, _report: FileReport | None) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What people said of one original, and of everything in it when it is an archive. Empty is nothing said."""

    zone: str = ""
    year: int | None = None
    reader: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    captured_at: str = ""
    captured_precision: str = "min"
    place: str = ""
    collected_at: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to analyse: everything below `paths`, and `originals` that the store holds already.

    `formats` maps a file's name (or its end) to a reader's name, `mappings` to a saved mapping (what a column means
    to the column's name; "*" is for every file). `skip` is never evidence. `declared` is by the id of an original.
    Originals in `set_aside` keep their place in the list under the state that stands there and are not read.
    `failures` tells what could not be taken in.
    """

    paths: Sequence[Path] = ()
    originals: Sequence[Evidence] = ()
    declared: Mapping[str, Declared] = field(default_factory=dict)
    set_aside: Mapping[str, str] = field(default_factory=dict)
    failures: Sequence[Failure] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    question: Question = field(default_factory=Question)
    formats: Mapping[str, str] = field(default_factory=dict)
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    skip: Sequence[Path] = ()
    importer: str = "analyze"


def analyze(request: Request, store: EvidenceStore, progress: Progress = _silent) -> Analysis:
    """Takes in, reads and analyses everything below the request's paths; files that fail are listed, never fatal."""
    progress("taking in", 0, 0)
    found = take_in(request.paths, store, skip=request.skip, importer=request.importer)
    reports = read_all(
        found, lambda: store, request, progress, lambda item, source, chosen: read_one(item, source, store, chosen)
    )
    progress("reconstructing", 0, 0)
    return conclude(request.question, store, reports)


def analyze_again(
    request: Request, store: EvidenceStore, progress: Progress = _silent, watch: Watch = _unwatched
) -> tuple[Analysis, Collection[str]]:
    """As `analyze`, with readings that are kept in the store between runs, and the parts of it that hold them.

    What was read before from the same bytes and with the same declarations is not read again. Other parts may go
    (`EvidenceStore.keep_only`) once the analysis is stored.
    """
    progress("taking in", 0, 0)
    found = take_up(request.originals, store, set_aside=request.set_aside)
    found.failures += request.failures
    kept = KeptReadings(store, code_version())

    def read(item: Evidence, source: Source, chosen: Mapping[str, str]) -> FileReport:
        watch(item, None)
        return kept.read(item, source, chosen, read_one)

    reports = read_all(found, kept.everything, request, progress, read)
    for report in reports:
        watch(report.evidence, report)
    progress("reconstructing", 0, 0)
    return conclude(request.question, kept.everything(), reports), kept.looked_at


def read_all(
    found: Intake, asked: Callable[[], EvidenceStore], request: Request, progress: Progress, read: Read
) -> list[FileReport]:
    """Reads every original once; those whose times state no year come last, when the others, which `asked` gives,
    have told it."""
    sources = {
        name: _mapped(_as_declared(source, found, request), request.mappings)
        for name, source in as_sources(found, asked(), request.options, set_aside=request.set_aside).items()
    }
    reports: dict[str, FileReport] = {}
    later: list[Evidence] = []
    total = len(found.evidence)
    for done, item in enumerate(found.evidence):
        progress(f"reading {item.name}", done, total)
        if item.id in request.set_aside:
            reports[item.id] = FileReport(evidence=item, state=request.set_aside[item.id])
            continue
        report = read(item, sources[item.name], _chosen(item, found, request))
        if _lacks_year(report):
            later.append(item)
        reports[item.id] = report
    year = request.options.year or (_year_told_by(asked()) if later else None)
    for item in later if year else []:
        source = sources[item.name]
        options = replace(source.options, year=year, year_inferred=request.options.year is None)
        again = read(item, replace(source, options=options), _chosen(item, found, request))
        told = f"its times state no year; {year} was taken from the other evidence"
        reports[item.id] = replace(again, assumptions=(*again.assumptions, told))
    return [*reports.values(), *_reports_of_the_rest(found)]


def _declared_of(evidence_id: str, found: Intake, request: Request) -> Declared | None:
    """What was said of an original itself, or of the archive that it came in."""
    return request.declared.get(evidence_id) or request.declared.get(found.containers.get(evidence_id, ""))


def _as_declared(source: Source, found: Intake, request: Request) -> Source:
    said = _declared_of(source.evidence_id, found, request)
    if said is None:
        return source
    known = source.options
    options = replace(
        known,
        zone=said.zone or known.zone,
        year=said.year or known.year,
        mapping=said.mapping or known.mapping,
        captured_at=said.captured_at or None,
        captured_precision=said.captured_precision,
        place=said.place,
        collected_at=said.collected_at or known.collected_at,
    )
    return replace(source, options=options)


def _chosen(item: Evidence, found: Intake, request: Request) -> Mapping[str, str]:
    said = _declared_of(item.id, found, request)
    return {item.name: said.reader} if said is not None and said.reader else request.formats


def read_one(item: Evidence, source: Source, store: EvidenceStore, chosen: Mapping[str, str]) -> FileReport:
    """Reads one original with the reader that is surest of it, and says what became of it."""
    if item.size == 0:
        return FileReport(evidence=item, state="empty")
    try:
        claims = _readers_for(item, source, chosen)
    except AfteractionError as error:
        failure = Failure(item.name, error.what, error.next_step)
        return FileReport(evidence=item, state="failed", failures=(failure,), failures_total=1)
    best: FileReport | None = None
    for reader in claims[:3]:
        report = _read_with(reader, item, source, store)
        if report.rows or report.state == "read":
            return report
        best = best or report
    if best is not None and best.failures:
        return best
    failures = why_unread(source)
    return FileReport(
        evidence=item, state="unread", first_line=_first_line(source), failures=failures, failures_total=len(failures)
    )


def _is_meant(name: str, given: str) -> bool:
    return given in ("*", name) or name.endswith(("/" + given, "!" + given))


def _mapped(source: Source, mappings: Mapping[str, Mapping[str, str]]) -> Source:
    meant = {
        key: value for given in mappings if _is_meant(source.name, given) for key, value in mappings[given].items()
    }
    return replace(source, options=replace(source.options, mapping=meant)) if meant else source


def _readers_for(item: Evidence, source: Source, chosen: Mapping[str, str]) -> list[Reader]:
    for name, reader_name in chosen.items():
        if _is_meant(item.name, name):
            reader = formats.reader_named(reader_name)
            if reader is None:
                raise AfteractionError(
                    f'there is no reader named "{reader_name}".', next_step="Type: afteraction formats"
                )
            return [reader]
    return [reader for sure, reader in formats.sniff(source) if sure >= SURE_ENOUGH]


def _read_with(reader: Reader, item: Evidence, source: Source, store: EvidenceStore) -> FileReport:
    known = replace(item, kind=reader.kind)
    try:
        if isinstance(reader, BulkReader):
            imported = store.import_plan(source, reader.plan(source))
        elif isinstance(reader, DocumentReader):
            imported = store.import_records(source, reader.read(source))
        else:
            raise AfteractionError(f"the reader {reader.name} can neither plan nor read.")
    except AfteractionError as error:
        failure = Failure(item.name, error.what, error.next_step)
        return FileReport(evidence=known, state="failed", reader=reader.name, failures=(failure,), failures_total=1)
    state = "partial" if imported.failures_total else "read"
    if imported.failures_total and not imported.rows:
        state = "failed"
    return FileReport(
        evidence=replace(item, kind=_kind_of(reader, imported.rows)),
        state=state,
        reader=reader.name,
        rows=imported.rows,
        failures=imported.failures,
        failures_total=imported.failures_total,
        assumptions=imported.assumptions,
    )


def _kind_of(reader: Reader, rows: Mapping[str, int]) -> EvidenceKind:
    """The kind of what was read: formats of telemetry may carry logs, metrics and traces alike."""
    if reader.kind not in _TELEMETRY.values():
        return reader.kind
    return next((kind for table, kind in _TELEMETRY.items() if rows.get(table)), reader.kind)


def _reports_of_the_rest(found: Intake) -> Iterable[FileReport]:
    for item, first in found.duplicates:
        yield FileReport(evidence=item, state="duplicate", duplicate_of=first)
    for failure in found.failures:
        nothing = Evidence(id="", name=failure.file, size=0)
        yield FileReport(evidence=nothing, state="failed", failures=(failure,), failures_total=1)


def _lacks_year(report: FileReport) -> bool:
    return not report.rows and any("year" in f.reason and "--incident-start" in f.next_step for f in report.failures)


def _year_told_by(store: EvidenceStore) -> int | None:
    """The year that most of the evidence lies in, the earlier one of a draw; None when nothing was read."""
    years = Counter(event.instant.utc.year for event in store.events())
    years.update(datetime.fromtimestamp(minute.minute, UTC).year for minute in store.minutes())
    return min(years, key=lambda year: (-years[year], year), default=None)


def _first_line(source: Source) -> str:
    if source.is_binary:
        return f"binary, begins with {source.head[:8].hex(' ')}"
    return next((line.strip() for line in source.head_text().splitlines() if line.strip()), "")[:200]
