"""Where things lie below a store's root, and how a file appears there whole or not at all.

Knows paths, temporary names and what a full or closed disk means for a person. Refuses to know what the files hold.

    originals/ab/abcd…          frozen bytes, named by their sha256
    CASE/evidence/abcd….json    what is known about an original
    CASE/KIND/IMPORT.parquet    rows of one import; KIND is logs, samples, spans, events, changes, documents, rejected
    CASE/imports/IMPORT.json    what became of one import; written last, so it vouches for the files beside it
    CASE/notes/abcd…-WHAT.json  what was found out about an original and need not be found out again
    CASE/parts/PART/…           the same, for what is read apart and joined later
    tmp/                        half-written files, never read
"""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from afteraction.core.errors import AfteractionError

SHAPES = ("logs", "samples", "spans", "events", "changes", "documents")
REJECTED = "rejected"
_MARK = b"PAR1"


class Places:
    """Paths of one case below one root, or of one `part` of it. Tables are those of the case, or, where parts are
    `joined`, of these parts alone."""

    def __init__(self, root: Path, case: str, part: str = "", joined: Sequence[str] | None = None) -> None:
        for name in filter(None, (case or ".", part)):
            if name != Path(name).name or name in {"originals", "tmp", "parts", ".", ".."}:
                raise AfteractionError(f'"{name}" cannot name a case.', next_step="Use letters, digits and dashes.")
        self.root, self.whole = root, root / case
        self.case = self.part(part) if part else self.whole
        self.joined = joined
        self.temporary = root / "tmp"

    def part(self, name: str) -> Path:
        """Where a part of the case lies."""
        return self.whole / "parts" / name

    def original(self, evidence_id: str) -> Path:
        """Where the bytes of an original lie."""
        return self.root / "originals" / evidence_id[:2] / evidence_id

    def card(self, evidence_id: str) -> Path:
        """Where the facts about an original lie."""
        return self.whole / "evidence" / f"{evidence_id}.json"

    def note(self, evidence_id: str, what: str) -> Path:
        """Where something that was found out about an original lies."""
        return self.case / "notes" / f"{evidence_id}-{what}.json"

    def notes_on(self, evidence_id: str) -> list[Path]:
        """Everything that was found out about an original, in the case and in all its parts."""
        return [path for where in ("", "parts/*/") for path in self.whole.glob(f"{where}notes/{evidence_id}-*.json")]

    def table(self, kind: str, import_id: str) -> Path:
        """Where the rows of one import lie."""
        return self.case / kind / f"{import_id}.parquet"

    def receipt(self, import_id: str) -> Path:
        """Where the outcome of one import lies."""
        return self.case / "imports" / f"{import_id}.json"

    def tables(self, kind: str) -> list[Path]:
        """Every table of one kind whose import was finished."""
        folders = [self.case] if self.joined is None else [self.part(name) for name in self.joined]
        return [
            path
            for folder in folders
            for path in sorted((folder / kind).glob("*.parquet"))
            if (folder / "imports" / f"{path.stem}.json").exists()
        ]

    def is_whole(self, import_id: str, kinds: Iterable[str]) -> bool:
        """Whether the tables that one import left are there to their last byte: a machine that lost its power, or a
        copy that was broken off, leaves them shorter or without their index."""
        return all(_has_its_index(self.table(kind, import_id)) for kind in kinds)

    def imports_of(self, evidence_id: str) -> list[Path]:
        """Every file, receipts first, that imports of an original left."""
        kinds = ("imports", *SHAPES, REJECTED)
        return [path for kind in kinds for path in sorted((self.case / kind).glob(f"{evidence_id}-*"))]

    @contextmanager
    def scratch(self, suffix: str = "") -> Iterator[Path]:
        """A temporary path that is gone after the block, unless the block moved it away."""
        temporary = self.temporary / f"{uuid.uuid4().hex}{suffix}"
        with explaining(temporary):
            self.temporary.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    @contextmanager
    def writing(self, target: Path) -> Iterator[Path]:
        """A temporary path that becomes `target` when the block ends well, and is gone when it does not."""
        with self.scratch(target.suffix) as temporary, explaining(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield temporary
            temporary.replace(target)


def _has_its_index(path: Path) -> bool:
    """Whether a Parquet file ends with the index that its last bytes announce."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != _MARK:
                return False
            size = stream.seek(-8, os.SEEK_END) + 8
            tail = stream.read(8)
    except OSError:
        return False
    return tail[4:] == _MARK and 0 < int.from_bytes(tail[:4], "little") <= size - 12


@contextmanager
def explaining(target: Path) -> Iterator[None]:
    """Turns failures of the disk into errors that say what to do; anything else passes as it is."""
    try:
        yield
    except OSError as error:
        raise _explained(error, target) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        if "No space left" in str(error) or "max_temp_directory_size" in str(error):
            raise _explained(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), target) from error
        raise AfteractionError(
            f"DuckDB could not finish: {str(error).splitlines()[0]}",
            where=str(target),
            next_step="Free memory or disk.",
        ) from error


def _explained(error: OSError, target: Path) -> AfteractionError:
    where = str(error.filename or target)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return AfteractionError(
            "the disk is full; nothing of this file was kept.",
            where=where,
            next_step="Free some space or choose another folder with --out, then run it again.",
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return AfteractionError(
            "this program may not read or write here.",
            where=where,
            next_step="Change the permissions of the file or folder, or choose another folder with --out.",
        )
    if error.errno == errno.ENOENT:
        return AfteractionError("there is no such file.", where=where, next_step="Check the name.")
    return AfteractionError(f"{error.strerror or error}.", where=where, next_step="Check the disk, then run it again.")
