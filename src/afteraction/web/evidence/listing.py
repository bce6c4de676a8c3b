"""The list of an incident's evidence as its newest analysis leaves it.

Knows which rows a run's file reports belong to. Refuses to lose a row: what a run does not name stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from afteraction.web.accounts.audit import record
from afteraction.web.evidence.models import EvidenceFile, FileState
from afteraction.web.incidents.actions import storable
from afteraction.web.incidents.models import Incident

Json = dict[str, Any]
# A folder of thousands is one entry of the trail that names its first files.
MOST_TOLD = 200
_WRITTEN = ("label", "kind", "reader", "state", "report", "container")


def update_list(incident: Incident, files: Sequence[Json], importer: str) -> None:
    """Writes what became of each file; members of archives get a row of their own. Call it in a transaction."""
    rows = {(row.sha256, row.name): row for row in EvidenceFile.objects.filter(incident=incident)}
    named = {row.name: row for row in rows.values() if row.is_given}
    fresh, changed = list[EvidenceFile](), list[EvidenceFile]()
    problems: dict[str, list[Json]] = {}
    seen: set[int] = set()
    told = storable(list(files))
    waited = {row.pk for row in rows.values() if row.state == FileState.WAITING}
    for file in told:
        if not file["sha256"]:
            problems.setdefault(file["name"], []).extend(file["failures"])
    for file in told:
        if not file["sha256"]:
            continue
        if file["name"] in problems and file["name"] in named:
            file = _with_problems(file, problems[file["name"]])
        row = rows.get((file["sha256"], file["name"]))
        if row is None:
            container = _container_of(file["name"], named)
            row = EvidenceFile(
                incident=incident, sha256=file["sha256"], name=file["name"], size=file["size"], importer=importer,
                container=container, is_given=container is None,
                **({"origin": container.origin, "person": container.person} if container else {}),
            )  # fmt: skip
            rows[(file["sha256"], file["name"])] = row
            fresh.append(_written(row, file))
        else:
            seen.add(row.pk)
            before = [getattr(row, name) for name in _WRITTEN]
            if [getattr(_written(row, file), name) for name in _WRITTEN] != before:
                changed.append(row)
    for row in named.values():
        if row.pk not in seen and row not in fresh and row.state != FileState.PURGED:
            changed.append(_unpacked(row, problems.get(row.name, [])))
    read = [row for row in (*fresh, *changed) if row.pk is None or row.pk in waited]
    if read:
        counted = [{"name": row.name, "sha256": row.sha256, "rows": row.report.get("rows", 0)} for row in read]
        record(None, "read_evidence", incident.subject, via="job", files=counted[:MOST_TOLD], total=len(read))
    EvidenceFile.objects.bulk_create(fresh, batch_size=500)
    EvidenceFile.objects.bulk_update(changed, _WRITTEN, batch_size=200)


def _written(row: EvidenceFile, file: Json) -> EvidenceFile:
    if row.state != FileState.PURGED:
        row.kind, row.reader, row.state = file["kind"] or "", file["reader"] or "", file["state"]
        row.report = {name: value for name, value in file.items() if name not in ("name", "sha256", "size", "label")}
    row.label = file["label"]
    return row


def _with_problems(file: Json, failures: list[Json]) -> Json:
    """An archive that could not be opened, or not to its end."""
    state = "partial" if file["rows"] else "failed"
    total = file["failures_total"] + len(failures)
    return {**file, "state": state, "failures": [*failures, *file["failures"]], "failures_total": total}


def _unpacked(row: EvidenceFile, failures: list[Json]) -> EvidenceFile:
    """An archive that was opened: its members are rows of their own, and what could not be opened is told here."""
    row.state = FileState.FAILED if failures and not row.members.exists() else FileState.UNPACKED
    row.label, row.report = "", {"failures": failures, "failures_total": len(failures), "rows": 0}
    return row


def _container_of(name: str, given: dict[str, EvidenceFile]) -> EvidenceFile | None:
    """The archive that a member's name begins with: `logs.zip!app.log`, or `app.log` out of `app.log.gz`."""
    if "!" in name:
        return given.get(name.split("!", 1)[0])
    return next((given[name + end] for end in (".gz", ".zst", ".zstd") if name + end in given), None)
