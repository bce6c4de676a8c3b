"""From an incident's frozen originals, what people declared and their edits to a stored analysis.

Knows what goes into a run and what to write when it is done. Refuses to run when the newest analysis is already of
exactly that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afteraction.web.evidence.actions.take_paths import take_paths
from afteraction.web.evidence.declared import Said, said_of
from afteraction.web.evidence.listing import update_list
from afteraction.web.evidence.models import EvidenceFile, FileState, Tombstone
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import store_analysis
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.editing.edits import edits_of
from afteraction.web.incidents.kinds import stands_without_evidence
from afteraction.web.incidents.models import Incident, StoredAnalysis

if TYPE_CHECKING:
    from afteraction.core.analysis import Incident as Named
    from afteraction.core.evidence import Evidence, Failure
    from afteraction.core.reading import ReadOptions
    from afteraction.pipeline.analyze import Request, Watch
    from afteraction.pipeline.findings import Question

# A page of more would be read by nobody.
MOST_SUSPECTS = 20

Json = dict[str, Any]
Progress = Callable[[str, int, int], None]


class PurgedMeanwhile(Exception):
    """Evidence was purged while it was being read."""


def _silent(_step: str, _done: int, _total: int) -> None:
    return


@dataclass(frozen=True)
class _Run:
    """What goes into a run: the originals in the order they came, and what was said of them."""

    incident: Incident
    given: Sequence[EvidenceFile]
    said: Said
    question: Question

    @property
    def fingerprint(self) -> str:
        """A hash over all of it and the code that answers."""
        from afteraction.pipeline.findings import code_version

        files = [(file.sha256, file.name, file.state == FileState.PURGED) for file in self.given]
        told = json.dumps([code_version(), files, repr(self.said), repr(self.question)])
        return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()


def analyse_originals(
    incident: Incident,
    *,
    importer: str = "",
    progress: Progress = _silent,
    watch: Watch | None = None,
    failures: Sequence[Failure] = (),
) -> tuple[StoredAnalysis | None, bool]:
    """The analysis of everything that the incident holds, and whether it had to be made now; None without evidence,
    except for kinds of which what was typed may be all there is: everything in that one is unknown.

    Files that were read before from the same bytes with the same declarations are not read again, whether the run
    that read them ended well or not. `progress` may raise to stop it; then nothing of the run shows.
    """
    run = _run_of(incident)
    known = queries.analysis_of(incident, run.fingerprint)
    if known is not None or not (run.given or stands_without_evidence(incident.kind)):
        return known, False
    from afteraction.pipeline.analyze import analyze_again
    from afteraction.pipeline.collecting import collecting_rarely
    from afteraction.pipeline.report.desk import people_of
    from afteraction.pipeline.report.document import to_json

    with closing(store_of(incident)) as store, collecting_rarely():
        request = _request(run, failures)
        analysis, parts = analyze_again(request, store, progress, watch or _unwatched)
        progress("writing it down", 0, 0)
        document = to_json(analysis)
        identities = {"roles": dict(analysis.roles), "names": people_of(analysis)}
        stated = replace(run, question=replace(run.question, incident=_as_stated(run.question.incident, document)))
        stored = keep(incident, document, stated.fingerprint, importer, identities)
        store.keep_only(parts)
    return stored, True


def _unwatched(_item: Evidence, _report: object) -> None:
    return


def _run_of(incident: Incident) -> _Run:
    from afteraction.core.digests import Settings
    from afteraction.pipeline.findings import Question

    given = list(EvidenceFile.objects.filter(incident=incident, is_given=True).order_by("id"))
    said = said_of(incident)
    newest = max((file.imported_at for file in given), default=None)
    settings = Settings(collected_at=newest.isoformat() if newest else None, confirmed_offsets=dict(said.clocks))
    question = Question(
        incident=_named(incident), settings=settings, edits=edits_of(incident), suspects=MOST_SUSPECTS
    )  # fmt: skip
    return _Run(incident, given, said, question)


def _named(incident: Incident) -> Named:
    from afteraction.core.analysis import Incident as Named

    return Named(
        key=incident.key, title=incident.title, severity=incident.severity, environment=incident.environment,
        kind=incident.kind, services=tuple(incident.services), zone=incident.zone,
    )  # fmt: skip


def _as_stated(named: Named, document: Json) -> Named:
    """What the incident is called once it has taken over what the evidence states (`store_analysis` does that)."""
    stated = document["incident"]
    return replace(
        named,
        title=named.title or stated["title"][:300],
        severity=named.severity or stated["severity"][:32],
        services=named.services or tuple(stated["services"]),
    )


def _request(run: _Run, failures: Sequence[Failure]) -> Request:
    from afteraction.core.evidence import Evidence
    from afteraction.core.reading import ReadOptions
    from afteraction.pipeline.analyze import Request

    originals = [
        Evidence(id=file.sha256, name=file.name, size=file.size, importer=file.importer, imported_at=file.imported_at)
        for file in run.given
    ]
    purged = {file.sha256: FileState.PURGED.value for file in run.given if file.state == FileState.PURGED}
    return Request(
        originals=originals,
        options=ReadOptions(zone=run.said.zone or None),
        question=run.question,
        declared=run.said.of_files({file.sha256: file.imported_at for file in run.given}),
        set_aside={**dict.fromkeys(run.said.left_out, FileState.LEFT_OUT.value), **purged},
        failures=failures,
    )


def analyse_files(
    incident: Incident,
    paths: Sequence[Path],
    *,
    options: ReadOptions,
    question: Question | None = None,
    importer: str,
    progress: Progress = _silent,
) -> tuple[StoredAnalysis | None, bool]:
    """Takes in everything below `paths` and analyses the incident. What these paths gave before and no longer give
    is left out."""
    failures = take_paths(incident, paths, zone=options.zone or "", importer=importer, progress=progress)
    return analyse_originals(incident, importer=importer, progress=progress, failures=failures)


def keep(
    incident: Incident,
    document: Json,
    fingerprint: str,
    importer: str,
    identities: Json | None = None,
) -> StoredAnalysis:
    """Stores an analysis together with the list of its evidence and who its actors are. Raises PurgedMeanwhile, and
    shows nothing of it, when any of its evidence was purged while it was made."""

    def along(_run: StoredAnalysis) -> None:
        told = {file["sha256"] for file in document["files"] if file["state"] != FileState.PURGED}
        if Tombstone.objects.filter(sha256__in=told).exists():
            raise PurgedMeanwhile
        update_list(incident, document["files"], importer)

    return store_analysis(incident, document, fingerprint, identities, along)
