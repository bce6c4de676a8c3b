"""Taking an original in: from bytes to a row, an audit entry and a job.

Knows that the same bytes are one original, that no two originals share a name, and that purged bytes stay away.
Refuses to read what it takes in.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.apply_saved import apply_saved_mapping
from afteraction.web.evidence.actions.refusals import DiskFull, Purged, Refused
from afteraction.web.evidence.models import EvidenceFile, FileState, Origin, Tombstone
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions import storable
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis

Json = dict[str, Any]
LONGEST_NAME = 500
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Coming:
    """An original on its way: what it is called, how it came, and what came with it."""

    name: str
    origin: Origin
    batch: str = ""
    report: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Taken:
    """An original that is here now; not `is_new` when the same bytes were here before and nothing changed."""

    file: EvidenceFile
    is_new: bool


def take_in_bytes(incident: Incident, data: bytes, coming: Coming, *, actor: User | None, via: str = "page") -> Taken:
    """Freezes bytes that are at hand. `actor` None is a machine whose signature was checked."""
    if actor is not None:
        need(actor, WORK, incident)
    sha256 = hashlib.sha256(data).hexdigest()
    refuse_purged(incident, sha256)
    if (known := _known(incident, sha256)) is not None:
        return Taken(known, is_new=False)
    store = store_of(incident)
    with _told_when_full():
        store.freeze(BytesIO(data), coming.name, importer=coming.origin.value)
    return _note(incident, sha256, len(data), coming, actor, via)


def take_in_file(incident: Incident, path: Path, coming: Coming, *, actor: User, via: str = "page") -> Taken:
    """Freezes a file of the staging folder by moving it; it is gone from there in any case."""
    need(actor, WORK, incident)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    size = path.stat().st_size
    try:
        refuse_purged(incident, sha256)
        if (known := _known(incident, sha256)) is not None:
            return Taken(known, is_new=False)
        with _told_when_full():
            store_of(incident).adopt(path, coming.name, importer=coming.origin.value, evidence_id=sha256)
        return _note(incident, sha256, size, coming, actor, via)
    finally:
        path.unlink(missing_ok=True)


@transaction.atomic
def _note(incident: Incident, sha256: str, size: int, coming: Coming, actor: User | None, via: str) -> Taken:
    Incident.objects.select_for_update().get(pk=incident.pk)
    refuse_purged(incident, sha256)
    if (known := _known(incident, sha256)) is not None:
        return Taken(known, is_new=False)
    file = EvidenceFile.objects.create(
        incident=incident, sha256=sha256, name=_free_name(incident, coming.name), size=size, person=actor,
        importer=actor.email if actor else coming.origin.value, origin=coming.origin, batch=coming.batch,
        report=storable(dict(coming.report or {})),
    )  # fmt: skip
    apply_saved_mapping(file, actor)
    ask_for_analysis(incident, actor)
    record(actor, "take_in", incident.subject, via=via, name=file.name, sha256=sha256, size=size, origin=coming.origin)
    return Taken(file, is_new=True)


def refuse_purged(incident: Incident, sha256: str) -> None:
    """Raises Purged for bytes that were removed for good; the reason is told where the tombstone stands."""
    if not Tombstone.objects.filter(sha256=sha256).exists():
        return
    here = EvidenceFile.objects.filter(incident=incident, sha256=sha256, state=FileState.PURGED).first()
    if here is None:
        raise Purged("These bytes were purged from this site and may not come in again.", next_step="Ask an admin.")
    raise Purged(
        f"These bytes were purged on {here.purged_at:%d %B %Y}: {here.purged_because}", next_step="Remove it first."
    )


def _known(incident: Incident, sha256: str) -> EvidenceFile | None:
    rows = EvidenceFile.objects.filter(incident=incident, sha256=sha256).exclude(state=FileState.PURGED)
    return rows.order_by("-is_given", "id").first()


def clean_name(told: str) -> str:
    """A name below nothing: no way up, no drive, nothing that is not seen, not endless."""
    plain: str = storable(_UNSEEN.sub("", told)).replace("\\", "/").replace("!", "_")
    parts = [part.strip() for part in posixpath.normpath("/" + plain).split("/")]
    name = "/".join(part for part in parts if part and part != ".")
    if not name:
        raise Refused("A file needs a name.", next_step="Name it, e.g. alerts.json.")
    return name if len(name) <= LONGEST_NAME else name[:200] + "…" + name[-200:]


def _free_name(incident: Incident, name: str) -> str:
    """The name itself, or with a number where another original has it."""
    rows = EvidenceFile.objects.filter(incident=incident)
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while rows.filter(name=free).exists():
        number += 1
        free = f"{stem} ({number}){dot}{ending}" if dot and "/" not in ending else f"{name} ({number})"
    return free


class _told_when_full:  # noqa: N801 - reads as a verb where it is used
    """Turns a full disk into a refusal that says what to do."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, AfteractionError) and "disk is full" in error.what:
            raise full_disk() from error


def full_disk() -> DiskFull:
    """What is said when the evidence store has no room."""
    return DiskFull(
        "The disk of this server is full; nothing of this file was kept.",
        next_step="Ask who runs this server for room, then send it again.",
    )
