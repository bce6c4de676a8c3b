"""Frozen originals: bytes named by their hash, written once, never changed.

Knows how to take bytes in and give them back. Refuses to interpret them, beyond finding physical lines.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import Evidence, EvidenceKind, Failure
from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.stores.places import Places, explaining

CHUNK = 1024 * 1024
MOST_RAW_LINES = 1000
MOST_RAW_CHARACTERS = 4000


def freeze(
    places: Places,
    stream: BinaryIO,
    name: str,
    *,
    media_type: str = "",
    source: str = "",
    importer: str = "",
    imported_at: datetime | None = None,
    kind: EvidenceKind | None = None,
) -> Evidence:
    """Takes an original in, hashing it while it is copied. Bytes already there are kept, so freezing twice is
    freezing once; the card keeps what was said the first time."""
    digest, size = hashlib.sha256(), 0
    with places.scratch() as temporary:
        with explaining(temporary):
            target = temporary.open("wb", buffering=0)
        with target:
            # What goes wrong while reading is the giver's error and passes as it is.
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                with explaining(temporary):
                    _write_all(target, chunk)
        keep = _settle(places, temporary, digest.hexdigest())
    media_type = media_type or "application/octet-stream"
    evidence = Evidence(keep.name, name, size, media_type, source, importer, imported_at, kind)
    if not places.card(evidence.id).exists():
        _write_card(places, evidence)
    return evidence


def adopt(
    places: Places, path: Path, name: str, *, media_type: str = "", source: str = "", importer: str = "",
    imported_at: datetime | None = None, kind: EvidenceKind | None = None, evidence_id: str = "",
) -> Evidence:  # fmt: skip
    """Takes in a file that lies on the store's own disk: moved, never copied, and read once for its hash unless the
    caller has just done that (`evidence_id`)."""
    with explaining(path):
        size = path.stat().st_size
        if not evidence_id:
            with path.open("rb") as stream:
                evidence_id = hashlib.file_digest(stream, "sha256").hexdigest()
    _settle(places, path, evidence_id)
    path.unlink(missing_ok=True)
    media_type = media_type or "application/octet-stream"
    evidence = Evidence(evidence_id, name, size, media_type, source, importer, imported_at, kind)
    if not places.card(evidence.id).exists():
        _write_card(places, evidence)
    return evidence


def destroy(places: Places, evidence_id: str) -> None:
    """Removes an original's bytes and its facts; nothing there is nothing to do."""
    for path in (places.original(evidence_id), places.card(evidence_id), *places.notes_on(evidence_id)):
        with explaining(path):
            path.unlink(missing_ok=True)


def _settle(places: Places, temporary: Path, evidence_id: str) -> Path:
    """Moves finished bytes to their place; bytes already there stay."""
    keep = places.original(evidence_id)
    with explaining(keep):
        if not keep.exists():
            temporary.chmod(0o444)
            keep.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(keep)
    return keep


def _write_all(target: RawIOBase, chunk: bytes) -> None:
    """Unbuffered, so that a full disk shows here and not when the file is closed."""
    left = memoryview(chunk)
    while left:
        left = left[target.write(left) or 0 :]


def known(places: Places, evidence_id: str) -> Evidence | None:
    """What was written down when an original was taken in; None when this case never saw it."""
    path = places.card(evidence_id)
    if not path.exists():
        return None
    card = json.loads(path.read_text(encoding="utf-8"))
    card["imported_at"] = datetime.fromisoformat(card["imported_at"]) if card["imported_at"] else None
    card["kind"] = EvidenceKind(card["kind"]) if card["kind"] else None
    return Evidence(**card)


def _write_card(places: Places, evidence: Evidence) -> None:
    card = asdict(evidence)
    card["imported_at"] = evidence.imported_at.astimezone(UTC).isoformat() if evidence.imported_at else None
    with places.writing(places.card(evidence.id)) as temporary:
        # A file name may hold bytes that are no text (lone surrogates); JSON escapes carry them unharmed.
        temporary.write_text(json.dumps(card), encoding="utf-8")


def path_of(places: Places, evidence_id: str) -> Path:
    """Where the bytes lie; AfteractionError when they are not here."""
    path = places.original(evidence_id)
    if not path.exists():
        raise AfteractionError(
            "this original is not in the evidence store.", where=evidence_id, next_step="Take the file in again."
        )
    return path


def raw_lines(places: Places, evidence_id: str, first: int, last: int) -> list[tuple[int, str]]:
    """Physical lines `first` to `last` (1-based, both included), at most MOST_RAW_LINES of them, each cut after
    MOST_RAW_CHARACTERS; a line too long to hold is given as its reason."""
    path = path_of(places, evidence_id)
    last = min(last, first + MOST_RAW_LINES - 1)
    found: list[tuple[int, str]] = []
    with explaining(path):
        for line in as_source(path, evidence_id).lines():
            number, text = (line.locator.line or 0, f"[{line.reason}]") if isinstance(line, Failure) else line
            if number > last:
                break
            if number >= first:
                found.append((number, text[:MOST_RAW_CHARACTERS]))
    return found


def as_source(path: Path, evidence_id: str) -> Source:
    """A frozen file as readers see it."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    return Source(evidence_id, path.name, path.stat().st_size, head, lambda: path.open("rb"))
