"""Finds every file below what was given, freezes it, and opens archives on the way.

Knows paths, permissions and names. Refuses to know formats: it hands on frozen originals.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from afteraction.core.errors import UnsafeArchive
from afteraction.core.evidence import Evidence, Failure, Locator
from afteraction.core.reading import HEAD_BYTES, ReadOptions, Source
from afteraction.pipeline import archives
from afteraction.stores.evidence import EvidenceStore

_CONTENTS = "contents"
# Folders that hold a tool's own state, never evidence.
PASSED_OVER = {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", ".pulls"}


@dataclass
class Intake:
    """What was taken in: `evidence` in the order found, `duplicates` as (evidence, name of the first), `failures`
    for what could not be opened. `containers` names the archive that a member came in, by id."""

    evidence: list[Evidence] = field(default_factory=list)
    duplicates: list[tuple[Evidence, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    containers: dict[str, str] = field(default_factory=dict)

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
    for path, name in named_files(paths, found.failures, skip=skip):
        try:
            with path.open("rb") as stream:
                _freeze(stream, name, path.stat().st_size, store, found, importer)
        except OSError as error:
            found.failures.append(unreadable(path, name, error))
    return found


def unreadable(path: Path, name: str, error: OSError) -> Failure:
    """Why a file could not be opened, and what to type."""
    if isinstance(error, PermissionError):
        return Failure(name, "permission to read it was denied.", f"Type: chmod +r '{path}'")
    return Failure(name, f"it cannot be read: {error.strerror or error}.", "Try again.")


def named_files(
    paths: Iterable[Path], failures: list[Failure], *, skip: Iterable[Path] = ()
) -> Iterator[tuple[Path, str]]:
    """Every file below `paths` with the name that it has as evidence, each name once; what cannot be listed is added
    to `failures`."""
    skipped = {path.resolve() for path in skip}
    several = list(paths)
    names: set[str] = set()
    for given in several:
        if not given.exists():
            failures.append(Failure(str(given), "there is no such file or folder.", "Check the path."))
            continue
        for path, below in _files_below(given, skipped, failures):
            name = f"{given.name}/{below}" if len(several) > 1 and given.is_dir() else below
            name = name if name not in names else path.as_posix()
            names.add(name)
            yield path, name


def take_up(originals: Iterable[Evidence], store: EvidenceStore, *, set_aside: Collection[str] = ()) -> Intake:
    """The same for originals that the store holds, in their order. What an archive holds is unpacked once; after that
    the list of it is enough. Originals that are `set_aside` are listed and not opened."""
    whole = Intake()
    for item in originals:
        if item.id in set_aside:
            whole.add(item)
            continue
        contents = _contents(item, store)
        for member in contents.evidence:
            if member.id != item.id:
                whole.containers.setdefault(member.id, item.id)
            whole.add(member)
        for member, first in contents.duplicates:
            whole.duplicates.append((member, first))
        whole.failures += contents.failures
    return whole


def _contents(item: Evidence, store: EvidenceStore) -> Intake:
    """What one original holds: itself, or the members of an archive."""
    listed = store.note(item.id, _CONTENTS)
    if listed is not None:
        return _listed(item, listed)
    found = Intake()
    with store.open_original(item.id) as stream:
        if not archives.kind_of(stream.read(HEAD_BYTES)):
            found.add(item)
            return found
        _unpack(item, item.size, store, found, item.importer)
    store.keep_note(item.id, _CONTENTS, _list_of(item, found))
    return found


def _list_of(item: Evidence, found: Intake) -> dict[str, Any]:
    """An archive's contents as JSON; names are without the archive's own, under which others may know it."""
    return {
        "name": item.name,
        "evidence": [(each.id, each.name, each.size) for each in found.evidence],
        "duplicates": [(each.id, each.name, each.size, first) for each, first in found.duplicates],
        "failures": [asdict(each) for each in found.failures],
    }


def _listed(item: Evidence, listed: dict[str, Any]) -> Intake:
    def named(name: str) -> str:
        then: str = listed["name"]
        return item.name + name.removeprefix(then) if name.startswith(then + "!") else name

    def member(evidence_id: str, name: str, size: int) -> Evidence:
        return replace(item, id=evidence_id, name=named(name), size=size, kind=None)

    found = Intake()
    for row in listed["evidence"]:
        found.add(member(*row))
    found.duplicates = [(member(*row[:3]), named(row[3])) for row in listed["duplicates"]]
    found.failures = [Failure(**{**each, "locator": Locator(**each["locator"])}) for each in listed["failures"]]
    return found


def _files_below(given: Path, skipped: set[Path], failures: list[Failure]) -> Iterator[tuple[Path, str]]:
    if given.is_file():
        yield given, given.name
        return

    def note(error: OSError) -> None:
        failures.append(Failure(str(error.filename), f"it cannot be listed: {error.strerror}."))

    for folder, folders, files in os.walk(given, onerror=note):
        here = Path(folder)
        kept = [name for name in sorted(folders) if name not in PASSED_OVER and (here / name).resolve() not in skipped]
        folders[:] = kept
        for name in sorted(files):
            path = here / name
            if path.is_symlink() and not path.resolve().is_relative_to(given.resolve()):
                failures.append(Failure(str(path), "it is a link to outside the folder and was left out."))
            elif path.is_file():
                yield path, path.relative_to(given).as_posix()
            else:
                failures.append(Failure(str(path), "it is no regular file and was left out."))


def _freeze(
    stream: BinaryIO, name: str, packed: int, store: EvidenceStore, found: Intake, importer: str,
    allowance: archives.Allowance | None = None, depth: int = 0,
) -> None:  # fmt: skip
    item = store.freeze(stream, name, importer=importer)
    _unpack(item, packed, store, found, importer, allowance, depth)


def _unpack(
    item: Evidence, packed: int, store: EvidenceStore, found: Intake, importer: str,
    allowance: archives.Allowance | None = None, depth: int = 0,
) -> None:  # fmt: skip
    """Notes an original, or what it holds when it is an archive."""
    name = item.name
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


def as_sources(
    found: Intake, store: EvidenceStore, options: ReadOptions, *, set_aside: Collection[str] = ()
) -> dict[str, Source]:
    """A source for every original that was taken in, by name, without those `set_aside`; each finds the others as
    `nearby`."""
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
        if item.id not in set_aside:
            by_name.setdefault(item.name, source_of(item))
    return by_name
