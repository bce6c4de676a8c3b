"""Uploads in pieces: begin, send from where it stopped, finish.

Knows staging and offsets. Refuses pieces that do not follow on, files larger than allowed, and to let anybody but its
sender go on with an upload.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused, TooLarge, WrongOffset
from afteraction.web.evidence.actions.take_in import Coming, Taken, clean_name, full_disk, take_in_file
from afteraction.web.evidence.models import EvidenceFile, Origin, Upload
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.jobs.queue import submit

PIECE = 16 * 1024 * 1024
READ = 1024 * 1024
KEPT_FOR = timedelta(hours=24)
MOST_AT_ONCE = 2_000
CLEAR = "afteraction.web.evidence.tasks.clear"


def staging() -> Path:
    """Where bytes wait: on the disk of the evidence store, so that finishing is a rename."""
    return Path(settings.EVIDENCE_STORE) / "staging"


@transaction.atomic
def begin_upload(
    incident: Incident, path: str, size: int, *, mark: str = "", batch: str = "", actor: User, via: str = "page"
) -> Upload:
    """A place for one file; the one that was broken off before when `mark` names it."""
    need(actor, WORK, incident)
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT / 2**30
        raise TooLarge(f"{path} is larger than the {limit:,.1f} GiB that this server takes.", next_step="Split it.")
    if size < 0:
        raise Refused("A file cannot be smaller than nothing.")
    name = clean_name(path)
    mine = Upload.objects.filter(incident=incident, person=actor, file=None)
    known = mine.filter(path=name, size=size, mark=mark[:64]).first() if mark else None
    if known is not None:
        known.batch = batch[:64]
        known.save(update_fields=["batch", "touched_at"])
        return known
    if mine.count() >= MOST_AT_ONCE:
        raise Refused(f"{MOST_AT_ONCE:,} uploads are open already.", next_step="Finish these, or pack a folder.")
    submit(CLEAR, dedupe="clear-uploads", title="Removing unfinished uploads", run_after=timezone.now() + KEPT_FOR)
    return Upload.objects.create(
        token=secrets.token_urlsafe(24), incident=incident, person=actor, path=name, size=size, mark=mark[:64],
        batch=batch[:64],
    )  # fmt: skip


def add_piece(upload: Upload, offset: int, stream: BinaryIO, *, actor: User) -> int:
    """Writes the bytes of `stream` at `offset`; gives how many bytes have come in all. What came before a connection
    broke off stays. Raises WrongOffset unless the piece begins where the last one ended."""
    need(actor, WORK, upload.incident)
    with _staged(upload) as file:
        upload.refresh_from_db()
        there = min(upload.received, os.fstat(file.fileno()).st_size)
        if offset != there:
            Upload.objects.filter(pk=upload.pk).update(received=there)
            raise WrongOffset(there)
        file.seek(offset)
        file.truncate()
        try:
            _copy(stream, file, min(PIECE, upload.size - offset))
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise
            file.truncate(offset)
            raise full_disk() from error
        finally:
            received = os.fstat(file.fileno()).st_size
            Upload.objects.filter(pk=upload.pk).update(received=received, touched_at=timezone.now())
    return received


def _copy(stream: BinaryIO, file: IO[bytes], most: int) -> None:
    left = most
    while chunk := stream.read(min(READ, left + 1)):
        if len(chunk) > left:
            raise TooLarge("More bytes came than the file has, or than one piece may hold.")
        view = memoryview(chunk)
        while view:
            view = view[file.write(view) :]
        left -= len(chunk)


def finish_upload(upload: Upload, *, actor: User, via: str = "page") -> Taken:
    """Freezes what came; asked twice it gives the same. Raises WrongOffset while bytes are missing."""
    need(actor, WORK, upload.incident)
    with _staged(upload) as file:
        upload.refresh_from_db()
        if upload.file_id is not None:
            return Taken(EvidenceFile.objects.get(pk=upload.file_id), is_new=False)
        there = os.fstat(file.fileno()).st_size
        if there != upload.size:
            Upload.objects.filter(pk=upload.pk).update(received=there)
            raise WrongOffset(there)
        coming = Coming(name=upload.path, origin=Origin.UPLOAD, batch=upload.batch)
        try:
            taken = take_in_file(upload.incident, _place(upload), coming, actor=actor, via=via)
        except Refused:
            upload.delete()
            raise
        Upload.objects.filter(pk=upload.pk).update(file=taken.file, received=upload.size)
    return taken


def abandon_upload(upload: Upload, *, actor: User) -> None:
    """Gives an upload up; nothing of it stays."""
    need(actor, WORK, upload.incident)
    _place(upload).unlink(missing_ok=True)
    upload.delete()


def clear_staging() -> int:
    """Removes uploads that nobody went on with for a day, and bytes that no upload names; how many went."""
    old = list(Upload.objects.filter(touched_at__lt=timezone.now() - KEPT_FOR))
    for upload in old:
        _place(upload).unlink(missing_ok=True)
        upload.delete()
    named = set(Upload.objects.values_list("token", flat=True))
    stray = [path for path in staging().glob("*") if path.name not in named] if staging().is_dir() else []
    for path in stray:
        path.unlink(missing_ok=True)
    return len(old)


def _place(upload: Upload) -> Path:
    return staging() / upload.token


@contextmanager
def _staged(upload: Upload) -> Iterator[IO[bytes]]:
    """The upload's file, held: two requests for one upload take turns."""
    staging().mkdir(parents=True, exist_ok=True)
    handle = os.open(_place(upload), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
