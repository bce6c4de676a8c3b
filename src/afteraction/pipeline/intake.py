"""Finds every file below what was given, freezes it, and opens archives on the way.

Knows paths, permissions and names. Refuses to know formats: it hands on frozen originals.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from afteraction.core.errors import UnsafeArchive
from afteraction.core.evidence import Evidence, Failure
from afteraction.core.reading import HEAD_BYTES, ReadOptions, Source
from afteraction.pipeline import archives
from afteraction.stores.evidence import EvidenceStore

# Folders that hold a tool's own state, never evidence.
PASSED_OVER = {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv"}


@dataclass
class Intake:
    """What was taken in: `evidence` in the order found, `duplicates` as (evidence, name of the first), `failures`
    for what could not be opened."""

    evidence: list[Evidence] = field(default_factory=list)
    duplicates: list[tuple[Evidence, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, item: Evidence) -> None:
        """Notes an original; the same bytes under another name are a duplicate of the first."""
        if item.id in self.names:
            self.duplicates.append((item, self.names[item.id]))
        else:
            self.names[item.id] = item.name
            self.evidence.append(item)


def take_in(paths: Iterable[Path], store: EvidenceStore, *, skip: Iterable[Path] = (), importer: str = "") -> Intake:
    """Freezes every file below `paths`. Nothing below `skip` is evidence. Never raises for a single bad file."""
    found = Intake()
    skipped = {path.resolve() for path in skip}
    several = list(paths)
    given_names: set[str] = set()
    for given in several:
        if not given.exists():
            found.failures.append(Failure(str(given), "there is no such file or folder.", "Check the path."))
            continue
        for path, below in _files_below(given, skipped, found):
            name = f"{given.name}/{below}" if len(several) > 1 and given.is_dir() else below
            name = name if name not in given_names else path.as_posix()
            given_names.add(name)
            try:
                with path.open("rb") as stream:
                    _freeze(stream, name, path.stat().st_size, store, found, importer)
            except PermissionError:
                found.failures.append(Failure(name, "permission to read it was denied.", f"Type: chmod +r '{path}'"))
            except OSError as error:
                found.failures.append(Failure(name, f"it cannot be read: {error.strerror or error}.", "Try again."))
    return found


def _files_below(given: Path, skipped: set[Path], found: Intake) -> Iterator[tuple[Path, str]]:
    if given.is_file():
        yield given, given.name
        return

    def note(error: OSError) -> None:
        found.failures.append(Failure(str(error.filename), f"it cannot be listed: {error.strerror}."))

    for folder, folders, files in os.walk(given, onerror=note):
        here = Path(folder)
        kept = [name for name in sorted(folders) if name not in PASSED_OVER and (here / name).resolve() not in skipped]
        folders[:] = kept
        for name in sorted(files):
            path = here / name
            if path.is_symlink() and not path.resolve().is_relative_to(given.resolve()):
                found.failures.append(Failure(str(path), "it is a link to outside the folder and was left out."))
            elif path.is_file():
                yield path, path.relative_to(given).as_posix()
            else:
                found.failures.append(Failure(str(path), "it is no regular file and was left out."))


def _freeze(
    stream: BinaryIO, name: str, packed: int, store: EvidenceStore, found: Intake, importer: str,
    allowance: archives.Allowance | None = None, depth: int = 0,
) -> None:  # fmt: skip
    item = store.freeze(stream, name, importer=importer)
    with store.open_original(item.id) as original:
        head = original.read(HEAD_BYTES)
        kind = archives.kind_of(head)
        if not kind or depth >= archives.MAX_DEPTH:
            found.add(item)
            return
        original.seek(0)
        allowance = allowance or archives.Allowance(packed)
        before = len(found.evidence) + len(found.duplicates)
        try:
            for member in archives.members(original, head, name, allowance):
                if isinstance(member, Failure):
                    allowance.failures.append(member)
                else:
                    _freeze(member[1], member[0], packed, store, found, importer, allowance, depth + 1)
        except UnsafeArchive as error:
            found.failures.append(Failure(name, error.what, error.next_step))
        if depth == 0:
            found.failures += allowance.failures
    if before == len(found.evidence) + len(found.duplicates):
        found.add(item)


def as_sources(found: Intake, store: EvidenceStore, options: ReadOptions) -> dict[str, Source]:
    """A source for every original that was taken in, by name; each finds the others as `nearby`."""
    by_name: dict[str, Source] = {}

    def source_of(item: Evidence) -> Source:
        def nearby(relative: str) -> Source | None:
            container, bang, inside = item.name.rpartition("!")
            folder = posixpath.dirname(inside)
            return by_name.get(container + bang + posixpath.normpath(posixpath.join(folder, relative)))

        with store.open_original(item.id) as stream:
            head = stream.read(HEAD_BYTES)
        return Source(
            evidence_id=item.id,
            name=item.name,
            size=item.size,
            head=head,
            open=lambda: store.open_original(item.id),
            nearby=nearby,
            options=options,
        )

    for item in (*found.evidence, *(copy for copy, _ in found.duplicates)):
        by_name.setdefault(item.name, source_of(item))
    return by_name
