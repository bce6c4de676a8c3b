"""Taking in files of this machine.

Knows that a folder that was given before may have changed since. Refuses to copy a file that is there already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.evidence.declared import EVERY, holding
from afteraction.web.evidence.models import About, Declaration, EvidenceFile, Origin, Tombstone
from afteraction.web.incidents.actions import storable
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident

if TYPE_CHECKING:
    from afteraction.core.evidence import Failure

GONE = "no longer below the folder that was given"


def take_paths(
    incident: Incident,
    paths: Sequence[Path],
    *,
    zone: str,
    importer: str,
    progress: Callable[[str, int, int], None],
) -> list[Failure]:
    """Freezes every file below `paths` that is new, leaves out what is gone, and says what could not be taken in."""
    from afteraction.core.evidence import Failure
    from afteraction.pipeline.intake import named_files, unreadable

    failures: list[Failure] = []
    store = store_of(incident)
    there: set[tuple[str, str]] = set()
    given = {(row.sha256, row.name): row for row in EvidenceFile.objects.filter(incident=incident)}
    for path, name in named_files(paths, failures):
        shown: str = storable(name)
        progress(f"taking in {shown}", 0, 0)
        try:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if Tombstone.objects.filter(sha256=sha256).exists():
                failures.append(Failure(shown, "these bytes were purged and may not come in again."))
                continue
            there.add((sha256, shown))
            if (sha256, shown) not in given:
                with path.open("rb") as stream:
                    size = store.freeze(stream, name, importer=importer).size
                _note(incident, sha256, shown, size, importer)
        except OSError as error:
            failures.append(unreadable(path, shown, error))
    _declare(incident, given, there, zone)
    store.close()
    return failures


@transaction.atomic
def _note(incident: Incident, sha256: str, name: str, size: int, importer: str) -> None:
    EvidenceFile.objects.create(
        incident=incident, sha256=sha256, name=name, size=size, importer=importer, origin=Origin.COMMAND
    )
    record(None, "take_in", incident.subject, via="cli", name=name, sha256=sha256, size=size)


@transaction.atomic
def _declare(
    incident: Incident, given: dict[tuple[str, str], EvidenceFile], there: set[tuple[str, str]], zone: str
) -> None:
    """What the command says: the zone, and which of its earlier files are no longer there."""
    standing = holding(incident)
    said = next((row.value for row in standing if row.about == About.ZONE and row.thing == EVERY), "")
    if zone and zone != said:
        Declaration.objects.create(incident=incident, about=About.ZONE, thing=EVERY, value=zone)
    gone = {row.file_id: row for row in standing if row.about == About.LEFT_OUT and row.value == GONE}
    for key, row in given.items():
        if row.origin != Origin.COMMAND or not row.is_given:
            continue
        if key in there and row.pk in gone:
            Declaration.objects.filter(pk=gone[row.pk].pk).update(withdrawn_at=timezone.now())
        elif key not in there and row.pk not in gone:
            Declaration.objects.create(incident=incident, about=About.LEFT_OUT, file=row, value=GONE)
