"""The evidence store: one case's originals and what readers made of them.

Knows the whole life of a piece of evidence here: frozen, imported, asked, forgotten. Refuses to know formats and what
the evidence means. Safe to use from several threads: each has its own DuckDB cursor.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from afteraction.core.digests import LogMinute, LogTemplate, MetricSeries
from afteraction.core.evidence import Evidence, EvidenceKind, Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.readplan import ReadPlan
from afteraction.core.records import Change, Document, Event, LogLine, Record
from afteraction.stores import bulk, digests, features, originals, witnesses
from afteraction.stores.features import Features, Frame, Templates
from afteraction.stores.places import SHAPES, Places
from afteraction.stores.records import Gathering, load

CODE_VERSION = "2"
MEMORY_LIMIT = "384MiB"
THREADS = 2


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one original: `rows` per evidence shape, the first failures and how many records were lost in
    all, and sentences about what was assumed."""

    rows: dict[str, int]
    failures: tuple[Failure, ...] = ()
    failures_total: int = 0
    assumptions: tuple[str, ...] = ()


class EvidenceStore:
    """Evidence of one case below `root`. Nothing is written before the first original or import.

    With a `part` imports go into that part of the case; with parts `joined` questions are about these parts alone.
    Originals are the same for all of them.
    """

    def __init__(self, root: Path, case: str = "case", *, part: str = "", joined: Sequence[str] | None = None) -> None:
        self.places = Places(Path(root), case, part, joined)
        self._asking, self._loading = _Database(self.places), _Database(self.places, loading=True)

    # originals

    def freeze(
        self,
        stream: BinaryIO,
        name: str,
        *,
        media_type: str = "",
        source: str = "",
        importer: str = "",
        imported_at: datetime | None = None,
        kind: EvidenceKind | None = None,
    ) -> Evidence:
        """Takes an original in and gives its identity; the same bytes again are the same evidence. AfteractionError
        when the disk is full or closed: then nothing of it stays."""
        return originals.freeze(
            self.places, stream, name, media_type=media_type, source=source, importer=importer,
            imported_at=imported_at, kind=kind,
        )  # fmt: skip

    def evidence(self, evidence_id: str) -> Evidence | None:
        """What is known about an original of this case."""
        return originals.known(self.places, evidence_id)

    def open_original(self, evidence_id: str) -> BinaryIO:
        """A stream of the frozen bytes."""
        return self.original_path(evidence_id).open("rb")

    def original_path(self, evidence_id: str) -> Path:
        """The frozen file, read-only."""
        return originals.path_of(self.places, evidence_id)

    def raw_lines(self, evidence_id: str, first: int, last: int) -> list[tuple[int, str]]:
        """Physical lines of an original, 1-based, both ends included; at most 1,000."""
        return originals.raw_lines(self.places, evidence_id, first, last)

    def adopt(self, path: Path, name: str, **said: Any) -> Evidence:
        """Takes in a file that lies on the disk of the store, by moving it; `said` as in `freeze`."""
        return originals.adopt(self.places, path, name, **said)

    def destroy(self, evidence_id: str) -> None:
        """Removes the bytes of an original, and its facts, for good. What was read from it is not touched."""
        originals.destroy(self.places, evidence_id)

    def note(self, evidence_id: str, what: str) -> dict[str, Any] | None:
        """What was kept under `what` about an original, None when nothing was."""
        return _told(self.places.note(evidence_id, what))

    def keep_note(self, evidence_id: str, what: str, value: dict[str, Any]) -> None:
        """Keeps JSON about an original, so that it need not be found out again."""
        with self.places.writing(self.places.note(evidence_id, what)) as temporary:
            temporary.write_text(json.dumps(value), encoding="utf-8")

    # parts

    def part(self, name: str) -> EvidenceStore:
        """The same store with imports of its own; it shares the connections and ends with them."""
        return self._like(part=name)

    def joined(self, parts: Sequence[str]) -> EvidenceStore:
        """The same store asked about these parts alone."""
        return self._like(joined=parts)

    def keep_only(self, parts: Collection[str]) -> None:
        """Removes every other part of the case."""
        for folder in self.places.whole.glob("parts/*"):
            if folder.name not in parts:
                shutil.rmtree(folder, ignore_errors=True)

    def _like(self, **how: Any) -> EvidenceStore:
        other = EvidenceStore(self.places.root, self.places.whole.name, **how)
        other._asking, other._loading = self._asking, self._loading
        return other

    # imports

    def holds(self, rows: Mapping[str, int]) -> bool:
        """Whether the imports of this part left these rows per shape, each table to its end."""
        told = {path.stem: _told(path) or {"rows": {}} for path in (self.places.case / "imports").glob("*.json")}
        found = {shape: count for one in told.values() for shape, count in one["rows"].items()}
        return found == rows and all(self.places.is_whole(name, one["rows"]) for name, one in told.items())

    def import_plan(self, source: Source, plan: ReadPlan) -> Imported:
        """Reads a bulk original as its plan says. The same plan again gives the first outcome; another plan, or a
        newer program, replaces it."""
        import_id = _import_id(source, repr(plan))
        if done := self._outcome(import_id):
            return done
        outcome = bulk.execute(self._loading.cursor(), self.places, source, plan, import_id)
        return self._conclude(source, import_id, Imported(*outcome))

    def import_records(self, source: Source, records: Iterable[Record | Failure], version: str = "") -> Imported:
        """Keeps what a document reader yields; `version` names the reader and its version. The outcome is idempotent:
        a second import of the same original replaces the first."""
        import_id = _import_id(source, f"records {version} {source.options!r}")
        gathering = Gathering(source.name)
        gathering.take(records)
        rows = gathering.write(self.places, import_id)
        return self._conclude(source, import_id, Imported(rows, tuple(gathering.failures), gathering.failures_total))

    def _outcome(self, import_id: str) -> Imported | None:
        path = self.places.receipt(import_id)
        receipt = _told(path)
        if receipt is None or not self.places.is_whole(import_id, receipt["rows"]):
            return None
        failures = tuple(Failure(**{**one, "locator": Locator(**one["locator"])}) for one in receipt["failures"])
        return Imported(receipt["rows"], failures, receipt["failures_total"], tuple(receipt["assumptions"]))

    def _conclude(self, source: Source, import_id: str, outcome: Imported) -> Imported:
        """Vouches for an import and lets earlier ones of the same original go."""
        with self.places.writing(self.places.receipt(import_id)) as temporary:
            temporary.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
        for path in self.places.imports_of(source.evidence_id):
            stale = path.parent.name in SHAPES and path.parent.name not in outcome.rows
            if path.stem != import_id or stale:
                path.unlink(missing_ok=True)
        return outcome

    # questions

    def events(self) -> list[Event]:
        """Every event, by time."""
        return load(Event, self.places.tables("events"))

    def changes(self) -> list[Change]:
        """Every change, by time."""
        return load(Change, self.places.tables("changes"))

    def documents(self) -> list[Document]:
        """Every document, by time, undated ones last."""
        return load(Document, self.places.tables("documents"))

    def series(self) -> list[MetricSeries]:
        """Every metric series, as numpy arrays of UTC epoch seconds and values."""
        return digests.series(self._asking.cursor(), self.places.tables("samples"))

    def templates(self, limit: int = 500) -> list[LogTemplate]:
        """Log lines that differ only in numbers, ids and quoted text, as one entry each; the most frequent first."""
        return digests.templates(self._asking.cursor(), self.places.tables("logs"), limit)

    def template_counts(
        self, windows: Sequence[tuple[float, float] | None], slices: int
    ) -> dict[tuple[str, str, str], tuple[list[int], int, int]]:
        """Lines of each entry of `templates`, by (template, service, level): per slice of the first window, in the
        second and in the third. Windows are (start, end) in UTC epoch seconds, the end excluded."""
        return digests.template_counts(self._asking.cursor(), self.places.tables("logs"), windows, slices)

    def minutes(self) -> list[LogMinute]:
        """Log lines counted per minute and service, by time."""
        return digests.minutes(self._asking.cursor(), self.places.tables("logs"))

    def log_columns(self) -> pa.Table:
        """Line, message, level, service and time (`at`, UTC epoch microseconds) of every log line, as columns."""
        return digests.log_columns(self._asking.cursor(), self.places.tables("logs"))

    def features(self, templates: Templates | None = None) -> Features:
        """Spans and log lines as integer counts per service, minute and feature, with the topology and the counts of
        templates; on Spark where one is configured."""
        tables = self.places.tables
        return features.reduce(tables("spans"), tables("logs"), self.places.temporary / "features", templates)

    def calls(self) -> Frame:
        """Calls between services as spans show them: caller, callee, count and errors."""
        return features.calls(self.places.tables("spans"), self.places.temporary / "features")

    def log_lines(
        self,
        after: tuple[datetime, str, int] | None = None,
        limit: int = 200,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        service: str = "",
        level: str = "",
        containing: str = "",
    ) -> list[LogLine]:
        """A page of log lines by time; `after` is `digests.page_key` of the last line of the page before."""
        wanted = digests.Wanted(after, since, until, service, level, containing)
        return digests.log_lines(self._asking.cursor(), self.places.tables("logs"), wanted, limit)

    def span_columns(self, limit: int) -> pa.Table | None:
        """Spans of whole traces as columns, at most about `limit`; None without any."""
        return witnesses.spans(self._asking.cursor(), self.places.tables("spans"), limit)

    def line_columns(self, limit: int) -> pa.Table | None:
        """Log lines as columns, at most about `limit`; None without any."""
        return witnesses.lines(self._asking.cursor(), self.places.tables("logs"), limit)

    def counts(self) -> dict[str, int]:
        """Rows per evidence shape."""
        return digests.counts(self.places)

    def close(self) -> None:
        """Ends the database connections; the store can be used again."""
        self._asking.close()
        self._loading.close()


def _told(path: Path) -> dict[str, Any] | None:
    """JSON of ours; None where nobody wrote it, or not to its end."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


class _Database:
    """One in-memory DuckDB with a cursor per thread. For `loading` its filters stay where the query has them:
    pushed below a projection they would parse every line a second time, and the setting holds for a whole database."""

    def __init__(self, places: Places, *, loading: bool = False) -> None:
        self._places, self._loading = places, loading
        self._opening = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._local = threading.local()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        with self._opening:
            if self._connection is None:
                self._connection = duckdb.connect(":memory:", config=_settings(self._places))
                if self._loading:
                    # Each piece of an original has a thread of its own, which keeps its rows in order.
                    self._connection.execute("SET disabled_optimizers = 'filter_pushdown'; SET threads = 1")
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
            self._local.cursor.execute("SET TimeZone = 'UTC'")
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def close(self) -> None:
        with self._opening:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._local = None, threading.local()


def _settings(places: Places) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": MEMORY_LIMIT,
        "threads": str(THREADS),
        "temp_directory": str(places.temporary / "duckdb"),
        "preserve_insertion_order": "true",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def _import_id(source: Source, how: str) -> str:
    version = hashlib.sha256(f"{CODE_VERSION}|{how}".encode("utf-8", "backslashreplace")).hexdigest()[:12]
    return f"{source.evidence_id}-{version}"
