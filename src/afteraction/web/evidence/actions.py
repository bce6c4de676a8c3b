"""Taking evidence in: from files on this machine to a stored analysis.

Knows the one way in: the same pipeline as `afteraction analyze`. Refuses to analyse again what was analysed before
with the same code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import storable, store_analysis
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.edits import edits_of
from afteraction.web.incidents.models import Incident, StoredAnalysis

if TYPE_CHECKING:
    from afteraction.core.reading import ReadOptions
    from afteraction.pipeline.findings import Question

Json = dict[str, Any]
Progress = Callable[[str, int, int], None]


def _silent(_step: str, _done: int, _total: int) -> None:
    return


def analyse_files(
    incident: Incident,
    paths: Sequence[Path],
    *,
    options: ReadOptions,
    question: Question,
    importer: str,
    progress: Progress = _silent,
) -> tuple[StoredAnalysis, bool]:
    """The analysis of everything below `paths` with people's edits, and whether it had to be made now."""
    question = replace(question, edits=edits_of(incident))
    fingerprint = fingerprint_of(paths, options, question)
    known = queries.analysis_of(incident, fingerprint)
    if known is not None:
        return known, False
    from afteraction.pipeline.analyze import Request, analyze
    from afteraction.pipeline.report.desk import people_of
    from afteraction.pipeline.report.document import to_json

    store = store_of(incident, fingerprint[:16])
    try:
        request = Request(paths=paths, options=options, question=question, importer=importer)
        analysis = analyze(request, store, progress)
    finally:
        store.close()
    identities = {"roles": dict(analysis.roles), "names": people_of(analysis)}
    return keep(incident, to_json(analysis), fingerprint, importer, identities), True


@transaction.atomic
def keep(
    incident: Incident, document: Json, fingerprint: str, importer: str, identities: Json | None = None
) -> StoredAnalysis:
    """Stores an analysis together with the list of its evidence and who its actors are."""
    stored = store_analysis(incident, document, fingerprint, identities)
    for file in storable(document["files"]):
        if file["sha256"]:
            EvidenceFile.objects.update_or_create(
                incident=incident,
                sha256=file["sha256"],
                name=file["name"],
                defaults={
                    "label": file["label"],
                    "size": file["size"],
                    "kind": file["kind"] or "",
                    "reader": file["reader"] or "",
                    "state": file["state"],
                    "importer": importer,
                },
            )
    return stored


def fingerprint_of(paths: Sequence[Path], options: ReadOptions, question: Question) -> str:
    """A hash over every file's place and bytes, the options, the question and the code that answers it."""
    from afteraction.pipeline.findings import code_version

    digest = hashlib.sha256()
    told = json.dumps([code_version(), repr(options), repr(question)])
    digest.update(told.encode("utf-8", "backslashreplace"))
    for given in paths:
        for path in sorted(given.rglob("*")) if given.is_dir() else [given]:
            if path.is_file():
                with path.open("rb") as stream:
                    content = hashlib.file_digest(stream, "sha256").hexdigest()
                digest.update(f"{path.relative_to(given)}|{content}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()
